import { type Batch, batch, row } from '../core/batch.ts';
import { requireNumber } from '../core/errors.ts';
import { type Prior, samplePriorRows } from '../core/prior.ts';
import type { InverseProblem } from '../core/problem.ts';
import { type Random, stream } from '../core/random.ts';
import { type FlowOptions, type ResolvedFlow, requireFlow } from './flow-options.ts';
import { gridOf, periodicBump } from './flow-vorticity.ts';
import { type FlowSimulator, incompressibleFlow } from './incompressible-flow.ts';
import { meanSquaredError } from './mean-squared-error.ts';

/** Radius of the blobs of a marker. */
const BLOB_RADIUS = 0.6;
const BLOBS = 2;

const uniform = (name: string, low: number, high: number) =>
  ({ name, unit: '1', distribution: { kind: 'uniform', low, high } }) as const;

/**
 * Where hidden solutions come from: centers in [−2.5, 2.5]² and strengths in [−8, 8] of vortices; normal coefficients of
 * waves with standard deviation 1. A start at their middle knows neither place nor sense of rotation.
 *
 * @example
 * flowPrior({ unknowns: 'vortex' }).map(({ name }) => name); // => ['x', 'y', 'Γ']
 */
export function flowPrior(options: FlowOptions): Prior {
  const { unknowns, modes } = requireFlow('flowPrior', options);
  if (unknowns === 'modes') {
    const count = (2 * modes + 1) ** 2 - 1;
    const distribution = { kind: 'normal', mean: 0, sd: 1 } as const;
    return Array.from({ length: count }, (_, k) => ({ name: `mode ${k}`, unit: '1', distribution }));
  }
  const vortex = (suffix: string): Prior => [
    uniform(`x${suffix}`, -2.5, 2.5),
    uniform(`y${suffix}`, -2.5, 2.5),
    uniform(`Γ${suffix}`, -8, 8),
  ];
  return unknowns === 'vortex' ? vortex('') : [...vortex('1'), ...vortex('2')];
}

/**
 * Find the initial vorticity from the marker before and after: y* = m(T; x*, m₀), loss the mean of (m(T) − y*)², global minimum 0.
 *
 * m₀ is the sum of two blobs of radius 0.6 at random places, its mean removed. Starts are (0, 0, 2) for a vortex, (−1, 0, 2) and
 * (1, 0, −2) for two, and small waves for modes, since at rest the gradient in places is 0. Our choices.
 *
 * Instance i of a seed takes its numbers from its own streams (seed, 'flow/…', i).
 *
 * @example
 * const { task, reference } = flowProblem({ unknowns: 'vortex', points: 16, horizon: 0.5 }).draw(2, 1);
 * [task.start.data, task.identifiers.cols, reference.globalLoss]; // => [Float64Array [0, 0, 2, 0, 0, 2], 256, Float64Array [0, 0]]
 */
export function flowProblem(options: FlowOptions): InverseProblem & { readonly simulator: FlowSimulator } {
  const simulator = incompressibleFlow(options);
  const prior = flowPrior(options);
  const id = `flow.${options.unknowns}`;
  return Object.freeze({
    id,
    simulator,
    misfit: meanSquaredError,
    draw: (count: number, seed: number, first = 0) => {
      requireNumber('flowProblem.draw: "count"', count, { minimum: 0, integer: true });
      requireNumber('flowProblem.draw: "first"', first, { minimum: 0, integer: true });
      const streams = (purpose: string): readonly Random[] =>
        Array.from({ length: count }, (_, i) => stream(seed, `flow/${purpose}`, first + i));
      const truth = samplePriorRows(prior, streams('truth'));
      const identifiers = markersOf(simulator.options, streams('marker'));
      const start = starts(simulator.options, streams('start'), prior.length);
      const observed = simulator.forward(truth, identifiers);
      return {
        task: { problem: id, start, observed, identifiers },
        reference: { truth, globalLoss: new Float64Array(count) },
      };
    },
  });
}

function starts({ unknowns }: ResolvedFlow, randoms: readonly Random[], n: number): Batch {
  const start = batch(randoms.length, n);
  randoms.forEach((random, b) => {
    const own = row(start, b);
    if (unknowns === 'vortex') own.set([0, 0, 2]);
    else if (unknowns === 'two-vortices') own.set([-1, 0, 2, 1, 0, -2]);
    else for (let j = 0; j < n; j++) own[j] = 0.1 * random.normal();
  });
  return start;
}

function markersOf({ points }: ResolvedFlow, randoms: readonly Random[]): Batch {
  const grid = gridOf(points);
  const size = points * points;
  const markers = batch(randoms.length, size);
  randoms.forEach((random, b) => {
    const marker = row(markers, b);
    for (let k = 0; k < BLOBS; k++) {
      const across = periodicBump(grid, random.between(-Math.PI, Math.PI), BLOB_RADIUS).value;
      const up = periodicBump(grid, random.between(-Math.PI, Math.PI), BLOB_RADIUS).value;
      for (let i = 0; i < size; i++) marker[i]! += up[Math.floor(i / points)]! * across[i % points]!;
    }
    const mean = marker.reduce((sum, value) => sum + value, 0) / size;
    for (let i = 0; i < size; i++) marker[i]! -= mean;
  });
  return markers;
}
