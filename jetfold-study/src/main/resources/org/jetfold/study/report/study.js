const SERIES = ['soft', 'second', 'accent', 'good-text'];

// What a series says at x: the step that holds there, or the nearest point.
function at(one, x) {
  if (one.kind === 'steps') return one.points.findLast((point) => point[0] <= x);
  return one.points.reduce((best, point) => (best && Math.abs(best[0] - x) <= Math.abs(point[0] - x) ? best : point), null);
}

// The series of a panel, with their error bars.
function drawn(panel, number) {
  const log = panel.y.type === 'log';
  const shown = (point) => [point[0], point[1] === null || (log && point[1] <= 0) ? null : point[1], point[2]];
  const axes = { xAxisIndex: number, yAxisIndex: number };
  return panel.series.flatMap((one, index) => {
    const own = colour(SERIES[index % SERIES.length]);
    const points = one.points.map(shown);
    const barred = points.filter((point) => point[2] > 0 && point[1] !== null);
    const series = [{ ...axes, name: one.name, color: own, type: one.kind === 'points' ? 'scatter' : 'line', step: one.kind === 'steps' ? 'end' : false, symbol: one.kind === 'points' || one.kind === 'marked_line' ? 'circle' : 'none', symbolSize: 5, lineStyle: { width: 1.5 }, data: points }];
    if (panel.reference !== undefined && index === 0) {
      series[0].markLine = { silent: true, symbol: 'none', label: { show: false }, data: [{ yAxis: panel.reference }], lineStyle: { color: colour('soft'), type: 'solid' } };
    }
    if (barred.length > 0) {
      series.push({ ...axes, name: one.name, color: own, type: 'custom', silent: true, tooltip: { show: false }, encode: { x: 0, y: [1] }, data: barred, clip: true,
        renderItem: (params, api) => {
          const low = Math.max(api.value(1) - api.value(2), log ? api.value(1) / 10 : -Infinity);
          const from = api.coord([api.value(0), low]);
          const to = api.coord([api.value(0), api.value(1) + api.value(2)]);
          return { type: 'line', shape: { x1: from[0], y1: from[1], x2: to[0], y2: to[1] }, style: { stroke: own } };
        } });
    }
    return series;
  });
}

function values(panel) {
  return panel.series.flatMap((one) => one.points.map((point) => point[1])).filter((value) => value !== null);
}

function study(id, chart) {
  const xs = chart.series.flatMap((one) => one.points.map((point) => point[0]));
  const ends = chart.series.some((one) => one.kind === 'steps') ? { min: Math.min(...xs), max: Math.max(...xs) } : {};
  const horizontal = chart.x.type === 'log' ? logRange(xs.flatMap((x) => [x * 0.8, x * 1.25])) : { type: 'value', scale: true, ...ends };
  const vertical = (panel) => (panel.y.type === 'log' ? logRange(values(panel).flatMap((value) => [value * 0.8, value * 1.2])) : { type: 'value', boundaryGap: [0, 0.08] });
  const panels = chart.below ? [chart, chart.below] : [chart];
  draw(id, () => {
    const x = (extra) => axis({ ...horizontal, ...extra });
    const bottom = x({ gridIndex: panels.length - 1, name: chart.x.label, nameGap: 28 });
    const below = chart.below;
    return base({
      grid: below ? [{ left: 80, right: 24, top: 40, height: '50%' }, { left: 80, right: 24, bottom: 80, height: '19%' }] : [{ left: 80, right: 24, top: 40, bottom: 80 }],
      axisPointer: { link: [{ xAxisIndex: 'all' }] },
      legend: { top: 0, type: 'scroll', textStyle: { color: colour('text') }, data: chart.series.map((one) => one.name) },
      tooltip: tooltip({
        trigger: 'axis',
        formatter: (items) => {
          const place = items[0].axisValue;
          const lines = panels.flatMap((panel, number) => panel.series.map((one) => [one, at(one, place), number]))
            .filter(([one, point]) => point && point[1] !== null)
            .map(([one, point, number]) => `${number > 0 ? below.y.label + ' ' : ''}${one.name} <b>${short(point[1], number > 0 ? 3 : 6)}</b>${point[2] > 0 ? ' ± ' + short(point[2]) : ''}`);
          return [`${chart.x.label} ${short(place, 6)}`, ...lines].join('<br>');
        },
      }),
      dataZoom: [{ type: 'slider', height: 16, bottom: 6, labelFormatter: tick, xAxisIndex: panels.map((_, number) => number) }],
      xAxis: below ? [x({ axisLabel: { show: false } }), bottom] : [bottom],
      yAxis: panels.map((panel, number) => axis({
        ...(number > 0 ? around(panel.reference, Math.max(...values(panel).map((value) => Math.abs(value - panel.reference)))) : vertical(panel)),
        gridIndex: number, name: panel.y.label, nameGap: 58,
      })),
      series: panels.flatMap(drawn),
    });
  });
}

data.charts.forEach((chart, index) => study(`chart-${index}`, chart));
document.documentElement.dataset.drawn = 'true';
