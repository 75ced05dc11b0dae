// What an operator should look at although service and database answer.

const CONCERN_LASTS_MS = 60_000;
const NEARLY_FULL = 0.8;

/** The gravest one, or null. */
function concernOf(status) {
  const fresh = status.failures.recent.filter((failure) => Date.parse(status.service.time) - Date.parse(failure.at) < CONCERN_LASTS_MS);
  if (fresh.some((failure) => failure.kind === "lost")) {
    return { state: "lost", word: "Records were lost", more: "Within the last minute" };
  }
  if (fresh.length > 0) {
    return { state: "warning", word: "The database refused records", more: "Within the last minute" };
  }
  const buffer = status.buffer;
  const full = Math.max(1 - buffer.ring_remaining / buffer.ring_size, buffer.unwritten_bytes / buffer.max_unwritten_bytes);
  if (full >= NEARLY_FULL) {
    return { state: "warning", word: "Buffer nearly full", more: `${percent(full, 1)} used; beyond it, requests are answered with 503` };
  }
  if (buffer.oldest_unwritten_ms > 2 * buffer.flush_interval_ms) {
    return { state: "warning", word: "Not keeping up", more: "The oldest record waits over twice the flush interval" };
  }
  return null;
}

/** The sum of a counter over all types. */
function sum(types, counter) {
  return types.reduce((all, type) => all + type[counter], 0);
}
