import { describe, expect, it } from 'vitest';
import { batch, batchOfRows, row, rowRange } from '../core/batch.ts';
import { halfSquaredError } from './half-squared-error.ts';
import { wavePacket } from './wave-packet.ts';
import { globalMinimum, wavePacketProblem, wavePacketSettings } from './wave-packet-problem.ts';

const NAMES = ['A', 'B', 'C', 'D'] as const;

describe('wavePacketSettings', () => {
  it('are the four that are documented, sharing prior, noise and grid', () => {
    expect(NAMES.map((name) => [wavePacketSettings[name].sigma, wavePacketSettings[name].period])).toEqual([
      [12, 48],
      [8, 32],
      [8, 16],
      [8, 8],
    ]);
    for (const name of NAMES) {
      expect(wavePacketSettings[name]).toMatchObject({ noise: 0.1, center: 64, halfWidth: 32, samples: 128 });
    }
  });
});

describe('wavePacketProblem', () => {
  it('starts at the center of the prior and observes 128 samples', () => {
    const problem = wavePacketProblem('B');
    const { task, reference } = problem.draw(3, 1);
    expect(task.problem).toBe(problem.id);
    expect(task.start).toEqual(batchOfRows([[64], [64], [64]]));
    expect([task.observed.rows, task.observed.cols]).toEqual([3, 128]);
    expect(task.identifiers).toEqual(batch(3, 0));
    expect(reference.truth.cols).toBe(1);
    expect(problem.misfit).toBe(halfSquaredError);
  });

  it('draws in pieces what it draws at once, bit for bit', () => {
    const problem = wavePacketProblem('C');
    const whole = problem.draw(7, 5);
    const pieces = [problem.draw(3, 5), problem.draw(0, 5, 3), problem.draw(4, 5, 3)];
    let first = 0;
    for (const { task, reference } of pieces) {
      const count = task.observed.rows;
      expect(task.observed.data).toEqual(rowRange(whole.task.observed, first, count).data);
      expect(reference.truth.data).toEqual(rowRange(whole.reference.truth, first, count).data);
      expect(reference.globalLoss).toEqual(whole.reference.globalLoss?.slice(first, first + count));
      first += count;
    }
    expect(first).toBe(7);
  });

  it('gives other instances to another seed', () => {
    const problem = wavePacketProblem('B');
    expect(problem.draw(2, 1).task.observed).not.toEqual(problem.draw(2, 2).task.observed);
  });

  it('draws truths uniformly on the prior and noise of the stated size', () => {
    const count = 2000;
    const problem = wavePacketProblem('D');
    const { task, reference } = problem.draw(count, 3);
    const places = reference.truth.data.map((t0) => (t0 - 32) / 64);
    expect(Math.min(...places)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...places)).toBeLessThan(1);
    // Five standard errors of the mean, sqrt(1/12n), and of the mean square, sqrt(4/45n).
    const mean = places.reduce((a, b) => a + b, 0) / count;
    const square = places.reduce((a, b) => a + b * b, 0) / count;
    expect(Math.abs(mean - 1 / 2)).toBeLessThan(5 * Math.sqrt(1 / 12 / count));
    expect(Math.abs(square - 1 / 3)).toBeLessThan(5 * Math.sqrt(4 / 45 / count));
    const clean = problem.simulator.forward(reference.truth, task.identifiers);
    const noise = task.observed.data.map((y, i) => y - clean.data[i]!);
    const variance = noise.reduce((a, b) => a + b * b, 0) / noise.length;
    // Five standard errors of a normal variance, sqrt(2/n) relative.
    expect(Math.abs(variance / 0.01 - 1)).toBeLessThan(5 * Math.sqrt(2 / noise.length));
  });

  it('takes options instead of a setting', () => {
    const problem = wavePacketProblem({ sigma: 4, period: 9, noise: 0, center: 10, halfWidth: 2, samples: 20 });
    const { task, reference } = problem.draw(4, 1);
    expect(task.observed).toEqual(problem.simulator.forward(reference.truth, task.identifiers));
    expect([...task.start.data]).toEqual([10, 10, 10, 10]);
    expect(reference.truth.data.every((t0) => t0 >= 8 && t0 < 12)).toBe(true);
    // Without noise the truth itself is the global minimum, up to the square of rounding.
    expect(Math.max(...(reference.globalLoss ?? [1]))).toBeLessThan(1e-25);
  });

  it('gives the same instances for a setting as for its numbers', () => {
    expect(wavePacketProblem(wavePacketSettings.A).draw(2, 9).task.observed).toEqual(
      wavePacketProblem('A').draw(2, 9).task.observed,
    );
  });

  it('refuses unknown settings, with the nearest one, and options out of range', () => {
    expect(() => wavePacketProblem('E' as 'A')).toThrow(expect.objectContaining({ code: 'unknown-name' }));
    expect(() => wavePacketProblem('toString' as 'A')).toThrow(/one of A, B, C, D/);
    expect(() => wavePacketProblem({ sigma: 8, period: 32, noise: -1 })).toThrow(/"noise"/);
    expect(() => wavePacketProblem({ sigma: 8, period: 32, halfWidth: 0 })).toThrow(/"halfWidth"/);
    expect(() => wavePacketProblem({ sigma: 8, period: 32, center: Number.NaN })).toThrow(/"center"/);
    expect(() => wavePacketProblem({ sigma: 8, period: 1 })).toThrow(/"period"/);
    expect(() => wavePacketProblem('A').draw(-1, 1)).toThrow(/"count"/);
    expect(() => wavePacketProblem('A').draw(1, 1, 0.5)).toThrow(/"first"/);
    expect(() => wavePacketProblem('A').draw(1, -1)).toThrow(/"seed"/);
  });
});

describe('globalMinimum', () => {
  /** Loss on a fine grid by the simulator itself: the smallest value can only be above the true minimum. */
  function bruteForce(options: { sigma: number; period: number }, y: Float64Array): { t0: number; loss: number } {
    const count = 96 * 64 + 1;
    const t0 = batch(
      count,
      1,
      Float64Array.from({ length: count }, (_, k) => 16 + k / 64),
    );
    const u = wavePacket(options).forward(t0, batch(count, 0));
    let best = { t0: Number.NaN, loss: Number.POSITIVE_INFINITY };
    for (let k = 0; k < count; k++) {
      const loss = row(u, k).reduce((sum, value, j) => sum + 0.5 * (value - y[j]!) ** 2, 0);
      if (loss < best.loss) best = { t0: t0.data[k]!, loss };
    }
    return best;
  }

  it.each(NAMES)('agrees with brute force on a grid of 1/64 sample in setting %s', (name) => {
    const options = wavePacketSettings[name];
    const { task } = wavePacketProblem(name).draw(4, 11);
    const found = globalMinimum(options, task.observed);
    for (let b = 0; b < 4; b++) {
      const expected = bruteForce(options, row(task.observed, b));
      expect(found.loss[b]).toBeLessThanOrEqual(expected.loss);
      // ½ L'' (1/128)² with L'' < 5.
      expect(expected.loss - found.loss[b]!).toBeLessThan(2e-4);
      expect(Math.abs(found.t0[b]! - expected.t0)).toBeLessThan(1 / 64);
    }
  });

  it('tells two nearly equal basins apart that a grid alone would confuse', () => {
    // Two packets of the same height, one of them a little lower; their distance puts one on the grid and one between.
    const options = wavePacketSettings.D;
    const step = 96 / 1999;
    const simulator = wavePacket(options);
    for (const [onGrid, between] of [
      [400, 1500.5],
      [1500, 400.5],
    ] as const) {
      const pair = simulator.forward(batchOfRows([[16 + onGrid * step], [16 + between * step]]), batch(2, 0));
      const y = batchOfRows([row(pair, 0).map((value, j) => value + 1.00002 * row(pair, 1)[j]!)]);
      const { t0 } = globalMinimum(options, y);
      expect(Math.abs(t0[0]! - (16 + between * step))).toBeLessThan(0.01);
    }
  });

  it('never lies above the loss at the truth, and is flat', () => {
    for (const name of NAMES) {
      const problem = wavePacketProblem(name);
      const { task, reference } = problem.draw(64, 2);
      const loss = (t0: Float64Array) =>
        halfSquaredError.evaluate(problem.simulator.forward(batch(64, 1, t0), task.identifiers), task.observed).value;
      const atTruth = loss(reference.truth.data);
      const found = globalMinimum(wavePacketSettings[name], task.observed);
      expect(reference.globalLoss).toEqual(found.loss);
      for (let b = 0; b < 64; b++) expect(found.loss[b]).toBeLessThanOrEqual(atTruth[b]!);
      const { y, pullback } = problem.simulator.vjp(batch(64, 1, found.t0), task.identifiers);
      const slope = pullback(halfSquaredError.evaluate(y, task.observed).gradient).data;
      // The bisection ends at neighboring doubles: position 1e-14, curvature below 5, sums of 128 products.
      for (const value of slope) expect(Math.abs(value)).toBeLessThan(1e-12);
    }
  });

  it('stays within the widened prior where the record asks for more', () => {
    const y = wavePacket({ sigma: 8, period: 32 }).forward(batchOfRows([[114], [14]]), batch(2, 0));
    const { t0 } = globalMinimum({ sigma: 8, period: 32 }, y);
    expect([...t0]).toEqual([112, 16]);
  });

  it('is NaN for records that are not finite, and for no others', () => {
    const { task } = wavePacketProblem('B').draw(3, 1);
    const clean = globalMinimum(wavePacketSettings.B, task.observed);
    task.observed.data[128 + 5] = Number.NaN;
    const spoiled = globalMinimum(wavePacketSettings.B, task.observed);
    expect([...spoiled.loss]).toEqual([clean.loss[0], Number.NaN, clean.loss[2]]);
    expect(spoiled.t0[1]).toBeNaN();
    task.observed.data[128 + 5] = Number.POSITIVE_INFINITY;
    expect(globalMinimum(wavePacketSettings.B, task.observed).loss[1]).toBeNaN();
  });

  it('says so where the loss overflows', () => {
    const { t0, loss } = globalMinimum({ sigma: 8, period: 32 }, batch(1, 128, new Float64Array(128).fill(1e200)));
    expect([t0[0], loss[0]]).toEqual([Number.NaN, Number.POSITIVE_INFINITY]);
  });

  it('is the same after other settings were asked for in between', () => {
    const { task } = wavePacketProblem('B').draw(2, 1);
    const before = globalMinimum(wavePacketSettings.B, task.observed);
    for (let period = 10; period < 20; period++) globalMinimum({ sigma: 8, period }, batch(1, 128));
    expect(globalMinimum(wavePacketSettings.B, task.observed)).toEqual(before);
  });

  it('refines its grid for narrow packets in wide priors', () => {
    const options = { sigma: 1, period: 2.5, samples: 400, center: 200, halfWidth: 180, noise: 0 };
    const { task, reference } = wavePacketProblem(options).draw(40, 1);
    const { t0 } = globalMinimum(options, task.observed);
    // Both are minima of a loss whose curvature is about 5, found to neighboring doubles up to rounding of its slope.
    t0.forEach((value, b) => {
      expect(Math.abs(value - reference.truth.data[b]!)).toBeLessThan(1e-12);
    });
  });

  it('refuses grids too large to tabulate', () => {
    expect(() => globalMinimum({ sigma: 8, period: 32, samples: 1e5 }, batch(1, 1e5))).toThrow(/grid points/);
  });

  it('refuses records of another length', () => {
    expect(() => globalMinimum(wavePacketSettings.B, batch(1, 64))).toThrow(/"observed"/);
  });
});
