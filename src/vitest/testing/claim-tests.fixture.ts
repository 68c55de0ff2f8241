import fc from 'fast-check';
import { expect, test as plainTest } from 'vitest';
import { law } from '../../../properties/generators.ts';
import { trialSource } from '../../claims/trial-source.ts';
import type { LawClaim, StatisticalClaim, TrialSource } from '../../core/claim.ts';
import { stream } from '../../core/random.ts';
import { withClaims } from '../claim-tests.ts';

const test = withClaims(plainTest, { seed: 5, backend: 'cpu' });

/** Trials that succeed with probability p. */
const coin = (p: number): TrialSource =>
  trialSource({
    id: `coin.${p}`,
    unit: 'problem',
    what: `a coin with ${p} heads`,
    meanings: { heads: { label: 'heads', unit: '1' } },
    trial: (seed) => ({ heads: stream(seed, 'coin').uniform() < p ? 1 : 0 }),
  });

const often = coin(0.9);
const seldom = coin(0.1);

const moreThanHalf = (id: string, trials: TrialSource, maxTrials = 400): StatisticalClaim => ({
  id,
  kind: 'statistical',
  tier: 'quick',
  statement: 'More than half of the coins show heads.',
  regime: 'These coins.',
  source: { where: 'ours' },
  theta0: 0.5,
  theta1: 0.8,
  alpha: 1e-3,
  maxTrials,
  measurement: { trials, value: ({ heads }) => heads as number },
  control: { what: 'a coin with 0.1 heads', trials: seldom, value: ({ heads }) => heads as number },
});

const squares = law<(x: number) => number, number>({
  cases: 100,
  subject: (x) => x * x,
  twin: { what: 'the cube', subject: (x) => x ** 3 },
  arbitrary: (f) => fc.integer({ min: -50, max: 50 }).map(f),
  violation: (y) => (y >= 0 ? undefined : `${y} is below 0`),
  show: String,
});

const lawClaim = (id: string, on: Pick<LawClaim, 'check' | 'brokenTwin'>): LawClaim => ({
  id,
  kind: 'law',
  tier: 'quick',
  statement: 'Squares are not negative.',
  regime: 'Integers from -50 to 50.',
  source: { where: 'ours' },
  cases: squares.cases,
  check: on.check,
  brokenTwin: on.brokenTwin,
});

test.claim([moreThanHalf('own.supported', often), moreThanHalf('own.refuted', seldom)]);
test.claim(moreThanHalf('own.undecided', often, 2));
test.claim(lawClaim('own.law', squares));
test.claim(lawClaim('own.wrong-law', { check: squares.brokenTwin.check, brokenTwin: squares.brokenTwin }));
test.claim(lawClaim('own.law-without-power', { ...squares, brokenTwin: { what: 'no twin', check: squares.check } }));

test('is still the test of vitest', () => {
  expect('claim' in plainTest).toBe(false);
});
