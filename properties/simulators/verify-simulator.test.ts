import { describe, expect, it } from 'vitest';
import { type Batch, batch } from '../../src/core/batch.ts';
import type { Prior } from '../../src/core/prior.ts';
import type { Simulator, SimulatorLike } from '../../src/core/problem.ts';
import { billiardShot } from '../../src/simulators/billiards.ts';
import { simulatorLaws } from './laws.ts';
import { verifySimulator } from './verify-simulator.ts';

const map = ({ rows }: Batch, cols: number, entry: (b: number, j: number) => number): Batch => {
  const result = batch(rows, cols);
  for (let b = 0; b < rows; b++) for (let j = 0; j < cols; j++) result.data[b * cols + j] = entry(b, j);
  return result;
};
const at = (x: Batch, b: number, j: number): number => x.data[b * x.cols + j] as number;

/** y = (x₀ x₁, sin x₁): two unknowns, two outputs. */
const forward = (x: Batch): Batch => map(x, 2, (b, j) => (j === 0 ? at(x, b, 0) * at(x, b, 1) : Math.sin(at(x, b, 1))));
const right: Simulator = {
  name: 'product-and-sine',
  input: [{ name: 'x', length: 2, unit: '1' }],
  identifiers: [],
  output: [{ name: 'y', length: 2, unit: '1' }],
  forward,
  vjp: (x) => ({
    y: forward(x),
    pullback: (yBar) =>
      map(x, 2, (b, j) =>
        j === 0 ? at(yBar, b, 0) * at(x, b, 1) : at(yBar, b, 0) * at(x, b, 0) + at(yBar, b, 1) * Math.cos(at(x, b, 1)),
      ),
  }),
  jvp: (x, _identifiers, xDot) =>
    map(x, 2, (b, j) =>
      j === 0 ? at(xDot, b, 0) * at(x, b, 1) + at(x, b, 0) * at(xDot, b, 1) : Math.cos(at(x, b, 1)) * at(xDot, b, 1),
    ),
};
const prior: Prior = ['x0', 'x1'].map((name) => ({
  name,
  unit: '1',
  distribution: { kind: 'uniform', low: -2, high: 2 },
}));

/** Another pullback of the same simulator. */
const withPullback = (change: (xBar: Batch, x: Batch, yBar: Batch) => Batch): Partial<Simulator> => ({
  vjp: (x, identifiers) => {
    const { y, pullback } = right.vjp(x, identifiers);
    return { y, pullback: (yBar) => change(pullback(yBar), x, yBar) };
  },
});
let noise = 0;

const BROKEN: readonly (readonly [string, Partial<Simulator>, readonly string[]])[] = [
  ['a NaN', { forward: (x) => map(forward(x), 2, () => Number.NaN) }, ['contract']],
  ['a promise', { forward: (async (x: Batch) => forward(x)) as never }, ['contract']],
  ['a wrong shape', { forward: (x) => map(x, 3, () => 0) }, ['contract']],
  ['no pullback', { vjp: (x) => ({ y: forward(x) }) as never }, ['contract']],
  ['another y in vjp', { vjp: (x, g) => ({ ...right.vjp(x, g), y: map(x, 2, () => 1) }) }, ['contract']],
  [
    'writing into x',
    {
      forward: (x) => {
        const y = forward(x);
        x.data.fill(0);
        return y;
      },
    },
    ['contract'],
  ],
  [
    'throwing',
    {
      forward: () => {
        throw new Error('out of memory');
      },
    },
    ['contract', 'taylor-slope'],
  ],
  [
    'an answer that changes',
    {
      forward: (x) => {
        noise += 1e-9;
        return map(x, 2, (b, j) => at(forward(x), b, j) + noise);
      },
    },
    ['same-question-same-answer'],
  ],
  [
    'a wrong sign',
    withPullback((xBar) => map(xBar, 2, (b, j) => (j === 0 ? -1 : 1) * at(xBar, b, j))),
    ['taylor-slope', 'adjoint'],
  ],
  [
    'a factor off by a thousandth',
    withPullback((xBar) => map(xBar, 2, (b, j) => 1.001 * at(xBar, b, j))),
    ['taylor-slope', 'adjoint'],
  ],
  [
    'a jvp of its own',
    { jvp: (x, g, xDot) => map(right.jvp(x, g, xDot), 2, (b, j) => 1.01 * at(right.jvp(x, g, xDot), b, j)) },
    ['adjoint', 'jvp-is-the-derivative'],
  ],
  [
    'rows that touch',
    { forward: (x) => map(x, 2, (b, j) => at(forward(x), b, j) + (b > 0 ? 1e-3 * at(x, b - 1, 0) : 0)) },
    ['batch-equals-rows'],
  ],
  ['a dead input', withPullback((xBar) => map(xBar, 2, (b, j) => (j === 0 ? 0 : at(xBar, b, j)))), ['no-dead-inputs']],
  [
    'units that do not fit',
    withPullback((xBar) => map(xBar, 2, (b, j) => (j === 0 ? 1e-9 : 1) * at(xBar, b, j))),
    ['scale-sanity'],
  ],
];

const outcomesOf = (simulator: SimulatorLike, cases = 100): Readonly<Record<string, string>> =>
  Object.fromEntries(
    verifySimulator({ simulator, prior }, { cases }).verdicts.map(({ law, verdict }) => [law, verdict.outcome]),
  );

describe('verifySimulator', () => {
  it('supports every law on a right simulator', () => {
    const { passed, verdicts } = verifySimulator({ simulator: right, prior });
    expect(verdicts.map(({ law, verdict }) => [law, verdict.outcome])).toEqual(
      simulatorLaws.map(({ name }) => [name, 'supported']),
    );
    expect(passed).toBe(true);
  });

  it.each(BROKEN)('finds %s', (_what, change, laws) => {
    const outcomes = outcomesOf({ ...right, ...change });
    for (const law of laws) expect([law, outcomes[law]]).toEqual([law, 'refuted']);
  });

  it('shrinks to one point and simple numbers', () => {
    const simulator = {
      ...right,
      ...withPullback((xBar, x) => map(xBar, 2, (b, j) => (at(x, b, 1) > 1 ? 2 : 1) * at(xBar, b, j))),
    };
    const [found] = verifySimulator({ simulator, prior }, { laws: ['adjoint'] }).verdicts;
    expect(found?.verdict).toMatchObject({ outcome: 'refuted' });
    const shrunk = JSON.stringify(found?.verdict);
    const point = /x = \[(-?[\d.]+), ([\d.]+)\], salt 0"/.exec(shrunk);
    expect(Number(point?.[2])).toBeGreaterThan(1);
    expect(Number(point?.[2])).toBeLessThan(1.01);
  });

  it('skips what needs forward mode where there is none', () => {
    const { jvp: _jvp, ...reverse } = right;
    const outcomes = outcomesOf(reverse);
    expect(outcomes).toMatchObject({
      contract: 'supported',
      'taylor-slope': 'supported',
      adjoint: 'skipped',
      'no-dead-inputs': 'supported',
    });
    expect(verifySimulator({ simulator: reverse, prior }, { cases: 20 }).passed).toBe(true);
  });

  it('draws known parameters from their own prior', () => {
    const shot = billiardShot({ radius: 0.1, restitution: 0.9 } as never);
    const widths = shot.identifiers.reduce((sum, { length }) => sum + length, 0);
    const identifiers: Prior = Array.from({ length: widths }, (_, k) => ({
      name: `γ${k}`,
      unit: '1',
      distribution: { kind: 'uniform', low: 1 + k, high: 1.25 + k },
    }));
    const speeds: Prior = ['vx', 'vy'].map((name) => ({
      name,
      unit: '1',
      distribution: { kind: 'uniform', low: -1, high: 0 },
    }));
    const { verdicts } = verifySimulator(
      { simulator: shot, prior: speeds, identifiers },
      { cases: 30, laws: ['contract', 'adjoint'] },
    );
    expect(verdicts.map(({ verdict }) => verdict.outcome)).toEqual(['supported', 'supported']);
  });

  it('gives the same verdicts again', () => {
    const broken = { ...right, ...withPullback((xBar) => map(xBar, 2, (b, j) => 1.1 * at(xBar, b, j))) };
    const verify = () => verifySimulator({ simulator: broken, prior }, { seed: 9, cases: 50 });
    expect(verify()).toEqual(verify());
  });

  it.each([
    [{ simulator: {} }, {}, 'no function "forward"'],
    [{ simulator: { ...right, output: [{ name: 'y', length: 0, unit: '1' }] } }, {}, 'no axes "output"'],
    [{ simulator: right, prior: prior.slice(1) }, {}, '"prior": expected a distribution for each of 2'],
    [{ simulator: right, identifiers: prior }, {}, '"identifiers": expected a distribution for each of 0'],
    [{ simulator: right }, { cases: 0 }, '"cases"'],
    [{ simulator: right }, { seed: -1 }, '"seed"'],
    [{ simulator: right }, { laws: ['adjiont'] }, 'adjiont'],
    [{ simulator: right }, { laws: [] }, 'at least one law'],
  ])('refuses %#: %j', (subject, options, message) => {
    expect(() => verifySimulator(subject as never, options)).toThrow(message);
  });
});
