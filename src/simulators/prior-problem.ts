import { type Batch, batch, requireFinite, row } from '../core/batch.ts';
import { InverseClaimsError, requireNumber } from '../core/errors.ts';
import { type Distribution, type Prior, requirePrior, samplePriorRows } from '../core/prior.ts';
import { type InverseProblem, type Misfit, type Simulator, type SimulatorLike, width } from '../core/problem.ts';
import { stream } from '../core/random.ts';
import { halfSquaredError } from './half-squared-error.ts';

export interface PriorProblemOptions {
  readonly id: string;
  readonly simulator: SimulatorLike;
  /** What counts as close; ½|y − y*|² unless given. */
  readonly misfit?: Misfit;
  /** Where the hidden solutions come from: one distribution per coordinate of x. */
  readonly prior: Prior;
  /** The same for γ; needed where the simulator has identifiers. */
  readonly identifiers?: Prior;
  /** Initial guess of every instance, (n); the middle of the prior unless given. `'prior'`: another draw from it. */
  readonly start?: ArrayLike<number> | 'prior';
  /** Standard deviation of normal noise on every observed number, >= 0; 0 unless given. */
  readonly noise?: number;
}

/**
 * The inverse problem that a simulator and a prior make: find x from y* = F(x* | γ) + noise, with x* and γ from their priors.
 *
 * Instance i of a seed takes its numbers from streams of its own, (seed, 'prior-problem/…', i).
 *
 * Throws `shape-mismatch` where prior, identifiers or start have another number of coordinates than the simulator,
 * `out-of-range` or `not-finite` for numbers that are none, and, when instances are drawn, `not-finite` where the simulator
 * answers a point of its prior with something that is not finite.
 *
 * @example
 * import { wavePacket } from './wave-packet.ts';
 * const prior = [{ name: 't0', unit: '1', distribution: { kind: 'uniform', low: 32, high: 96 } }] as const;
 * const simulator = wavePacket({ sigma: 8, period: 32, samples: 128 });
 * const problem = priorProblem({ id: 'packet', simulator, prior });
 * problem.draw(2, 1).task.start.data; // => Float64Array [64, 64]
 */
export function priorProblem(options: PriorProblemOptions): InverseProblem {
  const { id, misfit = halfSquaredError, prior, identifiers = [], start, noise = 0 } = options;
  const simulator = options.simulator as Simulator;
  requireCoordinates(`priorProblem: "prior"`, prior, width(simulator.input));
  requireCoordinates(`priorProblem: "identifiers"`, identifiers, width(simulator.identifiers));
  requireNumber('priorProblem: "noise"', noise, { minimum: 0 });
  const guess = start === 'prior' ? undefined : requireStart(start ?? prior.map(middleOf), prior.length);
  return Object.freeze({
    id,
    simulator,
    misfit,
    draw: (count: number, seed: number, first = 0) => {
      requireNumber('priorProblem.draw: "count"', count, { minimum: 0, integer: true });
      requireNumber('priorProblem.draw: "first"', first, { minimum: 0, integer: true });
      const drawn = (which: Prior, purpose: string): Batch =>
        samplePriorRows(which, streams(seed, purpose, first, count));
      const truth = drawn(prior, 'truth');
      const known = drawn(identifiers, 'identifiers');
      const observed = noisy(simulator.forward(truth, known), noise, seed, first);
      requireFinite(`priorProblem "${id}": F(x* | γ)`, observed);
      const begun = guess === undefined ? drawn(prior, 'start') : repeated(guess, count);
      return { task: { problem: id, start: begun, observed, identifiers: known }, reference: { truth } };
    },
  });
}

const streams = (seed: number, purpose: string, first: number, count: number) =>
  Array.from({ length: count }, (_, i) => stream(seed, `prior-problem/${purpose}`, first + i));

function repeated(guess: readonly number[], count: number): Batch {
  const start = batch(count, guess.length);
  for (let b = 0; b < count; b++) row(start, b).set(guess);
  return start;
}

function noisy(clean: Batch, noise: number, seed: number, first: number): Batch {
  if (noise === 0) return clean;
  const observed = batch(clean.rows, clean.cols, clean.data.slice());
  streams(seed, 'noise', first, clean.rows).forEach((random, b) => {
    const values = row(observed, b);
    for (let j = 0; j < values.length; j++) values[j]! += noise * random.normal();
  });
  return observed;
}

/** The median of a coordinate. */
export function middleOf({ distribution }: { readonly distribution: Distribution }): number {
  if (distribution.kind === 'normal') return distribution.mean;
  if (distribution.kind === 'constant') return distribution.value;
  const { kind, low, high } = distribution;
  return kind === 'uniform' ? low + (high - low) / 2 : Math.sqrt(low) * Math.sqrt(high);
}

function requireCoordinates(where: string, prior: Prior, count: number): void {
  requirePrior(where, prior);
  if (prior.length === count) return;
  throw new InverseClaimsError('shape-mismatch', {
    where,
    expected: `a distribution for each of ${count} coordinates`,
    received: String(prior.length),
  });
}

function requireStart(start: ArrayLike<number>, count: number): readonly number[] {
  const guess = Array.from(start);
  if (guess.length === count && guess.every(Number.isFinite)) return guess;
  throw new InverseClaimsError(guess.length === count ? 'not-finite' : 'shape-mismatch', {
    where: 'priorProblem: "start"',
    expected: `${count} finite numbers`,
    received: `[${guess.join(', ')}]`,
  });
}
