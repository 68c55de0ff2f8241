import type { ProblemSubject } from '../../properties/problems/laws.ts';
import { requireSubject, type SimulatorSubject } from '../../properties/simulators/subject.ts';
import type { SolverSubject } from '../../properties/solvers/subject.ts';
import { InverseClaimsError, messageOf } from '../core/errors.ts';
import { type Distribution, type Prior, requirePrior } from '../core/prior.ts';
import type { SimulatorLike } from '../core/problem.ts';
import { tensorFunction } from '../networks/tensor-function.ts';
import { type ForwardOnly, numbersOf, outputAxis, rowByRow, withDifferences } from '../simulators/differences.ts';
import { halfSquaredError } from '../simulators/half-squared-error.ts';
import { middleOf, type PriorProblemOptions, priorProblem } from '../simulators/prior-problem.ts';
import { type Exported, importModule } from './import-module.ts';
import { functionOfTensors } from './tensor-simulator.ts';

/** A minimizer of a user: (fun, x0, options) => { x, value, converged, evaluations }. */
export type Minimizer = SolverSubject['minimize'];

/** Where derivatives come from: the user's own code, or ours, and then there is nothing to check about them. */
export type Derivatives = 'own' | 'differences' | 'TensorFlow.js';

/** A problem of a user, and what is said beside it. */
export interface UserProblem {
  readonly problem: ProblemSubject;
  readonly horizons?: readonly number[];
  problemAt?(horizon: number): ProblemSubject;
  readonly solvedLoss?: number;
}

/** What a module exports for us to check. */
export type ModuleSubject =
  | { readonly kind: 'solver'; readonly subject: SolverSubject }
  | { readonly kind: 'simulator'; readonly subject: SimulatorSubject; readonly derivatives: Derivatives }
  | {
      readonly kind: 'problem';
      readonly subject: UserProblem;
      readonly priors: Pick<SimulatorSubject, 'prior' | 'identifiers'>;
      readonly derivatives: Derivatives;
    };

const WANTED =
  'an export "minimize" (fun, x0, options) => { x, value, converged, evaluations }, "simulator" with forward and vjp, ' +
  '"problem" with a simulator, or "f" (x) => y with a "prior"; the first three may be the default export';

/**
 * What a module exports: the function `minimize`, the object `simulator`, the object `problem`, or a plain function `f`; with
 * `prior` and `identifiers`, the distributions of points, beside the latter three.
 *
 * A `problem` has a simulator and either `draw` or, with an exported `prior`, `start` and `noise` as `priorProblem` takes
 * them; its `misfit` is ½|y − y*|² unless it has one. `horizons` with `problemAt(horizon)`, and `solvedLoss`, may be exported
 * beside it. A function `f` of one point (n), with its `prior` and perhaps `start` and `noise`, is a problem; its derivatives,
 * and those of simulators without vjp, are made by TensorFlow.js where it answers tensors, else by central differences.
 * `exactLineSearch = true` says that a minimizer understands `options.lineSearch === 'exact'`.
 *
 * Throws `solver-protocol` where the module cannot be loaded or exports none of these, and `simulator-contract` or
 * `shape-mismatch` where a simulator lacks parts or its priors have other widths.
 */
export async function loadSubject(module: string): Promise<ModuleSubject> {
  const where = `check: ${module}`;
  const exported = await loaded(where, module);
  const { minimize, simulator, problem, f } = exported;
  const main = exported.default;
  const solver = minimize ?? main;
  if (typeof solver === 'function') {
    const exactLineSearch = exported.exactLineSearch === true;
    return { kind: 'solver', subject: { minimize: solver as Minimizer, exactLineSearch } };
  }
  const object = problem ?? (hasSimulator(main) ? main : undefined);
  if (object !== undefined) return problemSubject(where, object, exported);
  const found = simulator ?? main;
  if (typeof found === 'object' && found !== null) return simulatorSubject(where, found as SimulatorLike, exported);
  if (typeof f === 'function') return functionSubject(where, f as (x: unknown) => unknown, exported);
  throw new InverseClaimsError('solver-protocol', {
    where,
    expected: WANTED,
    received: `exports ${Object.keys(exported).join(', ') || 'nothing'}`,
  });
}

/** The minimizer that a module exports; throws like `loadSubject`, and `solver-protocol` where it exports something else. */
export async function loadMinimizer(module: string): Promise<SolverSubject> {
  const { kind, subject } = await loadSubject(module);
  if (kind === 'solver') return subject;
  throw new InverseClaimsError('solver-protocol', {
    where: `gate: ${module}`,
    expected: 'an export "minimize"',
    received: `a ${kind}`,
  });
}

async function loaded(where: string, module: string): Promise<Exported> {
  try {
    return await importModule(module);
  } catch (error) {
    if (error instanceof InverseClaimsError) throw error;
    throw new InverseClaimsError('solver-protocol', {
      where,
      expected: 'an ES module that can be loaded',
      received: messageOf(error),
    });
  }
}

function hasSimulator(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'simulator' in value;
}

type Priors = Pick<SimulatorSubject, 'prior' | 'identifiers'>;

function priorsOf({ prior, identifiers }: Exported): Priors {
  return {
    ...(prior === undefined ? {} : { prior: prior as Prior }),
    ...(identifiers === undefined ? {} : { identifiers: identifiers as Prior }),
  };
}

/** The simulator with derivatives, whichever it has. */
function differentiable(
  where: string,
  simulator: SimulatorLike,
  { prior }: Priors,
): { readonly simulator: SimulatorLike; readonly derivatives: Derivatives } {
  if (typeof simulator?.vjp === 'function' || typeof simulator?.forward !== 'function') {
    return { simulator, derivatives: 'own' };
  }
  requireSubject(where, { simulator: { ...simulator, vjp: () => undefined as never } });
  return { simulator: withDifferences(simulator, prior && scalesOf(prior)), derivatives: 'differences' };
}

/** Typical sizes of the unknowns, for steps of differences. */
export const scalesOf = (prior: Prior): readonly number[] => prior.map(({ distribution }) => scaleOf(distribution));

/** Standard deviation of a coordinate; of a log-uniform one its lower end, below which nothing is asked; 1 of a constant. */
function scaleOf(distribution: Distribution): number {
  if (distribution.kind === 'constant') return 1;
  if (distribution.kind === 'normal') return distribution.sd;
  if (distribution.kind === 'log-uniform') return distribution.low;
  return (distribution.high - distribution.low) / Math.sqrt(12);
}

function simulatorSubject(where: string, found: SimulatorLike, exported: Exported): ModuleSubject {
  const priors = priorsOf(exported);
  const { simulator, derivatives } = differentiable(where, found, priors);
  const subject = { simulator, ...priors };
  requireSubject(where, subject);
  return { kind: 'simulator', subject, derivatives };
}

function problemSubject(where: string, given: unknown, exported: Exported): ModuleSubject {
  const priors = priorsOf(exported);
  let derivatives: Derivatives = 'own';
  const complete = (object: unknown): ProblemSubject => {
    const {
      id,
      simulator: found,
      misfit = halfSquaredError,
      draw,
      ...rest
    } = (object ?? {}) as Partial<PriorProblemOptions> & Partial<ProblemSubject>;
    const made = differentiable(where, (found ?? {}) as SimulatorLike, priors);
    derivatives = made.derivatives;
    const { simulator } = made;
    requireSubject(where, { simulator, ...priors });
    const name = typeof id === 'string' && id !== '' ? id : simulator.name;
    if (typeof draw === 'function') return { id: name, simulator, misfit, draw };
    if (priors.prior === undefined) throw noInstances(where);
    return priorProblem({ ...rest, id: name, simulator, misfit, prior: priors.prior, ...priors });
  };
  const problem = complete(given);
  const { horizons, problemAt, solvedLoss } = exported;
  const withHorizons = Array.isArray(horizons) && typeof problemAt === 'function';
  const subject: UserProblem = {
    problem,
    ...(typeof solvedLoss === 'number' ? { solvedLoss } : {}),
    ...(withHorizons
      ? {
          horizons: horizons as number[],
          problemAt: (horizon: number) => complete((problemAt as (h: number) => unknown)(horizon)),
        }
      : {}),
  };
  return { kind: 'problem', subject, priors, derivatives };
}

function noInstances(where: string): InverseClaimsError {
  return new InverseClaimsError('solver-protocol', {
    where,
    expected: 'a "prior" beside the problem, or "draw" in it: where its hidden solutions come from',
    received: 'neither',
    hint: 'export const prior = [{ name, unit, distribution: { kind: "uniform", low, high } }, …], one entry per unknown',
  });
}

async function functionSubject(where: string, f: (x: unknown) => unknown, exported: Exported): Promise<ModuleSubject> {
  const priors = priorsOf(exported);
  const { prior } = priors;
  if (!Array.isArray(prior)) throw noInstances(where);
  requirePrior(`${where}: "prior"`, prior);
  const { simulator, derivatives } = await functionSimulator(where, f, prior);
  const name = f.name === '' ? 'f' : f.name;
  const { start, noise } = exported as Pick<PriorProblemOptions, 'start' | 'noise'>;
  const options = { ...(start === undefined ? {} : { start }), ...(noise === undefined ? {} : { noise }) };
  const { solvedLoss } = exported;
  const subject: UserProblem = {
    problem: priorProblem({ id: name, simulator, prior, ...options }),
    ...(typeof solvedLoss === 'number' ? { solvedLoss } : {}),
  };
  return { kind: 'problem', subject, priors: { prior }, derivatives };
}

async function functionSimulator(
  where: string,
  f: (x: unknown) => unknown,
  prior: Prior,
): Promise<{ readonly simulator: SimulatorLike; readonly derivatives: Derivatives }> {
  const point = Float64Array.from(prior, middleOf);
  const input = prior.map(({ name, unit }) => ({ name, length: 1, unit }));
  const tried = attempt(() => f(point.slice()));
  const isPlain = 'answer' in tried && attempt(() => numbersOf(where, tried.answer));
  if (isPlain && 'answer' in isPlain) {
    const outputs = isPlain.answer.length;
    const plain: ForwardOnly = {
      name: 'f',
      input,
      identifiers: [],
      output: outputAxis(outputs),
      forward: rowByRow(where, f, outputs),
    };
    return { simulator: withDifferences(plain, scalesOf(prior)), derivatives: 'differences' };
  }
  const tensors = await tensorFunction(f, point).catch((error: unknown) => {
    // What it said to numbers is what it is about, unless tensors came further.
    throw 'error' in tried && !(error instanceof InverseClaimsError) ? tried.error : error;
  });
  if (tensors !== undefined) return { simulator: functionOfTensors(input, tensors), derivatives: 'TensorFlow.js' };
  if ('error' in tried) throw tried.error;
  numbersOf(where, tried.answer);
  throw tried.answer;
}

type Attempt<Result> = { readonly answer: Result } | { readonly error: unknown };

function attempt<Result>(call: () => Result): Attempt<Result> {
  try {
    return { answer: call() };
  } catch (error) {
    return { error };
  }
}
