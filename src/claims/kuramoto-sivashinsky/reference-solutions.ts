import { createRequire } from 'node:module';
import {
  brokenKuramotoSivashinsky,
  type KuramotoSivashinskyFactory,
} from '../../../properties/broken/kuramoto-sivashinsky.ts';
import { batch } from '../../core/batch.ts';
import type { LawClaim } from '../../core/claim.ts';
import { kuramotoSivashinsky } from '../../simulators/kuramoto-sivashinsky.ts';
import { enumeratedLaw } from '../calibration/enumerated-law.ts';

/** A solution made with other methods: see fixtures/README.md. */
interface ReferenceSolution {
  readonly length: number;
  readonly points: number;
  readonly time: number;
  readonly alpha: number;
  readonly beta: number;
  readonly forcing: 'cos1' | 'mix';
  /** Of modes 1 … K of the state at the beginning, over √K. */
  readonly cosines: readonly number[];
  readonly sines: readonly number[];
  /** (N) */
  readonly u: readonly number[];
  readonly alphaDerivative?: readonly number[];
  readonly betaDerivative?: readonly number[];
}

const { cases } = createRequire(import.meta.url)('../../../fixtures/kuramoto-sivashinsky.json') as {
  readonly cases: readonly ReferenceSolution[];
};

/** Twice the points of a case, so that what the 2/3 rule cuts off is below the tolerance, and a fine step. */
const FINER = 2;
const STEP = 1 / 128;

/** Relative to the largest entry; measured 1.2e-7 for u and 4e-7 for its derivatives, from the time step. */
const TOLERANCE = 1e-6;

function violation(factory: KuramotoSivashinskyFactory, given: ReferenceSolution): string | undefined {
  const { length, time, alpha, beta, forcing } = given;
  const points = FINER * given.points;
  const simulator = factory({ length, points, step: STEP, horizon: time, forcing });
  const u0 = batch(1, points, stateOf(given, points));
  const along = (alphaDot: number, betaDot: number): Float64Array => {
    const at = { u: u0, alpha: Float64Array.of(alpha), beta: Float64Array.of(beta) };
    const direction = { u: batch(1, points), alpha: Float64Array.of(alphaDot), beta: Float64Array.of(betaDot) };
    return simulator.rollout.jvp(at, direction).uDot.data;
  };
  const u = simulator.forward(batch(1, 2, Float64Array.of(alpha, beta)), u0).data;
  return (
    apart('u', u, given.u) ??
    (given.alphaDerivative && apart('∂u/∂α', along(1, 0), given.alphaDerivative)) ??
    (given.betaDerivative && apart('∂u/∂β', along(0, 1), given.betaDerivative))
  );
}

function stateOf({ cosines, sines }: ReferenceSolution, points: number): Float64Array {
  return Float64Array.from({ length: points }, (_, x) =>
    cosines.reduce((sum, cosine, m) => {
      const phase = (2 * Math.PI * (m + 1) * x) / points;
      return sum + (cosine * Math.cos(phase) + sines[m]! * Math.sin(phase)) / Math.sqrt(cosines.length);
    }, 0),
  );
}

function apart(what: string, found: Float64Array, expected: readonly number[]): string | undefined {
  const allowed = TOLERANCE * Math.max(...expected.map(Math.abs));
  const wrong = expected.findIndex((value, j) => !(Math.abs(found[FINER * j]! - value) <= allowed));
  return wrong < 0 ? undefined : `${what} at point ${wrong} is ${found[FINER * wrong]} instead of ${expected[wrong]}`;
}

/** ks.agrees-with-independent-solutions: each of the solutions kept in fixtures. */
export function agreesWithReferences(): Pick<LawClaim, 'cases' | 'exhaustive' | 'check' | 'brokenTwin'> {
  return enumeratedLaw({
    cases,
    subject: kuramotoSivashinsky,
    twin: { what: 'a small term of third order', subject: brokenKuramotoSivashinsky('dispersion') },
    violation,
    show: ({ length, time, alpha, beta, forcing }) =>
      `L ${length}, T ${time}, alpha ${alpha}, beta ${beta}, forcing ${forcing}`,
  });
}
