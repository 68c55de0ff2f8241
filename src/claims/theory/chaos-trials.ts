import type { ChaoticSum } from '../../../theory/chaos-laws.ts';
import type { TrialSource } from '../../core/claim.ts';
import type { Random } from '../../core/random.ts';
import { averagedTrials } from './averaged-trials.ts';

/** The sign of a sum of n gradients of log-normal size, each sign right with probability p. */
export function chaoticSumTrials(id: string, { n, p, tau }: ChaoticSum): TrialSource {
  return averagedTrials(
    `theory.${id}`,
    `${n} gradients of size exp(${tau} z), right with probability ${p}`,
    { aligned: 'alignment of the sum', dominated: 'the last one outweighs all others together' },
    (random) => {
      let [sum, total, last] = [0, 0, 0];
      for (let i = 0; i < n; i++) {
        last = Math.exp(tau * random.normal());
        total += last;
        sum += random.uniform() < p ? last : -last;
      }
      return { aligned: Math.sign(sum), dominated: last > total - last ? 1 : 0 };
    },
  );
}

/** A positive stable variable of index α in (0, 1): Kanter, Ann. Probab. 3 (1975) 697. */
function positiveStable(alpha: number, random: Random): number {
  const angle = Math.PI * (1 - random.uniform());
  const exponential = -Math.log(1 - random.uniform());
  const ratio = Math.sin((1 - alpha) * angle) / exponential;
  return (Math.sin(alpha * angle) / Math.sin(angle) ** (1 / alpha)) * ratio ** ((1 - alpha) / alpha);
}

/** The sign of a stable variable: a sum of infinitely many power-law sizes, each sign right with probability p. */
export function stableTrials(id: string, alpha: number, p: number): TrialSource {
  return averagedTrials(
    `theory.${id}`,
    `a stable variable of index ${alpha} with skewness ${Number((2 * p - 1).toFixed(6))}`,
    { aligned: 'alignment of the sum' },
    (random) => {
      const ahead = p ** (1 / alpha) * positiveStable(alpha, random);
      const behind = (1 - p) ** (1 / alpha) * positiveStable(alpha, random);
      return { aligned: Math.sign(ahead - behind) };
    },
  );
}
