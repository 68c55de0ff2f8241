import { describe, expect, it } from 'vitest';
import { headline, OUTCOMES, TONES } from './outcomes.ts';

const none = { supported: 0, refuted: 0, undecided: 0, skipped: 0, errored: 0 };

describe('outcomes', () => {
  it('gives green to supported claims only', () => {
    expect(OUTCOMES.filter((outcome) => TONES[outcome] === 'green')).toEqual(['supported']);
    expect(TONES.undecided).toBe('amber');
    expect([TONES.refuted, TONES.errored]).toEqual(['red', 'red']);
  });

  it('says in a sentence what came out', () => {
    expect(headline(none)).toMatch(/no evidence/);
    expect(headline({ ...none, supported: 3 })).toBe('All 3 claims are supported.');
    expect(headline({ supported: 1, refuted: 2, undecided: 1, skipped: 1, errored: 1 })).toBe(
      '1 of 6 claims is supported; 2 are refuted, 1 is undecided, 1 is skipped, 1 has errored.',
    );
  });
});
