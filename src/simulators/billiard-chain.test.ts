import { describe, expect, it } from 'vitest';
import { batch, batchOfRows, row } from '../core/batch.ts';
import { billiardChain } from './billiard-chain.ts';
import { billiardDirect } from './billiard-direct.ts';
import { billiardShot } from './billiards.ts';
import { billiardsProblem, billiardsTable } from './billiards-problem.ts';

describe('billiardChain', () => {
  it('is one shot after the other', () => {
    const chain = billiardChain();
    const [v, g] = [batchOfRows([[3, 0.1]]), batchOfRows([[0.45, 0.03, 0.9, 0.1]])];
    // Ball 1 flies like a cue ball from g1, with the velocity that two horizons show, for what is left of the time.
    const ends = [1, 2].map((horizon) => billiardShot({ horizon }).forward(v, batchOfRows([[0.45, 0.03]])).data);
    const u = [0, 1].map((j) => ends[1]![j]! - ends[0]![j]!);
    const left = Math.hypot(ends[0]![0]! - 0.45, ends[0]![1]! - 0.03) / Math.hypot(...u);
    const second = billiardShot({ horizon: left }).forward(batchOfRows([u]), batchOfRows([[0.45, 0.07]])).data;
    const p = chain.forward(v, g).data;
    expect(p[0]).toBeCloseTo(0.45 + second[0]!, 12);
    expect(p[1]).toBeCloseTo(0.03 + second[1]!, 12);
  });

  it('agrees with the textbook formulas in dual numbers on the problems of the prior', () => {
    const { simulator, draw } = billiardsProblem('chain');
    const { task, reference } = draw(300, 2);
    const { y, pullback } = simulator.vjp(reference.truth, task.identifiers);
    const yBar = batch(300, 2, new Float64Array(600).fill(1));
    const xBar = pullback(yBar);
    for (let b = 0; b < 300; b++) {
      const [v, g] = [row(reference.truth, b), row(task.identifiers, b)];
      const balls = [
        [g[0]!, g[1]!],
        [g[2]!, g[3]!],
      ] as const;
      for (const k of [0, 1]) {
        const direct = billiardDirect([v[0]!, v[1]!], k === 0 ? [1, 0] : [0, 1], balls, billiardsTable);
        expect(Math.abs(row(y, b)[k]! - direct.p[k]!)).toBeLessThan(1e-12);
        expect(Math.abs(row(xBar, b)[k]! - direct.pDot[0] - direct.pDot[1])).toBeLessThan(1e-10);
      }
    }
  });

  it('leaves ball 2 where it is, with a zero Jacobian, where either impact does not happen', () => {
    const chain = billiardChain();
    const v = batchOfRows([
      [3, 2],
      [3, 0],
      [0.6, 0],
    ]);
    const g = batchOfRows([
      [0.45, 0, 0.9, 0],
      [0.45, 0, 0.9, 0.3],
      [0.45, 0, 0.9, 0],
    ]);
    const { y, pullback } = chain.vjp(v, g);
    expect([...y.data]).toEqual([0.9, 0, 0.9, 0.3, 0.9, 0]);
    expect([...pullback(batch(3, 2, new Float64Array(6).fill(1))).data]).toEqual([0, 0, 0, 0, 0, 0]);
    expect(chain.shotEvents(v, g)).toEqual(['miss', 'miss', 'miss']);
  });

  it('refuses balls that overlap each other or the cue ball', () => {
    const chain = billiardChain();
    const at = (...g: number[]) => chain.forward(batchOfRows([[3, 0]]), batchOfRows([g]));
    expect(() => at(0.45, 0, 0.5, 0)).toThrow(/billiardChain|billiard-chain/);
    expect(() => at(0.45, 0, 0.05, 0)).toThrow(/apart/);
    expect(() => at(0.05, 0, 0.9, 0)).toThrow(/apart/);
    expect(() => billiardChain({ horizon: -1 })).toThrow(/"horizon"/);
  });
});
