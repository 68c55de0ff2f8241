import { describe, expect, it } from 'vitest';
import { type Batch, batch, batchOfRows, row } from '../core/batch.ts';
import { width } from '../core/problem.ts';
import { kuramotoSivashinsky, statesOfModes } from './kuramoto-sivashinsky.ts';

const OPTIONS = { length: 22, points: 32, horizon: 2 } as const;
const UNKNOWNS = ['parameters', 'parameters-and-modes', 'parameters-and-state'] as const;

/** Two rows of unknowns and what is known, for each kind of unknowns. */
function inputs(unknowns: (typeof UNKNOWNS)[number]) {
  const simulator = kuramotoSivashinsky({ ...OPTIONS, unknowns });
  const modes = batchOfRows([
    [0.5, -1, 0.25, 1, 0, 0.75],
    [-0.5, 0.25, 1, -0.75, 0.5, 0],
  ]);
  const u0 = statesOfModes(simulator.options, modes);
  const parameters = [
    [0.5, 1.25],
    [-0.25, 0.75],
  ];
  if (unknowns === 'parameters') return { simulator, x: batchOfRows(parameters), identifiers: u0 };
  const state = unknowns === 'parameters-and-modes' ? modes : u0;
  const x = batchOfRows(parameters.map((pair, b) => [...pair, ...row(state, b)]));
  return { simulator, x, identifiers: batch(2, 0) };
}

const moved = (x: Batch, j: number, h: number): Batch =>
  batch(
    x.rows,
    x.cols,
    x.data.map((value, i) => (i % x.cols === j ? value + h : value)),
  );

describe('kuramotoSivashinsky', () => {
  it('gives the same end whatever of the start is unknown', () => {
    const [known, modes, state] = UNKNOWNS.map((unknowns) => {
      const { simulator, x, identifiers } = inputs(unknowns);
      expect([x.cols, identifiers.cols]).toEqual([width(simulator.input), width(simulator.identifiers)]);
      return simulator.forward(x, identifiers);
    });
    expect(modes).toEqual(known);
    expect(state).toEqual(known);
    expect(known!.cols).toBe(32);
  });

  it.each(UNKNOWNS)('has the derivatives that differences show: %s', (unknowns) => {
    const { simulator, x, identifiers } = inputs(unknowns);
    const yBar = batch(
      2,
      32,
      Float64Array.from({ length: 64 }, (_, i) => Math.sin(i)),
    );
    const xBar = simulator.vjp(x, identifiers).pullback(yBar);
    const along = (h: number, j: number, b: number): number => {
      const y = row(simulator.forward(moved(x, j, h), identifiers), b);
      return y.reduce((sum, value, i) => sum + value * row(yBar, b)[i]!, 0);
    };
    for (let j = 0; j < x.cols; j++) {
      for (const b of [0, 1]) {
        const difference = (along(1e-5, j, b) - along(-1e-5, j, b)) / 2e-5;
        expect(Math.abs(row(xBar, b)[j]! - difference)).toBeLessThan(1e-7);
      }
    }
  });

  it.each(['auto', 'reference'] as const)('takes no rows at all, by the kernel "%s"', (kernel) => {
    const simulator = kuramotoSivashinsky({ ...OPTIONS, kernel });
    const { y, pullback } = simulator.vjp(batch(0, 2), batch(0, 32));
    expect([y, pullback(y), simulator.jvp(batch(0, 2), batch(0, 32), batch(0, 2))]).toEqual([
      batch(0, 32),
      batch(0, 2),
      batch(0, 32),
    ]);
  });

  it('keeps its results apart from what is done to others', () => {
    const { simulator, x, identifiers } = inputs('parameters');
    const expected = simulator.vjp(x, identifiers);
    const right = expected.pullback(expected.y);
    const { y, pullback } = simulator.vjp(x, identifiers);
    const yBar = batch(2, 32, y.data.slice());
    y.data.fill(9);
    const first = pullback(yBar);
    first.data.fill(7);
    simulator.forward(moved(x, 0, 1), identifiers);
    expect(pullback(yBar)).toEqual(right);
  });

  it('leaves what is flat flat', () => {
    const { y, pullback } = kuramotoSivashinsky(OPTIONS).vjp(batchOfRows([[0, 1.5]]), batch(1, 32));
    expect(y.data.every((value) => value === 0)).toBe(true);
    expect(pullback(batch(1, 32, new Float64Array(32).fill(1))).data[1]).toBe(0);
  });

  it.each([
    ['forward', (s: ReturnType<typeof kuramotoSivashinsky>) => s.forward(batch(1, 3), batch(1, 32))],
    ['forward', (s: ReturnType<typeof kuramotoSivashinsky>) => s.forward(batch(2, 2), batch(1, 32))],
    ['vjp', (s: ReturnType<typeof kuramotoSivashinsky>) => s.vjp(batch(1, 2), batch(1, 31))],
    ['jvp', (s: ReturnType<typeof kuramotoSivashinsky>) => s.jvp(batch(1, 2), batch(1, 32), batch(1, 1))],
    ['pullback', (s: ReturnType<typeof kuramotoSivashinsky>) => s.vjp(batch(1, 2), batch(1, 32)).pullback(batch(1, 2))],
  ] as const)('refuses other shapes in %s', (method, call) => {
    expect(() => call(kuramotoSivashinsky(OPTIONS))).toThrow(
      expect.objectContaining({
        code: 'shape-mismatch',
        message: expect.stringContaining(`kuramoto-sivashinsky.${method}`),
      }),
    );
  });

  it('gives numbers that are not finite where a row overflows', () => {
    const simulator = kuramotoSivashinsky(OPTIONS);
    const x = batchOfRows([
      [1e300, 1],
      [0, Number.NaN],
      [0.5, 1],
    ]);
    const { y, pullback } = simulator.vjp(x, batch(3, 32));
    const xBar = pullback(batch(3, 32, new Float64Array(96).fill(1)));
    expect([0, 1, 2].map((b) => row(y, b).every(Number.isFinite))).toEqual([false, false, true]);
    expect([0, 1, 2].map((b) => row(xBar, b).every(Number.isFinite))).toEqual([false, false, true]);
  });
});
