import { describe, expect, it } from 'vitest';
import { bugNamed } from '../broken/solver-versions.ts';
import { certificatesHold } from './certificate-law.ts';
import { everySolverLaw } from './every-law.ts';
import { solverLaws } from './laws.ts';
import { minimizeSubject } from './subject.ts';

const twin = bugNamed('lowest-value-reported');
const applicable = solverLaws.filter(({ name }) => name !== 'exact-termination');
const whole = everySolverLaw({ laws: applicable, subject: minimizeSubject(), twin, cases: 320 });

describe('everySolverLaw', () => {
  it('shares the cases between the laws, and counts those of laws that apply', () => {
    const verdict = whole.check({ seed: 1, cases: 320 });
    expect(verdict).toMatchObject({ outcome: 'supported', evidence: { kind: 'cases', tried: 320, seed: 1 } });
  });

  it('leads the path of a counterexample by the number of the law, and replays it', () => {
    const refuted = whole.brokenTwin.check({ seed: 5, cases: 3400 });
    if (refuted.outcome !== 'refuted' || refuted.evidence.kind !== 'counterexample') throw new Error('not refuted');
    const { path, shrunk, message } = refuted.evidence;
    expect(path).toMatch(/^0:/);
    expect(message).toMatch(/^value-of-point: /);
    const again = whole.brokenTwin.check({ seed: 5, cases: 3400, path });
    expect(again).toMatchObject({ outcome: 'refuted', evidence: { path, shrunk, message } });
    expect(whole.check({ seed: 5, cases: 3400, path }).outcome).toBe('undecided');
  });

  it.each(['', '99:0', '0', 'x:1'])('refuses the path %j', (path) => {
    expect(() => whole.check({ seed: 1, cases: 17, path })).toThrow(/the number of a law, 0 to 15/);
  });

  it('is undecided where a law does not apply', () => {
    const wolfeOnly = solverLaws.filter(({ name }) => name === 'strong-wolfe');
    const silent = minimizeSubject({ method: 'backtracking' });
    const law = everySolverLaw({ laws: wolfeOnly, subject: silent, twin, cases: 10 });
    expect(law.check({ seed: 1, cases: 10 })).toMatchObject({
      outcome: 'undecided',
      needs: expect.stringContaining('"strong-wolfe" to apply'),
    });
  });
});

describe('certificatesHold', () => {
  it('is supported, and a method that promises other constants is refuted by a certificate', () => {
    const law = certificatesHold();
    expect(law.check({ seed: 11, cases: 60 }).outcome).toBe('supported');
    expect(law.brokenTwin.check({ seed: 11, cases: 60 })).toMatchObject({
      outcome: 'refuted',
      evidence: { message: expect.stringMatching(/certificate "(curvature|sufficient decrease)" of/) },
    });
  });
});
