import { InverseClaimsError, requireNumber } from '../core/errors.ts';
import { type Random, stream } from '../core/random.ts';
import type { Method, MethodAnswer, MethodAsk, MethodTell, Settings, Solver } from '../core/solver.ts';
import { perRow } from './per-row.ts';

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
  const { evaluationsPerRow, target, name = 'multi-start', settings = {} } = options;
  requireNumber('multiStart: "evaluationsPerRow"', evaluationsPerRow, { minimum: 1, integer: true });
  const own = target === undefined ? { evaluationsPerRow } : { evaluationsPerRow, target };
  return perRow(name, { ...settings, ...own }, (row, seed) => (start) => search(inner, start, row, seed, options));
}

function* search(
  inner: Method,
  firstStart: Float64Array,
  row: number,
  seed: number,
  { evaluationsPerRow, sampleStart, target = Number.NEGATIVE_INFINITY }: MultiStartOptions,
): Generator<MethodAsk, MethodAnswer, MethodTell> {
  const random = stream(seed, 'multi-start', row);
  let best = firstStart;
  let bestValue = Number.POSITIVE_INFINITY;
  let start = firstStart;
  for (let evaluations = 0; ; ) {
    const steps = inner(start);
    let next = steps.next();
    requireAsked(next);
    while (!next.done) {
      if (evaluations === evaluationsPerRow) {
        steps.return({ x: best, stop: { kind: 'budget-spent' } });
        return { x: best, stop: { kind: 'budget-spent' } };
      }
      const { x } = next.value;
      const told = yield next.value;
      evaluations += 1;
      if (told.value < bestValue) {
        bestValue = told.value;
        best = x.slice();
      }
      if (bestValue <= target) return { x: best, stop: { kind: 'target-reached', value: bestValue } };
      next = steps.next(told);
    }
    if (evaluations === evaluationsPerRow) return { x: best, stop: { kind: 'budget-spent' } };
    start = requireStart(sampleStart(random, row), firstStart.length);
  }
}

function requireAsked(first: IteratorResult<MethodAsk, MethodAnswer>): void {
  if (!first.done) return;
  throw new InverseClaimsError('solver-protocol', {
    where: 'multiStart: "inner"',
    expected: 'a method that asks for at least one point per start',
    received: `an answer at once (${first.value.stop.kind})`,
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
