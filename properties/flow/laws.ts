import { row } from '../../src/core/batch.ts';
import { type FlowSnapshot, incompressibleFlow } from '../../src/simulators/incompressible-flow.ts';
import { brokenFlows, type FlowFactory } from '../broken/flow.ts';
import { type Law, law } from '../law.ts';
import { firstInRows, showCase } from '../simulator-case.ts';
import { adjointLaw, jvpMatchesDifferencesLaw, taylorSlopeLaw } from '../simulator-laws.ts';
import { type FlowCase, flowCases, POINTS } from './cases.ts';

const common = {
  subject: incompressibleFlow as FlowFactory,
  arbitrary: (factory: FlowFactory) => flowCases(factory),
  show: showCase,
};

/** flow.adjoint-is-exact: ⟨ȳ, J ẋ⟩ = ⟨Jᵀ ȳ, ẋ⟩ for the discrete roll-out. */
export function flowAdjointIsExact(): Law<FlowFactory> {
  const twin = { what: 'a pullback that is 1e-4 too long', subject: brokenFlows['pullback-long'] };
  return adjointLaw({ ...common, cases: 60, twin, tolerance: 1e-10 });
}

/** flow.taylor-slope-is-two: what the pullback leaves of a change of the loss is of second order. */
export function flowTaylorSlopeIsTwo(): Law<FlowFactory> {
  const twin = { what: 'a pullback that is 1e-4 too long', subject: brokenFlows['pullback-long'] };
  return taylorSlopeLaw({ ...common, cases: 40, twin });
}

/** flow.jvp-is-the-derivative: forward mode agrees with differences. */
export function flowJvpIsTheDerivative(): Law<FlowFactory> {
  const twin = { what: 'a jvp that is 1e-4 too long', subject: brokenFlows['jvp-long'] };
  return jvpMatchesDifferencesLaw({ ...common, cases: 40, twin, tolerance: 1e-6 });
}

/** All snapshots of a row of a case, from other unknowns or another marker where they are given. */
function trajectoryOf(
  of: FlowCase,
  b: number,
  x = row(of.x, b),
  marker = row(of.identifiers, b),
): readonly FlowSnapshot[] {
  return of.simulator.trajectory(x, marker);
}

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const meanSquare = (values: Float64Array): number => mean(values.map((value) => value * value));
const largest = (values: Float64Array): number => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

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

/** Values at other points: entry i comes from point from(x, y). */
function moved(values: Float64Array, from: (x: number, y: number) => readonly [number, number]): Float64Array {
  const at = (k: number): number => ((k % POINTS) + POINTS) % POINTS;
  return values.map((_, i) => {
    const [x, y] = from(i % POINTS, Math.floor(i / POINTS));
    return values[at(y) * POINTS + at(x)]!;
  });
}

function different(found: Float64Array, expected: Float64Array): string | undefined {
  const size = 1 + largest(expected);
  const wrong = found.findIndex((value, i) => !(Math.abs(value - expected[i]!) <= 1e-10 * size));
  return wrong < 0 ? undefined : `${found[wrong]} at point ${wrong} instead of ${expected[wrong]}`;
}

/** flow.translation: vortices and marker moved by whole points give a result that is moved as much. */
export function flowTranslation(): Law<FlowFactory> {
  return law<FlowFactory, FlowCase>({
    ...common,
    cases: 40,
    arbitrary: (factory) => flowCases(factory, { unknowns: ['vortex'] }),
    twin: { what: 'a flow that knows where it is', subject: brokenFlows['knows-its-place'] },
    violation: (of) =>
      firstInRows(of.x.rows, (b) => {
        const [across, up] = [(of.salt % 3) + 1, of.salt % 5];
        const [x, y, strength] = row(of.x, b) as unknown as [number, number, number];
        const spacing = (2 * Math.PI) / POINTS;
        // Within a period: images further out are not summed.
        const wrapped = (value: number): number => value - 2 * Math.PI * Math.round(value / (2 * Math.PI));
        const there = Float64Array.of(wrapped(x + across * spacing), wrapped(y + up * spacing), strength);
        const shift = (values: Float64Array): Float64Array => moved(values, (i, j) => [i - across, j - up]);
        const here = trajectoryOf(of, b).at(-1)!.marker;
        const found = trajectoryOf(of, b, there, shift(row(of.identifiers, b))).at(-1)!.marker;
        return different(found, shift(here));
      }),
  });
}

/** flow.quarter-turn: everything turned by 90° gives a result that is turned as much. */
export function flowQuarterTurn(): Law<FlowFactory> {
  return law<FlowFactory, FlowCase>({
    ...common,
    cases: 40,
    arbitrary: (factory) => flowCases(factory, { unknowns: ['vortex'] }),
    twin: { what: 'a wind along x', subject: brokenFlows['wind-along-x'] },
    violation: (of) =>
      firstInRows(of.x.rows, (b) => {
        const [x, y, strength] = row(of.x, b) as unknown as [number, number, number];
        // (x, y) goes to (−y, x): the value at (X, Y) comes from (Y, −X), and −x_j is x_(N − j).
        const turn = (values: Float64Array): Float64Array => moved(values, (i, j) => [j, POINTS - i]);
        const here = trajectoryOf(of, b).at(-1)!.marker;
        const found = trajectoryOf(of, b, Float64Array.of(-y, x, strength), turn(row(of.identifiers, b))).at(
          -1,
        )!.marker;
        return different(found, turn(here));
      }),
  });
}

/** Every law of the flow, by its name. */
export const flowLaws = {
  'adjoint-is-exact': flowAdjointIsExact,
  'taylor-slope-is-two': flowTaylorSlopeIsTwo,
  'jvp-is-the-derivative': flowJvpIsTheDerivative,
  'marker-is-conserved': flowMarkerIsConserved,
  'single-shell-decays': flowSingleShellDecays,
  'energy-and-enstrophy': flowEnergyAndEnstrophy,
  translation: flowTranslation,
  'quarter-turn': flowQuarterTurn,
} as const;
