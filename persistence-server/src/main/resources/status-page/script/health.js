// How the service is, in words, a shape and a colour: each says it alone.

const DISC = "M10 1a9 9 0 1 1 0 18 9 9 0 0 1 0-18z";
const SHAPES = {
  waiting: "M10 1a9 9 0 1 1 0 18 9 9 0 0 1 0-18zm0 2a7 7 0 1 0 0 14 7 7 0 0 0 0-14z",
  token: "M6 8V6a4 4 0 0 1 8 0v2h1.5v10h-11V8zm2 0h4V6a2 2 0 0 0-4 0zm1 3v4h2v-4z",
  healthy: `${DISC}M8.6 14.2l6-6.2-1.4-1.4-4.6 4.8-2.1-2.1L5.1 10.700z`,
  warning: "M10 1.500L19.500 18.500H.5zM9 7.500v5.500h2V7.500zm0 7v2h2v-2z",
  stopping: `${DISC}M6.500 6v8h2.500V6zm4.500 0v8h2.500V6z`,
  database: "M6.300 1h7.400L19 6.300v7.400L13.700 19H6.300L1 13.700V6.300zM9 5v6.500h2V5zm0 8v2h2v-2z",
  gone: "M6.300 1h7.400L19 6.300v7.400L13.700 19H6.300L1 13.700V6.300zM7 5.600L5.600 7l3 3-3 3L7 14.400l3-3 3 3 1.400-1.400-3-3 3-3L13 5.600l-3 3z",
};
SHAPES.failed = SHAPES.database;
SHAPES.lost = SHAPES.warning;

const STATE_COLOURS = { healthy: "--good", warning: "--warn", stopping: "--warn", waiting: "--still", token: "--still" };

/** Shows a state. `more` may change every second; only `word` is read out. */
function showHealth(state, word, more) {
  setText(element("health-word"), word);
  setText(element("health-more"), more);
  if (document.body.dataset.state !== state || !element("health-icon").getAttribute("d")) {
    document.body.dataset.state = state;
    element("health-icon").setAttribute("d", SHAPES[state]);
    showIcon(state);
  }
  const title = `${word} – Persistence Service`;
  if (document.title !== title) {
    document.title = title;
  }
}

/** The same shape in the tab, so that a page in the background tells too. */
function showIcon(state) {
  const colour = styleColour(STATE_COLOURS[state] ?? "--bad");
  const path = `<path fill="${colour}" fill-rule="evenodd" d="${SHAPES[state]}"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20">${path}</svg>`;
  element("icon").href = `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

/** How an answering service is. */
function showAnswered(status, concern) {
  const service = status.service;
  const ran = `up ${duration(service.uptime_ms)}, at ${timeOfDay(service.time)} UTC`;
  if (service.draining) {
    showHealth("stopping", "Stopping", `What was accepted is being written; ${ran}`);
  } else if (service.database !== "healthy") {
    const setting = status.settings.find((one) => one.name === "buffer.on-database-failure");
    showHealth("database", "Database does not answer", ON_DATABASE_FAILURE[setting?.value] ?? "");
  } else if (concern) {
    showHealth(concern.state, concern.word, `${concern.more}; ${ran}`);
  } else {
    showHealth("healthy", "Healthy", `The database answers; ${ran}`);
  }
}

/** No answer comes. `before` is what the service said last, if it said anything. */
function showGone(sinceMs, before) {
  const figures = before ? `; figures of ${timeOfDay(before.service.time)} UTC` : "";
  const stopped = before?.service.draining ? "; it was stopping" : "";
  showHealth("gone", "No answer from the service", `for ${duration(Math.floor(sinceMs / 1000) * 1000)}${stopped}${figures}`);
}
