// Records a second over the last five minutes: one line a type.

const SECONDS_BETWEEN_TICKS = 60;

class RatePlot {
  /** @param counter what is plotted: accepted or written */
  constructor(holder, readout, counter, history) {
    this.holder = holder;
    this.readout = readout;
    this.counter = counter;
    this.history = history;
    this.names = [];
    this.chart = null;
    new ResizeObserver(() => this.resize()).observe(holder);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.chart?.redraw());
  }

  draw(names) {
    if (!this.chart || names.join() !== this.names.join()) {
      this.chart?.destroy();
      this.names = names;
      this.chart = new uPlot(this.options(), this.data(), this.holder);
    }
    this.chart.setData(this.data());
    this.say(this.chart.cursor.idx);
  }

  data() {
    const byType = this.history.rates[this.counter];
    return [this.history.times, ...this.names.map((name, place) => byType[place] ?? [])];
  }

  options() {
    const axis = {
      stroke: () => styleColour("--muted"),
      font: "11px system-ui, sans-serif",
      ticks: { show: false },
      grid: { stroke: () => styleColour("--line"), width: 1 },
    };
    const series = this.names.map((name, place) => ({
      label: name,
      stroke: () => typeColour(place),
      width: 1.75,
      points: { show: false },
    }));
    return {
      width: Math.max(1, this.holder.clientWidth),
      height: this.holder.clientHeight,
      legend: { show: false },
      padding: [8, 18, 0, 0],
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 6 }, sync: { key: "rates" } },
      scales: { x: { time: false, range: () => this.shownTimes() }, y: { range: (chart, low, high) => [0, Math.max(1, high * 1.08)] } },
      axes: [
        { ...axis, size: 28, gap: 9, splits: () => this.ticks(), values: (chart, splits) => splits.map((at) => this.ago(at)) },
        { ...axis, size: 46, gap: 6, space: 32, values: (chart, splits) => splits.map(short) },
      ],
      series: [{}, ...series],
      hooks: { setCursor: [(chart) => this.say(chart.cursor.idx)] },
    };
  }

  shownTimes() {
    const now = this.history.times.at(-1) ?? 0;
    return [now - HISTORY_SECONDS, now];
  }

  ticks() {
    const now = this.shownTimes()[1];
    const ticks = [];
    for (let ago = HISTORY_SECONDS; ago >= 0; ago -= SECONDS_BETWEEN_TICKS) {
      ticks.push(now - ago); // from whole numbers: the last one is exactly now
    }
    return ticks;
  }

  ago(at) {
    const minutes = Math.round((this.shownTimes()[1] - at) / 60);
    return minutes === 0 ? "now" : `${minutes} min`;
  }

  /** The figures under the pointer, or else the latest. */
  say(pointed) {
    const samples = this.history.times.length;
    const sample = pointed ?? samples - 1;
    const items = this.names.map((name, place) => {
      const value = this.history.rates[this.counter][place]?.[sample];
      return { place, text: `${name} ${value == null ? "–" : rate(value)}` };
    });
    list(this.readout, items, (item) => make("span", swatch(item.place), ""), (node, item) => setText(node.lastChild, item.text));
    const latest = items.map((item) => item.text).join(", ");
    this.holder.setAttribute("aria-label", `Records ${this.counter} a second over the last five minutes; now ${latest}`);
  }

  resize() {
    this.chart?.setSize({ width: this.holder.clientWidth, height: this.holder.clientHeight });
  }
}
