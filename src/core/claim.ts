import type { BackendName } from './solver.ts';

/** Measured numbers of one trial, by name. Finite or ±∞; never NaN. */
export type Facts = Readonly<Record<string, number>>;

/** How a fact is named and read in reports. */
export interface FactMeaning {
  readonly label: string;
  /** `'1'` for fractions and events, otherwise what is counted or measured: `'evaluations'`, `'loss'` … */
  readonly unit: string;
}

export interface TrialContext {
  /** Seed of the whole verification, in [0, 2^48). */
  readonly seed: number;
  /** Backend that trains networks. */
  readonly backend: BackendName;
}

/**
 * An endless sequence of independent, identically distributed trials, numbered 0, 1, 2, …
 * Trial k is a pure function of (source, context, k): it never depends on how trials are grouped or ordered.
 * Several claims may read the same source; each trial is then computed once.
 */
export interface TrialSource {
  /** Unique: 'wave-packet.training-B'. */
  readonly id: string;
  /** What is independent from trial to trial: a whole training with fresh data and network, or one problem. */
  readonly unit: 'training' | 'problem';
  readonly what: string;
  /** Trials worth computing in one call (lock-step batches are faster): 1 for trainings. */
  readonly chunk: number;
  readonly meanings: Readonly<Record<string, FactMeaning>>;
  /** Names of further facts, points of curves for instance, which only figures read; none unless given. */
  readonly unshown?: readonly string[];
  /** Facts of trials first, …, first + count − 1, in that order. */
  run(context: TrialContext, first: number, count: number): Promise<readonly Facts[]>;
}

/** Where the statement comes from. Only abstract and captions of the paper are quoted; all else is 'ours' or cited literature. */
export interface Source {
  readonly where: 'abstract' | 'caption' | 'literature' | 'ours';
  readonly quote?: string;
  readonly reference?: string;
}

interface ClaimBase {
  /** 'group.statement-in-kebab-case': test name, report anchor and baseline key. */
  readonly id: string;
  readonly statement: string;
  /** Where the statement is claimed to hold, and how its settings were chosen. */
  readonly regime: string;
  readonly source: Source;
  readonly tier: 'quick' | 'full';
}

export interface LawSearch {
  readonly seed: number;
  readonly cases: number;
  /** Replays one counterexample: the path printed with it. */
  readonly path?: string;
}

/** "For all x …": decided by a search for a counterexample. */
export interface LawClaim extends ClaimBase {
  readonly kind: 'law';
  readonly cases: number;
  /** True where the cases are all there are: the law is then checked, not searched. */
  readonly exhaustive?: true;
  check(search: LawSearch): Verdict;
  /** The same law on a deliberately faulty subject: must come out refuted. */
  readonly brokenTwin: { readonly what: string; check(search: LawSearch): Verdict };
}

/** Which trials, and which number in [0, 1] is made of the facts of each. */
export interface Measurement {
  readonly trials: TrialSource;
  /** 0 or 1 for events; must lie in [0, 1]. */
  value(facts: Facts): number;
}

/** "The mean θ of a quantity in [0, 1] over trials lies above θ₀ (or below θ₁)". */
export interface StatisticalClaim extends ClaimBase {
  readonly kind: 'statistical';
  readonly theta0: number;
  readonly theta1: number;
  readonly alpha: number;
  readonly maxTrials: number;
  readonly measurement: Measurement;
  /** Must be refuted by the same test. */
  readonly control: { readonly what: string } & Measurement;
}

/** One number of a closed form, and the trials whose mean it predicts. */
export interface FormulaCell {
  readonly label: string;
  readonly theory: number;
  readonly measurement: Measurement;
  /** A wrong theory for the same trials: the control. */
  readonly wrongTheory: number;
}

/** "The mean of each cell equals the closed form, up to the bias budget". All numbers in [0, 1]. */
export interface FormulaClaim extends ClaimBase {
  readonly kind: 'formula';
  readonly cells: readonly FormulaCell[];
  /** 0 for exact statements; a written budget for approximations. */
  readonly bias: number;
  readonly resolution: number;
  readonly alpha: number;
  /** Per cell. */
  readonly maxTrials: number;
  readonly control: { readonly what: string };
}

export type Claim = LawClaim | StatisticalClaim | FormulaClaim;

/** State of a sequential test after some number of trials. */
export interface SequenceEvidence {
  readonly kind: 'sequence';
  readonly trials: number;
  readonly mean: number;
  /** Confidence sequence at this trial. */
  readonly lower: number;
  readonly upper: number;
  /** Two-sided level of [lower, upper]: 1 − 2α for statistical claims (one-sided α each), 1 − α for formulas. */
  readonly level: number;
  /** Natural logarithms of the e-values for the two directions tested; the threshold is ln(2 / (1 − level)). */
  readonly logEvidence: { readonly for: number; readonly against: number };
}

export type Evidence =
  | { readonly kind: 'cases'; readonly tried: number; readonly rejected: number; readonly seed: number }
  | {
      readonly kind: 'counterexample';
      readonly seed: number;
      readonly path: string;
      readonly shrunk: string;
      readonly message: string;
    }
  | SequenceEvidence
  | {
      readonly kind: 'cells';
      readonly cells: readonly ({ readonly label: string; readonly theory: number } & SequenceEvidence)[];
    };

export type Verdict =
  | { readonly outcome: 'supported' | 'refuted'; readonly reason: string; readonly evidence: Evidence }
  | { readonly outcome: 'undecided'; readonly evidence: Evidence; readonly needs: string }
  | { readonly outcome: 'skipped'; readonly reason: string }
  | { readonly outcome: 'errored'; readonly message: string };

export type Outcome = Verdict['outcome'];

/** One point of an evidence curve. */
export interface EvidencePoint {
  readonly trials: number;
  readonly mean: number;
  readonly lower: number;
  readonly upper: number;
  readonly logFor: number;
  readonly logAgainst: number;
}

/** A fact over the judged trials. */
export interface FactSummary {
  readonly name: string;
  readonly label: string;
  readonly unit: string;
  readonly trials: number;
  readonly mean: number;
  readonly median: number;
  readonly minimum: number;
  readonly maximum: number;
}

/** One sequential test as it ran: for the evidence plot. */
export interface EvidenceCurve {
  readonly label: string;
  readonly points: readonly EvidencePoint[];
}

/** All that is known of one claim after it was judged: plain data, the input of every report. */
export interface ClaimResult {
  readonly id: string;
  readonly kind: Claim['kind'];
  readonly tier: Claim['tier'];
  readonly statement: string;
  readonly regime: string;
  readonly source: Source;
  /** What was decided beforehand, in words and numbers: thresholds, α, budget; or the number of cases. */
  readonly plan: Readonly<Record<string, number | string>>;
  /** The verdict on the claim, after its control was considered. */
  readonly verdict: Verdict;
  readonly control: { readonly what: string; readonly verdict: Verdict };
  /** One sentence for a reader without statistics. */
  readonly words: string;
  /** One sentence with the numbers: measured, interval, thresholds, error, trials, cost; empty where nothing was measured. */
  readonly numbers: string;
  readonly curves: readonly EvidenceCurve[];
  readonly facts: readonly FactSummary[];
  /** Command that runs the claim, or its counterexample, again. */
  readonly replay: string;
}
