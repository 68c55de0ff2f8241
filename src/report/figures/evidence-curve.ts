import type { Panel, Series } from '../../core/figure.ts';
import type { ReportClaim } from '../schema.ts';

type Curve = ReportClaim['curves'][number];

/** What a curve is drawn against. */
export interface EvidenceFrame {
  /** Thresholds or theory, drawn across the estimate. */
  readonly marks: readonly { readonly value: number; readonly label: string }[];
  /** ln(1/α) of one direction: where an e-value decides. */
  readonly threshold: number | undefined;
  /** Names of the two directions tested. */
  readonly directions: { readonly for: string; readonly against: string };
  /** What is counted on the horizontal axis. */
  readonly unit: string;
}

/** From this many trials on, the horizontal axis is logarithmic. */
const LOG_FROM = 200;

/** One sequential test as two panels: the estimate with its confidence sequence, and the two logarithms of e-values. */
export function evidencePanels(curve: Curve, frame: EvidenceFrame): readonly Panel[] {
  const points = curve.points.filter((point) => point.trials > 0);
  if (points.length === 0) return [];
  const trials = points.map((point) => point.trials);
  const scale = (trials.at(-1) ?? 0) >= LOG_FROM ? 'log' : 'linear';
  const x = { label: frame.unit, scale } as const;
  const estimate: Panel = {
    title: 'Estimate and confidence sequence',
    x,
    y: { label: 'mean', scale: 'linear' },
    series: [
      {
        name: 'mean so far',
        x: trials,
        y: points.map((point) => point.mean),
        low: points.map((point) => point.lower),
        high: points.map((point) => point.upper),
      },
    ],
    references: frame.marks.map((mark) => ({ axis: 'y', ...mark })),
  };
  const floor = -(frame.threshold ?? 10);
  const logarithms = (name: string, key: 'logFor' | 'logAgainst') =>
    cutBelow({ name, x: trials, y: points.map((point) => point[key]) }, floor);
  const evidence: Panel = {
    title: 'Evidence',
    x,
    y: { label: 'ln e-value', scale: 'linear' },
    series: [logarithms(frame.directions.for, 'logFor'), logarithms(frame.directions.against, 'logAgainst')],
    references:
      frame.threshold === undefined
        ? []
        : [{ axis: 'y', value: frame.threshold, label: `decides at ${frame.threshold.toFixed(2)}` }],
  };
  return [estimate, evidence];
}

/**
 * The part of a line above the floor, with its crossing points, so that evidence that collapses does not squeeze the
 * rest of the chart. Points at −∞ (null) are below.
 */
function cutBelow(series: Series, floor: number): Series {
  const x: number[] = [];
  const y: (number | null)[] = [];
  series.x.forEach((at, k) => {
    const value = series.y[k] ?? Number.NEGATIVE_INFINITY;
    const before = series.y[k - 1] ?? Number.NEGATIVE_INFINITY;
    if (k > 0 && value < floor !== before < floor && Number.isFinite(value) && Number.isFinite(before)) {
      const from = series.x[k - 1] ?? at;
      x.push(from + ((floor - before) / (value - before)) * (at - from));
      y.push(floor);
    }
    x.push(at);
    y.push(value < floor ? null : value);
  });
  return { name: series.name, x, y };
}
