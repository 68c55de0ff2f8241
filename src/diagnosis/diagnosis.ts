import type { Figure } from '../core/figure.ts';
import type { BackendName } from '../core/solver.ts';
import type { Averaging } from './averaging.ts';
import type { Comparison } from './comparison.ts';
import type { GradientProbe } from './gradient-probe.ts';
import type { GrowthProbe } from './growth-probe.ts';
import type { LandscapeProbe } from './landscape-probe.ts';
import type { Units } from './standardized-problem.ts';
import type { TrainingSettings } from './training.ts';

/** What was found out about a problem before anything was solved; plain data. */
export interface Probes {
  readonly units: Units;
  /** Undefined where no gradient was finite, or every instance starts at its solution. */
  readonly gradients?: GradientProbe;
  readonly averaging?: Averaging;
  readonly landscape: LandscapeProbe;
  /** Undefined where the problem says nothing about horizons. */
  readonly growth?: GrowthProbe;
}

export interface Recommendation {
  /** What to solve such problems with; `undecided` where the trainings do not tell. */
  readonly use: 'joint training' | 'multi-start BFGS' | 'BFGS' | 'undecided';
  /** One sentence. */
  readonly advice: string;
  /** What it rests on, with numbers. */
  readonly evidence: readonly string[];
  /** What is not known, and what would settle it. */
  readonly uncertainty: readonly string[];
}

/** Everything that `diagnoseProblem` finds; plain data but for infinite bounds. */
export interface Diagnosis {
  readonly problem: string;
  /** Number of unknowns, identifiers and observed numbers. */
  readonly unknowns: number;
  readonly identifiers: number;
  readonly observed: number;
  readonly seed: number;
  readonly backend: BackendName;
  readonly training: TrainingSettings;
  readonly probes: Probes;
  readonly comparison: Comparison;
  readonly recommendation: Recommendation;
  /** The same in words, one paragraph per finding. */
  readonly findings: readonly Finding[];
  readonly figures: readonly Figure[];
}

export interface Finding {
  readonly name: string;
  readonly text: string;
}
