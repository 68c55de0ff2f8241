import { describe, expect, it } from 'vitest';
import { billiardsProblem } from '../simulators/billiards-problem.ts';
import { wavePacketProblem, wavePacketSettings } from '../simulators/wave-packet-problem.ts';
import { diagnoseProblem } from './diagnose-problem.ts';

const small = { probes: 64, trainings: 2, problems: 8, iterations: 5, backend: 'float64' } as const;

describe('diagnoseProblem', () => {
  it('is plain data, the same for the same seed', async () => {
    const subject = { problem: billiardsProblem('single') };
    const once = await diagnoseProblem(subject, small);
    expect(await diagnoseProblem(subject, small)).toEqual(once);
    expect(structuredClone(once)).toEqual(once);
    expect(once.figures.map(({ id }) => id)).toEqual([
      'diagnosis-landscape',
      'diagnosis-alignment',
      'diagnosis-runtime',
    ]);
    expect((await diagnoseProblem(subject, { ...small, seed: 1 })).probes).not.toEqual(once.probes);
  });

  it('looks at horizons where there are some', async () => {
    const problemAt = (samples: number) => wavePacketProblem({ ...wavePacketSettings.B, samples });
    const { figures, findings } = await diagnoseProblem(
      { problem: problemAt(128), horizons: [112, 128, 160], problemAt },
      { ...small, trainings: 1 },
    );
    expect(figures.map(({ id }) => id)).toContain('diagnosis-horizon');
    expect(findings.find(({ name }) => name === 'horizon')?.text).toContain('From horizon 112 to 160');
  });

  it.each([
    [{ probes: 7 }, '"probes"'],
    [{ trainings: 0 }, '"trainings"'],
    [{ problems: 1 }, '"problems"'],
    [{ iterations: 0.5 }, '"iterations"'],
    [{ learningRate: Number.NaN }, '"learningRate"'],
    [{ seed: -1 }, '"seed"'],
  ])('refuses %o', async (wrong, message) => {
    const subject = { problem: billiardsProblem('single') };
    await expect(diagnoseProblem(subject, { ...small, ...wrong })).rejects.toThrow(message);
  });
});
