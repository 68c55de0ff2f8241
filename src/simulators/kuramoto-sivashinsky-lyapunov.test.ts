import { describe, expect, it } from 'vitest';
import { type Batch, batch, row, rowRange } from '../core/batch.ts';
import { type ErrorCode, InverseClaimsError } from '../core/errors.ts';
import { stream } from '../core/random.ts';
import { kuramotoSivashinskyDirect } from './kuramoto-sivashinsky-direct.ts';
import { kuramotoSivashinskyLyapunov, type LyapunovOptions } from './kuramoto-sivashinsky-lyapunov.ts';
import { requireKuramotoSivashinsky } from './kuramoto-sivashinsky-options.ts';
import type { Trajectories } from './kuramoto-sivashinsky-rollout.ts';

const unforced = { length: 22, points: 64, forcing: 'none' } as const;

function flow(u: Batch): Trajectories {
  return { u, alpha: new Float64Array(u.rows), beta: new Float64Array(u.rows).fill(1) };
}

/** Rows of a seed without mean, one stream each: smooth states of three modes, or normal numbers on the grid. */
function rowsOf(kind: 'smooth' | 'rough', count: number, seed: number, points = 64): Batch {
  const result = batch(count, points);
  for (let b = 0; b < count; b++) {
    const random = stream(seed, `lyapunov-test/${kind}`, b);
    const [target, mode] = [row(result, b), [1, 2, 3].map(() => random.normal())];
    const normal = (x: number): number =>
      kind === 'rough' ? random.normal() : mode.reduce((sum, a, m) => sum + a * wave(m + 1, points)(x), 0);
    for (let x = 0; x < points; x++) target[x] = normal(x);
    const mean = target.reduce((sum, value) => sum + value, 0) / points;
    for (let x = 0; x < points; x++) target[x]! -= mean;
  }
  return result;
}

const wave =
  (mode: number, points: number) =>
  (x: number): number =>
    Math.cos((2 * Math.PI * mode * x) / points);

const rowsWith = (value: (x: number) => number, points = 64): Batch =>
  batch(
    1,
    points,
    Float64Array.from({ length: points }, (_, x) => value(x)),
  );

describe('finite-time Lyapunov exponents', () => {
  it.each([1, 2, 3, 4])('of the flat state are k² − k⁴ of the mode, linear growth or decay: mode %i', (mode) => {
    const k = (2 * Math.PI * mode) / 22;
    const options = { ...unforced, interval: 1, intervals: 8, aligning: 2 };
    const { tangent, adjoint } = kuramotoSivashinskyLyapunov(options, flow(batch(1, 64)), rowsWith(wave(mode, 64)));
    // The step treats k² − k⁴ exactly where β = 1.
    expect(Math.abs(tangent[0]! - (k ** 2 - k ** 4))).toBeLessThan(1e-12);
    expect(Math.abs(adjoint[0]! - (k ** 2 - k ** 4))).toBeLessThan(1e-12);
  });

  it('of the flat state are those of the fastest mode, whatever the direction, once this has turned', () => {
    const growth = (mode: number): number => ((2 * Math.PI * mode) / 22) ** 2 - ((2 * Math.PI * mode) / 22) ** 4;
    const options = { ...unforced, interval: 5, intervals: 4, aligning: 120 };
    const { tangent, adjoint } = kuramotoSivashinskyLyapunov(options, flow(batch(1, 64)), rowsOf('rough', 1, 1));
    // Mode 2 leads mode 3 by a rate of 0.0246: of the square of mode 3, exp(−2 · 0.0246 · 600) = 2e-13 is left.
    const fastest = Math.max(...[1, 2, 3, 4].map(growth));
    expect(Math.abs(tangent[0]! - fastest)).toBeLessThan(1e-11);
    expect(Math.abs(adjoint[0]! - fastest)).toBeLessThan(1e-11);
  });

  it('are logarithms of the whole product J over its time, whatever the intervals', () => {
    const from = flow(rowsOf('smooth', 1, 3));
    const direction = rowsOf('rough', 1, 4);
    const time = 10;
    const direct = kuramotoSivashinskyDirect(requireKuramotoSivashinsky('test', { ...unforced, horizon: time }));
    const at = { alpha: 0, beta: 1, u: row(from.u, 0) };
    const { uDot } = direct(at, { alpha: 0, beta: 0, u: row(direction, 0) });
    // Jᵀ w by ⟨Jᵀ w, e_j⟩ = ⟨w, J e_j⟩.
    const unit = (j: number): Float64Array => Float64Array.from({ length: 64 }, (_, x) => (x === j ? 1 : 0));
    const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, x) => sum + value * b[x]!, 0);
    const transposed = Float64Array.from({ length: 64 }, (_, j) =>
      dot(row(direction, 0), direct(at, { alpha: 0, beta: 0, u: unit(j) }).uDot),
    );
    const rate = (a: Float64Array): number => Math.log(Math.hypot(...a) / Math.hypot(...row(direction, 0))) / time;
    for (const interval of [1, 2.5, 10]) {
      const options = { ...unforced, interval, intervals: time / interval, aligning: 0 };
      const { tangent, adjoint } = kuramotoSivashinskyLyapunov(options, from, direction);
      expect(Math.abs(tangent[0]! - rate(uDot))).toBeLessThan(1e-10);
      expect(Math.abs(adjoint[0]! - rate(transposed))).toBeLessThan(1e-10);
    }
  });

  it('count the same intervals for tangents, which align before them, as for cotangents, which align behind', () => {
    const [from, directions] = [flow(rowsOf('smooth', 4, 5)), rowsOf('rough', 4, 6)];
    const differences = [5, 20, 80].map((intervals) => {
      const options = { ...unforced, interval: 5, intervals, aligning: 20 };
      const { tangent, adjoint } = kuramotoSivashinskyLyapunov(options, from, directions);
      return Math.max(...tangent.map((value, b) => Math.abs(value - adjoint[b]!))) * intervals * 5;
    });
    // |difference| · MW stays bounded: both are ln |J| of the whole product but for a few units at its ends.
    for (const difference of differences) expect(difference).toBeLessThan(5);
  });

  it('do not depend on the rows beside them, bit for bit', () => {
    const [from, directions] = [rowsOf('smooth', 5, 7), rowsOf('rough', 5, 8)];
    const options = { ...unforced, interval: 5, intervals: 4, aligning: 2 };
    const together = kuramotoSivashinskyLyapunov(options, flow(from), directions);
    for (let b = 0; b < 5; b++) {
      const alone = kuramotoSivashinskyLyapunov(options, flow(rowRange(from, b, 1)), rowRange(directions, b, 1));
      expect([alone.tangent[0], alone.adjoint[0]]).toEqual([together.tangent[b], together.adjoint[b]]);
    }
  });

  it('leave states and directions as they were, and do not mind the length of a direction', () => {
    const [from, directions] = [rowsOf('smooth', 1, 9), rowsOf('rough', 1, 10)];
    const [fromBefore, before] = [from.data.slice(), directions.data.slice()];
    const options = { ...unforced, interval: 5, intervals: 2, aligning: 1 };
    const expected = kuramotoSivashinskyLyapunov(options, flow(from), directions);
    expect([from.data, directions.data]).toEqual([fromBefore, before]);
    for (const factor of [2 ** -600, 2 ** 600]) {
      const scaled = batch(
        1,
        64,
        before.map((value) => factor * value),
      );
      expect(kuramotoSivashinskyLyapunov(options, flow(from), scaled)).toEqual(expected);
    }
  });

  it('are NaN where the flow overflows, and only there', () => {
    const from = rowsOf('smooth', 2, 11);
    row(from, 0).fill(1e300);
    const options = { ...unforced, interval: 5, intervals: 1, aligning: 0 };
    const { tangent, adjoint } = kuramotoSivashinskyLyapunov(options, flow(from), rowsOf('rough', 2, 12));
    expect([tangent[0], adjoint[0]]).toEqual([Number.NaN, Number.NaN]);
    expect([tangent[1], adjoint[1]].every(Number.isFinite)).toBe(true);
  });
});

describe('bad input', () => {
  const good: LyapunovOptions = { ...unforced, interval: 5, intervals: 1, aligning: 0 };
  const direction = rowsWith(wave(1, 64));
  const flat = flow(batch(1, 64));
  const short = new Float64Array(0);
  const cases: readonly [string, ErrorCode, () => unknown][] = [
    ['"intervals"', 'out-of-range', () => kuramotoSivashinskyLyapunov({ ...good, intervals: 0 }, flat, direction)],
    ['"aligning"', 'out-of-range', () => kuramotoSivashinskyLyapunov({ ...good, aligning: 0.5 }, flat, direction)],
    ['"aligning"', 'not-finite', () => kuramotoSivashinskyLyapunov({ ...good, aligning: NaN }, flat, direction)],
    ['"horizon"', 'out-of-range', () => kuramotoSivashinskyLyapunov({ ...good, interval: 0.3 }, flat, direction)],
    ['"points"', 'out-of-range', () => kuramotoSivashinskyLyapunov({ ...good, length: 60 }, flat, direction)],
    ['"from.u"', 'shape-mismatch', () => kuramotoSivashinskyLyapunov(good, flow(batch(1, 32)), direction)],
    ['"from.alpha"', 'shape-mismatch', () => kuramotoSivashinskyLyapunov(good, { ...flat, alpha: short }, direction)],
    ['"from.beta"', 'shape-mismatch', () => kuramotoSivashinskyLyapunov(good, { ...flat, beta: short }, direction)],
    ['"directions"', 'shape-mismatch', () => kuramotoSivashinskyLyapunov(good, flat, batch(2, 64))],
    [
      '"directions"',
      'not-finite',
      () =>
        kuramotoSivashinskyLyapunov(
          good,
          flat,
          rowsWith(() => Infinity),
        ),
    ],
    ['row 0 of "directions"', 'out-of-range', () => kuramotoSivashinskyLyapunov(good, flat, batch(1, 64))],
  ];

  it.each(cases)('%s is refused as %s', (where, code, call) => {
    expect(call).toThrow(InverseClaimsError);
    expect(call).toThrow(expect.objectContaining({ code }));
    expect(call).toThrow(where);
  });

  it('a direction that dies out within an interval asks for shorter ones', () => {
    // The saw-tooth, mode 32, decays at a rate of 6900: nothing is left after one unit of time.
    const dying = { ...good, interval: 1 };
    const call = (): unknown =>
      kuramotoSivashinskyLyapunov(
        dying,
        flat,
        rowsWith((x) => (-1) ** x),
      );
    expect(call).toThrow('shorten "interval"');
  });
});
