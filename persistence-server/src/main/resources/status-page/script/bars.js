// Fill bars, the histogram of flush times, and shares by reason.

/** A fill bar: how much of a limit is used. It is amber from one share on, and red from another. */
function drawMeter(id, used, limit, figure, explanation, amber, red) {
  const node = element(id);
  const share = limit > 0 ? used / limit : 0;
  const level = share >= red ? "bad" : share >= amber ? "warn" : "";
  node.className = `meter ${level}`;
  const [name, bar, text] = node.children;
  setText(name.lastElementChild, figure);
  bar.setAttribute("aria-valuenow", Math.round(Math.min(100, 100 * share)));
  bar.setAttribute("aria-valuetext", `${figure}; ${explanation}`);
  bar.firstElementChild.style.width = `${Math.min(100, 100 * share)}%`;
  setText(text, explanation);
}

/** Columns, each named by its upper bound, for the buckets that have something, their neighbours, and at least six. */
function drawHistogram(node, bounds, counts) {
  const [from, to] = usedRange(counts, 6);
  const most = Math.max(1, ...counts);
  const columns = counts.slice(from, to).map((count, place) => ({
    count,
    height: count === 0 ? 0 : Math.max(2, (100 * count) / most),
    name: bounds[from + place] == null ? "more" : duration(bounds[from + place] * 1000).replace(" ", "\n"),
  }));
  list(node, columns, () => make("li", make("b"), make("div", make("i")), make("span")), (item, column) => {
    const [figure, bar, name] = item.children;
    setText(figure, column.count === 0 ? "" : compact(column.count));
    bar.firstElementChild.style.height = `${column.height}%`;
    setText(name, column.name);
  });
}

function usedRange(counts, least) {
  const used = counts.map((count, place) => (count > 0 ? place : -1)).filter((place) => place >= 0);
  let from = Math.max(0, (used[0] ?? 3) - 1);
  let to = Math.min(counts.length, (used.at(-1) ?? 3) + 2);
  while (to - from < Math.min(least, counts.length)) {
    to < counts.length ? to++ : from--;
  }
  return [from, to];
}

/** One row a reason, as its share of all. `hideZeros` leaves out what never happened. */
function drawShares(node, byReason, words, hideZeros) {
  const all = Object.values(byReason).reduce((sum, count) => sum + count, 0);
  const rows = Object.entries(byReason).filter(([label, count]) => count > 0 || !hideZeros);
  if (rows.length === 0) {
    rows.push(["none", 0]);
  }
  list(node, rows, () => make("li", make("span"), make("div", make("i")), make("b")), (item, [label, count]) => {
    const [name, bar, figure] = item.children;
    item.className = count === 0 ? "zero" : "";
    item.title = label;
    setText(name, words[label] ?? label);
    bar.firstElementChild.style.width = `${all > 0 ? (100 * count) / all : 0}%`;
    setText(figure, whole(count));
  });
}
