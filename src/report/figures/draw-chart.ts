import type { FieldImage, Panel, Series } from '../../core/figure.ts';
import { printable } from '../escape.ts';
import { type ChartAxis, chartAxis } from './axis.ts';
import {
  axisMarks,
  type ChartAxes,
  type ChartPoint,
  type DrawnSeries,
  type Frame,
  hoverMarks,
  LABEL_GAP,
  labelMarks,
  leaders,
  type PlotLibrary,
  referenceMarks,
  seriesMarks,
} from './chart-marks.ts';
import { type LabelRequest, LINE_HEIGHT, type PlacedLabel, placeLabels, textWidth } from './direct-labels.ts';
import { edges, requireField } from './field-grid.ts';
import { fieldMarks } from './field-marks.ts';
import { inks, lineStyle, type Theme } from './palette.ts';

/** What a chart is given besides its panel. Sizes in px. */
export interface ChartOptions {
  readonly theme: Theme;
  /** Width of the whole chart, labels included. */
  readonly width?: number;
  /** Height, more where the labels need it. */
  readonly height?: number;
  /** Characters per line of the labels beside the lines. */
  readonly labelLength?: number;
  /** Names of series that are left out; the others keep their styles. */
  readonly hidden?: ReadonlySet<string>;
  /** Tells values under the pointer: for a chart that stays in its document. */
  readonly hover?: boolean;
}

/** The part of the document model used here; the DOM's own types are not loaded on Node.js. */
export interface ChartElement {
  readonly outerHTML: string;
  querySelectorAll(selector: string): Iterable<ChartElement>;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  remove(): void;
  appendChild(child: ChartElement): unknown;
}

/** What draws: the plotting library, and the document that the chart is made in, of a browser or of a stand-in. */
export interface Canvas {
  readonly plot: PlotLibrary;
  readonly document: { createElementNS(namespace: string, name: string): unknown };
}

const SVG = 'http://www.w3.org/2000/svg';

/**
 * One panel as an SVG element: lines with bands, gaps where a value is null, reference lines, and every label beside
 * its line instead of a legend. On log axes values that are not positive are gaps. Behind the lines a field, where there
 * is one, as a picture with a pixel per cell.
 *
 * Throws as `requireField` for a field that does not fit its axes.
 */
export function drawChart(panel: Panel, options: ChartOptions, { plot, document }: Canvas): ChartElement {
  const image = requireField(panel);
  const drawn = drawnSeries(panel, options.hidden ?? new Set());
  const axes = panelAxes(panel, drawn, image);
  const { frame, labels } = layout(panel, drawn, axes.y, options);
  const { ink } = inks(options.theme);
  const chart = plot.plot({
    document: document as never,
    className: 'chart',
    width: frame.width,
    height: frame.height,
    marginLeft: frame.left,
    marginRight: frame.right,
    marginTop: frame.top,
    marginBottom: frame.bottom,
    x: { type: axes.x.scale, domain: axes.x.domain, axis: null },
    y: { type: axes.y.scale, domain: axes.y.domain, axis: null },
    marks: [
      ...axisMarks(plot, panel, axes, frame, options.theme),
      ...(image === undefined ? [] : fieldMarks(plot, image, axes, frame, options.theme)),
      ...referenceMarks(plot, panel, axes, frame, options.theme),
      ...seriesMarks(plot, drawn, options.theme),
      ...labelMarks(plot, labels, axes, frame),
      ...(options.hover === true ? hoverMarks(plot, panel, drawn, options.theme) : []),
    ],
  }) as unknown as ChartElement;
  for (const { d, stroke } of leaders(labels, frame)) {
    const path = document.createElementNS(SVG, 'path') as ChartElement;
    for (const [name, value] of Object.entries({ d, stroke, 'stroke-width': '0.8', fill: 'none' }))
      path.setAttribute(name, value);
    chart.appendChild(path);
  }
  return finished(chart, ink);
}

/** Lines take the styles of the palette in turn; points that measure one take its style, and its label is theirs. */
function drawnSeries(panel: Panel, hidden: ReadonlySet<string>): DrawnSeries[] {
  const styles = new Map<string, number>();
  let next = 0;
  for (const { name, pointsOf } of panel.series) {
    if (pointsOf === undefined) styles.set(name, next++);
  }
  let lines = 0;
  const drawn = panel.series.map((series) => {
    const measured = series.pointsOf !== undefined;
    const known = series.pointsOf === undefined ? lines++ : styles.get(series.pointsOf);
    const label = measured && known !== undefined ? '' : series.name;
    const steps = series.steps === true;
    return { points: drawable(series, panel), style: known ?? next++, measured, steps, label, name: series.name };
  });
  return drawn.filter(({ name }, k) => !hidden.has(name) && !hidden.has(panel.series[k]?.pointsOf ?? name));
}

function drawable(series: Series, panel: Panel): ChartPoint[] {
  const onY = (value: number | null | undefined) =>
    value === null || value === undefined || (panel.y.scale === 'log' && value <= 0) ? null : value;
  return series.x.map((x, k) => ({
    x: panel.x.scale === 'log' && x <= 0 ? Number.NaN : x,
    y: onY(series.y[k]),
    low: onY(series.low?.[k]),
    high: onY(series.high?.[k]),
  }));
}

/** Axes that show all there is; a field goes to the ends of both, so that no tick leaves a margin beside it. */
function panelAxes(panel: Panel, drawn: readonly DrawnSeries[], image: FieldImage | undefined): ChartAxes {
  const of = (axis: 'x' | 'y') =>
    (panel.references ?? []).filter((line) => line.axis === axis).map((line) => line.value);
  const ends = (axis: 'x' | 'y') => (image === undefined ? [] : edges(image[axis]));
  const all = drawn.flatMap(({ points }) => points);
  const heights = all.flatMap(({ y, low, high }) => [y, low, high].filter((value) => value !== null));
  return {
    x: chartAxis([...all.map((point) => point.x), ...of('x'), ...ends('x')], panel.x.scale, 'tight'),
    y: chartAxis([...heights, ...of('y'), ...ends('y')], panel.y.scale, image === undefined ? 'round' : 'tight'),
  };
}

function layout(
  panel: Panel,
  drawn: readonly DrawnSeries[],
  y: ChartAxis,
  options: ChartOptions,
): { frame: Frame; labels: readonly PlacedLabel[] } {
  const longest = options.labelLength ?? 18;
  const [top, bottom] = [30, 38];
  const draw = (height: number) => {
    const pixel = (value: number) => height - bottom - y.position(value) * (height - top - bottom);
    const wanted = labelRequests(panel, drawn, pixel, options.theme);
    return placeLabels(wanted, top, height - bottom, longest);
  };
  const first = draw(options.height ?? 240);
  const needed = first.reduce((sum, label) => sum + label.lines.length * LINE_HEIGHT, 0) + top + bottom;
  const height = Math.max(options.height ?? 240, needed);
  const labels = height === (options.height ?? 240) ? first : draw(height);
  const widest = Math.max(0, ...labels.flatMap((label) => label.lines.map(textWidth)));
  const ticks = Math.max(...y.ticks.map((tick) => textWidth(y.tickText(tick))), 12);
  const frame = {
    width: options.width ?? 380,
    height,
    left: Math.ceil(ticks) + 14,
    right: Math.ceil(widest) + (widest > 0 ? LABEL_GAP + 4 : 10),
    top,
    bottom,
  };
  return { frame, labels };
}

function labelRequests(
  panel: Panel,
  drawn: readonly DrawnSeries[],
  pixel: (value: number) => number,
  theme: Theme,
): readonly LabelRequest[] {
  const lines = drawn.flatMap(({ points, style, label }) => {
    const last = points.findLast((point) => point.y !== null && Number.isFinite(point.x))?.y;
    if (last === undefined || last === null || label === '') return [];
    return [{ text: printable(label), color: lineStyle(style, theme).color, y: pixel(last) }];
  });
  const references = (panel.references ?? [])
    .filter((line) => line.axis === 'y' && (panel.y.scale === 'linear' || line.value > 0))
    .map((line) => ({ text: printable(line.label), color: inks(theme).muted, y: pixel(line.value) }));
  return [...lines, ...references];
}

const COORDINATES = ['d', 'transform', 'x', 'y', 'x1', 'x2', 'y1', 'y2', 'cx', 'cy', 'width', 'height'] as const;

/** Makes the chart a standalone element: no style sheet (a strict page would refuse it), short numbers. */
function finished(chart: ChartElement, ink: string): ChartElement {
  for (const style of [...chart.querySelectorAll('style')]) style.remove();
  for (const element of [...chart.querySelectorAll('*')]) {
    for (const name of COORDINATES) {
      const value = element.getAttribute(name);
      if (value?.includes('.'))
        element.setAttribute(
          name,
          value.replace(/-?\d+\.\d{3,}/g, (digits) => Number(digits).toFixed(2)),
        );
    }
    element.removeAttribute('aria-label');
  }
  chart.setAttribute('xmlns', SVG);
  chart.setAttribute('fill', ink);
  return chart;
}
