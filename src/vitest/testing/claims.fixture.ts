import { describe, it } from 'vitest';
import { hostileInput } from '../../report/testing/hostile.ts';
import { SAMPLE_SEQUENCE, sampleResult } from '../../report/testing/sample-report.ts';
import { expectClaim } from '../expect-claim.ts';

const counterexample = sampleResult('refuted', { kind: 'law', plan: { cases: 200 } });
const results = [
  sampleResult('supported'),
  { ...counterexample, id: 'sample.law' },
  sampleResult('refuted', {
    verdict: {
      outcome: 'refuted',
      reason: 'the upper bound is below 0.9',
      evidence: { ...SAMPLE_SEQUENCE, trials: 40, mean: 0.25, lower: 0.11, upper: 0.43 },
    },
  }),
  sampleResult('undecided'),
  sampleResult('errored'),
  sampleResult('skipped'),
  sampleResult('supported', {
    id: 'sample.control',
    control: { what: 'a coin', verdict: sampleResult('undecided').verdict },
  }),
];

const byId = new Map(results.map((result) => [result.id, result]));

describe('samples', () => {
  it.for([...byId.keys()])('%s', (id, { task }) => expectClaim(task, byId.get(id)));

  it('sample.absent', ({ task }) => expectClaim(task, undefined));
});

describe('hostile texts', () => {
  const { results: hostile } = hostileInput();
  it.for([...hostile.keys()])('hostile %i', (k, { task }) => expectClaim(task, hostile[k]));
});
