import { describe, expect, it } from 'vitest';
import type { KillMatrixDefinition } from './kill-matrix.ts';
import { mutantsAreRefuted } from './mutants-are-refuted.ts';

const definition: KillMatrixDefinition<number> = {
  id: 'test.numbers',
  title: '',
  caption: '',
  checks: [{ name: 'positive', what: '> 0', killedAt: (value) => (value > 0 ? null : 1) }],
  correct: [{ name: 'one', what: '1', subject: 1 }],
  mutants: [
    { name: 'minus one', what: '−1', subject: -1 },
    { name: 'zero', what: '0', subject: 0 },
  ],
};
const search = { seed: 1, cases: 3 };

describe('mutantsAreRefuted', () => {
  it('is supported where every wrong version is refuted and no right one', () => {
    const law = mutantsAreRefuted(definition);
    expect(law.cases).toBe(3);
    expect(law.check(search)).toMatchObject({ outcome: 'supported', evidence: { tried: 3 } });
    expect(law.brokenTwin.check(search)).toMatchObject({ outcome: 'refuted' });
  });

  it('names a wrong version that survives', () => {
    const mutants = [...definition.mutants, { name: 'two', what: '2', subject: 2 }];
    expect(mutantsAreRefuted({ ...definition, mutants }).check(search)).toMatchObject({
      outcome: 'refuted',
      evidence: { path: '3', shrunk: 'two', message: 'survives all 1 checks: 2' },
    });
  });

  it('names a right version that is refuted', () => {
    const correct = [{ name: 'null', what: '0', subject: 0 }];
    expect(mutantsAreRefuted({ ...definition, correct }).check(search)).toMatchObject({
      outcome: 'refuted',
      evidence: { path: '0', shrunk: 'null', message: 'right, but refuted by "positive"' },
    });
  });
});
