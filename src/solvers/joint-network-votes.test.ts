import { describe, expect, it } from 'vitest';
import { batch } from '../core/batch.ts';
import type { Task } from '../core/problem.ts';
import type { Ask, Solver } from '../core/solver.ts';
import { float64Network } from '../networks/float64.ts';
import type { NetworkFactory } from '../networks/network.ts';
import { type JointNetworkOptions, jointNetwork } from './joint-network.ts';
import { supervisedNetwork } from './supervised-network.ts';

/** Divisions, a square root and a product of numbers of at most order 1. */
const ROUNDING = 8 * Number.EPSILON;

/** Five instances of n unknowns; the network sees numbers that have nothing to do with them. */
const taskOf = (unknowns: number): Task => ({
  problem: 'votes',
  start: batch(5, unknowns),
  observed: batch(5, 2, Float64Array.of(1, 0, -1, 2, 0.5, 0.25, 3, -2, 0, 1)),
  identifiers: batch(5, 0),
});

/** Tells the gradients given for every ask, and returns asks and what the network was told to change, ∂/∂output. */
function trained(
  change: Partial<JointNetworkOptions>,
  gradientsOf: (ask: Ask) => ArrayLike<number>,
  unknowns: number,
  make: (options: JointNetworkOptions) => Solver = jointNetwork,
) {
  const bars: number[][] = [];
  const makeNetwork: NetworkFactory = (spec, seed) => {
    const network = float64Network(spec, seed);
    return {
      ...network,
      update: (inputs, bar, rate) => {
        bars.push(Array.from(bar.data));
        return network.update(inputs, bar, rate);
      },
    };
  };
  const shared = { makeNetwork, backend: 'float64', hidden: [4], iterations: 1, batchSize: 5 } as const;
  const steps = make({ ...shared, exampleWeights: 'votes', ...change }).solve(taskOf(unknowns), 2);
  const asks: Ask[] = [];
  let step = steps.next();
  while (!step.done) {
    asks.push(step.value);
    const { rows } = step.value.x;
    const gradient = batch(rows, unknowns, Float64Array.from(gradientsOf(step.value)));
    step = steps.next({ value: new Float64Array(rows), spent: new Uint8Array(rows), gradient });
  }
  return { bars, asks, x: step.value.x };
}

const anyGradient = ({ x }: Ask): Float64Array => x.data.map((value, i) => Math.sin(7 * value + i));

describe('votes', () => {
  it.each([
    ['mean', 1, 1 / 5],
    ['mean', -3, -1 / 5],
    ['sum', 1e-300, 1],
    ['sum', -1e300, -1],
  ] as const)('are signs where there is one unknown: %s, scale %s', (reduction, scale, factor) => {
    const gradients = [3, -0.1, 0, 1e300, -Number.MIN_VALUE];
    const { bars } = trained({ reduction, output: { offset: 0, scale } }, () => gradients, 1);
    expect(bars[0]!.map((bar) => bar + 0)).toEqual(gradients.map((g) => factor * Math.sign(g) + 0));
  });

  it('train with one unknown as the signs of the gradients do, bit for bit', () => {
    const settings = { iterations: 40, batchSize: 3, reduction: 'sum' } as const;
    const voting = trained(settings, anyGradient, 1);
    const signs = trained({ ...settings, exampleWeights: 'losses' }, (ask) => anyGradient(ask).map(Math.sign), 1);
    const losses = trained({ ...settings, exampleWeights: 'losses' }, anyGradient, 1);
    expect(voting).toEqual(signs);
    expect(voting.x).not.toEqual(losses.x);
  });

  it('have unit length in the output of the network, after its scale', () => {
    const scale = [2, 0.5, -1];
    const gradients = [1, 4, 2, 1e300, 4e300, 2e300, 0, 0, 0, 1e-320, 4e-320, 2e-320, 0, -1e-200, 0];
    const third = [2 / 12 ** 0.5, 2 / 12 ** 0.5, -2 / 12 ** 0.5];
    const expected = [...third, ...third, 0, 0, 0, ...third, 0, -1, 0];
    const { bars } = trained({ reduction: 'sum', output: { offset: 7, scale } }, () => gradients, 3);
    expect(bars[0]).toHaveLength(15);
    bars[0]!.forEach((bar, i) => {
      // Subnormal numbers near 1e-320 have 11 bits.
      expect(Math.abs(bar - expected[i]!), `entry ${i}`).toBeLessThan(i >= 9 && i < 12 ? 2 ** -10 : ROUNDING);
    });
  });

  it('do not see the size of a gradient', () => {
    const settings = { iterations: 20, output: { offset: [1, 2], scale: [1, 0.25] } };
    const plain = trained(settings, anyGradient, 2);
    const sized = trained(
      settings,
      (ask) => anyGradient(ask).map((g, i) => g * 2 ** (300 * (Math.floor(i / 2) - 2))),
      2,
    );
    expect(sized).toEqual(plain);
    expect(trained({ ...settings, exampleWeights: 'losses' }, anyGradient, 2).x).not.toEqual(plain.x);
  });

  it('are not cast by default', () => {
    const make = ({ exampleWeights: _, ...unsaid }: JointNetworkOptions): Solver => jointNetwork(unsaid);
    const gradients = [3, -0.1, 0, 20, 1];
    const { bars } = trained({ reduction: 'sum' }, () => gradients, 1, make);
    expect(bars[0]).toEqual(gradients);
  });

  it('are directions towards the references in supervised training', () => {
    const references = (): ReturnType<typeof batch> => batch(5, 1, Float64Array.of(1e6, -1e6, 1e200, -50, 50));
    const make = (options: JointNetworkOptions): Solver => supervisedNetwork({ ...options, references });
    const output = { offset: 0, scale: -2 };
    // x̄ of a reference far above points down, and the output turns that around.
    expect(trained({ reduction: 'sum', output }, anyGradient, 1, make).bars[0]).toEqual([1, -1, 1, -1, 1]);
  });
});
