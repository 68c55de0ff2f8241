import { InverseClaimsError, requireNumber } from '../core/errors.ts';
import { type Random, stream } from '../core/random.ts';
import type { Method, Settings, Solver } from '../core/solver.ts';
import { perRow } from './per-row.ts';
import { restarts } from './restarts.ts';

export interface MultiStartOptions {
  /** Evaluations each row may spend over all its starts, >= 1; never exceeded. */
  readonly evaluationsPerRow: number;
  /** A fresh start (n) for a row, from the prior: the only thing the solver knows about the problem. */
  readonly sampleStart: (random: Random, row: number) => Float64Array;
  /** Stops a row as soon as it was told a loss at or below this. */
  readonly target?: number;
  /** Name in reports; default `'multi-start'`. */
  readonly name?: string;
  /** Settings of the inner method, reported with the ones above. */
  readonly settings?: Settings;
}

/**
 * Runs a method from one start after the other until the row's evaluations are spent; the first start is the
 * task's, the others are drawn from `stream(seed, 'multi-start', row)`. The answer is the best point seen.
 *
 * @param inner  must ask for at least one point per start; throws `solver-protocol` otherwise
 * @example
 * import { bfgsMethod } from './bfgs.ts';
 * const sampleStart = (random: Random) => Float64Array.of(random.between(32, 96));
 * multiStart(bfgsMethod(), { evaluationsPerRow: 180, sampleStart }).settings.evaluationsPerRow; // => 180
 */
export function multiStart(inner: Method, options: MultiStartOptions): Solver {
  const { evaluationsPerRow, sampleStart, target, name = 'multi-start', settings = {} } = options;
  requireNumber('multiStart: "evaluationsPerRow"', evaluationsPerRow, { minimum: 1, integer: true });
  if (target !== undefined) requireNumber('multiStart: "target"', target);
  const own = target === undefined ? { evaluationsPerRow } : { evaluationsPerRow, target };
  const budget = { evaluations: evaluationsPerRow, target: target ?? Number.NEGATIVE_INFINITY };
  return perRow(name, { ...settings, ...own }, (row, seed) => (start, observe) => {
    const random = stream(seed, 'multi-start', row);
    return restarts(inner, start, budget, () => requireStart(sampleStart(random, row), start.length), observe);
  });
}

function requireStart(start: Float64Array, dimension: number): Float64Array {
  if (start.length === dimension && start.every(Number.isFinite)) return start;
  throw new InverseClaimsError('shape-mismatch', {
    where: 'multiStart: "sampleStart"',
    expected: `${dimension} finite numbers`,
    received: `[${Array.from(start.slice(0, 8)).join(', ')}]`,
  });
}
