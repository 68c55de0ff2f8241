import { type Batch, batch } from '../../core/batch.ts';
import type { FactMeaning, Facts, TrialContext, TrialSource } from '../../core/claim.ts';
import { childSeed, stream } from '../../core/random.ts';
import { loadBackend } from '../../networks/backend.ts';
import type { NetworkSpec } from '../../networks/network.ts';
import { gradientDescentStep, tangentKernel, withPullback } from '../../networks/tangent-kernel.ts';
import type { TrainableNetwork } from '../../networks/trainable.ts';
import { type DrawInput, drawInput, fromAlignment } from './kernel-trials.ts';

/** Hidden units, and copies of the input: with as many of these, the layers train equally fast. */
export const NETWORK_WIDTH = 128;
const CHUNK = 16;
/** Step in θ, times the width: so short that the second order is below 1e-3 of the step, far above float32 rounding. */
const RATE = 1e-2;

const SPEC: NetworkSpec = { inputs: NETWORK_WIDTH, hidden: [NETWORK_WIDTH], activation: 'relu', outputs: 1 };

/**
 * (n, p) inputs √6 (γ, …, γ, 1, …, 1), half and half, for weights drawn from U(−1/√p, 1/√p): pre-activations then have
 * covariance 1 + ab + 1/3p, and all weights together the tangent kernel m [E φφ + (1 + ab + 1/3p) E φ′φ′ + 1/m] at width
 * m = p, that of NTK parametrization with the output bias 1/m.
 */
function replicated(gammas: Float64Array): Batch {
  const half = NETWORK_WIDTH / 2;
  const result = batch(gammas.length, NETWORK_WIDTH);
  gammas.forEach((gamma, i) => {
    const first = i * NETWORK_WIDTH;
    result.data.fill(Math.sqrt(6) * gamma, first, first + half);
    result.data.fill(Math.sqrt(6), first + half, first + NETWORK_WIDTH);
  });
  return result;
}

type Measure = (network: TrainableNetwork, seed: number) => Facts;

/** One trial per freshly drawn network. */
function networkSource(
  id: string,
  what: string,
  meanings: Readonly<Record<string, FactMeaning>>,
  measure: Measure,
): TrialSource {
  const trial = async (context: TrialContext, k: number): Promise<Facts> => {
    const { makeNetwork } = await loadBackend(context.backend);
    const network = withPullback(makeNetwork(SPEC, childSeed(context.seed, `${id}/network`, k)));
    const facts = measure(network, childSeed(context.seed, `${id}/data`, k));
    network.dispose();
    return facts;
  };
  return {
    id,
    unit: 'problem',
    what: `one freshly drawn ReLU network with a hidden layer of ${NETWORK_WIDTH}: ${what}`,
    chunk: CHUNK,
    meanings,
    run: async (context, first, count) => {
      const facts: Facts[] = [];
      for (let k = first; k < first + count; k++) facts.push(await trial(context, k));
      return facts;
    },
  };
}

export interface NetworkSteps {
  readonly inputs: DrawInput;
  readonly n: number;
  /** x*_i = scale · γ_i. */
  readonly scale: number;
  /** `'zero'`: the initial output counts as 0, as if it were subtracted; `'random'`: it is what it is. */
  readonly output: 'zero' | 'random';
}

interface TakenStep {
  /** scale γ_i − x_i: what a step would have to change. */
  readonly wanted: Float64Array;
  /** Change of the predictions over the rate. */
  readonly moved: Float64Array;
}

/** Takes one step of gradient descent on the summed loss ½ Σ (x_i − scale γ_i)². */
function takeStep(
  network: TrainableNetwork,
  gammas: Float64Array,
  { scale, output }: Omit<NetworkSteps, 'inputs' | 'n'>,
): TakenStep {
  const inputs = replicated(gammas);
  const before = network.predict(inputs).data;
  const wanted = gammas.map((gamma, i) => scale * gamma - (output === 'zero' ? 0 : before[i]!));
  const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const rate = RATE / (NETWORK_WIDTH * gammas.length * largest);
  gradientDescentStep(
    network,
    inputs,
    batch(
      gammas.length,
      1,
      wanted.map((value) => -value),
    ),
    rate,
  );
  const after = network.predict(inputs).data;
  return { wanted, moved: after.map((value, i) => (value - before[i]!) / rate) };
}

/** One trial: fresh network and γ, one step, and the share of examples that it moves towards their solutions. */
export function networkStepTrials(id: string, steps: NetworkSteps): TrialSource {
  const { n, inputs, scale, output } = steps;
  const meanings = { aligned: { label: 'alignment of the first joint step, as (1 + cos) / 2', unit: '1' } };
  const what = `one step of gradient descent on ${n} examples with ${inputs} γ, solutions ${scale} γ, ${output} output`;
  return networkSource(id, what, meanings, (network, seed) => {
    const random = stream(seed, 'inputs');
    const gammas = Float64Array.from({ length: n }, () => drawInput(random, inputs));
    const { wanted, moved } = takeStep(network, gammas, steps);
    const agreement = moved.reduce((sum, change, i) => sum + Math.sign(change) * Math.sign(wanted[i]!), 0) / n;
    return { aligned: fromAlignment(agreement) };
  });
}

/** Pairs of inputs whose empirical kernel is compared. */
export const KERNEL_PAIRS = [
  [1, -1],
  [0.5, 2],
  [2, -3],
  [0, 1],
] as const;

/** K̂(a, b) / (m √(K(a, a) K(b, b))): in units of the exact kernel's diagonal, as (1 + k) / 2 cut to [0, 1]. */
export function networkKernelTrials(id: string, exact: (a: number, b: number) => number): TrialSource {
  const gammas = Float64Array.from(new Set(KERNEL_PAIRS.flat()));
  const meanings = Object.fromEntries(
    KERNEL_PAIRS.map(([a, b], k) => [
      `pair${k}`,
      { label: `tangent kernel K(${a}, ${b}), relative, as (1 + k) / 2`, unit: '1' },
    ]),
  );
  return networkSource(id, 'its tangent kernel J Jᵀ at fixed inputs', meanings, (network) => {
    const { data } = tangentKernel(network, replicated(gammas));
    const entries = KERNEL_PAIRS.map(([a, b], k) => {
      const [i, j] = [gammas.indexOf(a), gammas.indexOf(b)];
      const relative = data[i * gammas.length + j]! / (NETWORK_WIDTH * Math.sqrt(exact(a, a) * exact(b, b)));
      return [`pair${k}`, Math.max(0, Math.min(1, fromAlignment(relative)))];
    });
    return Object.fromEntries(entries);
  });
}

/** One trial: fresh network and γ, and how far the step taken is from −η J Jᵀ g, with and without coupling of examples. */
export function networkPredictionTrials(id: string, n: number): TrialSource {
  const meanings = {
    error: { label: 'largest deviation of the step from −η J Jᵀ g, relative to the largest step', unit: '1' },
    uncoupledError: { label: 'the same with the off-diagonal entries of J Jᵀ dropped', unit: '1' },
  };
  return networkSource(
    id,
    `its tangent kernel and one step of gradient descent on ${n} examples`,
    meanings,
    (network, seed) => {
      const random = stream(seed, 'inputs');
      const gammas = Float64Array.from({ length: n }, () => drawInput(random, 'normal'));
      const { data } = tangentKernel(network, replicated(gammas));
      const { wanted, moved } = takeStep(network, gammas, { scale: 10, output: 'random' });
      const largest = moved.reduce((most, change) => Math.max(most, Math.abs(change)), 0);
      const deviation = (predict: (i: number) => number): number =>
        moved.reduce((most, change, i) => Math.max(most, Math.abs(change - predict(i))), 0) / largest;
      return {
        error: deviation((i) => wanted.reduce((sum, value, j) => sum + data[i * n + j]! * value, 0)),
        uncoupledError: deviation((i) => data[i * n + i]! * wanted[i]!),
      };
    },
  );
}
