import { row } from '../../src/core/batch.ts';
import { gridOf, periodicBump, VORTEX_RADIUS } from '../../src/simulators/flow-vorticity.ts';
import { brokenFlows, type FlowFactory } from '../broken/flow.ts';
import { type Law, law } from '../law.ts';
import { firstInRows } from '../simulator-case.ts';
import { type FlowCase, flowCases } from './cases.ts';
import { common, different, largest, trajectoryOf } from './trajectories.ts';

/**
 * flow.single-shell-decays-exactly: vorticity of waves of one length, Taylor-Green vortices among them, is carried nowhere by its
 * own flow and decays like exp(−ν k² T).
 * Taylor & Green, Proc. R. Soc. A 158 (1937) 499.
 */
export function flowSingleShellDecays(): Law<FlowFactory> {
  return law<FlowFactory, FlowCase>({
    ...common,
    cases: 60,
    arbitrary: (factory) => flowCases(factory, { unknowns: ['modes'], steps: 6 }),
    twin: { what: 'twice the viscosity', subject: brokenFlows['twice-as-viscous'] },
    violation: (of) =>
      firstInRows(of.x.rows, (b) => {
        // Waves in the order (1, 0), (−1, 1), (0, 1), (1, 1): those of length 1, or those of length √2.
        const short = of.salt % 2 === 0;
        const x = row(of.x, b).map((value, j) => ([0, 1, 4, 5].includes(j) === short ? value : 0));
        const all = trajectoryOf(of, b, x);
        const { viscosity = 0, horizon = 0 } = of.options;
        const factor = Math.exp(-viscosity * (short ? 1 : 2) * horizon);
        const expected = all[0]!.vorticity.map((value) => factor * value);
        const off = all
          .at(-1)!
          .vorticity.findIndex((value, i) => !(Math.abs(value - expected[i]!) <= 1e-11 * (1 + largest(expected))));
        return off < 0
          ? undefined
          : `vorticity ${all.at(-1)!.vorticity[off]} at point ${off} instead of ${expected[off]}`;
      }),
  });
}

/** Strength of a vortex that carries nothing, itself least of all: advection is of the order of its square. */
const WEAK = 2 ** -20;

/**
 * flow.weak-vortex-spreads-like-heat: a Gaussian vortex of variance r₀² becomes one of variance r₀² + 2νT, with the same circulation.
 * Lamb, "Hydrodynamics" (1932), art. 334a; Oseen, Ark. Mat. Astr. Fys. 7 (1911). Summed over nine images, its mean removed.
 */
export function flowWeakVortexSpreads(): Law<FlowFactory> {
  return law<FlowFactory, FlowCase>({
    ...common,
    cases: 40,
    arbitrary: (factory) => flowCases(factory, { unknowns: ['vortex'], steps: 8, points: 32 }),
    twin: { what: 'twice the viscosity', subject: brokenFlows['twice-as-viscous'] },
    violation: (of) =>
      firstInRows(of.x.rows, (b) => {
        const [x, y] = row(of.x, b) as unknown as [number, number];
        const { viscosity = 0, horizon = 0, points = 0 } = of.options;
        const spread = Math.sqrt(VORTEX_RADIUS ** 2 + 2 * viscosity * horizon);
        const [across, up] = [x, y].map((center) => periodicBump(gridOf(points), center, spread).value);
        const shape = Float64Array.from(
          { length: points * points },
          (_, i) => (VORTEX_RADIUS / spread) ** 2 * up![Math.floor(i / points)]! * across![i % points]!,
        );
        const mean = shape.reduce((sum, value) => sum + value, 0) / shape.length;
        const found = trajectoryOf(of, b, Float64Array.of(x, y, WEAK)).at(-1)!.vorticity;
        // What the grid cuts of a vortex of radius 0.5 is 3e-6 of its size; images beyond those summed are further than 2π + 3.
        return different(
          found.map((value) => value / WEAK),
          shape.map((value) => value - mean),
          2e-5,
        );
      }),
  });
}
