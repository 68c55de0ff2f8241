import { describe, expect, it } from 'vitest';
import type {
  Claim,
  Evidence,
  FactSummary,
  FormulaClaim,
  LawClaim,
  Measurement,
  SequenceEvidence,
  StatisticalClaim,
  Verdict,
} from '../core/claim.ts';
import { verdictInNumbers, verdictInWords } from './words.ts';

const words = { id: 'a.b', statement: 's', regime: 'r', source: { where: 'ours' }, tier: 'quick' } as const;
const measurement = { trials: { unit: 'training' }, value: () => 1 } as unknown as Measurement;
const skipped: Verdict = { outcome: 'skipped', reason: 'belongs to the full tier' };
const errored: Verdict = { outcome: 'errored', message: 'the simulator returned NaN-like rows' };

const law: LawClaim = {
  ...words,
  kind: 'law',
  cases: 1000,
  check: () => skipped,
  brokenTwin: { what: 'w', check: () => skipped },
};
const statistical: StatisticalClaim = {
  ...words,
  kind: 'statistical',
  theta0: 0.5,
  theta1: 0.9,
  alpha: 1e-5,
  maxTrials: 60,
  measurement,
  control: { what: 'w', ...measurement },
};
const formula: FormulaClaim = {
  ...words,
  kind: 'formula',
  cells: [
    { label: 'A', theory: 0.6, measurement, wrongTheory: 0.2 },
    { label: 'B', theory: 0.4, measurement, wrongTheory: 0.9 },
  ],
  bias: 0.05,
  resolution: 0.03,
  alpha: 1e-5,
  maxTrials: 8192,
  control: { what: 'w' },
};

function sequence(trials: number, mean: number, more: Partial<SequenceEvidence> = {}): SequenceEvidence {
  const logEvidence = { for: 11.6, against: Number.NEGATIVE_INFINITY };
  return { kind: 'sequence', trials, mean, lower: 0.5031, upper: 1, level: 0.99998, logEvidence, ...more };
}
const open = { logEvidence: { for: 3.2, against: -1 } };
const cells = (...means: readonly (readonly [trials: number, mean: number])[]): Evidence => ({
  kind: 'cells',
  cells: means.map(([trials, mean], k) => ({
    label: 'AB'[k] as string,
    theory: formula.cells[k]?.theory as number,
    ...sequence(trials, mean),
  })),
});
const tried: Evidence = { kind: 'cases', tried: 1000, rejected: 3, seed: 7 };
const counterexample: Evidence = {
  kind: 'counterexample',
  seed: 7,
  path: '3:1',
  shrunk: 'x = 0',
  message: '1 is not 2',
};

const supported = (evidence: Evidence): Verdict => ({ outcome: 'supported', reason: 'fine', evidence });
const refuted = (evidence: Evidence, reason = 'below'): Verdict => ({ outcome: 'refuted', reason, evidence });
const undecided = (evidence: Evidence, needs = 'about 7 further trials'): Verdict => ({
  outcome: 'undecided',
  needs,
  evidence,
});

/** Every kind with every outcome: what must be said in words, and what in numbers. */
const table: readonly (readonly [string, Claim, Verdict, readonly RegExp[], readonly RegExp[]])[] = [
  [
    'law supported',
    law,
    supported(tried),
    [/No counterexample among 1000/, /not a proof/],
    [/^1000 cases tried, no violation, 3 more/, /seed 7/, /no error/],
  ],
  [
    'law refuted',
    law,
    refuted(counterexample, 'found at case 4'),
    [/^False: .*x = 0/],
    [/^Found at case 4; seed 7, path 3:1: 1 is not 2/],
  ],
  [
    'law undecided',
    law,
    undecided(tried, 'more cases'),
    [/Not decided; needed: more cases\.$/],
    [/To settle it: more cases\.$/],
  ],
  [
    'statistical supported',
    statistical,
    supported(sequence(21, 1)),
    [/held in 21 of 21 trainings\. .*50 % or less.*once in 100,000 verifications/],
    [
      /^Mean 1 over 21 trainings, interval \[0\.5031, 1\.0000\] at level 0\.99998/,
      /above 0\.5, refuted below 0\.9/,
      /e-value 10\^5\.0 for and 0 against/,
      /error spent 0\.00001, at most 60 trials/,
    ],
  ],
  [
    'statistical refuted',
    statistical,
    refuted(sequence(6, 0)),
    [/held in 0 of 6 trainings only\. .*90 % or more.*once in 100,000 verifications/],
    [/^Mean 0 over 6 trainings/],
  ],
  [
    'statistical undecided',
    statistical,
    undecided(sequence(10, 0.8, open)),
    [/held in 8 of 10 trainings: not enough/, /about 7 further trials\.$/],
    [/e-value 10\^1\.4 for and 10\^-0\.4 against, 10\^5\.0 decides/, /To settle it: about 7 further trials\.$/],
  ],
  [
    'statistical undecided for its control',
    statistical,
    undecided(sequence(21, 1), 'The control is not refuted yet: more'),
    [/not yet rejected what must be rejected/],
    [/To settle it: The control/],
  ],
  [
    'statistical without trials',
    statistical,
    undecided(sequence(0, 0.5, open), 'trials: none was run'),
    [/no training was run/],
    [/^Mean not measured: 0 trainings/],
  ],
  [
    'formula supported',
    formula,
    supported(cells([900, 0.61], [800, 0.405])),
    [/agree within 0\.080 everywhere/, /A: predicted 0\.600, measured 0\.610/],
    [
      /^A: theory 0\.6, mean 0\.61 over 900 trainings, interval/,
      /within 0\.08 of theory, refuted beyond 0\.05/,
      /over 2 cells/,
    ],
  ],
  [
    'formula refuted',
    formula,
    refuted(cells([900, 0.9], [800, 0.4])),
    [/differ by more than the budget of 0\.05/],
    [/mean 0\.9 over 900/],
  ],
  [
    'formula undecided',
    formula,
    undecided(cells([1, 1], [0, 0.5])),
    [/B: predicted 0\.400, not measured yet/, /needed: about 7/],
    [/over 1 training,/, /B: theory 0\.4, mean not measured/],
  ],
  ...[law, statistical, formula].flatMap((claim) => [
    [`${claim.kind} skipped`, claim, skipped, [/^Not run: belongs to the full tier/], [/^$/]] as const,
    [`${claim.kind} errored`, claim, errored, [/^No verdict: the simulator/], [/^$/]] as const,
  ]),
];

describe('a verdict', () => {
  it.each(table)('explains itself in words and in numbers: %s', (_name, claim, verdict, inWords, inNumbers) => {
    const [said, counted] = [verdictInWords(claim, verdict), verdictInNumbers(claim, verdict)];
    for (const pattern of inWords) expect(said).toMatch(pattern);
    for (const pattern of inNumbers) expect(counted).toMatch(pattern);
    expect(said.replace('NaN-like', '')).not.toMatch(/NaN|undefined|null|\[object|\.\.|;\s*\./);
    expect(counted).not.toMatch(/NaN|undefined|null|Infinity|\[object|\.\.|;\s*\./);
  });

  it('takes its odds from α', () => {
    for (const [alpha, odds] of [
      [1e-3, 'once in 1,000 '],
      [0.05, 'once in 20 '],
      [1e-6, 'once in 1,000,000 '],
    ] as const) {
      const claim = { ...statistical, alpha };
      expect(verdictInWords(claim, supported(sequence(21, 1)))).toContain(odds);
      expect(verdictInWords(claim, refuted(sequence(21, 0)))).toContain(odds);
    }
  });

  it('reads means that are no counts as means', () => {
    expect(verdictInWords(statistical, supported(sequence(7, 0.9876)))).toContain('a mean of 0.988 over 7 trainings');
  });

  it('tells the cost in evaluations where facts count them, without that of the control', () => {
    const fact = (label: string, unit: string, mean: number): FactSummary => ({
      name: label,
      label,
      unit,
      trials: 21,
      mean,
      median: mean,
      minimum: mean,
      maximum: mean,
    });
    const facts = [
      fact('evaluations per problem', 'evaluations', 76.8125),
      fact('diverged', 'evaluations', Number.POSITIVE_INFINITY),
      fact('loss', 'loss', 3),
      fact('control: evaluations per problem', 'evaluations', 5),
    ];
    const numbers = verdictInNumbers(statistical, supported(sequence(21, 1)), facts);
    expect(numbers).toMatch(/; cost: evaluations per problem 76\.81, diverged ∞\.$/);
  });
});
