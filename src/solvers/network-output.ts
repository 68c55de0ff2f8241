import { type Batch, batch } from '../core/batch.ts';
import { InverseClaimsError } from '../core/errors.ts';
import type { Resolved } from './joint-network-options.ts';
import { largestOne, unitRows } from './unit-rows.ts';

/** x = offset + scale ∘ o and its transpose, plain or voting. */
export interface OutputMap {
  /** n, unknowns of an instance. */
  readonly cols: number;
  /** o (K, n) ↦ x (K, n). */
  apply(outputs: Batch): Batch;
  /** o̅ = factor · scale ∘ x̄: ∂(mean or sum of losses)/∂o of ∂L/∂x, (K, n). */
  pullback(xBar: Batch, factor: number): Batch;
  /**
   * The same with every instance normalized in o: factor · (scale ∘ x̄_i) / ‖scale ∘ x̄_i‖₂, and 0 where that vector is 0.
   * Neither large nor subnormal x̄ overflow or lose their direction.
   */
  votes(xBar: Batch, factor: number): Batch;
}

/** Throws `shape-mismatch` where offset or scale are neither a number nor one number per unknown. */
export function outputMap(solver: string, output: Resolved['output'], cols: number): OutputMap {
  const offset = perUnknown(`${solver}: "output.offset"`, output.offset, cols);
  const scale = perUnknown(`${solver}: "output.scale"`, output.scale, cols);
  const mapped = (source: Batch, value: (entry: number, column: number) => number): Batch =>
    batch(
      source.rows,
      cols,
      source.data.map((entry, i) => value(entry, i % cols)),
    );
  return {
    cols,
    apply: (outputs) => mapped(outputs, (entry, j) => offset[j]! + scale[j]! * entry),
    pullback: (xBar, factor) => mapped(xBar, (entry, j) => factor * scale[j]! * entry),
    votes: (xBar, factor) => {
      // A common factor per instance does not matter, and entries of at most 1 cannot overflow when scaled.
      const scaled = mapped(largestOne(xBar), (entry, j) => scale[j]! * entry);
      return mapped(unitRows(scaled), (entry) => factor * entry);
    },
  };
}

function perUnknown(where: string, given: number | ArrayLike<number>, cols: number): Float64Array {
  if (typeof given === 'number') return new Float64Array(cols).fill(given);
  if (given.length === cols) return Float64Array.from(given);
  throw new InverseClaimsError('shape-mismatch', {
    where,
    expected: `a number, or ${cols}: one per unknown`,
    received: `${given.length} numbers`,
  });
}
