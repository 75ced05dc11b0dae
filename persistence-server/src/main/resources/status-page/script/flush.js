// The button that has everything written which was accepted so far.

const FLUSH_PATIENCE_MS = 120_000; // the service itself answers after service.flush-timeout

function prepareFlush() {
  const button = element("flush");
  button.addEventListener("click", async () => {
    button.disabled = true;
    sayFlush("Flushing …", false);
    try {
      const answer = await ask("POST", "flush", FLUSH_PATIENCE_MS);
      sayFlush(answer.ok ? flushed(answer.body) : `Not flushed: ${problemOf(answer)}`, !answer.ok || answer.body.failed > 0);
    } catch {
      sayFlush("Not known: the service gave no answer", true);
    }
    button.disabled = false;
  });
}

function flushed(report) {
  const parts = Object.entries(report)
    .filter(([name, count]) => name.endsWith("_written") && count > 0)
    .map(([name, count]) => `${whole(count)} ${name.slice(0, -"_written".length)}`);
  const written = parts.length === 0 ? "Nothing was waiting" : `Written: ${parts.join(", ")}, in ${duration(report.duration_ms)}`;
  return report.failed > 0 ? `${written}; the database refused ${records(report.failed)}` : written;
}

function sayFlush(text, bad) {
  element("flush-result").className = bad ? "result bad" : "result";
  setText(element("flush-result"), text);
}
