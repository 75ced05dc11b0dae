// Numbers, sizes and times as people read them.

const WHOLE = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const TENTHS = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });
const TWO_DIGITS = new Intl.NumberFormat("en", { maximumSignificantDigits: 2 });
const COMPACT = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 2 });

function whole(number) {
  return WHOLE.format(number);
}

/** At most four characters or so, for columns. */
function compact(number) {
  return number < 1000 ? TENTHS.format(number) : COMPACT.format(number);
}

/** At most five characters or so, for axes. */
function short(number) {
  return number < 10_000 ? TENTHS.format(number) : COMPACT.format(number);
}

/** A number a second: below 10 with a digit behind the point. */
function rate(number) {
  return number < 9.95 ? TENTHS.format(number) : WHOLE.format(number);
}

function percent(part, all) {
  const share = all > 0 ? (100 * part) / all : 0;
  return share > 0 && share < 0.1 ? "under 0.1 %" : `${share < 10 ? TENTHS.format(share) : WHOLE.format(share)} %`;
}

function bytes(number) {
  const units = ["bytes", "KiB", "MiB", "GiB", "TiB"];
  let unit = 0;
  while (number >= 1024 && unit < units.length - 1) {
    number /= 1024;
    unit++;
  }
  return `${number < 10 ? TENTHS.format(number) : WHOLE.format(number)} ${units[unit]}`;
}

/** A length of time, to about two digits. */
function duration(ms) {
  if (ms < 1000) {
    return `${ms < 10 ? TWO_DIGITS.format(ms) : WHOLE.format(ms)} ms`;
  }
  const seconds = ms / 1000;
  if (seconds < 120) {
    return `${seconds < 10 ? TENTHS.format(seconds) : WHOLE.format(seconds)} s`;
  }
  const minutes = Math.floor(seconds / 60);
  if (minutes < 120) {
    return `${minutes} min`;
  }
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** The time of day of an ISO 8601 moment in UTC. */
function timeOfDay(moment) {
  return moment.slice(11, 19);
}

/** The same with the day, where that is not the day of `now`. */
function moment(text, now) {
  return text.slice(0, 10) === now.slice(0, 10) ? timeOfDay(text) : `${text.slice(0, 10)} ${timeOfDay(text)}`;
}

function records(number) {
  return `${whole(number)} ${number === 1 ? "record" : "records"}`;
}
