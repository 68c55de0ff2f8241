import { describe, expect, it } from 'vitest';
import { InverseClaimsError } from '../core/errors.ts';
import type { Method } from '../core/solver.ts';
import type { LearnedModel, Step } from '../core/step.ts';
import { certifier } from './certificate.ts';
import { quadratic } from './functions/standard-functions.ts';
import { standardProblem } from './functions/standard-problem.ts';
import { perRow } from './per-row.ts';
import { run } from './run.ts';

const STEPS = 4;
const CURVATURE = [1, 4] as const;
/** f = ½ (x² + 4 y²) around (1, 1); steps of 0.1 along −∇f are honest in every respect. */
const bowl = quadratic(2, 4);
const problem = standardProblem(bowl);

const HONEST: Step['guarantee'] = { kind: 'sufficient-decrease', c1: 0.1 };

type Distort = (step: Step, from: Step['from']) => Step;

/** Descent with fixed steps that reports them as `distort` says; everything else about it is right. */
function descent(distort: Distort, length = 0.1, guarantee: Step['guarantee'] = HONEST): Method {
  return function* (start, observe) {
    const ask = (x: Float64Array, iteration: number) => ({ x, need: 'gradient', iteration }) as const;
    let told = yield ask(start, 0);
    let from = { x: start, value: told.value, gradient: told.gradient!.slice() };
    const first = from;
    for (let iteration = 1; iteration <= STEPS; iteration++) {
      const direction = from.gradient.map((g) => -g);
      const x = from.x.map((at, i) => at + length * direction[i]!);
      told = yield ask(x, iteration - 1);
      const to = { x, value: told.value, gradient: told.gradient!.slice() };
      const step = {
        iteration,
        from,
        to,
        length,
        direction,
        guarantee,
      } as const;
      observe?.(iteration === 3 ? distort(step, first) : step);
      from = to;
    }
    return { x: from.x, stop: { kind: 'budget-spent' } };
  };
}

/** Row 1 runs the faulty method, rows 0 and 2 the honest one. */
function runWith(faulty: Method, certify?: boolean) {
  const honest = descent((step) => step);
  const solver = perRow('suspect', {}, (row) => (row === 1 ? faulty : honest));
  return run(problem, solver, problem.draw(3, 1).task, 1, certify === undefined ? {} : { certify });
}

function errorOf(action: () => unknown): InverseClaimsError {
  try {
    action();
  } catch (error) {
    if (error instanceof InverseClaimsError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** The model H = h of the step, with the true s and y unless others are given. */
function model(step: Step, h: readonly (readonly number[])[], others: Partial<LearnedModel> = {}): LearnedModel {
  return {
    displacement: step.to.x.map((x, i) => x - step.from.x[i]!),
    gradientChange: step.to.gradient.map((g, i) => g - step.from.gradient[i]!),
    updated: true,
    timesInto: (out, v) => {
      for (let i = 0; i < 2; i++) out[i] = h[i]![0]! * v[0]! + h[i]![1]! * v[1]!;
    },
    magnitude: 1,
    ...others,
  };
}
// biome-ignore format: matrices
const [inverse, wrong] = [[[1 / CURVATURE[0], 0], [0, 1 / CURVATURE[1]]], [[1, 0], [0, 1]]] as const;
/** Fulfills H y = s for the given pair, and has a negative eigenvalue along the direction orthogonal to y. */
function indefinite(step: Step): readonly (readonly number[])[] {
  const y = step.to.gradient.map((g, i) => g - step.from.gradient[i]!);
  const n = [-y[1]! / Math.hypot(...y), y[0]! / Math.hypot(...y)];
  return inverse.map((row, i) => row.map((value, j) => value - 3 * n[i]! * n[j]!));
}

const far = Number.POSITIVE_INFINITY;
const end = (step: Step, part: Partial<Step['to']>): Step => ({ ...step, to: { ...step.to, ...part } });
const guaranteed = (step: Step, guarantee: Step['guarantee']): Step => ({ ...step, guarantee });

const faults: readonly (readonly [string, string, Distort])[] = [
  ['reports a value lower than it was told', 'evaluated', (step) => end(step, { value: step.to.value - 1e-3 })],
  ['reports the value of another trial', 'evaluated', (step, first) => end(step, { value: first.value })],
  ['reports the gradient of another trial', 'evaluated', (step, first) => end(step, { gradient: first.gradient })],
  ['accepts a point it never asked for', 'evaluated', (step) => end(step, { x: step.to.x.map((x) => x + 1e-9) })],
  [
    'starts at a point it never asked for',
    'evaluated',
    (step) => ({ ...step, from: { ...step.from, x: step.to.x.map((x) => x / 3) } }),
  ],
  ['goes back to a point of long ago', 'evaluated', (step, first) => ({ ...step, from: first })],
  ['claims half the step length', 'on the line', (step) => ({ ...step, length: step.length / 2 })],
  ['claims another direction', 'on the line', (step) => ({ ...step, direction: Float64Array.of(1, 0) })],
  [
    'crosses an upper bound',
    'bounds',
    (step) => ({ ...step, bounds: { lower: Float64Array.of(-far, -far), upper: Float64Array.of(far, -50) } }),
  ],
  [
    'crosses a lower bound',
    'bounds',
    (step) => ({ ...step, bounds: { lower: Float64Array.of(50, -far), upper: Float64Array.of(far, far) } }),
  ],
  [
    'claims a curvature condition it does not keep',
    'curvature',
    (step) => guaranteed(step, { kind: 'strong-wolfe', c1: 1e-4, c2: 1e-3 }),
  ],
  [
    'claims more decrease than it keeps',
    'sufficient decrease',
    (step) => guaranteed(step, { kind: 'sufficient-decrease', c1: 0.999 }),
  ],
  [
    'claims more decrease along a line',
    'sufficient decrease',
    (step) => guaranteed(step, { kind: 'strong-wolfe', c1: 0.998, c2: 0.999 }),
  ],
  [
    'claims more decrease along an arc',
    'sufficient decrease',
    (step) => guaranteed(step, { kind: 'projected-decrease', c1: 0.999 }),
  ],
  [
    'has no direction to search along',
    'strong Wolfe',
    ({ direction: _, ...step }) => guaranteed(step, { kind: 'strong-wolfe', c1: 1e-4, c2: 0.9 }),
  ],
  [
    'has no direction to project',
    'descent',
    ({ direction: _, ...step }) => guaranteed(step, { kind: 'projected-decrease', c1: 1e-4 }),
  ],
  [
    'updates with negative curvature',
    'curvature pair',
    (step) => ({ ...step, model: model(step, inverse, { gradientChange: Float64Array.of(0, 0) }) }),
  ],
  ['breaks the secant equation', 'secant equation', (step) => ({ ...step, model: model(step, wrong) })],
  ['has an indefinite model', 'positive definiteness', (step) => ({ ...step, model: model(step, indefinite(step)) })],
];

describe('certificates of steps', () => {
  it.each(faults)('go red on a method that %s: %s', (_what, certificate, distort) => {
    const found = errorOf(() => runWith(descent(distort), true));
    expect(found.code).toBe('certificate-violated');
    expect(found.details.where).toBe(`certificate "${certificate}" of suspect on ${problem.id}, row 1, step 3`);
    expect(found.details.hint).toContain('the row starts at [3, -2]');
    // The same call stops at the same step again.
    const again = errorOf(() => runWith(descent(distort), true));
    expect(again.message).toBe(found.message);
    // Tests are certified unless they say otherwise.
    expect(errorOf(() => runWith(descent(distort))).message).toBe(found.message);
    expect(() => runWith(descent(distort), false)).not.toThrow();
  });

  it('go red where a claimed decrease goes uphill', () => {
    // Beyond 2 / 4 the steps overshoot along the stiff axis, further and further.
    const found = (kind: 'decrease' | 'none') => () =>
      runWith(
        descent((step) => guaranteed(step, { kind }), 0.9, { kind: 'none' }),
        true,
      );
    expect(errorOf(found('decrease')).details.where).toContain('certificate "descent" of suspect');
    expect(found('none')).not.toThrow();
  });

  it.each(['strong-wolfe', 'sufficient-decrease', 'projected-decrease'] as const)(
    'go red on a step uphill whatever its values are (%s)',
    (kind) => {
      const watch = certifier({ solver: 's', problem: 'p', row: 0, start: [] });
      // Values that contradict the gradient: f falls where its slope says that it rises.
      const from = { x: Float64Array.of(0), value: 5, gradient: Float64Array.of(1) };
      const to = { x: Float64Array.of(1), value: -9, gradient: Float64Array.of(0) };
      for (const { x, value, gradient } of [from, to]) watch.told(x, value, gradient);
      const guarantee = kind === 'strong-wolfe' ? { kind, c1: 1e-4, c2: 0.9 } : { kind, c1: 1e-4 };
      const step = { iteration: 1, from, to, length: 1, direction: Float64Array.of(1), guarantee };
      expect(errorOf(() => watch.step(step)).details.where).toBe('certificate "descent" of s on p, row 0, step 1');
    },
  );

  it('go red where the chain is left for another evaluated point', () => {
    const watch = certifier({ solver: 's', problem: 'p', row: 7, start: [] });
    const at = (x: number) => ({ x: Float64Array.of(x), value: x * x, gradient: Float64Array.of(2 * x) });
    const told = (point: ReturnType<typeof at>) => watch.told(point.x, point.value, point.gradient);
    const step = (iteration: number, from: number, to: number): Step => ({
      iteration,
      from: at(from),
      to: at(to),
      length: 1,
      direction: Float64Array.of(to - from),
      guarantee: { kind: 'decrease' },
    });
    for (const x of [4, 2, 3]) told(at(x));
    watch.step(step(1, 4, 3));
    told(at(1));
    // From the lower trial 2, which was evaluated but not accepted: fine for a new start, not for the same descent.
    const found = errorOf(() => watch.step(step(2, 2, 1)));
    expect(found.details.where).toBe('certificate "chain" of s on p, row 7, step 2');
    expect(watch.steps).toBe(2);
    const restarted = certifier({ solver: 's', problem: 'p', row: 7, start: [] });
    for (const x of [4, 2, 3, 1]) restarted.told(at(x).x, at(x).value, at(x).gradient);
    restarted.step(step(1, 4, 3));
    restarted.step(step(1, 2, 1));
  });
});
