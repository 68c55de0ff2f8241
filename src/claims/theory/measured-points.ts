import type { Panel, Series } from '../../core/figure.ts';
import { type Random, stream } from '../../core/random.ts';
import { confidenceSequence } from '../../verdicts/confidence-sequence.ts';

/** Measured averages for figures, with a band that covers all points of a figure at once. */

/** Seeds averaged at every point of a figure, unless a figure says otherwise. */
export const SEEDS = 1000;

/** Probability that the bands of a figure miss one of its true means or more. */
const ERROR = 0.05;

/** What several seeds gave at several places. */
export interface MeasuredPoints {
  readonly name: string;
  /** The line they are drawn on; see `Series`. */
  readonly pointsOf: string;
  readonly x: readonly number[];
  /** Per place the numbers of all seeds, in [lowest, 1]. */
  readonly samples: readonly ArrayLike<number>[];
  /** −1 for alignments, 0 for fractions. */
  readonly lowest: -1 | 0;
}

/** A panel whose points have no bands yet. */
export interface MeasuredPanel extends Panel {
  readonly measured: readonly MeasuredPoints[];
}

/**
 * The numbers of `seeds` independent streams, by quantity, place and seed: (quantities, places, seeds).
 *
 * @param seed     of the figure
 * @param purpose  names the streams; seed k is `stream(seed, purpose, k)`
 * @param sample   what one stream gives: (quantities, places), the same numbers of them each time
 */
export function overSeeds(
  seed: number,
  purpose: string,
  seeds: number,
  sample: (random: Random) => readonly (readonly number[])[],
): readonly (readonly Float64Array[])[] {
  const all = Array.from({ length: seeds }, (_, k) => sample(stream(seed, purpose, k)));
  return (all[0] ?? []).map((places, quantity) =>
    places.map((_, place) => Float64Array.from(all, (one) => one[quantity]?.[place] as number)),
  );
}

/**
 * The panels with their points and bands, and the number of points. The band of each point is the interval of the
 * confidence sequence for bounded means with error 0.05 over the number of points: together they cover with
 * probability 0.95 (Bonferroni), however points depend on each other.
 */
export function withBands(panels: readonly MeasuredPanel[]): {
  readonly panels: readonly Panel[];
  readonly points: number;
} {
  const points = panels.reduce((sum, panel) => sum + panel.measured.reduce((some, { x }) => some + x.length, 0), 0);
  const alpha = ERROR / (2 * points);
  return {
    points,
    panels: panels.map(({ measured, ...panel }) => ({
      ...panel,
      series: [...panel.series, ...measured.map((cloud) => bandedSeries(cloud, alpha))],
    })),
  };
}

function bandedSeries({ name, pointsOf, x, samples, lowest }: MeasuredPoints, alpha: number): Series {
  const back = (value: number): number => lowest + (1 - lowest) * value;
  const intervals = samples.map((values) =>
    confidenceSequence(
      Float64Array.from(values, (value) => Math.min(1, Math.max(0, (value - lowest) / (1 - lowest)))),
      { alpha },
    ),
  );
  return {
    name,
    pointsOf,
    x,
    y: intervals.map(({ mean }) => back(mean)),
    low: intervals.map(({ lower }) => back(lower)),
    high: intervals.map(({ upper }) => back(upper)),
  };
}

/** What every caption says about its points. */
export function pointsText(seeds: number, points: number, what = 'seeds'): string {
  return (
    `Points: averages over ${seeds} ${what}; bars: the interval of the engine's confidence sequence for bounded means, ` +
    `at level 95 % for all ${points} points of the figure at once (Bonferroni).`
  );
}

/** Integers from 1 to `largest`, all small ones and then about `perDecade` in each decade. */
export function countsUpTo(largest: number, perDecade = 12): readonly number[] {
  const last = Math.ceil(perDecade * Math.log10(largest));
  const counts = Array.from({ length: last + 1 }, (_, k) => Math.round(10 ** (k / perDecade)));
  return [...new Set(counts.map((count) => Math.min(count, largest)))];
}

/** Names the axis that counts examples. */
export const EXAMPLES = { label: 'number of examples n', scale: 'log' } as const;
/** Names the axis of alignments. */
export const ALIGNMENT = { label: 'alignment', scale: 'linear' } as const;
