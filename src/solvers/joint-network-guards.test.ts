import { describe, expect, it } from 'vitest';
import { type Batch, batch } from '../core/batch.ts';
import type { InverseProblem, Simulator, Task } from '../core/problem.ts';
import { loadBackend } from '../networks/backend.ts';
import { float64Network } from '../networks/float64.ts';
import type { NetworkFactory, NetworkSpec } from '../networks/network.ts';
import { halfSquaredError } from '../simulators/half-squared-error.ts';
import { type JointNetworkOptions, jointNetwork } from './joint-network.ts';
import { run } from './run.ts';
import { supervisedNetwork } from './supervised-network.ts';

/** What happens to row b at call t of the pullback: a factor for its gradient. */
type Accident = (call: number, row: number) => number;

/** y = x, but that some gradients are multiplied by what `accident` says; NaN is told as +∞ by the runner. */
function accidental(accident: Accident): InverseProblem {
  let calls = 0;
  const simulator: Simulator = {
    name: 'accidental',
    input: [{ name: 'x', length: 1, unit: '1' }],
    identifiers: [],
    output: [{ name: 'y', length: 1, unit: '1' }],
    forward: (x) => batch(x.rows, 1, x.data.slice()),
    vjp: (x) => ({
      y: batch(x.rows, 1, x.data.slice()),
      pullback: (yBar) => {
        const call = calls++;
        return batch(
          x.rows,
          1,
          yBar.data.map((bar, b) => bar * accident(call, b)),
        );
      },
    }),
    jvp: (_x, _identifiers, xDot) => xDot,
  };
  return { id: 'accidental', simulator, misfit: halfSquaredError, draw: () => expect.unreachable() };
}

const truths = [-1, -0.5, 0.25, 0.75, 1];
const task: Task = {
  problem: 'accidental',
  start: batch(5, 1),
  observed: batch(5, 1, Float64Array.from(truths)),
  identifiers: batch(5, 0),
};
/** Far below the spread of the truths, 2, and far above what is left when the learning rate has fallen to zero. */
const SOLVED = 1e-6;

const options: JointNetworkOptions = {
  makeNetwork: float64Network,
  backend: 'float64',
  hidden: [],
  iterations: 1000,
  batchSize: 5,
  learningRate: 2e-2,
};

/** Every seventh gradient of one row overflows when it is squared or summed, every fifth of another is none. */
const enormous: Accident = (call, b) => {
  if (b === 0 && call % 7 === 3) return 1e300;
  return b === 1 && call % 5 === 2 ? Number.NaN : 1;
};

describe('a training with gradients of 1e300 and losses of +∞', () => {
  it.each<[string, Partial<JointNetworkOptions>]>([
    ['as it is', {}],
    ['summing', { reduction: 'sum' }],
    ['keeping the best', { keepBest: true }],
    ['voting', { exampleWeights: 'votes' }],
  ])('survives %s', (_what, change) => {
    const { rows } = run(accidental(enormous), jointNetwork({ ...options, ...change }), task, 1);
    for (const { stop, x } of rows) {
      expect(stop).toEqual({ kind: 'budget-spent' });
      expect(x.every(Number.isFinite)).toBe(true);
    }
    expect(rows[1]!.nonFinite).toBe(200);
    // The missing votes of row 1 weigh, whereas a missing gradient near the solution is none.
    const tolerance = change.exampleWeights === 'votes' ? 0.05 : SOLVED;
    rows.forEach(({ x }, b) => {
      expect(Math.abs(x[0]! - truths[b]!), `instance ${b}`).toBeLessThan(tolerance);
    });
  });

  it('gives the same bytes again', () => {
    const answer = () => run(accidental(enormous), jointNetwork({ ...options, iterations: 50 }), task, 1).rows;
    expect(answer()).toEqual(answer());
  });

  it.each([1, 1e10])('leaves out exactly the steps that overflow, at a scale of %s', (scale) => {
    const parametersOf = (accident: Accident, skipped: (step: number) => boolean): Float64Array => {
      let last: Float64Array = new Float64Array();
      let step = 0;
      const makeNetwork: NetworkFactory = (spec, seed) => {
        const network = float64Network(spec, seed);
        return {
          ...network,
          update: (inputs, bar, rate) => (skipped(step++) ? false : network.update(inputs, bar, rate)),
          dispose: () => {
            last = network.parameters();
          },
        };
      };
      const change = { hidden: [4], makeNetwork, iterations: 30, output: { offset: 0, scale } };
      run(accidental(accident), jointNetwork({ ...options, ...change }), task, 1);
      return last;
    };
    const overflows = (call: number): boolean => call % 7 === 3;
    const survived = parametersOf(
      (call) => (overflows(call) ? 1e295 : 1),
      () => false,
    );
    expect(survived).toEqual(parametersOf(() => 1, overflows));
  });

  it('does not stop supervised training whose residuals overflow', () => {
    const references = (): Batch => batch(5, 1, Float64Array.of(1e300, 0, 0, 0, 0));
    const output = { offset: 0, scale: 1e-10 };
    const { rows } = run(accidental(enormous), supervisedNetwork({ ...options, output, references }), task, 1);
    for (const { stop } of rows) expect(stop).toEqual({ kind: 'budget-spent' });
  });
});

describe('an update that would not be finite', () => {
  const spec: NetworkSpec = { inputs: 2, hidden: [3], activation: 'tanh', outputs: 1 };
  const inputs = batch(2, 2, Float64Array.of(1, -0.5, 0.25, 2));
  const barOf = (size: number): Batch => batch(2, 1, Float64Array.of(size, -0.5 * size));

  it.each([
    ['float64', 1e160, 1e150],
    ['cpu', 1e39, 1e30],
    ['wasm', 1e39, 1e30],
  ] as const)('is refused on %s and changes nothing', async (backend, tooLarge, large) => {
    const { makeNetwork } = backend === 'float64' ? { makeNetwork: float64Network } : await loadBackend(backend);
    const [network, reference] = [makeNetwork(spec, 3), makeNetwork(spec, 3)];
    const bars = [0.5, tooLarge, -1, tooLarge, 2];
    const taken = bars.map((size) => network.update(inputs, barOf(size), 0.1));
    for (const size of bars) if (size !== tooLarge) reference.update(inputs, barOf(size), 0.1);
    expect(taken).toEqual([true, false, true, false, true]);
    expect(network.parameters()).toEqual(reference.parameters());
    expect(network.predict(inputs)).toEqual(reference.predict(inputs));
    expect(network.update(inputs, barOf(large), 0.1)).toBe(true);
    expect(network.parameters().every(Number.isFinite)).toBe(true);
    network.dispose();
    reference.dispose();
  });
});
