import type { Facts } from '../core/claim.ts';
import { InverseClaimsError } from '../core/errors.ts';
import type { Run, RunRow } from '../core/solver.ts';
import { keptEvaluations } from '../solvers/row-accounts.ts';
import { evaluationsPerRow } from './run-comparison.ts';

/** Numbers of evaluations at which shares of solved problems are read: about four per octave, each exact in a trace. */
export const BUDGETS: readonly number[] = thinned(keptEvaluations(1024), 2 ** 0.25);

/** Ratios τ of performance profiles: powers of √2 up to 256. */
export const RATIOS: readonly number[] = Array.from({ length: 17 }, (_, k) => 2 ** (k / 2));

/** Evaluations that each method spent on each problem until it was solved; +∞ where it never was. */
export type Times = Readonly<Record<string, readonly number[]>>;

/** Those that grow by at least the factor, the first one included. */
function thinned(counts: readonly number[], factor: number): readonly number[] {
  const kept: number[] = [];
  for (const count of counts) if (count >= factor * (kept.at(-1) ?? 0)) kept.push(count);
  return kept;
}

/**
 * Evaluations until a row was told a loss at or below the target; +∞ where that never happened. Beyond 64 evaluations
 * traces are thinned: the next one that was kept counts, at most 20 % later.
 */
export function evaluationsToTarget({ trace }: RunRow, target: number): number {
  return trace.find(([, best]) => best <= target)?.[0] ?? Number.POSITIVE_INFINITY;
}

/** `evaluationsToTarget` of every row, with a target of its own each. */
export function timesOf({ rows }: Run, target: (row: number) => number): readonly number[] {
  return rows.map((row, b) => evaluationsToTarget(row, target(b)));
}

/**
 * Times of answers that are refined: a problem is solved where its answer is, else so many evaluations of the refinement
 * later. What comes before, a training for instance, is not counted.
 */
export function refinedTimes(answered: Run, refined: Run, target: (row: number) => number): readonly number[] {
  return answered.rows.map(({ loss }, b) =>
    loss <= target(b) ? 0 : evaluationsToTarget(refined.rows[b] as RunRow, target(b)),
  );
}

/** Name of the share of problems that a method solved within `BUDGETS[k − 1]` evaluations; k = 0 is before the first. */
export const solvedName = (method: string, k: number): string => `solved within budget ${k}: ${method}`;
/** Name of the share of problems on which a method needed at most `RATIOS[k]` times the evaluations of the best one. */
export const ratioName = (method: string, k: number): string => `within ratio ${k}: ${method}`;

/** The facts that `runtimeFacts` gives for these methods. */
export function runtimeNames(methods: readonly string[]): readonly string[] {
  return methods.flatMap((method) => [
    ...[0, ...BUDGETS].map((_, k) => solvedName(method, k)),
    ...RATIOS.map((_, k) => ratioName(method, k)),
  ]);
}

/**
 * The runtime distributions of methods on the problems of a trial, and their performance profiles (Dolan & Moré, Math.
 * Program. 91 (2002) 201, eq. 2.1): with t_s the evaluations of method s, the share of problems with t_s ≤ τ min_r t_r.
 * A problem that nobody solved is in no profile's numerator.
 *
 * @param times     per method, evaluations of its own until each problem was solved; may differ in length, profiles
 *                  compare the problems that all methods have
 * @param spent     per method, evaluations per problem before its times begin (a training), 0 unless given
 */
export function runtimeFacts(times: Times, spent: Readonly<Record<string, number>> = {}): Facts {
  const facts: Record<string, number> = {};
  const methods = Object.keys(times);
  for (const method of methods) {
    const own = times[method] as readonly number[];
    requireTimes(method, own);
    [0, ...BUDGETS].forEach((budget, k) => {
      facts[solvedName(method, k)] = shareWithin(own, budget);
    });
  }
  const count = Math.min(...methods.map((method) => (times[method] as readonly number[]).length));
  const total = (method: string, p: number): number =>
    ((times[method] as number[])[p] as number) + (spent[method] ?? 0);
  for (const method of methods) {
    const ratios = Array.from({ length: count }, (_, p) =>
      ratio(
        total(method, p),
        methods.map((each) => total(each, p)),
      ),
    );
    RATIOS.forEach((tau, k) => {
      facts[ratioName(method, k)] = shareWithin(ratios, tau);
    });
  }
  return facts;
}

/** t over the smallest of all; +∞ where nobody solved the problem. A problem solved by its start counts one evaluation. */
function ratio(time: number, all: readonly number[]): number {
  if (time === Number.POSITIVE_INFINITY) return time;
  return Math.max(1, time) / Math.max(1, Math.min(...all));
}

function shareWithin(values: readonly number[], most: number): number {
  // Ratios such as √2·√2 are rounded: what is equal up to rounding is within.
  return values.filter((value) => value <= most * (1 + 1e-12)).length / values.length;
}

function requireTimes(method: string, times: readonly number[]): void {
  const wrong = times.findIndex((time) => !(time >= 0));
  if (times.length > 0 && wrong < 0) return;
  throw new InverseClaimsError(wrong < 0 ? 'shape-mismatch' : 'out-of-range', {
    where: `runtimeFacts: times of ${method}`,
    expected: 'at least one problem, each with a number >= 0 or +∞',
    received: wrong < 0 ? 'none' : `${times[wrong]} for problem ${wrong}`,
  });
}

/** Methods that a trial of a training compares. */
export const COMPARED = ['network + refinement', 'BFGS', 'multi-start BFGS'] as const;

/** The names of the facts that `trainingRuntimes` gives. */
export const RUNTIME_NAMES: readonly string[] = runtimeNames(COMPARED);

/**
 * Runtimes of a training with its refinement, and of BFGS and multi-start BFGS on its problems, or on the first of them.
 *
 * @param target  loss at which problem b counts as solved
 */
export function trainingRuntimes(
  { joint, refined, single, restarts }: Readonly<Record<'joint' | 'refined' | 'single' | 'restarts', Run>>,
  target: (row: number) => number,
): Facts {
  const [network, bfgs, restarted] = COMPARED;
  return runtimeFacts(
    {
      [network]: refinedTimes(joint, refined, target),
      [bfgs]: timesOf(single, target),
      [restarted]: timesOf(restarts, target),
    },
    { [network]: evaluationsPerRow(joint) },
  );
}
