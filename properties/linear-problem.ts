import { type Batch, batch, batchOfRows, requireShape, row } from '../src/core/batch.ts';
import { requireNumber } from '../src/core/errors.ts';
import type { InverseProblem, Simulator } from '../src/core/problem.ts';
import { stream } from '../src/core/random.ts';
import { dot } from '../src/numerics/vector.ts';
import { halfSquaredError } from '../src/simulators/half-squared-error.ts';
import { rotation } from './solvers/problems.ts';

/** A linear inverse problem: y = A x with singular values from 1 down to 2^-logCondition. */
export interface LinearShape {
  /** n */
  readonly unknowns: number;
  /** m >= n */
  readonly outputs: number;
  readonly logCondition: number;
  /** Names the rotations; 0 gives a diagonal A. */
  readonly salt: number;
}

/**
 * The problem y = A x of a shape: A (m, n) = U Σ Vᵀ with orthogonal U and V, singular values 1 … 2^-logCondition, truths
 * standard normal, start 0, no noise, misfit half squared error. Its only minimum is the truth, with loss 0: what a
 * solver must find, as far as the condition lets it.
 *
 * @param shape  1 <= unknowns <= outputs; logCondition an integer from 0 to 40; others throw `out-of-range` or `not-finite`
 * @example
 * const { task, reference } = linearProblem({ unknowns: 2, outputs: 2, logCondition: 0, salt: 0 }).draw(1, 1);
 * task.observed.data[0] === reference.truth.data[0]; // => true
 */
export function linearProblem({ unknowns, outputs, logCondition, salt }: LinearShape): InverseProblem {
  requireNumber('linearProblem: "unknowns"', unknowns, { minimum: 1, integer: true });
  requireNumber('linearProblem: "outputs"', outputs, { minimum: unknowns, integer: true });
  requireNumber('linearProblem: "logCondition"', logCondition, { minimum: 0, maximum: 40, integer: true });
  const id = `linear.n${unknowns}-m${outputs}-condition${logCondition}-salt${salt}`;
  const simulator = linearSimulator(id, matrixOf({ unknowns, outputs, logCondition, salt }));
  return Object.freeze({
    id,
    simulator,
    misfit: halfSquaredError,
    draw: (count, seed, first = 0) => {
      const truth = batchOfRows(
        Array.from({ length: count }, (_, b) => {
          const random = stream(seed, `${id}/instance`, first + b);
          return Array.from({ length: unknowns }, () => random.normal());
        }),
        unknowns,
      );
      const identifiers = batch(count, 0);
      return {
        task: {
          problem: id,
          start: batch(count, unknowns),
          observed: simulator.forward(truth, identifiers),
          identifiers,
        },
        reference: { truth, globalLoss: new Float64Array(count) },
      };
    },
  } satisfies InverseProblem);
}

/** Rows of A = U Σ Vᵀ. */
function matrixOf({ unknowns, outputs, logCondition, salt }: LinearShape): readonly Float64Array[] {
  const u = rotation(outputs, salt);
  const v = rotation(unknowns, salt);
  const sigma = (k: number): number => 2 ** (-(logCondition * k) / Math.max(1, unknowns - 1));
  return Array.from({ length: outputs }, (_, i) =>
    Float64Array.from({ length: unknowns }, (_unused, j) => {
      let sum = 0;
      for (let k = 0; k < unknowns; k++) sum += u[k]![i]! * sigma(k) * v[k]![j]!;
      return sum;
    }),
  );
}

function linearSimulator(name: string, matrix: readonly Float64Array[]): Simulator {
  const unknowns = matrix[0]?.length ?? 0;
  const apply = (x: Batch): Batch =>
    batchOfRows(
      Array.from({ length: x.rows }, (_, b) => matrix.map((line) => dot(line, row(x, b)))),
      matrix.length,
    );
  const transposed = (yBar: Batch): Batch =>
    batchOfRows(
      Array.from({ length: yBar.rows }, (_, b) =>
        Float64Array.from({ length: unknowns }, (_unused, j) =>
          matrix.reduce((sum, line, i) => sum + line[j]! * row(yBar, b)[i]!, 0),
        ),
      ),
      unknowns,
    );
  const checked = (method: string, x: Batch, identifiers: Batch): Batch => {
    requireShape(`${name}.${method}: "x"`, x, undefined, unknowns);
    requireShape(`${name}.${method}: "identifiers"`, identifiers, x.rows, 0);
    return x;
  };
  return Object.freeze({
    name,
    input: [{ name: 'x', length: unknowns, unit: '1' }],
    identifiers: [],
    output: [{ name: 'y', length: matrix.length, unit: '1' }],
    forward: (x, identifiers) => apply(checked('forward', x, identifiers)),
    vjp: (x, identifiers) => ({
      y: apply(checked('vjp', x, identifiers)),
      pullback: (yBar) => {
        requireShape(`${name}.pullback: "yBar"`, yBar, x.rows, matrix.length);
        return transposed(yBar);
      },
    }),
    jvp: (x, identifiers, xDot) => {
      checked('jvp', x, identifiers);
      requireShape(`${name}.jvp: "xDot"`, xDot, x.rows, unknowns);
      return apply(xDot);
    },
  } satisfies Simulator);
}
