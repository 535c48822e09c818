const state = { column: null, measure: 'relative', logCounts: true };
const weighted = data.weight !== null;
const counts = weighted ? 'weight / bin' : 'entries / bin';

function histogram(id, column, bins, title, logX) {
  draw(id, () => {
    if (!bins) return base({ title: { text: 'nothing changed', left: 'center', top: 'middle', textStyle: { color: colour('soft'), fontSize: 14 } } });
    const logY = logX || state.logCounts;
    return base({
      grid: { left: 70, right: 20, top: 20, bottom: logX ? 45 : 70 },
      tooltip: tooltip({
        trigger: 'axis',
        formatter: (items) => {
          const bin = binOf(bins.edges, items[0].axisValue);
          return `${title}<br>${short(bins.edges[bin])} … ${short(bins.edges[bin + 1])}<br><b>${short(bins.weights[bin], 6)}</b> ${counts}`;
        },
      }),
      dataZoom: logX ? [] : [{ type: 'slider', height: 16, bottom: 6, labelFormatter: tick }],
      xAxis: axis({ ...range(logX, bins.edges), name: title, nameGap: 28 }),
      yAxis: axis({ ...(logY ? heights(bins.weights) : { type: 'value' }), name: counts, nameGap: 52 }),
      series: [{ type: 'line', step: 'end', symbol: 'none', data: outline(bins.edges, bins.weights, logY).filter((point) => !logX || point[0] > 0), lineStyle: { width: 1.5 }, areaStyle: logY ? undefined : { opacity: 0.2 } }],
    });
  });
}

function range(log, edges) {
  return log ? logRange(edges) : { type: 'value', min: edges[0], max: edges[edges.length - 1] };
}

// A little room above and below.
function heights(...weights) {
  return logRange(weights.flat().flatMap((weight) => [weight * 0.8, weight * 1.2]));
}

function spectrum(id, name, unit, bins) {
  draw(id, () => {
    const logY = state.logCounts;
    const ratio = bins.weights.map((before, bin) => (before === 0 ? null : bins.restored[bin] / before));
    const error = bins.weights.map((before, bin) => (before === 0 ? null : bins.errors[bin] / Math.abs(before)));
    const band = (sign) => outline(bins.edges, error.map((one) => (one === null ? 1 : 1 + sign * Math.min(one, 1))));
    const largest = Math.max(1e-4, ...ratio.map((one, bin) => (one !== null && error[bin] <= 0.1 ? Math.abs(one - 1) : 0)), ...error.filter((one) => one !== null && one <= 0.1));
    const xAxis = (extra) => axis({ ...range(bins.logarithmic, bins.edges), ...extra });
    const drawn = (points) => points.filter((point) => !bins.logarithmic || point[0] > 0);
    return base({
      axisPointer: { link: [{ xAxisIndex: 'all' }] },
      legend: { top: 0, textStyle: { color: colour('text') }, data: ['before', 'after', 'statistical error'] },
      grid: [{ left: 70, right: 20, top: 30, height: '46%' }, { left: 70, right: 20, bottom: 48, height: '24%' }],
      tooltip: tooltip({
        trigger: 'axis',
        formatter: (items) => {
          const bin = binOf(bins.edges, items[0].axisValue);
          return `${name} ${short(bins.edges[bin])} … ${short(bins.edges[bin + 1])}<br>before ${short(bins.weights[bin], 6)}, after ${short(bins.restored[bin], 6)}<br>ratio <b>${short(ratio[bin], 6)}</b> ± ${short(bins.migrations[bin] / Math.abs(bins.weights[bin]))}<br>another sample would differ by ${short(error[bin])}`;
        },
      }),
      xAxis: [xAxis({ axisLabel: { show: false } }), xAxis({ gridIndex: 1, name: named(name, unit), nameGap: 28 })],
      yAxis: [
        axis({ ...(logY ? heights(bins.weights, bins.restored) : { type: 'value' }), name: counts, nameGap: 52 }),
        axis({ ...around(1, largest), gridIndex: 1, name: 'after / before', nameGap: 52, axisLabel: { color: colour('soft'), formatter: (value) => short(value, 9) } }),
      ],
      series: [
        { name: 'before', color: colour('accent'), type: 'line', step: 'end', symbol: 'none', data: drawn(outline(bins.edges, bins.weights, logY)), lineStyle: { width: 3, opacity: 0.5 } },
        { name: 'after', color: colour('second'), type: 'line', step: 'end', symbol: 'none', data: drawn(outline(bins.edges, bins.restored, logY)), lineStyle: { width: 1.2 } },
        { name: 'statistical error', type: 'line', color: colour('soft'), step: 'end', symbol: 'none', xAxisIndex: 1, yAxisIndex: 1, data: drawn(band(1)), lineStyle: { color: colour('soft'), width: 1, type: 'dotted' } },
        { type: 'line', step: 'end', symbol: 'none', xAxisIndex: 1, yAxisIndex: 1, data: drawn(band(-1)), lineStyle: { color: colour('soft'), width: 1, type: 'dotted' }, tooltip: { show: false } },
        { type: 'line', step: 'end', symbol: 'none', xAxisIndex: 1, yAxisIndex: 1, data: drawn(outline(bins.edges, ratio)), lineStyle: { color: colour('second'), width: 1.5 }, markLine: { silent: true, symbol: 'none', label: { show: false }, data: [{ yAxis: 1 }], lineStyle: { color: colour('soft') } } },
      ],
    });
  });
}

function response(id, column, bins, name, unit, logX) {
  draw(id, () => {
    if (!bins) return base({ title: { text: 'nothing changed', left: 'center', top: 'middle', textStyle: { color: colour('soft'), fontSize: 14 } } });
    const centre = (bin) => (logX ? Math.sqrt(bin.from * bin.to) : (bin.from + bin.to) / 2);
    const isPt = data.collections.some((one) => one.pt === column.name);
    const point = (value) => (bin) => ({ value: [centre(bin), value(bin)], itemStyle: { opacity: bin.enoughEntries ? 1 : 0.25 } });
    const limit = (values) => (isPt ? { silent: true, symbol: 'none', precision: 6, label: { formatter: (line) => short(100 * line.value) + ' %', position: 'insideEndTop', color: colour('soft') }, data: values.map((value) => ({ yAxis: value })), lineStyle: { type: 'dashed', color: colour('bad-text') } } : undefined);
    const enough = bins.filter((bin) => bin.enoughEntries);
    const meanRange = 1.25 * Math.max(isPt ? 0.001 : 0, ...enough.map((bin) => Math.abs(bin.mean) + bin.error)) || 1e-9;
    const deviationRange = 1.15 * Math.max(isPt ? 0.006 : 0, ...enough.map((bin) => bin.deviation)) || 1e-9;
    const percent = { color: colour('soft'), formatter: (value) => short(100 * value, 2) + ' %' };
    const ends = [bins[0].from, bins[bins.length - 1].to];
    const xAxis = (extra) => axis({ ...range(logX, ends), ...extra });
    return base({
      legend: { show: false },
      axisPointer: { link: [{ xAxisIndex: 'all' }] },
      grid: [{ left: 75, right: 20, top: 15, height: '36%' }, { left: 75, right: 20, bottom: 48, height: '36%' }],
      tooltip: tooltip({
        trigger: 'axis',
        formatter: (items) => {
          const bin = bins[items[0].dataIndex];
          return `${name} ${short(bin.from)} … ${short(bin.to)}<br>mean <b>${short(100 * bin.mean)} %</b> ± ${short(100 * bin.error)} %<br>deviation <b>${short(100 * bin.deviation)} %</b> ± ${short(100 * bin.deviationError)} %<br>${bin.entries.toLocaleString('en')} entries${bin.enoughEntries ? '' : ': too few to tell'}`;
        },
      }),
      xAxis: [xAxis({ axisLabel: { show: false } }), xAxis({ gridIndex: 1, name: named(name, unit), nameGap: 28 })],
      yAxis: [
        axis({ ...around(0, meanRange), name: 'mean residual', nameGap: 58, axisLabel: percent }),
        axis({ gridIndex: 1, type: 'value', name: 'deviation', nameGap: 58, min: 0, max: round125(deviationRange, true), axisLabel: percent }),
      ],
      series: [
        { type: 'line', symbol: 'circle', symbolSize: 6, lineStyle: { opacity: 0.4 }, data: bins.map(point((bin) => bin.mean)), markLine: limit([-0.001, 0.001]) },
        { type: 'custom', silent: true, data: bins.map((bin) => [centre(bin), bin.mean - bin.error, bin.mean + bin.error, bin.enoughEntries ? 1 : 0.25]), encode: { x: 0, y: [1, 2] }, clip: true,
          renderItem: (params, api) => { const a = api.coord([api.value(0), api.value(1)]); const b = api.coord([api.value(0), api.value(2)]); return { type: 'line', shape: { x1: a[0], y1: a[1], x2: b[0], y2: b[1] }, style: { stroke: colour('accent'), opacity: api.value(3) } }; } },
        { type: 'line', symbol: 'circle', symbolSize: 6, lineStyle: { opacity: 0.4 }, color: colour('second'), xAxisIndex: 1, yAxisIndex: 1, data: bins.map(point((bin) => bin.deviation)), markLine: limit([0.006]) },
      ],
    });
  });
}

function correlations() {
  const all = data.correlations;
  const used = all.columns.map((name, index) => index).filter((index) => all.matrix[index].some((value) => value !== null));
  const names = used.map((index) => all.columns[index]);
  const cells = [];
  used.forEach((a, row) => used.forEach((b, column) => { const found = a < b ? all.rankMatrix[a][b] : all.matrix[a][b]; if (found !== null) cells.push([column, row, found]); }));
  // Names have at most a third of a narrow screen.
  const room = Math.min(150, document.getElementById('correlations').clientWidth / 3);
  const chart = draw('correlations', () => base({
    grid: { left: room, right: 20, top: 10, bottom: room + 30 },
    legend: { show: false },
    tooltip: tooltip({ formatter: (item) => `${names[item.value[0]]}<br>${names[item.value[1]]}<br><b>${short(item.value[2])}</b>` }),
    xAxis: axis({ type: 'category', data: names, axisLabel: { rotate: 90, color: colour('soft'), interval: 0, fontSize: 10, width: room - 10, overflow: 'truncate' } }),
    yAxis: axis({ type: 'category', data: names, inverse: true, axisLabel: { color: colour('soft'), interval: 0, fontSize: 10, width: room - 10, overflow: 'truncate' } }),
    visualMap: { min: -1, max: 1, calculable: false, orient: 'horizontal', left: 0, bottom: 0, itemHeight: 80, precision: 1, textStyle: { color: colour('soft') }, text: ['1', '−1'], inRange: { color: ['#c8440a', colour('back'), '#0b63b5'] } },
    series: [{ type: 'heatmap', data: cells, emphasis: { itemStyle: { borderColor: colour('text'), borderWidth: 1 } } }],
  }));
  chart.on('click', (event) => pair(used[event.value[1]], used[event.value[0]]));
  const strongest = cells.filter((cell) => cell[0] < cell[1]).sort((one, other) => Math.abs(other[2]) - Math.abs(one[2]))[0];
  if (strongest) pair(used[strongest[1]], used[strongest[0]]);
}

const LEVELS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

function pair(first, second) {
  const all = data.correlations;
  const a = Math.max(first, second);
  const b = Math.min(first, second);
  const found = all.pairs.find((one) => one.a === a && one.b === b);
  if (!found) return;
  const n = all.bins;
  const cells = [];
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const level = LEVELS.indexOf(found.levels[i * n + j]);
      if (level >= 0) cells.push([j, i, -level]);
    }
  }
  const deepest = Math.min(...cells.map((cell) => cell[2]), -1);
  const edge = (column, bin) => all.ranges[column] * (2 * bin / n - 1);
  const middle = (column) => Array.from({ length: n }, (_, bin) => short((edge(column, bin) + edge(column, bin + 1)) / 2, 2));
  const kind = (column) => `${all.columns[column]}, ${data.columns.find((one) => one.name === all.columns[column]).measure} residual`;
  document.getElementById('pair-caption').textContent = `${all.columns[a]} against ${all.columns[b]}: correlation of ranks ${short(all.rankMatrix[a][b])}, of clipped residuals ${short(all.matrix[a][b])}. Colours are logarithmic; what lies farther out is in the outermost bins.`;
  draw('pair', () => base({
    grid: { left: 96, right: 20, top: 10, bottom: 90 },
    legend: { show: false },
    tooltip: tooltip({ formatter: (item) => `${all.columns[b]} ${short(edge(b, item.value[0]))} … ${short(edge(b, item.value[0] + 1))}<br>${all.columns[a]} ${short(edge(a, item.value[1]))} … ${short(edge(a, item.value[1] + 1))}<br>about <b>${short(found.largest * 2 ** (item.value[2] / 4), 2)}</b> ${counts}` }),
    xAxis: axis({ type: 'category', data: middle(b), name: kind(b), nameGap: 30, axisLabel: { color: colour('soft') } }),
    yAxis: axis({ type: 'category', data: middle(a), name: kind(a), nameGap: 76, axisLabel: { color: colour('soft') } }),
    visualMap: { min: deepest, max: 0, show: true, orient: 'horizontal', left: 'center', bottom: 0, calculable: false, text: ['most', 'fewest'], itemHeight: 80, textStyle: { color: colour('soft') }, formatter: () => '', inRange: { color: [colour('panel'), '#7fb8ec', '#0b63b5', '#062a4d'] } },
    series: [{ type: 'heatmap', data: cells }],
  }));
}

function show(name) {
  const column = data.columns.find((one) => one.name === name);
  if (state.column !== name) {
    state.measure = column.measure;
    document.getElementById('measure').show(state.measure);
  }
  state.column = name;
  document.getElementById('column').value = name;
  document.querySelectorAll('tr[data-column]').forEach((row) => row.setAttribute('aria-selected', row.dataset.column === name));
  const residuals = column[state.measure];
  const title = state.measure === 'relative' ? `relative residual of ${name}` : named(`residual of ${name}`, column.unit);
  histogram('residuals', column, residuals.histogram, title, false);
  histogram('sizes', column, residuals.sizes, `size of the ${title}`, true);
  spectrum('spectrum', name, column.unit, column.spectrum);
  if (data.collections.length > 0) {
    const own = data.collections.find((one) => one.name === column.collection);
    const pt = own && data.columns.find((one) => one.name === own.pt);
    response('response', column, column.againstPt, pt ? pt.name : 'pT', pt ? pt.unit : '', true);
    response('response-eta', column, column.againstEta, 'η', '', false);
  }
}

const select = document.getElementById('column');
for (const column of data.columns) {
  const option = document.createElement('option');
  option.value = column.name;
  option.textContent = column.name + (column.changed === 0 ? ' (unchanged)' : '');
  select.append(option);
}
select.addEventListener('change', () => show(select.value));
document.querySelectorAll('tr[data-column]').forEach((row) => row.addEventListener('click', () => {
  show(row.dataset.column);
  document.getElementById('column-pictures').scrollIntoView({ behavior: 'smooth' });
}));
choice('measure', 'relative', (value) => { state.measure = value; show(state.column); });
choice('table-measure', 'natural', (value) => document.querySelectorAll('div[data-measure]').forEach((table) => { table.hidden = table.dataset.measure !== value; }));
const dijetMass = data.quantities.find((quantity) => quantity.name === 'mjj');
document.getElementById('log-counts').addEventListener('change', (event) => {
  state.logCounts = event.target.checked;
  show(state.column);
  if (dijetMass) spectrum('dijet', 'dijet mass', dijetMass.unit, dijetMass.spectrum);
});
const jets = data.jets && data.collections.find((one) => one.name === data.jets);
const first = jets ? jets.pt : (data.columns.find((column) => column.changed > 0) || data.columns[0]).name;
show(first);
if (dijetMass) {
  spectrum('dijet', 'dijet mass', dijetMass.unit, dijetMass.spectrum);
  histogram('dijet-residuals', null, dijetMass.relative.histogram, 'relative residual of the dijet mass', false);
}
if (data.correlations) correlations();
document.documentElement.dataset.drawn = 'true';
