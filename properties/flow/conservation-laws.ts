import { brokenFlows, type FlowFactory } from '../broken/flow.ts';
import { type Law, law } from '../law.ts';
import { firstInRows } from '../simulator-case.ts';
import { type FlowCase, flowCases, POINTS } from './cases.ts';
import { common, different, largest, trajectoryOf } from './trajectories.ts';

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const meanSquare = (values: Float64Array): number => mean(values.map((value) => value * value));

/** flow.marker-is-conserved: the mean of the marker stays, whatever flows and diffuses. */
export function flowMarkerIsConserved(): Law<FlowFactory> {
  return law<FlowFactory, FlowCase>({
    ...common,
    cases: 60,
    twin: { what: 'a marker that leaks a millionth a step', subject: brokenFlows['marker-leaks'] },
    violation: (of) =>
      firstInRows(of.x.rows, (b) => {
        const all = trajectoryOf(of, b);
        const [first, last] = [all[0]!.marker, all.at(-1)!.marker];
        const [before, after] = [mean(first), mean(last)];
        return Math.abs(after - before) <= 1e-12 * (1 + largest(first)) ? undefined : `mean ${before} becomes ${after}`;
      }),
  });
}

/** flow.divergence-free: a uniform marker stays uniform, since −∇·(u m) = −m ∇·u there. */
export function flowDivergenceFree(): Law<FlowFactory> {
  return law<FlowFactory, FlowCase>({
    ...common,
    cases: 60,
    twin: { what: 'a marker that gathers where vorticity is', subject: brokenFlows['marker-gathers'] },
    violation: (of) =>
      firstInRows(of.x.rows, (b) => {
        const uniform = new Float64Array(POINTS * POINTS).fill(1 + of.salt);
        return different(trajectoryOf(of, b, undefined, uniform).at(-1)!.marker, uniform, 1e-12);
      }),
  });
}

/** Mean of |u|²/2, from the vorticity, by a plain sum over wave numbers: other code than that of the scheme. */
export function kineticEnergy(vorticity: Float64Array): number {
  let sum = 0;
  for (let kx = 0; kx < POINTS; kx++) {
    for (let ky = 0; ky < POINTS; ky++) {
      const [x, y] = [kx < POINTS / 2 ? kx : kx - POINTS, ky < POINTS / 2 ? ky : ky - POINTS];
      if (x === 0 && y === 0) continue;
      let [re, im] = [0, 0];
      for (let i = 0; i < vorticity.length; i++) {
        const phase = (2 * Math.PI * (kx * (i % POINTS) + ky * Math.floor(i / POINTS))) / POINTS;
        re += vorticity[i]! * Math.cos(phase);
        im -= vorticity[i]! * Math.sin(phase);
      }
      sum += (re * re + im * im) / (x * x + y * y);
    }
  }
  return sum / (2 * vorticity.length ** 2);
}

/**
 * flow.energy-and-enstrophy: without viscosity both are conserved as far as steps of 0.1 resolve the flow; with viscosity enstrophy never
 * grows, and energy falls by ν ∫⟨ω²⟩dt.
 */
export function flowEnergyAndEnstrophy(): Law<FlowFactory> {
  return law<FlowFactory, FlowCase>({
    ...common,
    cases: 40,
    arbitrary: (factory) => flowCases(factory, { unknowns: ['modes'] }),
    twin: { what: 'vorticity that grows by 1e-4 a step', subject: brokenFlows['vorticity-grows'] },
    violation: (of) =>
      firstInRows(of.x.rows, (b) => {
        const all = trajectoryOf(of, b).map(({ vorticity }) => vorticity);
        const { viscosity = 0, step = 0.1 } = of.options;
        const enstrophy = all.map(meanSquare);
        const tolerance = 1e-5 * (1e-6 + enstrophy[0]!);
        const grown = enstrophy.findIndex((value, k) => k > 0 && value > enstrophy[k - 1]! + tolerance);
        if (grown > 0) return `enstrophy grows from ${enstrophy[grown - 1]} to ${enstrophy[grown]}`;
        if (viscosity === 0 && enstrophy.at(-1)! < enstrophy[0]! - tolerance)
          return `enstrophy falls to ${enstrophy.at(-1)}`;
        const dissipated =
          viscosity * step * enstrophy.slice(1).reduce((sum, value, k) => sum + (value + enstrophy[k]!) / 2, 0);
        const lost = kineticEnergy(all[0]!) - kineticEnergy(all.at(-1)!);
        // The trapezoidal rule of the dissipation: second order in rates of ν k².
        const allowed = tolerance + 0.02 * dissipated;
        return Math.abs(lost - dissipated) <= allowed
          ? undefined
          : `energy falls by ${lost}, dissipation is ${dissipated}`;
      }),
  });
}
