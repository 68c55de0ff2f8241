import { majorityVote } from '../../theory/voting.ts';
import { type KillMatrixDefinition, lawCheck, type Version } from '../kill-matrix.ts';
import {
  type ChaosFormulas,
  chaosBoundsLaw,
  chaosCrossingValues,
  chaosFormulas,
  chaosGrowthCancels,
  chaosMatchesDraws,
  chaosStableLimits,
  chaosSumOfThreeLimits,
} from './chaos-laws.ts';

const right = chaosFormulas;

function wrong(name: string, what: string, changed: Partial<ChaosFormulas>): Version<ChaosFormulas> {
  return { name, what, subject: { ...right, ...changed } };
}

/** (2p − 1)[1 + a pq − b pq π₃] */
const threeWith =
  (a: number, b: number) =>
  (p: number, tau: number): number => {
    const pq = p * (1 - p);
    return (2 * p - 1) * (1 + a * pq - b * pq * right.dominance(tau));
  };

const threeMutants = [
  wrong('three-half-dominance', '3pq π₃ in place of 6pq π₃.', { three: threeWith(2, 3) }),
  wrong('three-lost-two', 'pq in place of 2pq.', { three: threeWith(1, 6) }),
  wrong('three-sign', 'The dominance term added.', { three: threeWith(2, -6) }),
  wrong('three-without-chaos', 'The dominance term dropped: the vote of three.', { three: (p) => majorityVote(3, p) }),
  wrong('three-all-chaos', 'One example for every τ.', { three: (p) => 2 * p - 1 }),
  wrong('three-probability', 'p in place of 2p − 1.', { three: (p, tau) => (right.three(p, tau) + 1) / 2 }),
  wrong('three-variance', 'τ² in place of τ.', { three: (p, tau) => right.three(p, tau * tau) }),
];

const dominanceMutants = [
  wrong('dominance-lost-root', 'τ√2: differences of normals taken for normals.', {
    dominance: (tau) => right.dominance(tau * Math.SQRT2),
  }),
  wrong('dominance-tail', 'The expansion for large τ taken for all.', {
    dominance: (tau) => (tau === 0 ? 0 : Math.max(0, 1 / 3 - (Math.PI * Math.sqrt(3)) / (36 * tau * tau))),
  }),
  wrong('dominance-certain', '⅓ for every τ > 0.', { dominance: (tau) => (tau === 0 ? 0 : 1 / 3) }),
  wrong('dominance-half', 'Half of the integral.', { dominance: (tau) => right.dominance(tau) / 2 }),
  wrong('dominance-any', 'Any of three instead of one named.', { dominance: (tau) => 3 * right.dominance(tau) }),
  wrong('dominance-growth', 'One more unit of log-size.', {
    dominance: (tau) => (tau === 0 ? 0 : right.dominance(tau + 1 / 4)),
  }),
];

const crossingMutants = [
  wrong('crossing-one-more', 'cₙ₊₁ in place of cₙ: one factor Φ too many.', { crossing: (n) => right.crossing(n + 1) }),
  wrong('crossing-asymptotic', '4 ln n for every n.', { crossing: (n) => 4 * Math.log(n) }),
  wrong('crossing-pairs', 'n(n − 1) in place of n(n − 1)(n − 2).', {
    crossing: (n) => right.crossing(n) / Math.max(1, n - 2),
  }),
  wrong('crossing-cube', 'n³ in place of n(n − 1)(n − 2).', {
    crossing: (n) => (n < 3 ? 0 : (right.crossing(n) * n * n) / ((n - 1) * (n - 2))),
  }),
  wrong('crossing-half', 'Half of cₙ.', { crossing: (n) => right.crossing(n) / 2 }),
  wrong('crossing-lost-root', 'A lost √(2π).', { crossing: (n) => right.crossing(n) * Math.sqrt(2 * Math.PI) }),
];

const arctangent = (alpha: number, p: number, scale: number, skew: number): number =>
  alpha === 0 ? 2 * p - 1 : Math.atan(skew * Math.tan((Math.PI * alpha) / 2)) * scale;

const stableMutants = [
  wrong('stable-lost-index', 'The factor 1/α dropped.', {
    stable: (alpha, p) => arctangent(alpha, p, 2 / Math.PI, 2 * p - 1),
  }),
  wrong('stable-probability', 'p in place of 2p − 1.', {
    stable: (alpha, p) => arctangent(alpha, p, 2 / (Math.PI * alpha), p),
  }),
  wrong('stable-one-largest', '2p − 1 for every α: only the largest counts.', { stable: (_alpha, p) => 2 * p - 1 }),
  wrong('stable-half', 'Zolotarev’s positivity in place of the alignment.', {
    stable: (alpha, p) => (1 + right.stable(alpha, p)) / 2,
  }),
  wrong('stable-double-index', '2α in place of α.', { stable: (alpha, p) => right.stable(2 * alpha, p) }),
  wrong('stable-sign', 'The opposite sign.', { stable: (alpha, p) => -right.stable(alpha, p) }),
  wrong('stable-linear', 'A straight line from 2p − 1 to certainty.', {
    stable: (alpha, p) => (2 * p - 1) * (1 - Math.min(1, alpha)) + Math.sign(2 * p - 1) * Math.min(1, alpha),
  }),
];

const boundMutants = [
  wrong('bounds-fewer', 'The vote of n − 2 as the upper bound.', {
    bounds: (n, p) => right.bounds(Math.max(1, n - 2), p),
  }),
  wrong('bounds-more', 'The vote of n + 1.', { bounds: (n, p) => right.bounds(n + 1, p) }),
  wrong('bounds-exchanged', 'Lower and upper exchanged.', {
    bounds: (n, p) => {
      const { lower, upper } = right.bounds(n, p);
      return { lower: upper, upper: lower };
    },
  }),
  wrong('majority-ties-right', 'A tie counted as right.', {
    majority: (magnitudes, p) => right.majority([...magnitudes, Math.min(...magnitudes) / 1024], p),
  }),
  wrong('majority-saturates', 'Magnitudes cut at 1 from below.', {
    majority: (magnitudes, p) =>
      right.majority(
        magnitudes.map((m) => Math.max(1, m)),
        p,
      ),
  }),
];

/** Wrong closed forms about chaotic sums against the laws of T7. */
export const chaosMutants: KillMatrixDefinition<ChaosFormulas> = {
  id: 'theory.chaos',
  title: 'Wrong formulas about chaotic sums',
  caption:
    'Alignment of sums of gradients of log-normal size: wrong versions of each closed form against identities, enumeration ' +
    'of all signs, and simulated sums (30 000 a case, false alarms once in 10⁹ cases).',
  checks: [
    lawCheck('bounds', 'between one example and the vote', chaosBoundsLaw()),
    lawCheck('growth', 'a common factor cancels', chaosGrowthCancels()),
    lawCheck('three', 'limits of the sum of three', chaosSumOfThreeLimits(), 10),
    lawCheck('crossing', 'values of cₙ', chaosCrossingValues(), 10),
    lawCheck('stable', 'limits of the stable law', chaosStableLimits()),
    lawCheck('draws', 'simulated sums', chaosMatchesDraws()),
  ],
  correct: [{ name: 'right', what: 'The formulas of the library.', subject: right }],
  mutants: [...threeMutants, ...dominanceMutants, ...crossingMutants, ...stableMutants, ...boundMutants],
};
