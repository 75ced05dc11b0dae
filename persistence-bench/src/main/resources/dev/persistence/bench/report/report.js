'use strict';
const report = JSON.parse(document.getElementById('report').textContent);
const byId = id => document.getElementById(id);
const known = value => value !== null && value !== undefined;
const whole = value => known(value) ? Math.round(value).toLocaleString('en') : '–';
const digits = (value, count) => known(value)
  ? value.toLocaleString('en', {minimumFractionDigits: count, maximumFractionDigits: count}) : '–';
const millis = micros => digits(micros / 1000, micros < 10000 ? 2 : micros < 100000 ? 1 : 0);
const mebi = bytes => known(bytes) ? digits(bytes / 1048576, 0) + ' MiB' : '–';
const colour = name => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();

function element(name, text, style) {
  const made = document.createElement(name);
  made.textContent = text;
  if (style) made.className = style;
  return made;
}

function head() {
  document.title = 'Load report: ' + report.title;
  byId('title').textContent = report.title;
  byId('when').textContent = new Date(report.began).toLocaleString() + ' · '
    + [report.machine.database, report.machine.cores && report.machine.cores + ' cores', report.machine.system]
      .filter(Boolean).join(' · ');
  if (report.failure) {
    byId('failure').textContent = 'The run failed: ' + report.failure;
    byId('failure').hidden = false;
  }
}

function tiles() {
  const accepted = report.response_times.accepted;
  const percent = report.refused.requests / (report.refused.requests + report.accepted.requests);
  const all = [
    ['accepted', whole(report.accepted.records_per_second), 'records/s'],
    ['visible', whole(report.visible.rows_per_second), 'rows/s'],
    ['response p99', millis(accepted.p99_us), 'ms'],
    ['response p99.9', millis(accepted.p999_us), 'ms'],
    ['service', digits(report.cpu.service_us_per_record, 1), 'µs CPU a record'],
    ['refused', whole(report.refused.requests), 'requests' + (percent > 0 ? ' (' + digits(100 * percent, 1) + ' %)' : '')]
  ];
  for (const [name, value, unit] of all) {
    const tile = element('div', '', 'tile');
    tile.append(element('div', name, 'name'), element('div', value, 'value'), element('div', unit, 'unit'));
    byId('tiles').append(tile);
  }
}

/** Rows of name and value; a name alone is the head of a group. */
function table(id, rows) {
  for (const [name, value] of rows) {
    const row = document.createElement('tr');
    row.append(element('th', name));
    if (value === undefined) {
      row.className = 'group';
      row.firstChild.colSpan = 2;
    } else {
      row.append(element('td', value));
    }
    byId(id).append(row);
  }
}

function figures() {
  const {accepted, visible, refused, response_times: times, cpu, memory, statements, ring} = report;
  const rows = [['Records'],
    ['accepted', whole(accepted.records) + ' in ' + digits(accepted.seconds, 2) + ' s'],
    ['accepted a second', whole(accepted.records_per_second)],
    ['written a second, merged ones included', whole(visible.written_records_per_second)],
    ['rows visible, counted by the ' + visible.counted_by, known(visible.rows)
      ? whole(visible.rows) + ' in ' + digits(visible.seconds, 2) + ' s' : '–'],
    ['rows a second', whole(visible.rows_per_second)],
    ['Answers'],
    ['accepted requests', whole(accepted.requests)]];
  for (const status of Object.keys(refused.by_status)) {
    rows.push(['refused with ' + status, whole(refused.by_status[status])]);
  }
  if (refused.abandoned_requests) rows.push(['refused and given up', whole(refused.abandoned_requests)]);
  for (const [name, of] of [['Response time, ms', times.accepted], ['Response time of refusals, ms', times.refused],
    ['Of which waited for a connection, ms', times.waits]]) {
    if (of.count) {
      rows.push([name], ['p50', millis(of.p50_us)], ['p90', millis(of.p90_us)], ['p99', millis(of.p99_us)],
        ['p99.9', millis(of.p999_us)], ['longest', millis(of.max_us)], ['mean', millis(of.mean_us)]);
    }
  }
  rows.push(['Processor time']);
  for (const who of ['service', 'database', 'generator']) {
    const seconds = cpu[who + '_seconds'];
    rows.push([who, known(seconds) ? digits(seconds, 2) + ' s, ' + digits(cpu[who + '_us_per_record'], 2) + ' µs a record' : '–']);
  }
  rows.push(['Memory of the service'],
    ['allocated', known(memory.allocated_bytes_per_record) ? whole(memory.allocated_bytes_per_record) + ' bytes a record' : '–'],
    ['of which by event loops', known(memory.event_loop_bytes_per_record)
      ? whole(memory.event_loop_bytes_per_record) + ' bytes a record' : '–'],
    ['garbage collections', known(memory.gc_count) ? whole(memory.gc_count) + ', ' + whole(memory.gc_pause_ms) + ' ms in all' : '–'],
    ['longest pause', known(memory.gc_longest_pause_ms) ? whole(memory.gc_longest_pause_ms) + ' ms' : '–'],
    ['most heap after a collection', memory.heap_after_gc_bytes ? mebi(memory.heap_after_gc_bytes) : '–'],
    ['peak memory of the process', mebi(memory.peak_bytes)],
    ['fullest ring', known(ring.fullest_percent) ? digits(ring.fullest_percent, 1) + ' %' : '–'],
    ['most unwritten data', mebi(ring.most_unwritten_bytes)],
    ['Statements'],
    ['INSERT', known(statements.inserts) ? whole(statements.inserts) : '–'],
    ['COMMIT', known(statements.commits) ? whole(statements.commits) : '–'],
    ['records an INSERT', statements.inserts_per_record ? whole(1 / statements.inserts_per_record) : '–']);
  table('figures', rows);
}

/* Plots */

const plots = [];

/** A plot that fills its place, follows its width, and is drawn again when the colours change. */
function plot(id, height, options, data) {
  const place = byId(id);
  const draw = () => {
    place.textContent = '';
    return new uPlot({...options(), width: place.clientWidth, height}, data, place);
  };
  const entry = {drawn: draw(), redraw: () => { entry.drawn.destroy(); entry.drawn = draw(); }};
  new ResizeObserver(() => entry.drawn.setSize({width: place.clientWidth, height})).observe(place);
  plots.push(entry);
}

function nothing(id, why) {
  byId(id).textContent = why;
  byId(id).classList.add('empty');
}

function axis(label, more) {
  const font = '12px system-ui, sans-serif';
  return {label, labelFont: '12px system-ui, sans-serif', font, stroke: colour('quiet'), labelSize: 22,
    grid: {stroke: colour('line'), width: 1}, ticks: {stroke: colour('line'), width: 1}, ...more};
}

function line(label, name, value, more) {
  return {label, stroke: colour(name), width: 2, points: {show: false}, value: (plotted, shown) => known(shown) ? value(shown) : '–', ...more};
}

/** Percentiles are spread so that 90, 99, 99.9 … are equally far apart: the number of nines. */
const nines = (percentile, count) => Math.min(-Math.log10(1 - percentile / 100), Math.log10(count));

function percentileOf(x) {
  return (100 - 100 * Math.pow(10, -x)).toFixed(Math.max(0, Math.round(x) - 2)) + ' %';
}

function times() {
  const all = [['accepted', report.response_times.accepted, 'one'], ['refused', report.response_times.refused, 'two'],
    ['waited for a connection', report.response_times.waits, 'three']].filter(([, of]) => of.count > 1);
  byId('times-hint').textContent = report.response_times.waits.count
    ? 'From when a request was due to its answer, waiting for its connection included: so many percent took at most so long.'
    : 'From the request to its answer: so many percent took at most so long.';
  if (all.length === 0) {
    nothing('times', 'Too few answers.');
    return;
  }
  const parts = all.map(([, of]) => {
    const byX = new Map(of.curve_percentile_us.map(([percentile, micros]) => [nines(percentile, of.count), micros / 1000]));
    return [[...byX.keys()], [...byX.values()]];
  });
  const data = uPlot.join(parts);
  const values = parts.flatMap(part => part[1]).filter(value => value > 0);
  const wide = Math.max(...values) > 50 * Math.min(...values);
  plot('times', 340, () => ({
    scales: {x: {time: false}, y: wide ? {distr: 3} : {range: (self, low, high) => [0, high * 1.08]}},
    series: [{label: 'percentile', value: (self, x) => known(x) ? (100 - 100 * Math.pow(10, -x)).toPrecision(5) + ' %' : '–'},
      ...all.map(([name, , shade]) => line(name, shade, value => digits(value, 2) + ' ms', {spanGaps: true}))],
    axes: [
      axis('percentile of requests', {
        size: 38, splits: (self, index, low, high) => [0, Math.log10(2), 1, 2, 3, 4, 5, 6, 7].filter(x => x <= high),
        values: (self, splits) => splits.map(percentileOf)}),
      axis('response time (ms)', {size: 62, values: (self, splits) => splits.map(value => known(value) ? value.toLocaleString('en') : '')})]
  }), data);
}

/** What a sum rose by, a second, between evenly spaced moments. */
function rate(moments, sums, at) {
  const sumAt = moment => {
    let index = moments.findIndex(known => known >= moment);
    if (index < 0) return sums[sums.length - 1];
    if (index === 0) return sums[0];
    const share = (moment - moments[index - 1]) / (moments[index] - moments[index - 1]);
    return sums[index - 1] + share * (sums[index] - sums[index - 1]);
  };
  return at.map((moment, index) => index === 0 ? null : (sumAt(moment) - sumAt(at[index - 1])) / (moment - at[index - 1]));
}

function running(values) {
  let sum = 0;
  return values.map(value => sum += value);
}

const thousands = (self, splits) => splits.map(value => value >= 1000 ? (value / 1000).toLocaleString('en') + 'k' : value);

function throughput() {
  const slices = report.accepted_seconds_records_refusals;
  const samples = report.ring_seconds_size_remaining_bytes_written_rows;
  const end = Math.max(report.visible.seconds, slices.length ? slices[slices.length - 1][0] : 0);
  const step = [0.5, 1, 2, 5, 10, 30, 60, 300, 600].find(size => end / size <= 80) || 3600;
  const at = Array.from({length: Math.floor(end / step) + 1}, (none, index) => index * step);
  if (at.length < 3) {
    nothing('throughput', 'The run was too short.');
    return;
  }
  const data = [at, rate([0, ...slices.map(slice => slice[0])], [0, ...running(slices.map(slice => slice[1]))], at)];
  if (samples.length > 1) {
    data.push(rate(samples.map(sample => sample[0]), samples.map(sample => sample[4]), at));
  }
  plot('throughput', 300, () => ({
    scales: {x: {time: false}, y: {range: (self, low, high) => [0, Math.max(1, high * 1.08)]}},
    series: [{label: 'time', value: (self, x) => known(x) ? digits(x, 1) + ' s' : '–'},
      line('accepted', 'one', value => whole(value) + ' records/s'),
      ...(data.length > 2 ? [line('written', 'two', value => whole(value) + ' records/s')] : [])],
    axes: [axis('time since the first request (s)', {size: 38}), axis('records/s, mean of ' + step + ' s', {size: 62, values: thousands})]
  }), data);
}

function ring() {
  const samples = report.ring_seconds_size_remaining_bytes_written_rows;
  if (samples.length < 2) {
    nothing('ring', 'The server did not say how full its ring was.');
    return;
  }
  const during = samples.filter(sample => sample[0] >= 0);
  const fill = during.map(sample => 100 * (sample[1] - sample[2]) / sample[1]);
  plot('ring', 260, () => ({
    scales: {x: {time: false}, y: {range: [0, 100]}},
    series: [{label: 'time', value: (self, x) => known(x) ? digits(x, 1) + ' s' : '–'},
      line('fill', 'one', value => digits(value, 1) + ' % of ' + whole(samples[0][1]) + ' records', {fill: colour('one') + '26'})],
    axes: [axis('time since the first request (s)', {size: 38}), axis('ring fill (%)', {size: 62})]
  }), [during.map(sample => sample[0]), fill]);
}

head();
tiles();
figures();
table('setup', Object.entries(report.setup));
table('machine', Object.entries(report.machine));
report.notes.forEach(note => byId('notes').append(element('p', 'Not measured: ' + note + '.')));
times();
throughput();
ring();
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => plots.forEach(entry => entry.redraw()));
