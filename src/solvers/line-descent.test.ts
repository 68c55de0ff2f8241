import { describe, expect, it } from 'vitest';
import type { MethodAnswer, MethodAsk } from '../core/solver.ts';
import type { Step, StepObserver } from '../core/step.ts';
import { scaleInto } from '../numerics/vector.ts';
import { backtracking } from './backtracking.ts';
import { backtrackingDescentMethod } from './backtracking-descent.ts';
import { bfgsMethod } from './bfgs.ts';
import { conjugateGradientMethod } from './conjugate-gradient.ts';
import { quadratic, rosenbrock } from './functions/standard-functions.ts';
import { lbfgsMethod } from './lbfgs.ts';
import { type DirectionRule, lineDescent, requireStopRule } from './line-descent.ts';
import type { LineSearch, LineSearchFailure } from './line-search.ts';

const unlimited = { gradientTolerance: 0, maxIterations: Number.POSITIVE_INFINITY };

/** Steepest descent that keeps a record of what it is asked and told. */
function recordingRule(firstTrial: DirectionRule['firstTrial'] = () => 1) {
  const log: string[] = [];
  let learned = 0;
  const rule: DirectionRule = {
    isFresh: () => learned === 0,
    directionInto: (out, gradient) => scaleInto(out, -1, gradient),
    firstTrial: (slope, last) => {
      log.push(`first ${slope} after ${last.length} ${last.slope} ${last.decrease}`);
      return firstTrial(slope, last);
    },
    learn: (s, y, before) => {
      learned += 1;
      log.push(`learn ${s} ${y} ${before}`);
      return true;
    },
    reset: () => {
      learned = 0;
      log.push('reset');
    },
  };
  return { rule, log };
}

/** Asks for a fixed list of steps per line, then ends with the outcome; lowest trials are those below φ(0) and before. */
function scripted(
  lines: readonly { readonly steps: readonly number[]; readonly outcome: 'accepted' | LineSearchFailure }[],
) {
  let line = -1;
  let asked = 0;
  let lowest = 0;
  let isLowest = false;
  const began: number[][] = [];
  const next = (): number => lines[line]?.steps[asked++] ?? Number.NaN;
  const search: LineSearch = {
    guarantee: { kind: 'decrease' },
    begin: (...start) => {
      began.push(start);
      line += 1;
      asked = 0;
      [lowest, isLowest] = [start[0]!, false];
      return next();
    },
    tell: (value) => {
      isLowest = value < lowest;
      if (isLowest) lowest = value;
      return next();
    },
    isLowest: () => isLowest,
    outcome: () => lines[line]?.outcome ?? 'no-bracket',
  };
  return { search, began };
}

/** Tells the values and slopes of a list, one after the other; returns the asked points and the answer. */
function drive(steps: Generator<MethodAsk, MethodAnswer>, told: readonly (readonly [number, number])[]) {
  const asked: number[] = [];
  let next = steps.next();
  for (const [value, slope] of told) {
    if (next.done) throw new Error('ended early');
    asked.push(next.value.x[0]!);
    next = (steps as Generator<MethodAsk, MethodAnswer, unknown>).next({ value, gradient: Float64Array.of(slope) });
  }
  return { asked, end: next };
}

/** The steps from one unknown at `start`, with a rule and a search of the test's own. */
const descent = (rule: DirectionRule, search: LineSearch, start: number, observe?: StepObserver) =>
  lineDescent(
    () => rule,
    () => search,
    unlimited,
  )(Float64Array.of(start), observe);

const rules = {
  bfgs: bfgsMethod({ gradientTolerance: 0 }),
  lbfgs: lbfgsMethod({ gradientTolerance: 0 }),
  'conjugate gradients': conjugateGradientMethod({ gradientTolerance: 0 }),
  'backtracking descent': backtrackingDescentMethod({ gradientTolerance: 0 }),
};

describe('lineDescent', () => {
  it.each(Object.entries(rules))(
    'asks with one object and three arrays, whatever the iteration (%s)',
    (_name, method) => {
      const start = Float64Array.from(rosenbrock(10).starts[0]!);
      const kept = start.slice();
      let steps = 0;
      const ends = new Set<Float64Array>();
      const generator = method(start, ({ from, to }) => {
        steps += 1;
        for (const end of [from.x, to.x]) ends.add(end);
      });
      const asks = new Set<MethodAsk>();
      const points = new Set<Float64Array>();
      const gradient = new Float64Array(10);
      let next = generator.next();
      while (!next.done && steps < 50) {
        asks.add(next.value);
        points.add(next.value.x);
        const { value, gradient: fresh } = rosenbrock(10).evaluate(next.value.x);
        // The told gradient may be overwritten as well: it is copied.
        gradient.set(fresh);
        next = generator.next({ value, gradient });
        gradient.fill(Number.NaN);
      }
      expect(steps).toBe(50);
      expect(asks.size).toBe(1);
      expect(points.size).toBeLessThanOrEqual(3);
      expect(new Set([...points, ...ends]).size).toBeLessThanOrEqual(3);
      expect(points.has(start)).toBe(false);
      expect(start).toEqual(kept);
    },
  );

  it('hands the search φ, φ′ and the step that no longer moves x', () => {
    const { rule } = recordingRule(() => 0.25);
    const { search, began } = scripted([
      { steps: [0.25], outcome: 'accepted' },
      { steps: [], outcome: 'no-bracket' },
    ]);
    const steps = descent(rule, search, 8);
    const { asked } = drive(steps, [
      [5, 2],
      [4, 1],
    ]);
    expect(asked).toEqual([8, 7.5]);
    expect(began.slice(0, 2)).toEqual([
      [5, -4, 0.25, 2 * Number.EPSILON],
      [4, -1, 0.25, (7.5 / 2) * Number.EPSILON],
    ]);
  });

  it('starts a line with a step of 1 where the rule gives none that is positive', () => {
    for (const bad of [0, -1, Number.NaN]) {
      const { search, began } = scripted([{ steps: [], outcome: 'no-bracket' }]);
      drive(descent(recordingRule(() => bad).rule, search, 1), [[5, 2]]);
      expect(began[0]![2]).toBe(1);
    }
  });

  it('teaches the rule s, y and the gradient before, and tells it of the last step', () => {
    const { rule, log } = recordingRule();
    const lines = [
      { steps: [3, 0.5], outcome: 'accepted' as const },
      { steps: [], outcome: 'no-bracket' as const },
    ];
    drive(descent(rule, scripted(lines).search, 8), [
      [5, 2],
      [9, -1],
      [4, 1.5],
    ]);
    expect(log.slice(0, 3)).toEqual(['first -4 after 0 0 0', 'learn -1 -0.5 2', 'first -2.25 after 0.5 -4 1']);
  });

  it('moves to the lowest trial of a failed search, resets the rule and goes on', () => {
    const { rule, log } = recordingRule();
    const { search } = scripted([
      { steps: [1], outcome: 'accepted' },
      { steps: [1, 2, 3], outcome: 'zoom-exhausted' },
      { steps: [1], outcome: 'no-bracket' },
    ]);
    const seen: { iteration: number; x: number; kind: string; length: number; model: unknown }[] = [];
    const observe = ({ iteration, to, guarantee, length, model }: Step) => {
      seen.push({ iteration, x: to.x[0]!, kind: guarantee.kind, length, model });
    };
    const steps = descent(rule, search, 10, observe);
    const { asked, end } = drive(steps, [
      [9, 1],
      [8, 1], // accepted at 9
      [7, 1], // lower
      [6, 1], // the lowest, at 7
      [6.5, 1], // the last trial of the failed search
      [99, 1], // along a fresh rule from 7
    ]);
    expect(asked).toEqual([10, 9, 8, 7, 6, 6]);
    expect(log.filter((entry) => entry === 'reset')).toHaveLength(1);
    expect(seen).toEqual([
      { iteration: 1, x: 9, kind: 'decrease', length: 1, model: undefined },
      { iteration: 2, x: 7, kind: 'decrease', length: 2, model: undefined },
    ]);
    expect(end.value).toEqual({ x: Float64Array.of(7), stop: { kind: 'line-search-failed', why: 'no-bracket' } });
  });

  it('keeps a lowest trial while later ones are worse, and takes the last of several', () => {
    for (const [values, x] of [
      [[5, 6, 7], 9],
      [[6, 5, 7], 8],
      [[7, 6, 5], 7],
      [[20, 21, 22], 10],
    ] as const) {
      const { search } = scripted([{ steps: [1, 2, 3], outcome: 'zoom-exhausted' }]);
      const steps = descent(recordingRule().rule, search, 10);
      const { end } = drive(steps, [[9, 1], ...values.map((value) => [value, 1] as const)]);
      expect(end.value).toEqual({ x: Float64Array.of(x), stop: { kind: 'line-search-failed', why: 'zoom-exhausted' } });
    }
  });

  it('calls a stationary lowest trial of a failed search stationary', () => {
    const { search } = scripted([{ steps: [1, 2], outcome: 'zoom-exhausted' }]);
    const steps = descent(recordingRule().rule, search, 10);
    const { end } = drive(steps, [
      [9, 1],
      [8, 0],
      [8.5, 1],
    ]);
    expect(end.value).toEqual({ x: Float64Array.of(9), stop: { kind: 'gradient-small', norm: 0 } });
  });

  it('stops at the tolerance itself, and looks at the largest component', () => {
    const method = (gradientTolerance: number) =>
      lineDescent(() => recordingRule().rule, backtracking, { ...unlimited, gradientTolerance });
    for (const [tolerance, stops] of [
      [2, true],
      [2 - 2 ** -51, false],
    ] as const) {
      const steps = method(tolerance)(Float64Array.of(0, 0));
      steps.next();
      expect(steps.next({ value: 0, gradient: Float64Array.of(1, -2) }).done).toBe(stops);
    }
  });

  it('lets every start have its own rule and search', () => {
    let rulesMade = 0;
    let searches = 0;
    const method = lineDescent(
      (n) => {
        expect(n).toBe(2);
        rulesMade += 1;
        return recordingRule().rule;
      },
      () => {
        searches += 1;
        return backtracking();
      },
      unlimited,
    );
    const both = [method(Float64Array.of(0, 0)), method(Float64Array.of(1, 0))];
    for (const steps of both) steps.next();
    expect([rulesMade, searches]).toEqual([2, 2]);
  });

  it('tells an observer nothing else than what it does without one', () => {
    const fun = quadratic(5, 100);
    const points = (observe?: () => void): number[][] => {
      const steps = lbfgsMethod()(Float64Array.from(fun.starts[1]!), observe);
      const asked: number[][] = [];
      let next = steps.next();
      while (!next.done) {
        asked.push(Array.from(next.value.x));
        next = steps.next(fun.evaluate(next.value.x));
      }
      return asked;
    };
    expect(points(() => undefined)).toEqual(points());
  });
});

describe('requireStopRule', () => {
  it.each([
    [{ gradientTolerance: -1, maxIterations: 1 }, 'out-of-range', 'me: "gradientTolerance"'],
    [{ gradientTolerance: Number.POSITIVE_INFINITY, maxIterations: 1 }, 'not-finite', 'me: "gradientTolerance"'],
    [{ gradientTolerance: 0, maxIterations: 0.5 }, 'out-of-range', 'me: "maxIterations"'],
    [{ gradientTolerance: 0, maxIterations: -1 }, 'out-of-range', 'me: "maxIterations"'],
    [{ gradientTolerance: 0, maxIterations: Number.NaN }, 'not-finite', 'me: "maxIterations"'],
  ] as const)('rejects %o', (rule, code, where) => {
    expect(() => requireStopRule('me', rule)).toThrow(expect.objectContaining({ code }));
    expect(() => requireStopRule('me', rule)).toThrow(where);
  });

  it('accepts 0 and no limit', () => {
    expect(() => requireStopRule('me', { gradientTolerance: 0, maxIterations: 0 })).not.toThrow();
    expect(() => requireStopRule('me', unlimited)).not.toThrow();
  });
});
