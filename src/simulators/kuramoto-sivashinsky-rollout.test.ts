import { describe, expect, it } from 'vitest';
import { type Batch, batch, row } from '../core/batch.ts';
import { stream } from '../core/random.ts';
import { kuramotoSivashinskyDirect } from './kuramoto-sivashinsky-direct.ts';
import { type KuramotoSivashinskyOptions, requireKuramotoSivashinsky } from './kuramoto-sivashinsky-options.ts';
import { kuramotoSivashinskyRollout, type Trajectories } from './kuramoto-sivashinsky-rollout.ts';

const resolved = (options: Partial<KuramotoSivashinskyOptions> = {}) =>
  requireKuramotoSivashinsky('test', { length: 22, points: 64, horizon: 5, ...options });

/** Smooth trajectories of a seed. */
function trajectories(rows: number, seed: number, points = 64): Trajectories {
  const random = stream(seed, 'rollout-test');
  const number = (): number => 2 * random.uniform() - 1;
  const u = batch(rows, points);
  for (let b = 0; b < rows; b++) {
    for (let mode = 1; mode <= 3; mode++) {
      const [cosine, sine] = [number(), number()];
      row(u, b).forEach((_, x, target) => {
        const phase = (2 * Math.PI * mode * x) / points;
        target[x]! += cosine * Math.cos(phase) + sine * Math.sin(phase);
      });
    }
  }
  return {
    u,
    alpha: Float64Array.from({ length: rows }, number),
    beta: new Float64Array(rows).map(() => 1 + number() / 2),
  };
}

const largest = ({ data }: Batch): number => data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

function expectNear(values: Float64Array, expected: Float64Array, tolerance: number): void {
  const differences = values.map((value, i) => Math.abs(value - expected[i]!));
  expect(Math.max(...differences)).toBeLessThan(tolerance);
}

describe.each(['auto', 'reference'] as const)('roll-outs of the kernel "%s"', (kernel) => {
  it('give the same pullback from checkpoints as from one tape, bit for bit', () => {
    const from = trajectories(3, 1);
    const uBar = trajectories(3, 2).u;
    const [long, short] = [2 ** 25, 2 ** 20].map((tapeBytes) => {
      const rollout = kuramotoSivashinskyRollout(resolved({ kernel, horizon: 100, tapeBytes }));
      return { bytes: rollout.bytesPerTrajectory * rollout.lanes, bar: rollout.vjp(from).pullback(uBar) };
    });
    expect(short!.bytes).toBeGreaterThan(2 ** 20);
    expect(short!.bar).toEqual(long!.bar);
  });

  it('give the same pullback again, and after other calls have overwritten the tape', () => {
    const rollout = kuramotoSivashinskyRollout(resolved({ kernel }));
    const uBar = trajectories(3, 2).u;
    const { pullback } = rollout.vjp(trajectories(3, 1));
    const first = pullback(uBar);
    expect(pullback(uBar)).toEqual(first);
    rollout.vjp(trajectories(5, 3));
    rollout.jvp(trajectories(1, 4), trajectories(1, 5));
    expect(pullback(uBar)).toEqual(first);
  });

  it('keep pullbacks of several calls apart, in any order and after a tangent', () => {
    const rollout = kuramotoSivashinskyRollout(resolved({ kernel }));
    const uBar = trajectories(3, 2).u;
    const [right, wrong] = [1, 7].map((seed) => {
      const alone = kuramotoSivashinskyRollout(resolved({ kernel }));
      return alone.vjp(trajectories(3, seed)).pullback(uBar);
    });
    const [one, two] = [1, 7].map((seed) => rollout.vjp(trajectories(3, seed)).pullback);
    expect([one!(uBar), two!(uBar), one!(uBar), two!(uBar)]).toEqual([right, wrong, right, wrong]);
    const third = rollout.vjp(trajectories(3, 1));
    rollout.jvp(trajectories(3, 7), trajectories(3, 5));
    expect(third.pullback(uBar)).toEqual(right);
    const fourth = rollout.vjp(trajectories(3, 7));
    one!(uBar);
    expect(fourth.pullback(uBar)).toEqual(wrong);
  });

  it('refuse shapes that do not belong together', () => {
    const rollout = kuramotoSivashinskyRollout(resolved({ kernel }));
    const from = trajectories(3, 1);
    const refused = expect.objectContaining({ code: 'shape-mismatch' });
    expect(() => rollout.forward({ ...from, u: batch(3, 32) })).toThrow(refused);
    expect(() => rollout.vjp({ ...from, alpha: new Float64Array(1) })).toThrow(refused);
    expect(() => rollout.jvp(from, trajectories(2, 1))).toThrow(refused);
    expect(() => rollout.vjp(from).pullback(batch(2, 64))).toThrow(refused);
  });

  it('keep their own copy of where they came from', () => {
    const rollout = kuramotoSivashinskyRollout(resolved({ kernel }));
    const from = trajectories(3, 1);
    const uBar = trajectories(3, 2).u;
    const { pullback } = rollout.vjp(from);
    const first = pullback(uBar);
    from.u.data.fill(7);
    from.alpha.fill(0.9);
    from.beta.fill(1.4);
    rollout.forward(trajectories(1, 3));
    expect(pullback(uBar)).toEqual(first);
  });

  it('have the tangents of the textbook', () => {
    const options = resolved({ kernel, horizon: 10 });
    const [from, along] = [trajectories(3, 1), trajectories(3, 2)];
    const { u, uDot } = kuramotoSivashinskyRollout(options).jvp(from, along);
    const direct = kuramotoSivashinskyDirect(options);
    for (let b = 0; b < 3; b++) {
      const at = ({ u, alpha, beta }: Trajectories) => ({ alpha: alpha[b]!, beta: beta[b]!, u: row(u, b) });
      const expected = direct(at(from), at(along));
      expectNear(row(u, b), expected.u, 1e-12 * largest(u));
      expectNear(row(uDot, b), expected.uDot, 1e-11 * largest(uDot));
    }
  });
});

describe('roll-outs over long horizons', () => {
  it('keep to the memory that is stated: tape, one step, and a state for each checkpoint', () => {
    const options = resolved({ horizon: 2500, tapeBytes: 2 ** 20 });
    const rollout = kuramotoSivashinskyRollout(options);
    const whole = rollout.bytesPerTrajectory * rollout.lanes;
    const segments = Math.ceil(whole / 2 ** 20) + 1;
    const stated = 2 ** 20 + whole / options.steps + segments * 16 * options.points;
    const before = process.memoryUsage().external;
    rollout.vjp(trajectories(1, 1)).pullback(trajectories(1, 2).u);
    // A page of WebAssembly memory has 64 KiB; Node's own buffers take up to another MiB meanwhile.
    expect(process.memoryUsage().external - before).toBeLessThan(stated + 2 ** 20 + 2 ** 16);
    expect(whole).toBeGreaterThan(20 * stated);
  });
});

describe('roll-outs whose checkpoints would fill the memory', () => {
  it('are refused before they run', () => {
    const options = resolved({ length: 100, points: 4096, horizon: 200_000, tapeBytes: 2 ** 20 });
    expect(() => kuramotoSivashinskyRollout(options)).toThrow(/checkpoints/);
  });
});

describe('roll-outs that overflow', () => {
  it('are not finite, throw nothing, and leave the other rows alone', () => {
    const rollout = kuramotoSivashinskyRollout(resolved());
    const from = trajectories(4, 1);
    const alone = rollout.vjp(from);
    const uBar = trajectories(4, 2).u;
    const healthy = alone.pullback(uBar);
    const spoilt = { ...from, u: { ...from.u, data: from.u.data.slice() } };
    row(spoilt.u, 1).fill(1e300);
    row(spoilt.u, 2)[0] = Number.NaN;
    const { u, pullback } = rollout.vjp(spoilt);
    const bar = pullback(uBar);
    for (const b of [0, 3]) {
      expect(row(u, b)).toEqual(row(alone.u, b));
      expect(row(bar.u, b)).toEqual(row(healthy.u, b));
      expect([bar.alpha[b], bar.beta[b]]).toEqual([healthy.alpha[b], healthy.beta[b]]);
    }
    for (const b of [1, 2]) expect(row(u, b).every(Number.isFinite)).toBe(false);
  });
});

describe('roll-outs in single precision', () => {
  it('agree with double precision to single precision over a short time', () => {
    const from = trajectories(5, 1);
    const uBar = trajectories(5, 2).u;
    const [single, double] = (['float32', 'float64'] as const).map((precision) => {
      const { u, pullback } = kuramotoSivashinskyRollout(resolved({ precision })).vjp(from);
      return { u, bar: pullback(uBar) };
    });
    expectNear(single!.u.data, double!.u.data, 1e-4);
    expectNear(single!.bar.u.data, double!.bar.u.data, 1e-4 * largest(double!.bar.u));
    expect(single!.u.data).not.toEqual(double!.u.data);
  });
});
