const SERIES = ['soft', 'second', 'accent', 'good-text'];

// What a series says at x: the step that holds there, or the nearest point.
function at(one, x) {
  if (one.kind === 'steps') return one.points.findLast((point) => point[0] <= x);
  return one.points.reduce((best, point) => (best && Math.abs(best[0] - x) <= Math.abs(point[0] - x) ? best : point), null);
}

function study(id, chart) {
  const shown = (point) => [point[0], point[1] === null || (chart.y.type === 'log' && point[1] <= 0) ? null : point[1], point[2]];
  draw(id, () => {
    const series = [];
    chart.series.forEach((one, index) => {
      const own = colour(SERIES[index % SERIES.length]);
      const points = one.points.map(shown);
      series.push({ name: one.name, color: own, type: one.kind === 'points' ? 'scatter' : 'line', step: one.kind === 'steps' ? 'end' : false, symbol: one.kind === 'points' || one.kind === 'marked_line' ? 'circle' : 'none', symbolSize: 6, lineStyle: { width: 1.5 }, data: points });
      const barred = points.filter((point) => point[2] > 0 && point[1] !== null);
      if (barred.length > 0) {
        series.push({ name: one.name, color: own, type: 'custom', silent: true, tooltip: { show: false }, encode: { x: 0, y: [1] }, data: barred, clip: true,
          renderItem: (params, api) => {
            const low = Math.max(api.value(1) - api.value(2), chart.y.type === 'log' ? api.value(1) / 10 : -Infinity);
            const from = api.coord([api.value(0), low]);
            const to = api.coord([api.value(0), api.value(1) + api.value(2)]);
            return { type: 'line', shape: { x1: from[0], y1: from[1], x2: to[0], y2: to[1] }, style: { stroke: own } };
          } });
      }
    });
    return base({
      grid: { left: 80, right: 24, top: 36, bottom: 80 },
      tooltip: tooltip({
        trigger: 'axis',
        formatter: (items) => {
          const x = items[0].axisValue;
          const lines = chart.series.map((one) => [one, at(one, x)]).filter(([one, point]) => point && point[1] !== null)
            .map(([one, point]) => `${one.name} <b>${short(point[1], 6)}</b>${point[2] > 0 ? ' ± ' + short(point[2]) : ''}`);
          return [`${chart.x.label} ${short(x, 6)}`, ...lines].join('<br>');
        },
      }),
      dataZoom: [{ type: 'slider', height: 16, bottom: 6, labelFormatter: tick }],
      xAxis: axis({ type: chart.x.type, scale: true, name: chart.x.label, nameGap: 28 }),
      yAxis: axis({ type: chart.y.type, scale: true, name: chart.y.label, nameGap: 58 }),
      series,
    });
  });
}

data.charts.forEach((chart, index) => study(`chart-${index}`, chart));
document.documentElement.dataset.drawn = 'true';
