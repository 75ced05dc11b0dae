// Asks the service once a second while this page is visible, one request at a time.

const PERIOD_MS = 1000;
const PATIENCE_MS = 2000;

const figures = new Figures();
let asking = false;
let paused = false; // until a token is entered
let lastStatus = null;
let lastAnswerAt = Date.now();
let timer = null;

async function poll() {
  if (asking || paused) {
    return;
  }
  asking = true;
  const answer = await ask("GET", "status", PATIENCE_MS).catch(() => null);
  asking = false;
  if (answer === null) {
    showGone(Date.now() - lastAnswerAt, lastStatus);
  } else {
    lastAnswerAt = Date.now();
    take(answer);
  }
}

function take(answer) {
  if (answer.status === 401 || answer.status === 403) {
    askForToken(answer);
  } else if (!answer.ok || !answer.body?.service) {
    showHealth("failed", "The service does not tell its state", problemOf(answer));
  } else {
    lastStatus = answer.body;
    show("forget", token() !== null);
    figures.draw(lastStatus);
    showAnswered(lastStatus, concernOf(lastStatus));
  }
}

function askForToken(answer) {
  paused = true;
  show("figures", false);
  show("token-form", true);
  setText(element("token-why"), token() ? `Not let in: ${problemOf(answer)}.` : "This service shows its figures to those who have a token.");
  showHealth("token", "Token needed", "The service answers");
  forgetToken();
  show("forget", false);
  element("token").focus();
}

function prepareToken() {
  element("token-form").addEventListener("submit", (event) => {
    event.preventDefault();
    rememberToken(element("token").value.trim());
    element("token").value = "";
    show("token-form", false);
    paused = false;
    poll();
  });
  element("forget").addEventListener("click", () => {
    forgetToken();
    poll();
  });
}

function watch() {
  clearInterval(timer);
  if (!document.hidden) {
    if (document.body.dataset.state !== "gone") {
      lastAnswerAt = Date.now(); // nobody asked while the page was hidden
    }
    poll();
    timer = setInterval(poll, PERIOD_MS);
  }
}

showHealth("waiting", "Asking the service", "");
prepareToken();
prepareFlush();
document.addEventListener("visibilitychange", watch);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => showIcon(document.body.dataset.state));
watch();
