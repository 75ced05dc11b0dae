// All figures of one answer.

class Figures {
  constructor() {
    this.history = new RateHistory();
    this.plots = [
      new RatePlot(element("in-plot"), element("in-readout"), "accepted", this.history),
      new RatePlot(element("out-plot"), element("out-readout"), "written", this.history),
    ];
  }

  draw(status) {
    this.history.add(status);
    show("figures", true); // first: plots measure their place
    setText(element("where"), `${status.service.version} · ${location.host}`);
    this.drawTiles(status);
    const names = status.types.map((type) => type.name);
    this.plots.forEach((plot) => plot.draw(names));
    drawTypes(status.types);
    drawBuffer(status.buffer);
    drawFlushes(status.flushes, status.service.time);
    drawFailures(status);
    drawSettings(status.settings);
  }

  drawTiles(status) {
    // Records leave in bursts, one a flush: only over an interval does their number say anything.
    const window = Math.min(60, Math.max(10, status.buffer.flush_interval_ms / 1000));
    const types = status.types;
    setText(element("in-rate"), rate(this.history.average("accepted", window)));
    setText(element("in-total"), `average of ${window} s; ${whole(sum(types, "accepted"))} in all`);
    setText(element("out-rate"), rate(this.history.average("written", window)));
    setText(element("out-total"), `average of ${window} s; ${whole(sum(types, "written"))} in all`);
    drawCount("unwritten", sum(types, "unwritten"));
    setText(element("unwritten-bytes"), `not yet committed; ${bytes(status.buffer.unwritten_bytes)} of memory`);
    const [lost, refused, kept] = ["lost", "refused", "dead_lettered"].map((counter) => sum(types, counter));
    drawCount("failed", lost + refused);
    element("never-written").className = lost > 0 ? "bad" : refused > 0 ? "warn" : "";
    setText(element("failed-parts"), `${whole(lost)} lost, ${whole(refused)} refused${kept > 0 ? `; ${whole(kept)} kept in files` : ""}`);
  }
}

function drawCount(id, count) {
  setText(element(id), whole(count));
  setText(element(`${id}-unit`), count === 1 ? "record" : "records");
}

function drawBuffer(buffer) {
  const used = buffer.ring_size - buffer.ring_remaining;
  drawMeter("ring", used, buffer.ring_size, percent(used, buffer.ring_size),
    `${whole(used)} of ${records(buffer.ring_size)}`, 0.8, 0.95);
  drawMeter("bytes", buffer.unwritten_bytes, buffer.max_unwritten_bytes, percent(buffer.unwritten_bytes, buffer.max_unwritten_bytes),
    `${bytes(buffer.unwritten_bytes)} of ${bytes(buffer.max_unwritten_bytes)}`, 0.8, 0.95);
  drawMeter("oldest", buffer.oldest_unwritten_ms, buffer.flush_interval_ms,
    buffer.oldest_unwritten_ms === 0 ? "none" : duration(buffer.oldest_unwritten_ms),
    `against a flush interval of ${duration(buffer.flush_interval_ms)}`, 1.2, 2);
  setText(element("due"), `A flush is due at ${records(buffer.max_buffer_size)} of one type, at an age of ${duration(buffer.flush_interval_ms)}, or when asked for.`);
}

function drawFlushes(flushes, now) {
  const last = flushes.last === null ? "none yet" : `the last ${duration(Math.max(0, Date.parse(now) - Date.parse(flushes.last)))} ago`;
  const averages = flushes.count === 0 ? "" : `, ${duration(flushes.average_ms)} and ${records(flushes.average_records)} on average`;
  setText(element("flush-totals"), `${whole(flushes.count)} ${flushes.count === 1 ? "flush" : "flushes"}${averages}; ${last}; ${whole(flushes.rows)} rows sent`);
  drawHistogram(element("flush-times"), flushes.times.upper_bounds_seconds, flushes.times.counts);
  drawShares(element("flush-reasons"), flushes.by_reason, FLUSH_REASONS, false);
}

function drawFailures(status) {
  const failed = sum(status.types, "lost") + sum(status.types, "refused");
  element("failures").className = failed === 0 ? "panel failures none" : "panel failures";
  show("no-failures", failed === 0);
  show("some-failures", failed > 0);
  drawShares(element("lost-reasons"), status.failures.lost, LOSS_REASONS, true);
  drawShares(element("refused-reasons"), status.failures.refused, REFUSAL_REASONS, true);
  drawRecent(status.failures.recent, status.service.time);
}
