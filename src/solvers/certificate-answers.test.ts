import { describe, expect, it } from 'vitest';
import { InverseClaimsError } from '../core/errors.ts';
import type { Method, MethodTell, Stop } from '../core/solver.ts';
import { backtrackingDescent } from './backtracking-descent.ts';
import { basinHopping } from './basin-hopping.ts';
import { bfgs, bfgsMethod } from './bfgs.ts';
import { CERTIFY_BY_DEFAULT, certifier } from './certificate.ts';
import { conjugateGradient } from './conjugate-gradient.ts';
import { beale, booth, logBarrier, quadratic, rosenbrock } from './functions/standard-functions.ts';
import { standardProblem } from './functions/standard-problem.ts';
import { lbfgs } from './lbfgs.ts';
import { multiStart } from './multi-start.ts';
import { perRow } from './per-row.ts';
import { projectedLbfgs } from './projected-lbfgs.ts';
import { refine } from './refine.ts';
import { run } from './run.ts';

const bowl = quadratic(2, 4);
const problem = standardProblem(bowl);
const far = Number.POSITIVE_INFINITY;

function errorOf(action: () => unknown): InverseClaimsError {
  try {
    action();
  } catch (error) {
    if (error instanceof InverseClaimsError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('certificates of answers', () => {
  const x = Float64Array.of(1, 2);
  const certified =
    (told: number, stop: Stop, value = told, evaluations = 1) =>
    () => {
      const watch = certifier({ solver: 's', problem: 'p', row: 2, start: [1, 2] });
      watch.told(x, told, Float64Array.of(3, -4));
      watch.answer(x, value, stop, evaluations);
    };
  const small = (norm: number) => ({ kind: 'gradient-small', norm }) as const;

  it.each([
    ['another number of evaluations', 'evaluation count', certified(5, small(4), 5, 2)],
    ['another value than is found there', 'reported value', certified(5, small(4), 6)],
    ['a gradient norm larger than the one told', 'stationarity', certified(5, small(4.5))],
    ['a norm of 0 claimed at a steep point', 'stationarity', certified(5, small(0))],
    [
      'a projected norm larger than the gradient',
      'stationarity',
      certified(5, { ...small(4.5), projected: true as const }),
    ],
    ['a gradient norm that is not a number', 'stationarity', certified(5, small(Number.NaN))],
    ['convergence at a value that is not a number', 'convergence', certified(far, small(4), Number.NaN)],
    ['a target reached at infinity', 'convergence', certified(far, { kind: 'target-reached', value: 1 })],
  ])('go red on %s: %s', (_what, certificate, action) => {
    expect(errorOf(action).details.where).toBe(`certificate "${certificate}" of s on p, row 2, step 0`);
    expect(errorOf(action).code).toBe('certificate-violated');
  });

  it.each([
    ['a small gradient', certified(5, small(4))],
    ['a projected gradient, which is shorter', certified(5, { ...small(1), projected: true as const })],
    ['a spent budget', certified(5, { kind: 'budget-spent' })],
    ['an honest failure', certified(far, { kind: 'non-finite', where: 'value' }, Number.NaN)],
    [
      'a failure at a point that has a value, but no gradient',
      certified(far, { kind: 'non-finite', where: 'value' }, 3),
    ],
  ])('are silent on %s', (_what, action) => {
    expect(action).not.toThrow();
  });

  it('go red through the runner: too large a norm, convergence at NaN, a loss that changes', () => {
    const liar: Method = function* (start) {
      const told: MethodTell = yield { x: start, need: 'gradient', iteration: 0 };
      return { x: start, stop: { kind: 'gradient-small', norm: 1.01 * Math.max(...told.gradient!.map(Math.abs)) } };
    };
    const tooLarge = (certify: boolean) => () =>
      run(
        problem,
        perRow('liar', {}, () => liar),
        problem.draw(2, 1).task,
        1,
        { certify },
      );
    expect(errorOf(tooLarge(true)).details.where).toBe(
      `certificate "stationarity" of liar on ${problem.id}, row 0, step 0`,
    );
    expect(tooLarge(false)).not.toThrow();
    const broken = standardProblem({ ...bowl, evaluate: (at) => ({ value: Number.NaN, gradient: at }) });
    const blind = perRow(
      'blind',
      {},
      () =>
        function* (start) {
          yield { x: start, need: 'value', iteration: 0 };
          return { x: start, stop: { kind: 'gradient-small', norm: 0 } };
        },
    );
    const convergence = (certify: boolean) => () => run(broken, blind, broken.draw(1, 1).task, 1, { certify });
    expect(errorOf(convergence(true)).details.where).toContain('certificate "convergence" of blind');
    expect(convergence(false)).not.toThrow();
    let calls = 0;
    const drifting = standardProblem({
      ...bowl,
      evaluate: (at) => ({ value: bowl.evaluate(at).value + calls++, gradient: at }),
    });
    expect(errorOf(() => run(drifting, blind, drifting.draw(1, 1).task, 1)).details.where).toContain(
      '"reported value"',
    );
  });
});

describe('certificates of honest methods', () => {
  const hops = { evaluationsPerRow: 120, stepSize: 1, temperature: 0.1 };
  const sampleStart = (random: { between(a: number, b: number): number }) => Float64Array.of(random.between(0, 2), 1);
  it.each([
    bfgs(),
    lbfgs({ memory: 2 }),
    conjugateGradient(),
    backtrackingDescent({ maxIterations: 200 }),
    projectedLbfgs({ lower: -1, upper: 0.8 }),
    basinHopping(bfgsMethod(), hops),
    multiStart(bfgsMethod(), { evaluationsPerRow: 120, sampleStart }),
    refine(backtrackingDescent({ maxIterations: 5 }), bfgs()),
  ])('are silent, and change nothing ($name)', (solver) => {
    for (const fun of [rosenbrock(2), beale, booth, logBarrier(2), bowl]) {
      const tried = standardProblem(fun);
      const { task } = tried.draw(5, 1);
      const certified = run(tried, solver, task, 1, { certify: true });
      expect(certified).toEqual(run(tried, solver, task, 1, { certify: false }));
    }
  });

  it('are the default in the tests of this project', () => {
    expect(CERTIFY_BY_DEFAULT).toBe(true);
  });
});
