import { describe, expect, it } from 'vitest';
import { batch } from '../../src/core/batch.ts';
import type { InverseProblem } from '../../src/core/problem.ts';
import { billiardsProblem } from '../../src/simulators/billiards-problem.ts';
import { kuramotoSivashinskyProblem } from '../../src/simulators/kuramoto-sivashinsky-problem.ts';
import { wavePacketProblem, wavePacketSettings } from '../../src/simulators/wave-packet-problem.ts';
import { problemLaws } from './laws.ts';
import { verifyProblem } from './verify-problem.ts';

const packet = wavePacketProblem(wavePacketSettings.B);
const refuted = (problem: InverseProblem): readonly string[] =>
  verifyProblem(problem, {}, { cases: 20 })
    .verdicts.filter(({ verdict }) => verdict.outcome === 'refuted')
    .map(({ law }) => law);

describe('verifyProblem', () => {
  it.each([
    ['wave packet', packet],
    ['billiards', billiardsProblem('single')],
    ['Kuramoto–Sivashinsky', kuramotoSivashinskyProblem('A')],
  ])('finds nothing wrong with %s', (_name, problem) => {
    expect(refuted(problem)).toEqual([]);
  });

  it('does not take chaos, which bends more than differences can follow, for a wrong jvp', () => {
    const laws = ['jvp-is-the-derivative'];
    for (const seed of [0, 1]) {
      const { verdicts } = verifyProblem(kuramotoSivashinskyProblem('A'), {}, { cases: 60, seed, laws });
      expect(verdicts[0]?.verdict.outcome).toBe('supported');
    }
    const longer = verifyProblem(kuramotoSivashinskyProblem('D'), {}, { cases: 60, laws }).verdicts[0]?.verdict;
    expect(longer?.outcome).toBe('undecided');
  });

  it('finds instances that depend on how they are drawn', () => {
    const draw: InverseProblem['draw'] = (count, seed) => packet.draw(count, seed);
    expect(refuted({ ...packet, draw })).toEqual(['instances-in-pieces']);
  });

  it('finds observations of another shape, and promises', () => {
    const draw: InverseProblem['draw'] = (count, seed, first) => {
      const { task, reference } = packet.draw(count, seed, first);
      return { task: { ...task, observed: batch(count, 3) }, reference };
    };
    expect(refuted({ ...packet, draw })).toContain('instances');
    const promised = (async () => undefined) as unknown as InverseProblem['draw'];
    expect(refuted({ ...packet, draw: promised })).toContain('instances');
  });

  it('refutes the twin of every law, and only of those that it breaks', () => {
    for (const { law } of problemLaws) {
      expect(law.check({ seed: 1, cases: 100 }).outcome).toBe('supported');
      expect(law.brokenTwin.check({ seed: 1, cases: 100 }).outcome).toBe('refuted');
    }
  });

  it('refuses unknown laws and what is no simulator', () => {
    expect(() => verifyProblem(packet, {}, { laws: ['nope'] })).toThrow('nope');
    expect(() => verifyProblem({ ...packet, simulator: {} as never })).toThrow('no function "forward"');
  });
});
