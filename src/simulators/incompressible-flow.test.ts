import { describe, expect, it } from 'vitest';
import { batchOfRows } from '../core/batch.ts';
import { stream } from '../core/random.ts';
import { directFlowTables, fieldsOf, quarters } from '../kernels/flow-direct-scheme.ts';
import { planeFourierPlan, transformPlane } from '../kernels/plane-fourier.ts';
import { flowPrior, flowProblem } from './flow-problem.ts';
import { gridOf, periodicBump, VORTEX_RADIUS } from './flow-vorticity.ts';
import { incompressibleFlow } from './incompressible-flow.ts';

const random = stream(3, 'flow-test');
const noise = (count: number) => Float64Array.from({ length: count }, () => random.normal());
const marker = (points: number) =>
  Float64Array.from({ length: points * points }, (_, i) => Math.cos((2 * Math.PI * (i % points)) / points));
const largest = (values: Float64Array) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

describe('transformPlane', () => {
  it.each([4, 8, 16])('is the defining sum on a square of %d points a side', (points) => {
    const [re, im] = [noise(points * points), noise(points * points)];
    const [x, y] = [re.slice(), im.slice()];
    transformPlane(planeFourierPlan(points), x, y, -1);
    for (const k of [0, 1, points + 2, points * points - 1]) {
      let [sumRe, sumIm] = [0, 0];
      for (let i = 0; i < re.length; i++) {
        const [a, b] = [(k % points) * (i % points), Math.floor(k / points) * Math.floor(i / points)];
        const phase = (-2 * Math.PI * (a + b)) / points;
        sumRe += re[i]! * Math.cos(phase) - im[i]! * Math.sin(phase);
        sumIm += re[i]! * Math.sin(phase) + im[i]! * Math.cos(phase);
      }
      expect(x[k]).toBeCloseTo(sumRe, 9);
      expect(y[k]).toBeCloseTo(sumIm, 9);
    }
    transformPlane(planeFourierPlan(points), x, y, 1);
    expect(largest(x.map((value, i) => value / re.length - re[i]!))).toBeLessThan(1e-12);
  });
});

describe('incompressibleFlow', () => {
  it('has a velocity without divergence, whose curl is the vorticity', () => {
    const points = 16;
    const size = points * points;
    const tables = directFlowTables({ points, viscosity: 0.01, diffusivity: 0.01, step: 0.1 });
    const state = new Float64Array(4 * size);
    const [wRe, wIm] = quarters(state, size);
    wRe.set(noise(size));
    transformPlane(tables.fourier, wRe, wIm, -1);
    for (let i = 0; i < 4 * size; i++) state[i]! *= tables.kept[i % size]!;
    wRe[0] = 0;
    const [u, v] = quarters(fieldsOf(tables, state), size);
    const spectrum = (values: Float64Array) => {
      const [re, im] = [values.slice(), new Float64Array(size)];
      transformPlane(tables.fourier, re, im, -1);
      return { re, im };
    };
    const [uHat, vHat] = [spectrum(u), spectrum(v)];
    for (let i = 0; i < size; i++) {
      const [kx, ky] = [tables.kx[i]!, tables.ky[i]!];
      expect(Math.abs(kx * uHat.re[i]! + ky * vHat.re[i]!)).toBeLessThan(1e-11);
      // i kx v̂ − i ky û = ω̂.
      expect(-kx * vHat.im[i]! + ky * uHat.im[i]!).toBeCloseTo(wRe[i]!, 10);
    }
  });

  it('converges with the fourth power of the step', () => {
    const at = (step: number) =>
      incompressibleFlow({ unknowns: 'two-vortices', points: 32, horizon: 0.8, step, viscosity: 0.02 })
        .trajectory([-0.5, 0, 6, 0.7, 0.2, -5], marker(32))
        .at(-1)!.marker;
    const best = at(0.0125);
    const error = (step: number) => largest(at(step).map((value, i) => value - best[i]!));
    const ratio = error(0.1) / error(0.05);
    expect(ratio).toBeGreaterThan(12);
    expect(ratio).toBeLessThan(20);
  });

  it('spreads a weak vortex like heat: Lamb and Oseen', () => {
    const [viscosity, horizon, strength, points] = [0.1, 2, 1e-6, 32];
    const flow = incompressibleFlow({ unknowns: 'vortex', points, viscosity, horizon });
    const found = flow.trajectory([0.2, -0.1, strength], marker(points)).at(-1)!.vorticity;
    const spread = Math.sqrt(VORTEX_RADIUS ** 2 + 2 * viscosity * horizon);
    const grid = gridOf(points);
    const [x, y] = [periodicBump(grid, 0.2, spread).value, periodicBump(grid, -0.1, spread).value];
    const shape = found.map(
      (_, i) => strength * (VORTEX_RADIUS / spread) ** 2 * y[Math.floor(i / points)]! * x[i % points]!,
    );
    const mean = shape.reduce((sum, value) => sum + value, 0) / shape.length;
    // Of the infinitely many images three in a row are summed: the next ones are exp(−(3π)²/2σ²) = 1e-30 away.
    expect(largest(found.map((value, i) => value - shape[i]! + mean)) / strength).toBeLessThan(1e-6);
  });

  it('turns a strong vortex about itself: it stays almost round, and spreads as a weak one', () => {
    const options = { unknowns: 'vortex', points: 32, viscosity: 0.05, horizon: 2 } as const;
    const at = (strength: number) =>
      incompressibleFlow(options).trajectory([0, 0, strength], marker(32)).at(-1)!.vorticity;
    const [strong, weak] = [at(6), at(1e-6)];
    expect(largest(strong.map((value, i) => value / 6 - weak[i]! / 1e-6))).toBeLessThan(0.01);
  });

  it('keeps rows apart, one that overflows too', () => {
    const flow = incompressibleFlow({ unknowns: 'vortex', points: 16, horizon: 0.5 });
    const gamma = batchOfRows([marker(16), marker(16)]);
    const both = flow.forward(
      batchOfRows([
        [0, 0, 1e200],
        [0.3, 0.1, 4],
      ]),
      gamma,
    );
    const alone = flow.forward(batchOfRows([[0.3, 0.1, 4]]), batchOfRows([marker(16)]));
    expect(both.data.slice(256)).toEqual(alone.data);
    expect(both.data.slice(0, 256).some(Number.isFinite)).toBe(false);
  });

  it('takes coarse grids as far as they resolve the flow', () => {
    expect(incompressibleFlow({ unknowns: 'vortex', points: 16, horizon: 1, viscosity: 0 }).options.steps).toBe(10);
    const damped = { unknowns: 'vortex', points: 16, viscosity: 0.02, diffusivity: 0.03 } as const;
    expect(incompressibleFlow(damped).options.steps).toBe(30);
  });

  it.each([
    [{ points: 24 }, 'a power of two'],
    [{ points: 8 }, '"points"'],
    [{ viscosity: -1 }, '"viscosity"'],
    [{ diffusivity: Number.NaN }, '"diffusivity"'],
    [{ step: 0.5 }, '"step"'],
    [{ points: 64, step: 0.1 }, /"step": expected at most 1.05\/21 = 0.050/],
    [{ points: 16, viscosity: 0.05 }, /"diffusivity": expected at least 0.020 beyond time 1.0: shear draws layers/],
    [{ viscosity: 0.001 }, /"viscosity": expected at least 0.0050 beyond time 2.0/],
    [{ kernel: 'fast' as never }, '"kernel"'],
    [{ tapeBytes: 10 }, '"tapeBytes"'],
    [{ horizont: 3 } as object, 'received horizont'],
    [{ horizon: 0.35 }, 'whole number of steps'],
    [{ modes: 40 }, '"modes"'],
    [{ unknowns: 'three' as never }, 'two-vortices'],
  ])('refuses %o', (wrong, message) => {
    expect(() => incompressibleFlow({ unknowns: 'vortex', ...wrong })).toThrow(message);
  });

  it('refuses other shapes', () => {
    const flow = incompressibleFlow({ unknowns: 'vortex', points: 16, horizon: 0.5 });
    const gamma = batchOfRows([marker(16)]);
    expect(() => flow.forward(batchOfRows([[1, 2]]), gamma)).toThrow('"x"');
    expect(() => flow.vjp(batchOfRows([[1, 2, 3]]), batchOfRows([[1]]))).toThrow('"identifiers"');
    expect(() => flow.vjp(batchOfRows([[1, 2, 3]]), gamma).pullback(batchOfRows([[1]]))).toThrow('"yBar"');
  });
});

describe('flowProblem', () => {
  it.each(['vortex', 'two-vortices', 'modes'] as const)(
    '%s: draws in pieces what it draws at once, with loss 0 at the truth',
    (unknowns) => {
      const problem = flowProblem({ unknowns, points: 16, horizon: 0.3, modes: 1 });
      const { task, reference } = problem.draw(3, 5);
      const later = problem.draw(1, 5, 2);
      expect(later.reference.truth.data).toEqual(reference.truth.data.slice(2 * reference.truth.cols));
      expect(later.task.observed.data).toEqual(task.observed.data.slice(2 * 256));
      const y = problem.simulator.forward(reference.truth, task.identifiers);
      expect([...problem.misfit.evaluate(y, task.observed).value]).toEqual([0, 0, 0]);
      const mean = task.identifiers.data.slice(0, 256).reduce((sum, value) => sum + value, 0);
      expect(Math.abs(mean)).toBeLessThan(1e-12);
    },
  );

  it('has as many unknowns as its prior says', () => {
    expect(flowPrior({ unknowns: 'modes' })).toHaveLength(24);
    expect(flowPrior({ unknowns: 'modes', modes: 3 })).toHaveLength(48);
    expect(flowPrior({ unknowns: 'two-vortices' })).toHaveLength(6);
  });
});
