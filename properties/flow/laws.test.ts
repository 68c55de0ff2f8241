import { describe, expect, it } from 'vitest';
import { flowLaws } from './laws.ts';

describe.each(Object.entries(flowLaws))('flow.%s', (_name, make) => {
  const law = make();

  it('holds', () => {
    const verdict = law.check({ seed: 20_261_127, cases: law.cases });
    expect(verdict).toMatchObject({ outcome: 'supported' });
  }, 120_000);

  it('refutes its broken twin', () => {
    expect(law.brokenTwin.check({ seed: 20_261_127, cases: law.cases }).outcome).toBe('refuted');
  }, 120_000);
});
