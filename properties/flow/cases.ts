import fc from 'fast-check';
import { batch } from '../../src/core/batch.ts';
import { width } from '../../src/core/problem.ts';
import type { FlowOptions, FlowUnknowns } from '../../src/simulators/flow-options.ts';
import type { FlowSimulator } from '../../src/simulators/incompressible-flow.ts';
import { direction, dyadic } from '../arbitraries.ts';
import type { FlowFactory } from '../broken/flow.ts';
import type { SimulatorCase } from '../simulator-case.ts';

/** N of the grids that are drawn, where a law does not say otherwise. */
export const POINTS = 16;

export interface FlowCase extends SimulatorCase {
  readonly simulator: FlowSimulator;
  readonly factory: FlowFactory;
  readonly options: FlowOptions;
}

export interface FlowLimits {
  readonly unknowns?: readonly FlowUnknowns[];
  /** Steps of 0.1, from `shortest` (1 unless given) to `steps`. */
  readonly steps?: number;
  readonly shortest?: number;
  /** Most rows. */
  readonly rows?: number;
  /** Points on a side; `POINTS` unless given. */
  readonly points?: number;
  readonly viscosity?: fc.Arbitrary<number>;
}

/** Bounds of the unknowns: places in the domain, strengths and amplitudes for which steps of 0.1 resolve the flow. */
function unknownsArbitrary(unknowns: FlowUnknowns): fc.Arbitrary<readonly number[]> {
  const vortex = [dyadic(-3, 3, 8), dyadic(-3, 3, 8), dyadic(-6, 6, 4)];
  if (unknowns === 'vortex') return fc.tuple(...vortex);
  if (unknowns === 'two-vortices') return fc.tuple(...vortex, ...vortex);
  return fc.array(dyadic(-2, 2, 8), { minLength: 8, maxLength: 8 });
}

/** One or two rows of a flow; the marker is a random field of low modes, named by `salt`. */
export function flowCases(factory: FlowFactory, limits: FlowLimits = {}): fc.Arbitrary<FlowCase> {
  const { unknowns = ['vortex', 'two-vortices', 'modes'], steps = 4, viscosity = dyadic(0, 1, 32) } = limits;
  const { shortest = 1, rows: mostRows = 2, points = POINTS } = limits;
  return fc
    .record({
      unknowns: fc.constantFrom(...unknowns),
      steps: fc.integer({ min: shortest, max: steps }),
      viscosity,
      diffusivity: dyadic(0, 1, 32),
      salt: fc.nat(999),
    })
    .chain(({ steps: count, salt, ...rest }) => {
      const options: FlowOptions = { ...rest, points, step: 0.1, horizon: count / 10, modes: 1 };
      return fc
        .array(unknownsArbitrary(options.unknowns), { minLength: 1, maxLength: mostRows })
        .map((rows): FlowCase => {
          const simulator = factory(options);
          const x = batch(rows.length, width(simulator.input), Float64Array.from(rows.flat()));
          return {
            simulator,
            factory,
            options,
            x,
            identifiers: markers(rows.length, points, salt),
            salt,
            label: `${JSON.stringify(options)}, x = ${rows.map((each) => `[${each.join(', ')}]`).join(' ')}`,
          };
        });
    });
}

/** Σ of cos and sin with wave numbers up to 2: (B, N²). */
function markers(rows: number, points: number, salt: number) {
  const size = points * points;
  const result = batch(rows, size);
  const coefficients = direction(rows, 50, 'marker', salt);
  for (let b = 0; b < rows; b++) {
    for (let i = 0; i < size; i++) {
      const [x, y] = [(2 * Math.PI * (i % points)) / points, (2 * Math.PI * Math.floor(i / points)) / points];
      let sum = 0;
      for (let k = 0; k < 25; k++) {
        const phase = ((k % 5) - 2) * x + (Math.floor(k / 5) - 2) * y;
        sum +=
          coefficients.data[b * 50 + 2 * k]! * Math.cos(phase) +
          coefficients.data[b * 50 + 2 * k + 1]! * Math.sin(phase);
      }
      result.data[b * size + i] = sum;
    }
  }
  return result;
}
