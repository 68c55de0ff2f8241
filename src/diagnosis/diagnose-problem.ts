import { rowRange } from '../core/batch.ts';
import type { Facts } from '../core/claim.ts';
import { requireNumber } from '../core/errors.ts';
import { type InverseProblem, width } from '../core/problem.ts';
import { childSeed, LARGEST_SEED } from '../core/random.ts';
import type { BackendName } from '../core/solver.ts';
import { loadBackend } from '../networks/backend.ts';
import { averaging } from './averaging.ts';
import { compareTrainings } from './comparison.ts';
import { networkCoupling } from './coupling.ts';
import type { Diagnosis, Probes } from './diagnosis.ts';
import { diagnosisFigures } from './figures.ts';
import { findingsOf } from './findings.ts';
import { framedGradients, gradientProbe } from './gradient-probe.ts';
import { growthProbe } from './growth-probe.ts';
import { landscapeProbe } from './landscape-probe.ts';
import { recommend } from './recommendation.ts';
import { type DiagnosedProblem, standardized, type Units, unitsOf } from './standardized-problem.ts';
import { standardInputs, type TrainingSettings, trainOnce } from './training.ts';

/** A problem, and what its author may say besides. */
export interface DiagnosisSubject {
  readonly problem: DiagnosedProblem;
  /** Horizons, at least three, ascending; with `problemAt`. */
  readonly horizons?: readonly number[];
  /** The same problem with another horizon. */
  problemAt?(horizon: number): DiagnosedProblem;
  /** Loss at or below which a problem is solved. */
  readonly solvedLoss?: number;
}

export interface DiagnosisOptions {
  /** Integer in [0, 2^48); default 0. */
  readonly seed?: number;
  /** Instances whose gradients are looked at; an integer >= 8, default 1024. An eighth of them get a ray. */
  readonly probes?: number;
  /** Independent trainings; an integer >= 1, default 8: fewer than 7 cannot decide. */
  readonly trainings?: number;
  /** Problems of a training; an integer >= 2, default 64. */
  readonly problems?: number;
  /** Steps of a training; an integer >= 1, default 300. */
  readonly iterations?: number;
  /** > 0, default 0.003. */
  readonly learningRate?: number;
  /** Default `'losses'`. */
  readonly exampleWeights?: TrainingSettings['exampleWeights'];
  /** Trains networks; default `'auto'`. */
  readonly backend?: 'auto' | BackendName;
}

type Resolved = Required<Omit<DiagnosisOptions, 'exampleWeights' | 'learningRate' | 'problems' | 'iterations'>> & {
  readonly training: TrainingSettings;
};

/** Numbers of a diagnosis that does not say otherwise. */
export const DIAGNOSIS_DEFAULTS = {
  seed: 0,
  probes: 1024,
  trainings: 8,
  problems: 64,
  iterations: 300,
  learningRate: 3e-3,
} as const;

const HIDDEN = [64, 64] as const;
/** Instances between which coupling is measured. */
const COUPLED = 32;
const FEWEST_RAYS = 8;

/** Options with their defaults; throws `out-of-range` or `not-finite`, naming the option. */
export function resolveDiagnosis({ solvedLoss }: DiagnosisSubject, options: DiagnosisOptions): Resolved {
  const usual = DIAGNOSIS_DEFAULTS;
  const { seed = usual.seed, probes = usual.probes, trainings = usual.trainings } = options;
  const { problems = usual.problems, iterations = usual.iterations, learningRate = usual.learningRate } = options;
  const at = (name: string): string => `diagnoseProblem: "${name}"`;
  requireNumber(at('seed'), seed, { minimum: 0, maximum: LARGEST_SEED, integer: true });
  requireNumber(at('probes'), probes, { minimum: 8, integer: true });
  requireNumber(at('trainings'), trainings, { minimum: 1, integer: true });
  requireNumber(at('problems'), problems, { minimum: 2, integer: true });
  requireNumber(at('iterations'), iterations, { minimum: 1, integer: true });
  requireNumber(at('learningRate'), learningRate, { above: 0 });
  if (solvedLoss !== undefined) requireNumber(at('solvedLoss'), solvedLoss);
  const { exampleWeights = 'losses', backend = 'auto' } = options;
  const solved = solvedLoss === undefined ? {} : { solvedLoss };
  const training = { problems, iterations, learningRate, hidden: HIDDEN, exampleWeights, ...solved };
  return { seed, probes, trainings, backend, training };
}

/** Gradients, landscape, averaging and growth: everything but trainings. */
export function probeProblem(subject: DiagnosisSubject, options: DiagnosisOptions): Probes {
  const { seed, probes, training } = resolveDiagnosis(subject, options);
  const units = unitsOf(subject.problem, seed);
  const problem = standardized(subject.problem, units);
  const gradients = framedGradients(problem, probes, seed);
  const probe = gradientProbe(gradients);
  const rays = Math.max(FEWEST_RAYS, Math.floor(probes / 8));
  const { horizons, problemAt } = subject;
  return {
    units,
    ...(probe === undefined
      ? {}
      : {
          gradients: probe,
          averaging: averaging(
            width(problem.simulator.input),
            probe,
            gradients.framed,
            couplingOf(problem, training, seed),
          ),
        }),
    landscape: landscapeProbe(problem, rays, seed),
    ...(horizons === undefined || problemAt === undefined
      ? {}
      : { growth: growthProbe({ horizons, problemAt }, units, rays, seed) }),
  };
}

function couplingOf(problem: InverseProblem, { problems, hidden }: TrainingSettings, seed: number): number {
  const { task } = problem.draw(problems, childSeed(seed, 'diagnosis/coupled'));
  return networkCoupling(hidden, rowRange(standardInputs(task), 0, Math.min(COUPLED, problems)), seed);
}

/** Facts of training k; `units` are those of the probes. */
export async function diagnosisTraining(
  subject: DiagnosisSubject,
  options: DiagnosisOptions,
  units: Units,
  k: number,
): Promise<Facts> {
  const { seed, backend, training } = resolveDiagnosis(subject, options);
  return trainOnce(standardized(subject.problem, units), training, await loadBackend(backend), seed, k);
}

/** Everything together: what follows from probes and trainings. */
export async function concludeDiagnosis(
  subject: DiagnosisSubject,
  options: DiagnosisOptions,
  probes: Probes,
  facts: readonly Facts[],
): Promise<Diagnosis> {
  const { seed, backend, training } = resolveDiagnosis(subject, options);
  const { id, simulator } = subject.problem;
  const comparison = compareTrainings(facts, training.problems);
  return {
    problem: id,
    unknowns: width(simulator.input),
    identifiers: width(simulator.identifiers),
    observed: width(simulator.output),
    seed,
    backend: (await loadBackend(backend)).backend,
    training,
    probes,
    comparison,
    recommendation: recommend(probes, comparison),
    findings: findingsOf(probes),
    figures: diagnosisFigures(id, probes, facts, training.problems),
  };
}

/**
 * What an inverse problem is like, and whether training one network on many of its instances helps.
 *
 * Probes, each with a 95 % interval: share of starts with a gradient of zero and with one that leads away from the hidden
 * solution; minima along random rays and the basin around the solution; how the alignment of averaged gradients grows, as
 * measured and as theory predicts for n = 1 … 1024; growth of gradients with the horizon, where there is one. Then
 * independent trainings, each on fresh problems: BFGS from the start, multi-start BFGS with as many evaluations, a network
 * trained through the simulator, the same refined by BFGS. The recommendation follows from those alone; where they do not
 * tell, it is `undecided` and says what would settle it. Everything is in units of the unknowns: standard deviations of the
 * hidden solutions.
 *
 * Throws what the problem throws, `shape-mismatch`, `simulator-contract` or `not-finite` where it breaks its interface, and
 * `out-of-range` or `not-finite` for options. Same options, backend and machine: the same diagnosis.
 *
 * @example
 * import { wavePacketProblem, wavePacketSettings } from '../simulators/wave-packet-problem.ts';
 * const problem = wavePacketProblem(wavePacketSettings.B);
 * const options = { probes: 64, trainings: 1, problems: 8, iterations: 5, backend: 'float64' } as const;
 * const { recommendation, probes } = await diagnoseProblem({ problem }, options);
 * [recommendation.use, probes.gradients?.zero.value]; // => ['undecided', 0]
 */
export async function diagnoseProblem(subject: DiagnosisSubject, options: DiagnosisOptions = {}): Promise<Diagnosis> {
  const { trainings } = resolveDiagnosis(subject, options);
  const probes = probeProblem(subject, options);
  const facts: Facts[] = [];
  for (let k = 0; k < trainings; k++) facts.push(await diagnosisTraining(subject, options, probes.units, k));
  return concludeDiagnosis(subject, options, probes, facts);
}
