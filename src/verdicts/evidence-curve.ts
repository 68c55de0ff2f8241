import type { EvidencePoint } from '../core/claim.ts';
import { intervalOfTally } from './confidence-sequence.ts';

/** Points of a finished curve. */
const POINTS = 60;
/** All trials up to this one are recorded, then each that is GROWTH times as late as the one before. */
const DENSE = POINTS;
const GROWTH = 1.05;

/** State of a test after some number of trials, small enough to be kept. */
export interface Snapshot {
  readonly trials: number;
  readonly zeros: number;
  readonly ones: number;
  readonly mean: number;
  readonly logFor: number;
  readonly logAgainst: number;
}

/** Snapshots on a logarithmic grid, and the curve through at most 60 of them. */
export interface CurveRecorder {
  /** True if a snapshot at this number of trials belongs to the grid. */
  wants(trials: number): boolean;
  record(snapshot: Snapshot): void;
  /** The curve up to `last`, which is kept, as is the first; `interior` holds the samples in (0, 1), in order. */
  points(last: Snapshot, interior: Float64Array, alpha: number): readonly EvidencePoint[];
}

/** Of ascending trial numbers, the indices closest below POINTS values that are equidistant in the logarithm. */
function thinned(trials: readonly number[]): readonly number[] {
  if (trials.length <= POINTS) return trials.map((_, index) => index);
  const last = trials.at(-1) ?? 1;
  const kept = new Set<number>([0, trials.length - 1]);
  let index = 0;
  for (let k = 1; k < POINTS - 1; k++) {
    const target = last ** (k / (POINTS - 1));
    while ((trials[index + 1] ?? Number.POSITIVE_INFINITY) <= target) index++;
    kept.add(index);
  }
  return [...kept].sort((a, b) => a - b);
}

/** An empty recorder. */
export function curveRecorder(): CurveRecorder {
  const snapshots: Snapshot[] = [];
  let next = 1;
  return {
    wants: (trials) => trials >= next,
    record(snapshot) {
      snapshots.push(snapshot);
      next = snapshot.trials < DENSE ? snapshot.trials + 1 : Math.ceil(snapshot.trials * GROWTH);
    },
    points(last, interior, alpha) {
      if (last.trials === 0) return [];
      const all = snapshots.at(-1)?.trials === last.trials ? snapshots : [...snapshots, last];
      return thinned(all.map((snapshot) => snapshot.trials)).map((index) => {
        const { trials, zeros, ones, mean, logFor, logAgainst } = all[index] as Snapshot;
        const tally = { zeros, ones, interior: interior.subarray(0, trials - zeros - ones) };
        const { lower, upper } = intervalOfTally(tally, mean, alpha);
        return { trials, mean, lower, upper, logFor, logAgainst };
      });
    },
  };
}
