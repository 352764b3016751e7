// Lines over time, the only charts that hovering helps. A chunk of its own, loaded where a chart is.
// Rules: SVG renderer, no animation, colours from the tokens, text tooltips (HTML ones need inline style).
import { LineChart } from "echarts/charts";
import { GridComponent, MarkPointComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

use([LineChart, GridComponent, MarkPointComponent, TooltipComponent, SVGRenderer]);

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

export function draw(root) {
  for (const box of root.querySelectorAll("[data-chart]:not([data-drawn])")) {
    box.dataset.drawn = "";
    const chart = init(box, null, { renderer: "svg" });
    chart.setOption(option(JSON.parse(box.dataset.chart)));
    new ResizeObserver(() => chart.resize()).observe(box);
  }
}

// chart: { labels, unit, top, step, places, series: [{ name, kind, values, low, end }] }
function option(chart) {
  const font = { fontFamily: "Inter, sans-serif", fontSize: 11.5, color: token("--ink-3") };
  const write = (value) => number(value, chart.places) + chart.unit;
  return {
    animation: false,
    textStyle: font,
    grid: { left: 34, right: 84, top: 16, bottom: 22 },
    tooltip: { trigger: "axis", renderMode: "richText", textStyle: { ...font, color: token("--ink") }, valueFormatter: (value) => (value == null ? "–" : write(value)) },
    xAxis: { type: "category", data: chart.labels, boundaryGap: false, axisTick: { show: false }, axisLine: { lineStyle: { color: token("--line-2") } }, axisLabel: font },
    yAxis: { type: "value", max: chart.top, interval: chart.step, axisLabel: { ...font, formatter: (value) => number(value, 0) }, splitLine: { lineStyle: { color: token("--hair") } } },
    series: chart.series.flatMap((series) => lines(series, font, write)),
  };
}

function lines(series, font, write) {
  const end = { show: Boolean(series.end), formatter: series.end, ...font, distance: 6 };
  const line = { type: "line", name: series.name, data: series.values, symbol: "none", endLabel: end };
  if (series.kind === "band") return band(series, line);
  if (series.kind === "plan") return [{ ...line, lineStyle: { color: token("--ink-3"), width: 1.5, type: [5, 4] } }];
  if (series.kind === "curve") return [{ ...line, lineStyle: { color: token("--nila-600"), width: 2 } }];
  return [{ ...line, lineStyle: { color: token("--nila-600"), width: 2.5 }, markPoint: last(series, write) }];
}

// A forecast: an unseen line at the lower bound, and the width of the band stacked on it.
function band(series, line) {
  const widths = series.values.map((high, index) => (high == null ? null : high - series.low[index]));
  const unseen = { lineStyle: { opacity: 0 }, silent: true, stack: series.name, tooltip: { show: false } };
  return [
    { ...line, ...unseen, data: series.low, endLabel: undefined },
    { ...line, ...unseen, data: widths, areaStyle: { color: token("--nila-100") }, endLabel: { ...line.endLabel, offset: [0, 8] } },
  ];
}

function last(series, write) {
  const index = series.values.findLastIndex((value) => value != null);
  if (index < 0) return undefined;
  const label = { show: true, formatter: write(series.values[index]), position: "bottom", distance: 8, color: token("--ink"), fontWeight: 600, fontSize: 12, fontFamily: "Inter" };
  return { symbol: "circle", symbolSize: 9, itemStyle: { color: token("--nila-600") }, data: [{ coord: [index, series.values[index]] }], label };
}

function number(value, places) {
  const options = { minimumFractionDigits: places, maximumFractionDigits: places };
  return value.toLocaleString(document.documentElement.lang, options).replace("-", "−");
}
