// Records by type, the last failures, and the settings in force.

const TYPE_COLUMNS = ["accepted", "written", "merged", "unwritten", "refused", "lost", "dead_lettered"];
const ALARMING = { refused: "warn", lost: "bad" };

function drawTypes(types) {
  list(element("types"), types, makeTypeRow, (row, type) => {
    setText(row.cells[0].lastChild, type.name);
    TYPE_COLUMNS.forEach((column, place) => {
      const cell = row.cells[place + 1];
      setText(cell.firstElementChild, whole(type[column]));
      cell.className = type[column] === 0 ? "zero" : (ALARMING[column] ?? "");
    });
  });
}

function makeTypeRow(type) {
  const name = make("th", swatch(element("types").children.length), type.name);
  name.scope = "row";
  const cells = TYPE_COLUMNS.map((column) => {
    const cell = make("td", make("span"));
    cell.dataset.name = column.replace("_", "-"); // its heading where the table is narrow
    return cell;
  });
  return make("tr", name, ...cells);
}

function drawRecent(failures, now) {
  list(element("recent"), failures, () => make("tr", make("td"), make("td"), make("td")), (row, failure) => {
    const [when, what, why] = row.cells;
    setText(when, moment(failure.at, now));
    what.className = ALARMING[failure.kind] ?? "";
    setText(what, `${failure.type}: ${whole(failure.records)} ${failure.kind}`);
    setText(why, LOSSES[failure.kind]?.[failure.reason] ?? failure.reason);
  });
}

function drawSettings(settings) {
  const given = settings.filter((setting) => setting.source !== "default");
  setText(element("settings-count"), `${settings.length}, of which ${given.length} are not the default`);
  list(element("settings"), settings, () => make("tr", make("td"), make("td"), make("td")), (row, setting) => {
    row.className = setting.source === "default" ? "default" : "";
    [setting.name, setting.value, setting.source].forEach((text, place) => setText(row.cells[place], text));
  });
}
