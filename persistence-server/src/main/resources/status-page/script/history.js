// The records a second of the last five minutes, from the differences of counters.

const HISTORY_SECONDS = 300;
const LONGEST_STEP_SECONDS = 5; // a longer step was a pause of this page: the plots show a gap

class RateHistory {
  constructor() {
    this.clear();
  }

  clear() {
    this.last = null;
    this.times = []; // seconds of the service's own uptime, which no clock changes
    this.rates = { accepted: [], written: [] }; // of each: by type, then by time
  }

  /** Takes up an answer of the service. */
  add(status) {
    const seconds = status.service.uptime_ms / 1000;
    if (this.last && (seconds < this.last.seconds || status.types.length !== this.last.types.length)) {
      this.clear(); // it was started anew, and so were its counters
    }
    if (this.last && seconds > this.last.seconds) {
      const step = seconds - this.last.seconds;
      this.push(seconds, status.types, step > LONGEST_STEP_SECONDS ? null : step);
    }
    this.last = { seconds, types: status.types };
    while (this.times.length > 0 && this.times[0] < seconds - HISTORY_SECONDS) {
      this.times.shift();
      this.each((series) => series.shift());
    }
  }

  push(seconds, types, step) {
    this.times.push(seconds);
    for (const [counter, byType] of Object.entries(this.rates)) {
      types.forEach((type, place) => {
        byType[place] ??= [];
        const grown = type[counter] - this.last.types[place][counter];
        byType[place].push(step === null ? null : grown / step);
      });
    }
  }

  each(action) {
    Object.values(this.rates).forEach((byType) => byType.forEach(action));
  }

  /** The average of the last seconds over all types. */
  average(counter, seconds) {
    const from = this.times.findIndex((time) => time > this.times.at(-1) - seconds);
    let sum = 0;
    let samples = 0;
    for (let sample = Math.max(0, from); sample < this.times.length; sample++) {
      if (this.rates[counter][0]?.[sample] != null) {
        this.rates[counter].forEach((series) => (sum += series[sample]));
        samples++;
      }
    }
    return samples === 0 ? 0 : sum / samples;
  }
}
