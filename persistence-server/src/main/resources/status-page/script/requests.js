// Requests to the service that this page came from, with the token where one was entered.

const API = "api/v1/persistence/"; // relative: the service may stand behind a path of a proxy
const TOKEN_KEY = "persistence-token";

function token() {
  return sessionStorage.getItem(TOKEN_KEY);
}

function rememberToken(text) {
  sessionStorage.setItem(TOKEN_KEY, text);
}

function forgetToken() {
  sessionStorage.removeItem(TOKEN_KEY);
}

/**
 * Asks the service. The answer has its HTTP status and its JSON, which is null where the body is none.
 * Throws where no answer comes in time.
 */
async function ask(method, path, timeoutMs) {
  const headers = { Accept: "application/json" };
  if (token()) {
    headers.Authorization = `Bearer ${token()}`;
  }
  const response = await fetch(API + path, {
    method,
    headers,
    cache: "no-store",
    credentials: "omit",
    signal: AbortSignal.timeout(timeoutMs),
  });
  const text = await response.text();
  return { status: response.status, ok: response.ok, body: parsed(text) };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** What an answer that is no success says for itself. */
function problemOf(answer) {
  return answer.body?.detail ?? `HTTP status ${answer.status}`;
}
