import { type Batch, batch, row, rowRange } from '../src/core/batch.ts';
import { width } from '../src/core/problem.ts';
import { type Law, law } from './law.ts';
import { firstInRows, type SimulatorCase, type SimulatorLaw, showCase } from './simulator-case.ts';

/** A row as often as there are columns of an identity, and that identity. */
function repeated(source: Batch, times: number): Batch {
  const result = batch(times, source.cols);
  for (let i = 0; i < times; i++) row(result, i).set(source.data);
  return result;
}

function identity(size: number): Batch {
  const result = batch(size, size);
  for (let i = 0; i < size; i++) result.data[i * size + i] = 1;
  return result;
}

/** Rows of Jᵀ by tangents, (n, m), and of J by cotangents, (m, n), at row b. */
function jacobians({ simulator, x, identifiers }: SimulatorCase, b: number) {
  const [point, known] = [rowRange(x, b, 1), rowRange(identifiers, b, 1)];
  const outputs = width(simulator.output);
  const columns = simulator.jvp(repeated(point, x.cols), repeated(known, x.cols), identity(x.cols));
  const rows = simulator.vjp(repeated(point, outputs), repeated(known, outputs)).pullback(identity(outputs));
  return { columns, rows };
}

/** The whole Jacobian by forward and by reverse mode, entry by entry, to `tolerance` of its largest entry. */
export function forwardEqualsReverseLaw<Subject>(
  options: SimulatorLaw<Subject> & { readonly tolerance: number },
): Law<Subject> {
  return law({
    ...options,
    show: showCase,
    violation: (of: SimulatorCase) =>
      firstInRows(of.x.rows, (b) => {
        const { columns, rows } = jacobians(of, b);
        const largest = columns.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
        for (let j = 0; j < columns.rows; j++) {
          for (let i = 0; i < rows.rows; i++) {
            const [forward, reverse] = [row(columns, j)[i]!, row(rows, i)[j]!];
            if (!(Math.abs(forward - reverse) <= options.tolerance * largest)) {
              return `∂y_${i}/∂x_${j} is ${forward} forward and ${reverse} in reverse, the largest entry being ${largest}`;
            }
          }
        }
        return undefined;
      }),
  });
}
