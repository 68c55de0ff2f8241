import fc from 'fast-check';
import type { InverseProblem } from '../src/core/problem.ts';
import { linearProblem } from './linear-problem.ts';

/** Linear problems of 1 to 6 unknowns, up to `logCondition` ill-conditioned; they shrink to one unknown and a diagonal A. */
export function linearProblems(logCondition = 20): fc.Arbitrary<InverseProblem> {
  return fc
    .record({
      unknowns: fc.integer({ min: 1, max: 6 }),
      more: fc.integer({ min: 0, max: 6 }),
      logCondition: fc.integer({ min: 0, max: logCondition }),
      salt: fc.nat(999),
    })
    .map(({ more, ...shape }) => linearProblem({ ...shape, outputs: shape.unknowns + more }));
}
