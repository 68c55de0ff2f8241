import type { EvidencePoint, SequenceEvidence, Verdict } from '../core/claim.ts';
import { compensatedSum, meanOf } from './confidence-sequence.ts';
import { decisionRule, type Finding, type SequentialTestSpec } from './decision-rules.ts';
import { requireSample } from './e-process.ts';
import { curveRecorder, type Snapshot } from './evidence-curve.ts';

/** The end of a test. */
export interface Decision extends Finding {
  /** Trials it took. */
  readonly trials: number;
}

/** A verdict on a sequence of samples, and how the evidence came to it. */
export interface Judgement {
  /** Its evidence is of kind `'sequence'`. */
  readonly verdict: Exclude<Verdict, { readonly outcome: 'skipped' | 'errored' }> & {
    readonly evidence: SequenceEvidence;
  };
  /** At most 60 points on a logarithmic grid of trials, the first and the last among them; empty without trials. */
  readonly curve: readonly EvidencePoint[];
  /** Trials until the decision; undefined while there is none. */
  readonly decidedAt: number | undefined;
}

/** A test that takes one sample at a time and stops by itself. */
export interface SequentialTest {
  /**
   * Takes the next sample, in [0, 1], and returns the decision once there is one. After a decision, or after
   * `maxTrials` samples, nothing changes any more. A sample that is not a number in [0, 1] throws and is not taken.
   */
  add(x: number): Decision | undefined;
  /** Samples taken. */
  trials(): number;
  decision(): Decision | undefined;
  /** True after a decision or `maxTrials` samples. */
  finished(): boolean;
  /** The judgement on the samples so far. */
  judgement(): Judgement;
}

/** Numbers appended one by one, viewed as one array. */
function growingArray(): { push(x: number): void; view(): Float64Array } {
  let data = new Float64Array(64);
  let length = 0;
  return {
    push(x) {
      if (length === data.length) {
        const larger = new Float64Array(2 * length);
        larger.set(data);
        data = larger;
      }
      data[length++] = x;
    },
    view: () => data.subarray(0, length),
  };
}

/** Counts, interior samples and mean of the samples so far. */
function sampleRecord() {
  const interior = growingArray();
  const sum = compensatedSum();
  const counts = { zeros: 0, ones: 0, trials: 0 };
  return {
    counts,
    interior,
    add(x: number) {
      counts.trials++;
      if (x === 0) counts.zeros++;
      else if (x === 1) counts.ones++;
      else {
        interior.push(x);
        sum.add(x);
      }
    },
    mean: () => meanOf(counts.ones, sum.value(), counts.trials),
  };
}

function evidenceAt(last: Snapshot, point: EvidencePoint | undefined, boundAlpha: number): SequenceEvidence {
  return {
    kind: 'sequence',
    trials: last.trials,
    mean: last.mean,
    lower: point?.lower ?? 0,
    upper: point?.upper ?? 1,
    level: Math.max(0, 1 - 2 * boundAlpha),
    logEvidence: { for: last.logFor, against: last.logAgainst },
  };
}

/**
 * A sequential test fed one sample at a time: `judge` without the array.
 *
 * @param test  as for `judge`; throws as `judge` does
 * @example
 * const test = sequentialTest({ kind: 'statistical', theta0: 0.5, theta1: 0.9, alpha: 1e-5 });
 * while (!test.finished()) test.add(1);
 * test.decision(); // => { outcome: 'supported', reason: 'above θ₀', trials: 19 }
 */
export function sequentialTest(test: SequentialTestSpec): SequentialTest {
  const rule = decisionRule('judge', test);
  const { maxTrials = Number.POSITIVE_INFINITY } = test;
  const samples = sampleRecord();
  const curve = curveRecorder();
  let decision: Decision | undefined;
  const snapshot = (): Snapshot => ({
    ...samples.counts,
    mean: samples.mean(),
    logFor: rule.logFor(),
    logAgainst: rule.logAgainst(),
  });
  const finished = (): boolean => decision !== undefined || samples.counts.trials >= maxTrials;
  return {
    add(x) {
      if (finished()) return decision;
      requireSample('judge', x, samples.counts.trials);
      samples.add(x);
      const found = rule.add(x);
      if (found !== undefined) decision = { ...found, trials: samples.counts.trials };
      if (curve.wants(samples.counts.trials)) curve.record(snapshot());
      return decision;
    },
    trials: () => samples.counts.trials,
    decision: () => decision,
    finished,
    judgement() {
      const last = snapshot();
      const points = curve.points(last, samples.interior.view(), rule.boundAlpha);
      const evidence = evidenceAt(last, points.at(-1), rule.boundAlpha);
      return {
        verdict:
          decision === undefined
            ? { outcome: 'undecided', evidence, needs: rule.needs(last.trials, last.mean) }
            : { outcome: decision.outcome, reason: decision.reason, evidence },
        curve: points,
        decidedAt: decision?.trials,
      };
    },
  };
}

/**
 * Judges samples in their order and stops at the first decision; later samples are not read.
 *
 * Statistical test, mean θ against θ₀ < θ₁: supported when K⁺(θ₀) >= 1/α ("above θ₀"), refuted when K⁻(θ₁) >= 1/α
 * ("below θ₁"), refuted when both happen at the same trial ("between θ₀ and θ₁"). A support is wrong only if θ <= θ₀,
 * a refutation only if θ >= θ₁, each with probability at most α; as both cannot be, the verdict costs α in all.
 *
 * Formula test, mean θ against theory T, bias b and resolution δ: supported when K⁺(T − b − δ) and K⁻(T + b + δ) have
 * both reached 2/α, each at its own time (a bound at or outside 0 or 1 holds by itself); refuted when K⁺(T + b) or
 * K⁻(T − b) reaches 2/α, also where support comes at the same trial. The verdict costs α in all.
 *
 * K is the e-process of `bettingProcess`. For zeros and ones the judgement after t trials depends on the data through
 * counts. The interval shown is the confidence sequence of `confidenceSequence` at the last trial, with α per side for
 * statistical tests (level 1 − 2α) and α/2 for formulas (level 1 − α); since support of a formula keeps the earlier
 * crossing of one side, the interval can end up to a little outside the band on that side.
 *
 * @param samples  each in [0, 1]; others throw `out-of-range` or `not-finite` with the number of the trial
 * @param test     θ₀ in [0, 1), θ₁ in (θ₀, 1]; or T in [0, 1], b, δ >= 0, not both 0, and not so large that the band
 *                 covers [0, 1]; α in (0, 1); maxTrials >= 1. Anything else throws `out-of-range` or `not-finite`
 * @example
 * const coin = { kind: 'statistical', theta0: 0.5, theta1: 0.9, alpha: 1e-5 } as const;
 * judge(new Array(30).fill(1), coin).decidedAt; // => 19
 * judge(new Array(30).fill(0), coin).verdict.outcome; // => 'refuted'
 * judge([1, 0, 1, 1], coin).verdict.outcome; // => 'undecided'
 * @see Waudby-Smith & Ramdas, "Estimating means of bounded random variables by betting", JRSS-B 86 (2024) 1.
 */
export function judge(samples: Iterable<number>, test: SequentialTestSpec): Judgement {
  const sequence = sequentialTest(test);
  for (const x of samples) {
    sequence.add(x);
    if (sequence.finished()) break;
  }
  return sequence.judgement();
}
