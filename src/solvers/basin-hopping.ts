import { InverseClaimsError, requireNumber } from '../core/errors.ts';
import { stream } from '../core/random.ts';
import type { Method, Settings, Solver } from '../core/solver.ts';
import { perRow } from './per-row.ts';
import { type Descended, restarts } from './restarts.ts';

export interface BasinHoppingOptions {
  /** Evaluations each row may spend over all its descents, >= 1; never exceeded. */
  readonly evaluationsPerRow: number;
  /** Greatest displacement of a coordinate per hop, in the units of x: one number, or one per unknown; > 0. */
  readonly stepSize: number | readonly number[];
  /** In the units of the loss, >= 0; a hop uphill by Δ is kept with probability exp(−Δ / temperature). */
  readonly temperature: number;
  /** Stops a row as soon as it was told a loss at or below this. */
  readonly target?: number;
  /** Name in reports; default `'basin-hopping'`. */
  readonly name?: string;
  /** Settings of the inner method, reported with the ones above. */
  readonly settings?: Settings;
}

/**
 * Basin hopping: descends, displaces the minimum at random, descends again, and keeps the new minimum by Metropolis's
 * rule, until the row's evaluations are spent. The answer is the best point seen.
 *
 * Hops are drawn uniformly from the box of half-widths `stepSize`, from `stream(seed, 'basin-hopping', row)`.
 * Wales & Doye, J. Phys. Chem. A 101 (1997) 5111. Throws `out-of-range`, `not-finite` or, when a row starts,
 * `shape-mismatch` where step sizes do not fit the unknowns.
 *
 * @param inner  must ask for at least one point per start; throws `solver-protocol` otherwise
 * @example
 * import { bfgsMethod } from './bfgs.ts';
 * basinHopping(bfgsMethod(), { evaluationsPerRow: 100, stepSize: 8, temperature: 1 }).name; // => 'basin-hopping'
 */
export function basinHopping(inner: Method, options: BasinHoppingOptions): Solver {
  const { evaluationsPerRow, stepSize, temperature, target, name = 'basin-hopping', settings = {} } = options;
  requireNumber('basinHopping: "evaluationsPerRow"', evaluationsPerRow, { minimum: 1, integer: true });
  if (target !== undefined) requireNumber('basinHopping: "target"', target);
  requireNumber('basinHopping: "temperature"', temperature, { minimum: 0 });
  for (const size of [stepSize].flat()) requireNumber('basinHopping: "stepSize"', size, { above: 0 });
  const listed = typeof stepSize === 'number' ? stepSize : stepSize.join(', ');
  const own = { evaluationsPerRow, stepSize: listed, temperature, ...(target === undefined ? {} : { target }) };
  const budget = { evaluations: evaluationsPerRow, target: target ?? Number.NEGATIVE_INFINITY };
  return perRow(name, { ...settings, ...own }, (row, seed) => (start, observe) => {
    const random = stream(seed, 'basin-hopping', row);
    const sizes = sizesOf(stepSize, start.length);
    let home: Descended = { x: start, value: Number.POSITIVE_INFINITY };
    const hop = (ended: Descended): Float64Array => {
      // Drawn whether needed or not, so that later hops do not depend on the outcome of this one.
      const uphill = Math.exp((home.value - ended.value) / temperature);
      if (random.between(0, 1) < uphill || ended.value <= home.value) home = ended;
      return home.x.map((value, i) => value + random.between(-sizes[i]!, sizes[i]!));
    };
    return restarts(inner, start, budget, hop, observe);
  });
}

function sizesOf(stepSize: number | readonly number[], dimension: number): readonly number[] {
  const sizes = typeof stepSize === 'number' ? new Array<number>(dimension).fill(stepSize) : stepSize;
  if (sizes.length === dimension) return sizes;
  throw new InverseClaimsError('shape-mismatch', {
    where: 'basinHopping: "stepSize"',
    expected: `one number, or ${dimension}: one per unknown`,
    received: `${sizes.length} numbers`,
  });
}
