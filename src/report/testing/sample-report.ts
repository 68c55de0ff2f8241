import type { ClaimResult, Outcome, SequenceEvidence, Verdict } from '../../core/claim.ts';
import type { FieldImage, Figure } from '../../core/figure.ts';
import type { ReportInput } from '../build.ts';
import { OUTCOMES } from '../outcomes.ts';

/** A sequential test that saw 21 successes in 21 trials. */
export const SAMPLE_SEQUENCE: SequenceEvidence = {
  kind: 'sequence',
  trials: 21,
  mean: 1,
  lower: 0.5031,
  upper: 1,
  level: 0.99998,
  logEvidence: { for: 11.6, against: Number.NEGATIVE_INFINITY },
};

const VERDICTS: Readonly<Record<Outcome, Verdict>> = {
  supported: { outcome: 'supported', reason: 'the lower bound exceeds 0.5', evidence: SAMPLE_SEQUENCE },
  refuted: {
    outcome: 'refuted',
    reason: 'a counterexample was found',
    evidence: { kind: 'counterexample', seed: 7, path: '3:1:0', shrunk: '[0, 0]', message: 'expected 1 <= 0' },
  },
  undecided: { outcome: 'undecided', needs: 'about 40 more trials', evidence: { ...SAMPLE_SEQUENCE, lower: 0.31 } },
  skipped: { outcome: 'skipped', reason: 'belongs to the full tier' },
  errored: { outcome: 'errored', message: 'the simulator returned NaN' },
};

/** A judged statistical claim with the given outcome, for tests of renderers. */
export function sampleResult(outcome: Outcome, changes: Partial<ClaimResult> = {}): ClaimResult {
  return {
    id: `sample.${outcome}`,
    kind: 'statistical',
    tier: 'quick',
    statement: `A claim that is ${outcome}.`,
    regime: 'n >= 64',
    source: { where: 'caption', quote: 'the quoted words', reference: 'Figure 3' },
    plan: { theta0: 0.5, theta1: 0.9, alpha: 1e-5, maxTrials: 200 },
    verdict: VERDICTS[outcome],
    control: { what: 'random network input', verdict: VERDICTS.refuted },
    words: `In words: it is ${outcome}.`,
    numbers: `In numbers: it is ${outcome}.`,
    curves: [
      {
        label: 'mean',
        points: [
          { trials: 1, mean: 1, lower: 0, upper: 1, logFor: 0.4, logAgainst: -0.5 },
          { trials: 10, mean: 1, lower: 0.2, upper: 1, logFor: 5, logAgainst: -9 },
          { trials: 21, mean: 1, lower: 0.5031, upper: 1, logFor: 11.6, logAgainst: Number.NEGATIVE_INFINITY },
        ],
      },
    ],
    facts: [
      {
        name: 'loss',
        label: 'final loss',
        unit: 'loss',
        trials: 21,
        mean: 0.5,
        median: 0.4,
        minimum: 0.25,
        maximum: 1,
      },
    ],
    replay: `npx inverse-claims verify sample.${outcome} --seed 7`,
    ...changes,
  };
}

/** A figure of one panel with a log axis, a gap and a reference line. */
export function sampleFigure(changes: Partial<Figure> = {}): Figure {
  return {
    id: '3b',
    title: 'Learning curves',
    caption: 'Median loss over iterations.',
    panels: [
      {
        title: 'Wave packet',
        x: { label: 'iteration', scale: 'linear' },
        y: { label: 'loss', scale: 'log' },
        series: [
          {
            name: 'BFGS',
            x: [0, 1, 2, 3],
            y: [1, 0.1, null, 0.01],
            low: [0.5, 0.05, null, 0.005],
            high: [2, 0.2, null, 0.02],
          },
          { name: 'joint network', x: [0, 1, 2, 3], y: [1, 0.3, 0, 1e-4] },
        ],
        references: [{ axis: 'y', value: 0.05, label: 'solved' }],
      },
    ],
    ...changes,
  };
}

/** A field of three columns and two rows with a gap at the top right. */
export function sampleField(changes: Partial<FieldImage> = {}): FieldImage {
  return {
    x: [0, 10, 20],
    y: [0, 1],
    rows: [
      [-2, -1, 0],
      [1, 2, null],
    ],
    color: { label: 'u', limit: 2 },
    ...changes,
  };
}

/** One claim of each outcome and one figure. */
export function sampleInput(changes: Partial<ReportInput> = {}): ReportInput {
  const results = changes.results ?? OUTCOMES.map((outcome) => sampleResult(outcome));
  return {
    seed: 7,
    backend: 'wasm',
    tried: [
      { name: 'tensorflow', ok: false, reason: 'module not found' },
      { name: 'wasm', ok: true },
    ],
    tier: 'quick',
    environment: { version: '0.1.0', node: 'v20.20.2', platform: 'linux', arch: 'x64', codeHash: 'c0ffee' },
    selection: { command: 'inverse-claims verify --seed 7', claims: [] },
    results,
    figures: [sampleFigure()],
    alphas: Object.fromEntries(results.map((result) => [result.id, 1e-5])),
    timings: {
      totalSeconds: 12.5,
      claimSeconds: Object.fromEntries(results.map((result) => [result.id, 2.5])),
      sources: { 'demo.training': { jobs: 21, seconds: 60 } },
      reusedJobs: 0,
    },
    ...changes,
  };
}
