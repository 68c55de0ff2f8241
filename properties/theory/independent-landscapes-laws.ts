import fc from 'fast-check';
import type { Random } from '../../src/core/random.ts';
import { independentLandscapesVote } from '../../theory/independent-landscapes.ts';
import { majorityVote } from '../../theory/voting.ts';
import { dyadic } from '../arbitraries.ts';
import { type Law, law } from '../law.ts';
import { type LandscapeFormulas, landscapeFormulas } from './landscape-laws.ts';
import { disagreement, firstOf, offTheMeans, sampledMeans } from './mean-check.ts';

/** Examples that see different landscapes. Closed forms are exact to 1e-14; sums of a few of them to ten times that. */
const ROUNDING = 1e-12;
const DRAWS = 30_000;

interface PhaseCase {
  readonly formulas: LandscapeFormulas;
  readonly n: number;
  readonly delta: number;
  readonly salt: number;
}

function phases(formulas: LandscapeFormulas): fc.Arbitrary<PhaseCase> {
  return fc.record({
    formulas: fc.constant(formulas),
    n: fc.integer({ min: 1, max: 24 }),
    delta: dyadic(1 / 32, 3.125, 32),
    salt: fc.nat(),
  });
}

const showPhase = ({ n, delta, salt }: PhaseCase): string => `n ${n}, delta ${delta}, draws named by ${salt}`;

/** theory.independent-landscapes-symmetries: δ and π − δ mirror each other, one example is 1 − 2δ/π, votes are T3. */
export function independentLandscapesSymmetries(): Law<LandscapeFormulas> {
  return law<LandscapeFormulas, PhaseCase>({
    cases: 200,
    subject: landscapeFormulas,
    twin: {
      what: 'a vote whose examples are right with probability 1 − δ/2π',
      subject: { ...landscapeFormulas, independentVote: (n, delta) => independentLandscapesVote(n, delta / 2) },
    },
    arbitrary: phases,
    show: showPhase,
    violation: ({ formulas: { independentSum, independentVote }, n, delta }) => {
      const one = 1 - (2 * delta) / Math.PI;
      const mirrored = Math.PI - delta;
      if (!(Math.abs(independentSum(n, delta)) <= 1)) return 'the sum is outside of [−1, 1]';
      return firstOf(
        disagreement('one example of a sum', independentSum(1, delta), one, ROUNDING),
        disagreement('one vote', independentVote(1, delta), one, ROUNDING),
        disagreement('mirrored sum', independentSum(n, mirrored), -independentSum(n, delta), ROUNDING),
        disagreement('mirrored vote', independentVote(n, mirrored), -independentVote(n, delta), ROUNDING),
        disagreement('majority', independentVote(n, delta), majorityVote(n, 1 - delta / Math.PI), ROUNDING),
        disagreement('even vote', independentVote(2 * n, delta), independentVote(2 * n - 1, delta), ROUNDING),
      );
    },
  });
}

/** Signs of the sum and of the majority of gradients of fits with random phases. */
function drawPhases(n: number, delta: number, random: Random): readonly number[] {
  let [sum, votes] = [0, 0];
  for (let i = 0; i < n; i++) {
    const phase = random.between(0, 2 * Math.PI);
    // Lᵢ = ½ (sin(2x + φ) − sin(φ))² at x = δ, solution 0: the derivative, as it stands.
    const gradient = (Math.sin(2 * delta + phase) - Math.sin(phase)) * 2 * Math.cos(2 * delta + phase);
    sum += gradient;
    votes += Math.sign(gradient);
  }
  return [Math.sign(sum), Math.sign(votes)];
}

/** theory.independent-landscapes-matches-draws: sum and vote against 30 000 simulated sets of fits. */
export function independentLandscapesMatchesDraws(): Law<LandscapeFormulas> {
  return law<LandscapeFormulas, PhaseCase>({
    cases: 20,
    subject: landscapeFormulas,
    twin: {
      what: 'the vote in place of the sum',
      subject: { ...landscapeFormulas, independentSum: independentLandscapesVote },
    },
    arbitrary: phases,
    show: showPhase,
    violation: (value) => {
      const { formulas, n, delta, salt } = value;
      const sampled = sampledMeans(salt, `phases: ${showPhase(value)}`, DRAWS, (random) =>
        drawPhases(n, delta, random),
      );
      const values = [formulas.independentSum(n, delta), formulas.independentVote(n, delta)];
      return offTheMeans(['sum', 'vote'], values, sampled);
    },
  });
}
