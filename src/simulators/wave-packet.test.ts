import { describe, expect, it } from 'vitest';
import { batch, batchOfRows, row, takeRows } from '../core/batch.ts';
import { InverseClaimsError } from '../core/errors.ts';
import { stream } from '../core/random.ts';
import { wavePacket } from './wave-packet.ts';
import { type WavePacketOptions, wavePacketDirect } from './wave-packet-direct.ts';

const centers = (...t0: number[]) =>
  batchOfRows(
    t0.map((value) => [value]),
    1,
  );
const nothing = (rows: number) => batch(rows, 0);

/** Rounding of table and direct formula, absolute for values of order one: measured 5e-15. */
const ROUNDING = 1e-13;

const SHAPES: readonly WavePacketOptions[] = [
  { sigma: 12, period: 48 },
  { sigma: 8, period: 32 },
  { sigma: 8, period: 8 },
  { sigma: 0.5, period: 2 },
  { sigma: 3, period: 2.5, samples: 600 },
  { sigma: 60, period: 7, samples: 500 },
  { sigma: 4, period: 1e6, samples: 31 },
];

/** Centers on, between and off the samples. */
function someCenters(samples: number): number[] {
  const random = stream(1, 'wave-packet.test');
  const drawn = Array.from({ length: 60 }, () => random.between(-40, samples + 40));
  return [0, 0.5, -0.5, 63.5, samples - 1, samples, -37.25, ...drawn];
}

describe('wavePacket', () => {
  it('is a sine under a Gaussian', () => {
    const y = wavePacket({ sigma: 8, period: 32 }).forward(centers(64), nothing(1)).data;
    expect(y).toHaveLength(128);
    expect(y[64]).toBe(0);
    // A quarter period = one σ from the center: sine 1, envelope exp(-1/2).
    expect(Math.abs(y[72]! - Math.exp(-0.5))).toBeLessThan(ROUNDING);
    expect(Math.abs(y[56]! + Math.exp(-0.5))).toBeLessThan(ROUNDING);
  });

  it.each(SHAPES)('agrees with the direct formula for %o', (options) => {
    const simulator = wavePacket(options);
    const samples = options.samples ?? 128;
    for (const t0 of someCenters(samples)) {
      const direct = wavePacketDirect(t0, options);
      const { y, pullback } = simulator.vjp(centers(t0), nothing(1));
      const slope = Array.from({ length: samples }, (_, j) => {
        const yBar = batch(1, samples);
        yBar.data[j] = 1;
        return pullback(yBar).data[0]!;
      });
      const worst = Math.max(...y.data.map((value, j) => Math.abs(value - direct.y[j]!)));
      const worstSlope = Math.max(...slope.map((value, j) => Math.abs(value - direct.tangent[j]!)));
      expect(worst).toBeLessThan(ROUNDING);
      expect(worstSlope).toBeLessThan(ROUNDING);
    }
  });

  it('is odd about a center on a sample, to the last bit and to the last sample', () => {
    for (const sigma of [0.5, 8]) {
      const y = wavePacket({ sigma, period: 2.5 }).forward(centers(64), nothing(1)).data;
      for (let d = 1; d < 64; d++) expect(y[64 + d]! + y[64 - d]!).toBe(0);
    }
  });

  it('keeps its accuracy far from the start of a long grid', () => {
    const simulator = wavePacket({ sigma: 300, period: 7, samples: 4000 });
    const near = simulator.forward(centers(500.3125), nothing(1)).data;
    const far = simulator.forward(centers(2500.3125), nothing(1)).data;
    // A running power is refreshed every 32 samples; one that is not would be off by 2e-13 after 2500 roundings.
    for (let j = 0; j < 2000; j++) expect(Math.abs(far[j + 2000]! - near[j]!)).toBeLessThan(2e-14);
  });

  it('gives the same values by forward and by vjp, bit for bit', () => {
    const simulator = wavePacket({ sigma: 8, period: 8 });
    const x = centers(...someCenters(128), Number.NaN);
    const identifiers = nothing(x.rows);
    expect(simulator.vjp(x, identifiers).y).toEqual(simulator.forward(x, identifiers));
  });

  it('treats each row as if it were alone, bit for bit', () => {
    const simulator = wavePacket({ sigma: 8, period: 32 });
    const x = centers(40.3, Number.NaN, 70.7, 1e300);
    const together = simulator.forward(x, nothing(4));
    for (let b = 0; b < 4; b++) {
      expect(row(together, b)).toEqual(simulator.forward(takeRows(x, [b]), nothing(1)).data);
    }
  });

  it('is zero, with zero derivatives, at any finite center far from the grid', () => {
    const simulator = wavePacket({ sigma: 8, period: 32 });
    const ones = batch(1, 128, new Float64Array(128).fill(1));
    for (const t0 of [-1e3, 1e3, 2 ** 53 + 2, -1e15, 1e300, -Number.MAX_VALUE, Number.MAX_VALUE]) {
      const { y, pullback } = simulator.vjp(centers(t0), nothing(1));
      expect(y.data.every((value) => value === 0)).toBe(true);
      expect(pullback(ones).data[0]).toBe(0);
      const tangent = simulator.jvp(centers(t0), nothing(1), centers(1)).data;
      expect(tangent.every((value) => value === 0)).toBe(true);
    }
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    'makes a row of %d NaN and no other',
    (t0) => {
      const simulator = wavePacket({ sigma: 8, period: 32, samples: 5 });
      const x = centers(2.5, t0, 2.5);
      const { y, pullback } = simulator.vjp(x, nothing(3));
      const tangent = simulator.jvp(x, nothing(3), centers(1, 1, 1));
      for (const result of [y, pullback(y), tangent]) {
        expect(row(result, 1).every(Number.isNaN)).toBe(true);
        expect(row(result, 0)).toEqual(row(result, 2));
        expect(row(result, 0).every(Number.isFinite)).toBe(true);
      }
    },
  );

  it('makes rows NaN whose direction or cotangent is not finite', () => {
    const simulator = wavePacket({ sigma: 8, period: 32, samples: 5 });
    expect(simulator.jvp(centers(2, 1000), nothing(2), centers(1, Number.NaN)).data.slice(5).every(Number.isNaN)).toBe(
      true,
    );
    const yBar = batch(2, 5);
    yBar.data[0] = Number.POSITIVE_INFINITY;
    const [first, second] = simulator.vjp(centers(1000, 2), nothing(2)).pullback(yBar).data;
    expect([first, second]).toEqual([Number.NaN, 0]);
  });

  it('keeps its tape when later runs follow', () => {
    const simulator = wavePacket({ sigma: 8, period: 32 });
    const run = simulator.vjp(centers(60), nothing(1));
    const before = run.pullback(run.y).data[0];
    simulator.vjp(centers(70), nothing(1));
    expect(run.pullback(run.y).data[0]).toBe(before);
  });

  it('takes no rows at all', () => {
    const simulator = wavePacket({ sigma: 8, period: 32 });
    expect(simulator.forward(batch(0, 1), nothing(0))).toEqual(batch(0, 128));
  });

  it('refuses wrong shapes by name', () => {
    const simulator = wavePacket({ sigma: 8, period: 32 });
    expect(() => simulator.forward(batch(2, 2), nothing(2))).toThrow(/wavePacket.forward: "x".*\(B, 1\)/);
    expect(() => simulator.forward(batch(2, 1), batch(2, 1))).toThrow(/"identifiers"/);
    expect(() => simulator.vjp(centers(1), nothing(1)).pullback(batch(1, 5))).toThrow(/"yBar"/);
    expect(() => simulator.jvp(centers(1), nothing(1), centers(1, 2))).toThrow(/"xDot"/);
  });

  it.each<[WavePacketOptions, string, string]>([
    [{ sigma: 0.4, period: 32 }, 'sigma', 'out-of-range'],
    [{ sigma: 1001, period: 32 }, 'sigma', 'out-of-range'],
    [{ sigma: Number.NaN, period: 32 }, 'sigma', 'not-finite'],
    [{ sigma: 8, period: 1.9 }, 'period', 'out-of-range'],
    [{ sigma: 8, period: Number.POSITIVE_INFINITY }, 'period', 'not-finite'],
    [{ sigma: 8, period: 32, samples: 0 }, 'samples', 'out-of-range'],
    [{ sigma: 8, period: 32, samples: 2.5 }, 'samples', 'out-of-range'],
  ])('refuses %o because of %s', (options, name, code) => {
    for (const make of [() => wavePacket(options), () => wavePacketDirect(1, options)]) {
      expect(make).toThrow(InverseClaimsError);
      expect(make).toThrow(expect.objectContaining({ code, message: expect.stringContaining(`"${name}"`) }));
    }
  });
});
