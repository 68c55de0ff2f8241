import { describe, expect, it } from 'vitest';
import { stream } from '../core/random.ts';
import { limitedMemory } from './limited-memory.ts';
import { dot, norm } from './vector.ts';

/** Sums of a few dozen products, relative to ‖H‖ ‖v‖. */
const ROUNDING = 1e-12;

function normals(seed: number, n: number): Float64Array {
  const random = stream(seed, 'limited-memory.test');
  return Float64Array.from({ length: n }, () => random.normal());
}

interface Pair {
  readonly s: Float64Array;
  readonly y: Float64Array;
}

/** Pairs of a quadratic with Hessian D + u uᵀ, so that every yᵀs > 0. */
function pairsOf(n: number, count: number, seed: number): readonly Pair[] {
  const u = normals(seed + 900, n);
  return Array.from({ length: count }, (_, k) => {
    const s = normals(1000 * seed + k, n);
    const along = dot(u, s);
    return { s, y: s.map((value, i) => (i + 1) * value + along * u[i]!) };
  });
}

/** H v by the recursion as it is written, with H₀ = γ I: (n, n) products, nothing shared with two loops. */
function denseModel(pairs: readonly Pair[], gamma: number, n: number): readonly Float64Array[] {
  let h = Array.from({ length: n }, (_, i) => Float64Array.from({ length: n }, (__, j) => (i === j ? gamma : 0)));
  for (const { s, y } of pairs) {
    const rho = 1 / dot(y, s);
    const left = h.map((_, i) => Float64Array.from({ length: n }, (__, j) => (i === j ? 1 : 0) - rho * s[i]! * y[j]!));
    const half = left.map((row) => row.map((_, j) => row.reduce((sum, value, k) => sum + value * h[k]![j]!, 0)));
    h = half.map((row, i) => row.map((_, j) => dot(row, left[j]!) + rho * s[i]! * s[j]!));
  }
  return h;
}

const newestScale = ({ s, y }: Pair): number => dot(s, y) / dot(y, y);

function times(model: ReturnType<typeof limitedMemory>, v: Float64Array, free?: Uint8Array): Float64Array {
  const out = new Float64Array(v.length).fill(Number.NaN);
  if (free === undefined) model.timesInto(out, v);
  else model.freeTimesInto(out, v, free);
  return out;
}

function learned(n: number, memory: number, pairs: readonly Pair[]) {
  const model = limitedMemory(n, memory);
  for (const { s, y } of pairs) expect(model.update(s, y)).toBe(true);
  return model;
}

function expectSame(found: Float64Array, exact: Float64Array, scale: number): void {
  expect(norm(found.map((value, i) => value - exact[i]!))).toBeLessThanOrEqual(ROUNDING * scale);
}

describe('limitedMemory', () => {
  it('is the identity while fresh', () => {
    const model = limitedMemory(3, 2);
    const v = Float64Array.of(1, -2, 3);
    expect(model.isFresh()).toBe(true);
    expect(times(model, v)).toEqual(v);
    expect(times(model, v, Uint8Array.of(1, 0, 1))).toEqual(Float64Array.of(1, 0, 3));
    expect([model.magnitude(), model.isResolved()]).toEqual([1, true]);
  });

  it('is the dense BFGS model of the last pairs, from the scale of the newest', () => {
    for (const [n, memory, count] of [
      [1, 3, 3],
      [3, 5, 2],
      [4, 4, 4],
      [6, 10, 10],
      [5, 3, 8],
      [2, 1, 6],
    ] as const) {
      const pairs = pairsOf(n, count, n);
      const model = learned(n, memory, pairs);
      const kept = pairs.slice(-memory);
      const h = denseModel(kept, newestScale(kept.at(-1)!), n);
      for (let k = 0; k < 5; k++) {
        const v = normals(70 + k, n);
        const exact = Float64Array.from(h, (row) => dot(row, v));
        expectSame(times(model, v), exact, (norm(exact) + model.magnitude()) * count);
      }
    }
  });

  it('fulfills the secant equation of the newest pair, is symmetric and positive definite', () => {
    for (const memory of [1, 2, 7]) {
      const n = 5;
      const model = limitedMemory(n, memory);
      for (const { s, y } of pairsOf(n, 30, memory)) {
        model.update(s, y);
        expectSame(times(model, y), s, norm(s) + model.magnitude() * norm(y));
        const [u, v] = [normals(1, n), normals(2, n)];
        expect(Math.abs(dot(u, times(model, v)) - dot(v, times(model, u)))).toBeLessThanOrEqual(ROUNDING * 10);
        expect(dot(v, times(model, v))).toBeGreaterThan(0);
      }
    }
  });

  it('forgets the oldest pair where the memory is full', () => {
    const pairs = pairsOf(4, 7, 3);
    const v = normals(5, 4);
    expect(times(learned(4, 3, pairs), v)).toEqual(times(learned(4, 3, pairs.slice(4)), v));
    expect(times(learned(4, 3, pairs), v)).not.toEqual(times(learned(4, 4, pairs), v));
  });

  it('copies what it learns', () => {
    const [pair] = pairsOf(3, 1, 1);
    const { s, y } = { s: pair!.s.slice(), y: pair!.y.slice() };
    const model = learned(3, 2, [{ s, y }]);
    const before = times(model, normals(9, 3));
    s.fill(Number.NaN);
    y.fill(Number.NaN);
    expect(times(model, normals(9, 3))).toEqual(before);
  });

  it('skips pairs without positive curvature, and stays what it was', () => {
    const model = learned(2, 3, pairsOf(2, 2, 4));
    const v = normals(8, 2);
    const before = [times(model, v), model.magnitude()];
    const s = Float64Array.of(1, 0);
    for (const y of [
      [-1, 0],
      [0, 0],
      [0, 1],
      [2 ** -52, 1],
      [Number.NaN, 0],
      [Number.POSITIVE_INFINITY, 0],
    ]) {
      expect(model.update(s, Float64Array.from(y))).toBe(false);
    }
    expect([times(model, v), model.magnitude()]).toEqual(before);
    const fresh = limitedMemory(2, 3);
    expect([fresh.update(s, Float64Array.of(0, 1)), fresh.isFresh()]).toEqual([false, true]);
    expect(fresh.update(s, Float64Array.of(2 ** -51, 1))).toBe(true);
    for (const tiny of [1e-12, 1e-100]) {
      expect(limitedMemory(2, 1).update(Float64Array.of(tiny, 0), Float64Array.of(tiny, tiny))).toBe(true);
    }
  });

  it('starts from nothing after a reset', () => {
    const pairs = pairsOf(3, 4, 6);
    const model = learned(3, 3, pairs);
    model.reset();
    const v = normals(8, 3);
    expect([model.isFresh(), model.magnitude(), model.isResolved()]).toEqual([true, 1, true]);
    expect(times(model, v)).toEqual(v);
    for (const { s, y } of pairs.slice(2)) model.update(s, y);
    expect(times(model, v)).toEqual(times(learned(3, 3, pairs.slice(2)), v));
    expect(model.magnitude()).toBe(learned(3, 3, pairs.slice(2)).magnitude());
  });

  it('scales with the units of x and f bit for bit, for powers of two', () => {
    const pairs = pairsOf(5, 8, 7);
    const v = normals(8, 5);
    const free = Uint8Array.of(1, 0, 1, 1, 0);
    const plain = learned(5, 4, pairs);
    for (const [a, b] of [
      [3, 0],
      [0, -20],
      [-40, 11],
      [25, 60],
    ] as const) {
      // s → 2ᵃ s and y → 2ᵇ⁻ᵃ y make H → 2²ᵃ⁻ᵇ H.
      const scaled = pairs.map(({ s, y }) => ({ s: s.map((x) => 2 ** a * x), y: y.map((g) => 2 ** (b - a) * g) }));
      const model = learned(5, 4, scaled);
      const factor = 2 ** (2 * a - b);
      expect(times(model, v)).toEqual(times(plain, v).map((value) => factor * value));
      expect(times(model, v, free)).toEqual(times(plain, v, free).map((value) => factor * value));
      expect(model.magnitude()).toBe(factor * plain.magnitude());
    }
  });

  it('is as large as its largest eigenvalue, up to the number of pairs, and says when it is not resolved', () => {
    const model = limitedMemory(2, 2);
    model.update(Float64Array.of(0, 1), Float64Array.of(0, 0.25));
    model.update(Float64Array.of(1, 0), Float64Array.of(8, 0));
    // H = diag(⅛, 4) on the axes.
    expect([model.magnitude(), model.isResolved()]).toEqual([4, true]);
    model.update(Float64Array.of(1, 0), Float64Array.of(8, 0));
    // The soft pair is forgotten.
    expect(model.magnitude()).toBe(1 / 8);
    model.update(Float64Array.of(0, 1), Float64Array.of(0, 2 ** -60));
    expect(model.isResolved()).toBe(false);
  });
});

describe('limitedMemory on a free block', () => {
  const picked = (v: Float64Array, free: Uint8Array): Float64Array => v.filter((_, i) => free[i] === 1);

  it('is the dense model of the pairs restricted to the free coordinates', () => {
    for (const free of [Uint8Array.of(1, 1, 0, 1, 0), Uint8Array.of(0, 1, 0, 0, 0), Uint8Array.of(1, 1, 1, 1, 1)]) {
      const pairs = pairsOf(5, 6, 2);
      const restricted = pairs.map(({ s, y }) => ({ s: picked(s, free), y: picked(y, free) }));
      const clear = restricted.filter(({ s, y }) => dot(y, s) > 0);
      const h = denseModel(clear, newestScale(clear.at(-1)!), clear[0]!.s.length);
      const v = normals(4, 5);
      const model = learned(5, 6, pairs);
      const found = times(model, v, free);
      const exact = Float64Array.from(h, (row) => dot(row, picked(v, free)));
      const size = Math.max(...h.map((row) => norm(row)));
      expectSame(picked(found, free), exact, 10 * size * norm(v));
      found.forEach((value, i) => {
        if (free[i] === 0) expect(value).toBe(0);
      });
    }
  });

  it('equals the whole model where everything is free', () => {
    const model = learned(4, 3, pairsOf(4, 5, 1));
    const v = normals(6, 4);
    expectSame(times(model, v, Uint8Array.of(1, 1, 1, 1)), times(model, v), 10 * model.magnitude() * norm(v));
  });

  it('leaves out pairs without positive curvature there, and all of them where none has it', () => {
    const soft = { s: Float64Array.of(1, 1), y: Float64Array.of(-1, 4) };
    const clear = { s: Float64Array.of(2, 1), y: Float64Array.of(8, 1) };
    const v = Float64Array.of(3, 5);
    const both = learned(2, 2, [clear, soft]);
    // On the first coordinate only `clear` has curvature, 4.
    expect(times(both, v, Uint8Array.of(1, 0))).toEqual(Float64Array.of(0.75, 0));
    expect(times(learned(2, 2, [soft]), v, Uint8Array.of(1, 0))).toEqual(Float64Array.of(3, 0));
    expect(times(both, v, Uint8Array.of(0, 0))).toEqual(Float64Array.of(0, 0));
  });

  it('does not disturb what the whole model does next', () => {
    const model = learned(4, 3, pairsOf(4, 5, 1));
    const v = normals(6, 4);
    const before = times(model, v);
    times(model, v, Uint8Array.of(1, 0, 0, 1));
    expect(times(model, v)).toEqual(before);
  });
});
