import { describe, expect, it } from 'vitest';
import type { Method, Stop } from '../core/solver.ts';
import { bfgsMethod } from './bfgs.ts';
import { booth } from './functions/standard-functions.ts';
import { type Descended, type RestartBudget, restarts } from './restarts.ts';

const unlimited = Number.NEGATIVE_INFINITY;

/** Asks for start, start + 1, … (`count` points), and answers with the last. */
const walk = (count: number, ended: () => void = () => undefined): Method =>
  function* (start) {
    const x = start.slice();
    try {
      for (let k = 0; k < count; k++) {
        if (k > 0) x[0]! += 1;
        // The same array again and again, as methods may.
        yield { x, need: 'value', iteration: k };
      }
      return { x, stop: { kind: 'gradient-small', norm: 0 } };
    } finally {
      ended();
    }
  };

function drive(inner: Method, budget: RestartBudget, f: (x: number) => number, first = 0) {
  const ended: { x: number; value: number }[] = [];
  const arrays: Float64Array[] = [];
  const next = ({ x, value }: Descended): Float64Array => {
    ended.push({ x: x[0]!, value });
    arrays.push(x);
    return Float64Array.of(100 * ended.length);
  };
  const steps = restarts(inner, Float64Array.of(first), budget, next);
  const asked: number[] = [];
  let step = steps.next();
  while (!step.done) {
    const x = step.value.x[0]!;
    asked.push(x);
    step = steps.next({ value: f(x) });
  }
  return { asked, ended, arrays, answer: { x: step.value.x[0], stop: step.value.stop } };
}

const spent: Stop = { kind: 'budget-spent' };

describe('restarts', () => {
  it('descends from one start after the other until the evaluations are spent, and answers with the lowest point', () => {
    const found = drive(walk(3), { evaluations: 8, target: unlimited }, (x) => Math.abs(x - 101));
    expect(found.asked).toEqual([0, 1, 2, 100, 101, 102, 200, 201]);
    // The lowest point of each descent, not its last.
    expect(found.ended).toEqual([
      { x: 2, value: 99 },
      { x: 101, value: 0 },
    ]);
    expect(found.answer).toEqual({ x: 101, stop: spent });
  });

  it.each([1, 2, 3, 4, 6, 7, 12])('asks for exactly %i points, wherever a descent ends', (evaluations) => {
    let open = 0;
    const inner = walk(3, () => {
      open -= 1;
    });
    const counted: Method = (start) => {
      open += 1;
      return inner(start);
    };
    const { asked, answer } = drive(counted, { evaluations, target: unlimited }, (x) => -x);
    expect(asked).toHaveLength(evaluations);
    expect(answer.stop).toEqual(spent);
    expect(answer.x).toBe(Math.max(...asked));
    // Every descent was finished or closed.
    expect(open).toBe(0);
  });

  it('keeps the first of equally low points', () => {
    expect(drive(walk(2), { evaluations: 6, target: unlimited }, () => 7).answer.x).toBe(0);
  });

  it('stops at the target at once, at or below it', () => {
    for (const [target, count, value] of [
      [97, 4, 97],
      [97.5, 4, 97],
      [0, 101, 0],
    ] as const) {
      const { asked, answer } = drive(walk(1000), { evaluations: 500, target }, (x) => 100 - x);
      expect(asked).toHaveLength(count);
      expect(answer).toEqual({ x: count - 1, stop: { kind: 'target-reached', value } });
    }
  });

  it('goes on after descents that saw nothing finite, and answers with the first start where none did', () => {
    const nothing = drive(walk(2), { evaluations: 5, target: unlimited }, () => Number.POSITIVE_INFINITY, 3);
    expect(nothing.ended).toEqual([
      { x: 3, value: Number.POSITIVE_INFINITY },
      { x: 100, value: Number.POSITIVE_INFINITY },
    ]);
    expect(nothing.answer).toEqual({ x: 3, stop: spent });
    const later = drive(walk(2), { evaluations: 5, target: unlimited }, (x) =>
      x < 100 ? Number.POSITIVE_INFINITY : x,
    );
    expect(later.answer.x).toBe(100);
  });

  it('gives every lowest point in an array of its own', () => {
    const { arrays, ended } = drive(walk(2), { evaluations: 9, target: unlimited }, (x) => x);
    expect(new Set(arrays).size).toBe(arrays.length);
    arrays.forEach((x, k) => {
      expect(x[0]).toBe(ended[k]!.x);
    });
  });

  it('passes steps of all descents on', () => {
    const iterations: number[] = [];
    const next = () => Float64Array.of(5, -5);
    const steps = restarts(bfgsMethod(), Float64Array.of(0, 0), { evaluations: 20, target: unlimited }, next, (step) =>
      iterations.push(step.iteration),
    );
    let step = steps.next();
    while (!step.done) step = steps.next(booth.evaluate(step.value.x.slice()));
    expect(iterations.filter((iteration) => iteration === 1).length).toBeGreaterThanOrEqual(2);
    expect(step.value.stop).toEqual(spent);
  });

  it('refuses a method that asks for nothing, at once or later', () => {
    // biome-ignore lint/correctness/useYield: the fault of this method
    const silent: Method = function* (start) {
      return { x: start, stop: spent };
    };
    const refused = expect.objectContaining({ code: 'solver-protocol' });
    expect(() => drive(silent, { evaluations: 3, target: unlimited }, (x) => x)).toThrow(refused);
    let starts = 0;
    const tired: Method = (start, observe) => {
      starts += 1;
      return starts === 1 ? walk(2)(start, observe) : silent(start, observe);
    };
    expect(() => drive(tired, { evaluations: 5, target: unlimited }, (x) => x)).toThrow(refused);
  });
});
