let error = 'meanRelative';
const names = { meanRelative: 'mean relative error', worstRelative: 'worst relative error', meanSpread: 'mean error / spread', worstSpread: 'worst error / spread' };
const SYMBOLS = ['circle', 'rect', 'triangle', 'diamond', 'pin', 'arrow'];
const COLOURS = ['accent', 'second', '#3a9d5d', '#8a5fc7', '#b8860b', '#c2477f', '#4f8f9e'];

function best() {
  return data.rows.filter((row) => !data.rows.some((other) => other.bitsPerValue <= row.bitsPerValue && other[error] <= row[error] && (other.bitsPerValue < row.bitsPerValue || other[error] < row[error])))
    .sort((a, b) => a.bitsPerValue - b.bitsPerValue);
}

function pareto() {
  draw('pareto', () => {
    const smallest = Math.min(...data.rows.map((row) => row[error]).filter((value) => value > 0));
    const floor = 10 ** (Math.floor(Math.log10(smallest)) - 1);
    const point = (row) => ({ value: [row.bitsPerValue, Math.max(row[error], floor)], row });
    const codecs = [...new Set(data.rows.map((row) => row.codec))];
    return base({
      grid: { left: 80, right: 30, top: 20 + legendHeight('pareto', ['best', ...codecs]), bottom: 50 },
      tooltip: tooltip({
        formatter: (item) => {
          const row = item.data.row;
          return row ? `<b>${row.codec} ${row.setting}</b>${row.note ? '<br>' + row.note.replace(/[<&]/g, '') : ''}<br>${short(row.bitsPerValue, 4)} bits a value, ratio ${short(row.ratio)}<br>relative error: mean ${short(row.meanRelative)}, worst ${short(row.worstRelative)}<br>error / spread: mean ${short(row.meanSpread)}, worst ${short(row.worstSpread)}<br>encode ${short(row.encodeMBs)} MB/s, decode ${short(row.decodeMBs)} MB/s` : '';
        },
      }),
      xAxis: axis({ type: 'value', name: 'bits a value', nameGap: 28, min: 0 }),
      yAxis: axis({ type: 'log', name: names[error], nameGap: 56, min: floor, axisLabel: { color: colour('soft'), formatter: (value) => (value <= floor ? 'exact' : tick(value)) } }),
      series: [
        { name: 'best', type: 'line', symbol: 'none', silent: true, color: colour('soft'), lineStyle: { type: 'dashed', width: 1.5 }, data: best().map((row) => [row.bitsPerValue, Math.max(row[error], floor)]) },
        ...codecs.map((codec, index) => ({
          name: codec,
          type: 'scatter',
          symbol: SYMBOLS[index % SYMBOLS.length],
          symbolSize: codec.startsWith('Jetfold') ? 13 : 9,
          color: COLOURS[index % COLOURS.length].startsWith('#') ? COLOURS[index % COLOURS.length] : colour(COLOURS[index % COLOURS.length]),
          data: data.rows.filter((row) => row.codec === codec).map(point),
        })),
      ],
    });
  });
}

choice('error', error, (value) => { error = value; pareto(); });
pareto();
document.documentElement.dataset.drawn = 'true';
