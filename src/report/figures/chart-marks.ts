import type { Panel } from '../../core/figure.ts';
import { printable } from '../escape.ts';
import { numberText } from '../number-text.ts';
import type { ChartAxis } from './axis.ts';
import { LABEL_SIZE, LINE_HEIGHT, type PlacedLabel, textWidth } from './direct-labels.ts';
import { inks, lineStyle, type Theme } from './palette.ts';

/** Distance of labels from the frame, px. */
export const LABEL_GAP = 13;

/** The chart's box and the margins around its axes, px. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface ChartPoint {
  readonly x: number;
  readonly y: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** What is drawn of one series. */
export interface DrawnSeries {
  readonly points: readonly ChartPoint[];
  /** Number of its style in the palette. */
  readonly style: number;
  /** Points with error bars instead of a line. */
  readonly measured: boolean;
  /** Constant from each point to the next. */
  readonly steps: boolean;
  /** Text beside it; none where empty. */
  readonly label: string;
  readonly name: string;
}

export interface ChartAxes {
  readonly x: ChartAxis;
  readonly y: ChartAxis;
}

/** What charts use of the plotting library: what is not named here stays out of the page. */
export type PlotLibrary = Pick<
  typeof import('@observablehq/plot'),
  | 'areaY'
  | 'axisX'
  | 'axisY'
  | 'dot'
  | 'frame'
  | 'gridY'
  | 'image'
  | 'lineY'
  | 'plot'
  | 'pointer'
  | 'ruleX'
  | 'ruleY'
  | 'scale'
  | 'text'
  | 'tip'
>;

/** Pixels that a tick needs beyond its name. */
const TICK_GAP = 10;

/** Names of the ticks: of all where they have room, else of powers of ten. */
function tickNames({ scale, ticks, tickText }: ChartAxis, room: number): (tick: number) => string {
  const needed = ticks.reduce((sum, tick) => sum + textWidth(tickText(tick)) + TICK_GAP, 0);
  if (scale === 'linear' || needed <= room) return tickText;
  return (tick) => (Number.isInteger(Math.log10(tick)) ? tickText(tick) : '');
}

/** Grid, ticks and axis labels; names are given as text, because the library leaves out some of a log axis. */
export function axisMarks(plot: PlotLibrary, panel: Panel, axes: ChartAxes, frame: Frame, theme: Theme) {
  const { ink, muted } = inks(theme);
  const text = { fontSize: LABEL_SIZE, fill: muted };
  const grid = { stroke: muted, strokeOpacity: 0.18, strokeWidth: 0.8 };
  return [
    plot.gridY([...axes.y.ticks], grid),
    plot.axisY([...axes.y.ticks], {
      ...text,
      label: null,
      tickSize: 0,
      tickPadding: 6,
      text: axes.y.tickText,
    }),
    plot.axisX([...axes.x.ticks], {
      ...text,
      label: null,
      stroke: muted,
      tickSize: 4,
      text: tickNames(axes.x, frame.width - frame.left - frame.right),
    }),
    plot.ruleY([axes.y.domain[0]], { stroke: muted, strokeWidth: 1 }),
    plot.text([printable(panel.y.label)], { frameAnchor: 'top-left', dy: -18, ...text, fill: ink }),
    plot.text([printable(panel.x.label)], { frameAnchor: 'bottom', dy: 33, ...text, fill: ink }),
  ];
}

/** Reference lines; horizontal ones are labelled beside the frame, vertical ones at their top, left where the chart ends. */
export function referenceMarks(plot: PlotLibrary, panel: Panel, axes: ChartAxes, frame: Frame, theme: Theme) {
  const { muted, back } = inks(theme);
  const style = { stroke: muted, strokeWidth: 1, strokeDasharray: '3 3' };
  return (panel.references ?? []).flatMap(({ axis, value, label }) => {
    if ((axis === 'x' ? panel.x : panel.y).scale === 'log' && value <= 0) return [];
    if (axis === 'y') return [plot.ruleY([value], style)];
    const name = { fill: muted, stroke: back, strokeWidth: 3, fontSize: LABEL_SIZE };
    const text = printable(label);
    const at = frame.left + axes.x.position(value) * (frame.width - frame.left - frame.right);
    const side = at + 4 + textWidth(text) > frame.width ? -1 : 1;
    const place = {
      x: value,
      frameAnchor: 'top',
      textAnchor: side < 0 ? 'end' : 'start',
      dx: 4 * side,
      dy: 2,
    } as const;
    return [plot.ruleX([value], style), plot.text([text], { ...place, ...name })];
  });
}

/** Bands below lines below points. */
export function seriesMarks(plot: PlotLibrary, drawn: readonly DrawnSeries[], theme: Theme) {
  const lines = drawn.filter((series) => !series.measured);
  const bands = lines.flatMap(({ points, style, steps }) => {
    const fill = { fill: lineStyle(style, theme).color, fillOpacity: 0.14, curve: curveOf(steps) };
    const banded = points.some((point) => point.low !== null && point.high !== null);
    return banded ? [plot.areaY(points, { x: 'x', y1: 'low', y2: 'high', ...fill })] : [];
  });
  const strokes = lines.map(({ points, style, steps }) => {
    const { color, dash } = lineStyle(style, theme);
    const stroke = { stroke: color, strokeWidth: 1.6, strokeDasharray: dash, curve: curveOf(steps) };
    return plot.lineY(points, { x: 'x', y: 'y', ...stroke });
  });
  const single = lines.flatMap(({ points, style }) =>
    points.length === 1 ? [plot.dot(points, { x: 'x', y: 'y', r: 2.5, fill: lineStyle(style, theme).color })] : [],
  );
  const measured = drawn.filter((series) => series.measured).flatMap((series) => measuredMarks(plot, series, theme));
  return [...bands, ...strokes, ...single, ...measured];
}

const curveOf = (steps: boolean) => (steps ? 'step-after' : 'linear');

/** Points with a rim of the background, so that they stand out from their line, and bars from low to high. */
function measuredMarks(plot: PlotLibrary, { points, style }: DrawnSeries, theme: Theme) {
  const { color } = lineStyle(style, theme);
  const shown = points.filter((point) => point.y !== null && Number.isFinite(point.x));
  const barred = shown.filter((point) => point.low !== null && point.high !== null);
  return [
    plot.ruleX(barred, { x: 'x', y1: 'low', y2: 'high', stroke: color, strokeWidth: 1.1, strokeOpacity: 0.75 }),
    plot.dot(shown, { x: 'x', y: 'y', r: 3, fill: color, stroke: inks(theme).back, strokeWidth: 0.8 }),
  ];
}

/** Text beside the frame. */
export function labelMarks(plot: PlotLibrary, labels: readonly PlacedLabel[], axes: ChartAxes, frame: Frame) {
  const { top, bottom, height } = frame;
  return labels.map((label) =>
    plot.text([label.lines.join('\n')], {
      x: axes.x.domain[1],
      y: axes.y.valueAt((height - bottom - label.placedY) / (height - top - bottom)),
      dx: LABEL_GAP,
      textAnchor: 'start',
      lineAnchor: 'middle',
      fontSize: LABEL_SIZE,
      lineHeight: LINE_HEIGHT / LABEL_SIZE,
      fill: label.color,
    }),
  );
}

/** Short lines from the ends of lines to labels that had to move, as paths. */
export function leaders(labels: readonly PlacedLabel[], frame: Frame): readonly { d: string; stroke: string }[] {
  const from = frame.width - frame.right + 2;
  const to = frame.width - frame.right + LABEL_GAP - 2;
  return labels
    .filter((label) => Math.abs(label.placedY - label.y) >= 3)
    .map(({ y, placedY, color }) => ({
      d: `M${from},${y.toFixed(2)}L${to},${placedY.toFixed(2)}`,
      stroke: color,
    }));
}

/** How far from a point its values are told, px. */
const REACH = 60;

/** The values of the point nearest to the pointer, with a ring around it. */
export function hoverMarks(plot: PlotLibrary, { x, y }: Panel, drawn: readonly DrawnSeries[], theme: Theme) {
  const told = drawn.flatMap(({ points, name, style }) =>
    points.flatMap((point) =>
      point.y === null || !Number.isFinite(point.x)
        ? []
        : [{ ...point, text: valuesText(point, name, x.label, y.label), color: lineStyle(style, theme).color }],
    ),
  );
  const { muted, back } = inks(theme);
  const at = { x: 'x', y: 'y', maxRadius: REACH } as const;
  return [
    plot.dot(told, plot.pointer({ ...at, r: 4, fill: back, stroke: 'color', strokeWidth: 1.6 })),
    plot.tip(
      told,
      plot.pointer({ ...at, title: 'text', fill: back, stroke: muted, fontSize: LABEL_SIZE, textPadding: 6 }),
    ),
  ];
}

/** A point in words, a line each. */
function valuesText({ x, y, low, high }: ChartPoint, name: string, xLabel: string, yLabel: string): string {
  const band = low === null || high === null ? '' : ` [${numberText(low)}, ${numberText(high)}]`;
  const lines = [`${yLabel}: ${numberText(y)}${band}`, `${xLabel}: ${numberText(x, 6)}`];
  return [...(name === '' ? [] : [name]), ...lines].map(printable).join('\n');
}
