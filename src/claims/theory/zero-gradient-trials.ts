import type { NoisyMisses } from '../../../theory/zero-gradients.ts';
import type { TrialSource } from '../../core/claim.ts';
import { averagedTrials } from './averaged-trials.ts';

/** Every gradient is drawn: nothing with probability q, else signal μ along the first of d axes and unit noise. */
export function missedStepTrials(id: string, { n, q, d, mu }: NoisyMisses): TrialSource {
  return averagedTrials(
    `theory.${id}`,
    `${n} gradients in ${d} dimensions, signal ${mu} over noise, zero with probability ${q}`,
    { aligned: 'cosine between the summed step and the signal' },
    (random) => {
      const step = new Array<number>(d).fill(0);
      for (let i = 0; i < n; i++) {
        if (random.uniform() < q) continue;
        for (let k = 0; k < d; k++) step[k] = (step[k] ?? 0) + (k === 0 ? mu : 0) + random.normal();
      }
      const first = step[0] ?? 0;
      return { aligned: first === 0 ? 0 : first / Math.hypot(...step) };
    },
  );
}

/** Votes that are empty with probability q, else right with probability p. */
export function missedVoteTrials(id: string, n: number, q: number, p: number): TrialSource {
  return averagedTrials(
    `theory.${id}`,
    `${n} votes, empty with probability ${q}, else right with probability ${p}`,
    { aligned: 'alignment of the majority' },
    (random) => {
      let votes = 0;
      for (let i = 0; i < n; i++) if (random.uniform() >= q) votes += random.uniform() < p ? 1 : -1;
      return { aligned: Math.sign(votes) };
    },
  );
}

/** Examples on a ring, each coupled to `reach` neighbors on each side; which of them have a gradient is drawn. */
export function ringTrials(id: string, n: number, q: number, reach: number): TrialSource {
  return averagedTrials(
    `theory.${id}`,
    `${n} examples on a ring coupled to ${reach} neighbors on each side, zero gradients with probability ${q}`,
    { stuck: 'fraction that never moves' },
    (random) => {
      const hits = Array.from({ length: n }, () => random.uniform() >= q);
      const neighborhood = Array.from({ length: 2 * reach + 1 }, (_, k) => k - reach);
      const stuck = hits.filter((_, i) => neighborhood.every((k) => hits[(i + k + n) % n] === false));
      return { stuck: stuck.length / n };
    },
  );
}
