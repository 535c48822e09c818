// What all reports share: charts in the page's colours, that follow its width, its theme and the printer.
const data = JSON.parse(document.getElementById('data').textContent);
const charts = new Map();

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
}

function short(value, digits = 3) {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'string') return value;
  if (value === 0) return '0';
  const size = Math.abs(value);
  return size >= 1e-3 && size < 1e6 ? String(+value.toPrecision(digits)) : value.toExponential(digits - 1).replace('e+', 'e');
}

function tick(value) {
  // The names of columns, at axes of a matrix.
  if (Number.isNaN(Number(value))) return value;
  const text = short(value, 4);
  return text.includes('e') ? powers(text) : text;
}

// At logarithmic axes, 10⁵ and not 100000.
function logTick(value) {
  return value >= 1e4 || value < 1e-3 ? powers(value.toExponential(3)) : short(value, 4);
}

// 1.50e+6 as 1.5·10⁶.
function powers(text) {
  const [digits, power] = text.split('e');
  const part = String(Number(digits));
  const raised = '10' + [...String(Number(power))].map((digit) => (digit === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[digit])).join('');
  return part === '1' ? raised : part === '-1' ? '-' + raised : `${part}·${raised}`;
}

// ECharts labels every decade of up to ten, and then every tenth: here as many as have room.
function labelDecades() {
  const probe = echarts.init(document.createElement('div'), null, { renderer: 'svg', width: 100, height: 100 });
  probe.setOption({ xAxis: { type: 'log', min: 1, max: 10 }, yAxis: {}, series: [] });
  const scale = Object.getPrototypeOf(probe.getModel().getComponent('xAxis').axis.scale);
  scale.calcNiceTicks = function calcNiceTicks() {
    const [low, high] = this._extent;
    const step = Math.max(1, Math.ceil((high - low) / 8));
    this._interval = step;
    this._niceExtent = [Math.ceil(low / step - 1e-9) * step, Math.floor(high / step + 1e-9) * step];
  };
  probe.dispose();
}

labelDecades();

// The next of 1, 2 and 5 times a power of ten, at or above a value, or at or below it.
function round125(value, up) {
  const power = 10 ** Math.floor(Math.log10(value));
  const part = value / power;
  const steps = [1, 2, 5, 10];
  // Rounding must not make a round value the next one.
  const found = up ? steps.find((step) => step >= part * 0.999999) : steps.findLast((step) => step <= part * 1.000001);
  return Number((found * power).toPrecision(6));
}

// A logarithmic axis with round ends, so that they are labelled and nothing is cut off there.
function logRange(values) {
  const positive = values.filter((value) => value > 0 && value < Infinity);
  const low = positive.length > 0 ? Math.min(...positive) : 1;
  const high = positive.length > 0 ? Math.max(...positive) : 10;
  const min = round125(low, false);
  const max = round125(high, true);
  return { type: 'log', min, max: max > min ? max : 10 * min };
}

// A linear axis around a value that it labels: 1 of ratios, which are not negative, 0 of pulls.
function around(reference, largest) {
  const interval = round125((largest > 0 ? 1.1 * largest : 1e-9) / 2, true);
  const below = reference > 0 && interval === reference ? 1 : 2;
  return { type: 'value', min: Number((reference - below * interval).toPrecision(12)), max: Number((reference + 2 * interval).toPrecision(12)), interval };
}

function named(name, unit) {
  return unit ? `${name} [${unit}]` : name;
}

// Whether the end of an axis has a number: not beside one that would overlap.
function labelsEnd(options, end) {
  if (end === undefined || typeof end !== 'number') return undefined;
  if (options.type !== 'log') return Number(end.toPrecision(2)) === end;
  const decades = Math.floor(Math.log10(options.max)) - Math.ceil(Math.log10(options.min)) + 1;
  return decades < 2 || Math.abs(Math.log10(end) % 1) < 1e-9;
}

function axis(options) {
  const label = { color: colour('soft'), formatter: options.type === 'log' ? logTick : tick, hideOverlap: true };
  if (options.type === 'log' || options.type === 'value') {
    label.showMinLabel = labelsEnd(options, options.min);
    label.showMaxLabel = labelsEnd(options, options.max);
  }
  return Object.assign({
    nameLocation: 'middle',
    nameTextStyle: { color: colour('text') },
    axisLine: { show: true, lineStyle: { color: colour('soft') }, onZero: false },
    axisTick: { show: true },
    splitLine: { lineStyle: { color: colour('line') } },
  }, options, { axisLabel: { ...label, ...options.axisLabel } });
}

function base(options) {
  return Object.assign({
    animation: false,
    textStyle: { color: colour('text'), fontFamily: 'system-ui, sans-serif' },
    color: [colour('accent'), colour('second')],
    legend: { top: 0, textStyle: { color: colour('text') } },
    tooltip: {},
  }, options);
}

// How high a legend is whose names wrap in a chart: each has a symbol and a gap beside it.
function legendHeight(id, names) {
  const wide = names.reduce((sum, name) => sum + 45 + 7 * name.length, 0);
  return 30 * Math.ceil(wide / Math.max(1, document.getElementById(id).clientWidth - 20));
}

function tooltip(options) {
  return Object.assign({
    backgroundColor: colour('panel'), borderColor: colour('line'), textStyle: { color: colour('text'), fontSize: 12 }, confine: true,
  }, options);
}

// Draws, or draws anew; what is drawn is computed again when theme or paper change.
function draw(id, make) {
  const element = document.getElementById(id);
  if (!element) return null;
  let chart = charts.get(id);
  if (!chart) {
    chart = { echarts: echarts.init(element, null, { renderer: 'svg' }), make };
    charts.set(id, chart);
  }
  chart.make = make;
  chart.echarts.setOption(make(), true);
  scalable(chart.echarts);
  return chart.echarts;
}

// On paper, a picture is scaled to the width that there is.
function scalable(echart) {
  const svg = echart.getDom().querySelector('svg');
  if (svg) svg.setAttribute('viewBox', `0 0 ${echart.getWidth()} ${echart.getHeight()}`);
}

function resizeAll() {
  for (const chart of charts.values()) {
    chart.echarts.resize();
    scalable(chart.echarts);
  }
}

function redrawAll() {
  for (const chart of charts.values()) chart.echarts.setOption(chart.make(), true);
}

// The corners of a histogram's outline; a bin's value holds from its lower to its upper edge.
function outline(edges, weights, positive) {
  const points = weights.map((weight, bin) => [edges[bin], positive && !(weight > 0) ? null : weight]);
  points.push([edges[edges.length - 1], points[points.length - 1][1]]);
  return points;
}

function binOf(edges, x) {
  let bin = edges.findIndex((edge) => edge > x) - 1;
  return bin < 0 ? edges.length - 2 : bin;
}

function choice(id, value, chosen) {
  const group = document.getElementById(id);
  if (!group) return;
  const show = (now) => group.querySelectorAll('button').forEach((button) => button.setAttribute('aria-pressed', button.dataset.value === now));
  group.addEventListener('click', (event) => {
    if (event.target.dataset.value) {
      show(event.target.dataset.value);
      chosen(event.target.dataset.value);
    }
  });
  show(value);
  group.show = show;
}

document.getElementById('theme').addEventListener('click', () => {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = dark ? 'light' : 'dark';
  redrawAll();
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redrawAll);
matchMedia('print').addEventListener('change', redrawAll);
addEventListener('beforeprint', redrawAll);
addEventListener('afterprint', redrawAll);
addEventListener('resize', resizeAll);
