import type { Panel } from '../../core/figure.ts';
import { printable } from '../escape.ts';
import type { ChartAxis } from './axis.ts';
import { LABEL_SIZE, LINE_HEIGHT, type PlacedLabel } from './direct-labels.ts';
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

export interface ChartAxes {
  readonly x: ChartAxis;
  readonly y: ChartAxis;
}

export type PlotLibrary = typeof import('@observablehq/plot');

/** Grid, ticks and axis labels. */
export function axisMarks(plot: PlotLibrary, panel: Panel, axes: ChartAxes, theme: Theme) {
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
      tickFormat: (tick: number) => axes.y.tickText(tick),
    }),
    plot.axisX([...axes.x.ticks], {
      ...text,
      label: null,
      stroke: muted,
      tickSize: 4,
      tickFormat: (tick: number) => axes.x.tickText(tick),
    }),
    plot.ruleY([axes.y.domain[0]], { stroke: muted, strokeWidth: 1 }),
    plot.text([printable(panel.y.label)], { frameAnchor: 'top-left', dy: -18, ...text, fill: ink }),
    plot.text([printable(panel.x.label)], { frameAnchor: 'bottom', dy: 33, ...text, fill: ink }),
  ];
}

/** Reference lines; horizontal ones are labelled beside the frame, vertical ones at their top. */
export function referenceMarks(plot: PlotLibrary, panel: Panel, theme: Theme) {
  const { muted, back } = inks(theme);
  const style = { stroke: muted, strokeWidth: 1, strokeDasharray: '3 3' };
  return (panel.references ?? []).flatMap(({ axis, value, label }) => {
    if ((axis === 'x' ? panel.x : panel.y).scale === 'log' && value <= 0) return [];
    if (axis === 'y') return [plot.ruleY([value], style)];
    const name = { fill: muted, stroke: back, strokeWidth: 3, fontSize: LABEL_SIZE };
    const place = { x: value, frameAnchor: 'top', textAnchor: 'start', dx: 4, dy: 2 } as const;
    return [plot.ruleX([value], style), plot.text([printable(label)], { ...place, ...name })];
  });
}

/** Bands below lines below dots. */
export function seriesMarks(plot: PlotLibrary, points: readonly ChartPoint[][], theme: Theme) {
  const bands = points.flatMap((line, k) =>
    line.some((point) => point.low !== null && point.high !== null)
      ? [plot.areaY(line, { x: 'x', y1: 'low', y2: 'high', fill: lineStyle(k, theme).color, fillOpacity: 0.14 })]
      : [],
  );
  const lines = points.map((line, k) => {
    const { color, dash } = lineStyle(k, theme);
    return plot.lineY(line, { x: 'x', y: 'y', stroke: color, strokeWidth: 1.6, strokeDasharray: dash });
  });
  const single = points.flatMap((line, k) =>
    line.length === 1 ? [plot.dot(line, { x: 'x', y: 'y', r: 2.5, fill: lineStyle(k, theme).color })] : [],
  );
  return [...bands, ...lines, ...single];
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

/** Short lines from the ends of lines to labels that had to move, as SVG paths. */
export function leaders(labels: readonly PlacedLabel[], frame: Frame): string {
  const from = frame.width - frame.right + 2;
  const to = frame.width - frame.right + LABEL_GAP - 2;
  return labels
    .filter((label) => Math.abs(label.placedY - label.y) >= 3)
    .map(({ y, placedY, color }) => {
      const path = `M${from},${y.toFixed(2)}L${to},${placedY.toFixed(2)}`;
      return `<path d="${path}" stroke="${color}" stroke-width="0.8" fill="none"/>`;
    })
    .join('');
}
