import { type Batch, batch, requireShape } from '../core/batch.ts';
import { InverseClaimsError } from '../core/errors.ts';
import { type InverseProblem, type Simulator, type SimulatorLike, width } from '../core/problem.ts';
import { childSeed } from '../core/random.ts';

/** An inverse problem whose simulator needs no forward-mode derivative. */
export type DiagnosedProblem = Omit<InverseProblem, 'simulator'> & { readonly simulator: SimulatorLike };

/** Instances whose hidden solutions give the unit of every unknown. */
const FOR_UNITS = 256;

/** Location and unit of every unknown. */
export interface Units {
  /** (n) */
  readonly center: readonly number[];
  /** (n), > 0 */
  readonly scale: readonly number[];
}

/**
 * Mean and standard deviation of the hidden solutions over 256 instances. An unknown that is the same in all of them has as
 * its unit the root mean square of its distance to the start, or 1 where that is 0 as well.
 *
 * Throws `shape-mismatch` or `not-finite` where instances do not fit the simulator.
 */
export function unitsOf(problem: DiagnosedProblem, seed: number): Units {
  const { task, reference } = problem.draw(FOR_UNITS, childSeed(seed, 'diagnosis/units'));
  const { truth } = reference;
  requireInstances(problem, truth, task.start);
  const columns = Array.from({ length: truth.cols }, (_, j) => column(truth, j));
  const center = columns.map((values) => mean(values));
  const scale = columns.map((values, j) => {
    const spread = rootMeanSquare(values.map((value) => value - (center[j] as number)));
    // A constant has a mean that is rounded.
    if (spread > 1e-12 * Math.abs(center[j] as number)) return spread;
    const starts = column(task.start, j);
    const distance = rootMeanSquare(values.map((value, b) => value - (starts[b] as number)));
    return distance > 0 ? distance : 1;
  });
  return { center, scale };
}

/**
 * The problem in units of its unknowns: x = center + scale ∘ z, so that directions and distances mean something and no
 * solver is hampered by units. Observations, identifiers and losses stay as they are.
 */
export function standardized(problem: DiagnosedProblem, { center, scale }: Units): InverseProblem {
  const { simulator } = problem;
  const mapped = (from: Batch, to: (value: number, j: number) => number): Batch =>
    batch(
      from.rows,
      from.cols,
      from.data.map((value, i) => to(value, i % from.cols)),
    );
  const outer = (z: Batch): Batch => mapped(z, (value, j) => (center[j] as number) + (scale[j] as number) * value);
  const inner = (x: Batch): Batch => mapped(x, (value, j) => (value - (center[j] as number)) / (scale[j] as number));
  const stretched = (bar: Batch): Batch => mapped(bar, (value, j) => (scale[j] as number) * value);
  const { jvp } = simulator;
  return {
    ...problem,
    simulator: {
      ...simulator,
      forward: (z, gamma) => simulator.forward(outer(z), gamma),
      vjp: (z, gamma) => {
        const taped = simulator.vjp(outer(z), gamma);
        return { y: taped.y, pullback: (yBar) => stretched(taped.pullback(yBar)) };
      },
      ...(jvp === undefined ? {} : { jvp: (z, gamma, zDot) => jvp(outer(z), gamma, stretched(zDot)) }),
    } as Simulator,
    draw: (count, seed, first) => {
      const { task, reference } = problem.draw(count, seed, first);
      return {
        task: { ...task, start: inner(task.start) },
        reference: { ...reference, truth: inner(reference.truth) },
      };
    },
  };
}

function requireInstances({ id, simulator }: DiagnosedProblem, truth: Batch, start: Batch): void {
  for (const [name, given] of Object.entries({ truth, start })) {
    const where = `diagnoseProblem: "${name}" of problem "${id}"`;
    requireShape(where, given, FOR_UNITS, width(simulator.input));
    const bad = given.data.findIndex((value) => !Number.isFinite(value));
    if (bad < 0) continue;
    throw new InverseClaimsError('not-finite', {
      where,
      expected: 'finite numbers',
      received: `${given.data[bad]} in instance ${Math.floor(bad / given.cols)}`,
    });
  }
}

const column = ({ rows, cols, data }: Batch, j: number): readonly number[] =>
  Array.from({ length: rows }, (_, b) => data[b * cols + j] as number);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const rootMeanSquare = (values: readonly number[]): number => Math.sqrt(mean(values.map((value) => value * value)));
