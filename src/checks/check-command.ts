import { allProblemLaws, verifyProblem } from '../../properties/problems/verify-problem.ts';
import { simulatorLaws } from '../../properties/simulators/laws.ts';
import type { SimulatorSubject } from '../../properties/simulators/subject.ts';
import { verifySimulator } from '../../properties/simulators/verify-simulator.ts';
import type { LawVerdict } from '../../properties/verify-laws.ts';
import { type Derivatives, scalesOf } from '../claims/user-module.ts';
import { InverseClaimsError, messageOf } from '../core/errors.ts';
import type { Distribution, Prior } from '../core/prior.ts';
import type { SimulatorLike } from '../core/problem.ts';
import { type DiagnosisOptions, type DiagnosisSubject, diagnoseProblem } from '../diagnosis/diagnose-problem.ts';
import { type CommandSimulator, commandSimulator } from '../protocol/command-simulator.ts';
import type { RangedAxis } from '../protocol/handshake.ts';
import { withDifferences } from '../simulators/differences.ts';
import { priorProblem } from '../simulators/prior-problem.ts';
import { skippedLaw } from './check-module.ts';
import { type CheckOptions, type CheckResult, concluded, type DiagnosisResult } from './checks.ts';

export type CommandCheckOptions = Omit<CheckOptions, 'threads'>;

/**
 * Puts all laws to a program that speaks the protocol of PROTOCOL.md, in the ranges that it names; then diagnoses its problem,
 * where it says that it is one. Where the program ends, says nonsense or takes too long, that law and those after it are
 * errored, with the call that caused it. Derivatives of a program without vjp are central differences.
 *
 * Throws like `commandSimulator`.
 */
export async function checkCommand(command: string, options: CommandCheckOptions): Promise<CheckResult> {
  const { timeLimit, diagnosis } = options;
  const program = commandSimulator(command, { timeLimit, startLimit: Math.max(timeLimit, 60) });
  try {
    const checked = checkedProgram(program);
    const { subject, derivatives } = checked;
    const problem = problemOf(program, subject);
    const verdicts = verdictsOf(checked, problem, options);
    const kind = problem === undefined ? 'simulator' : 'problem';
    return await concluded({ kind, derivatives, verdicts }, diagnosis, (wanted) =>
      diagnosed(problem as DiagnosisSubject, wanted, options.onStage),
    );
  } finally {
    program.close();
  }
}

interface CheckedProgram {
  readonly subject: SimulatorSubject;
  readonly derivatives: Derivatives;
  /** The first failure of the program, if there was one. */
  failure(): string | undefined;
}

function checkedProgram(program: CommandSimulator): CheckedProgram {
  const { simulator, failure } = watched(program);
  const { input, identifiers, vjp } = program.description;
  const prior = priorOf(input);
  return {
    subject: {
      simulator: vjp ? simulator : withDifferences(simulator, scalesOf(prior)),
      prior,
      ...(identifiers.length === 0 ? {} : { identifiers: priorOf(identifiers) }),
    },
    derivatives: vjp ? 'own' : 'differences',
    failure,
  };
}

function verdictsOf(
  { subject, derivatives, failure }: CheckedProgram,
  problem: DiagnosisSubject | undefined,
  { cases, seed, onVerdict }: CommandCheckOptions,
): readonly LawVerdict[] {
  const { simulator, ...priors } = subject;
  const laws = problem === undefined ? simulatorLaws : allProblemLaws;
  return laws.map(({ name, what }) => {
    const one = { cases, seed, laws: [name] };
    const verify = (): LawVerdict | undefined =>
      (problem === undefined ? verifySimulator(subject, one) : verifyProblem(problem.problem, priors, one)).verdicts[0];
    const verdict = skippedLaw(name, derivatives) ?? judged(verify, failure);
    const result: LawVerdict = verdict ?? {
      law: name,
      what,
      verdict: { outcome: 'errored', message: failure() ?? '' },
    };
    onVerdict?.(result);
    return result;
  });
}

/** The inverse problem that the program says it is, and the same at other horizons where it has one. */
function problemOf(
  { description }: CommandSimulator,
  { simulator, prior = [], identifiers = [] }: SimulatorSubject,
): DiagnosisSubject | undefined {
  const { problem, horizon } = description;
  if (problem === undefined) return undefined;
  const start = problem.start === undefined ? {} : { start: problem.start };
  const made = (id: string, known: Prior) => priorProblem({ id, simulator, prior, identifiers: known, ...start });
  const whole = { problem: made(problem.id, identifiers) };
  const { low = [], high = [] } = description.identifiers.find(({ name }) => name === horizon) ?? {};
  const [shortest = 0, longest = 0] = [low[0], high[0]];
  if (horizon === undefined || !(shortest > 0) || shortest === longest) return whole;
  const horizons = Array.from({ length: HORIZONS }, (_, k) => shortest + (k / (HORIZONS - 1)) * (longest - shortest));
  const at = (value: number): Prior =>
    identifiers.map((each) => (each.name === horizon ? { ...each, distribution: { kind: 'constant', value } } : each));
  return { ...whole, horizons, problemAt: (value) => made(`${problem.id} at ${value}`, at(value)) };
}

/** Horizons at which the sensitivity of a program is looked at. */
const HORIZONS = 5;

async function diagnosed(
  problem: DiagnosisSubject,
  options: DiagnosisOptions,
  onStage: ((what: string) => void) | undefined,
): Promise<DiagnosisResult> {
  onStage?.('diagnosing the problem');
  try {
    return { diagnosis: await diagnoseProblem(problem, options) };
  } catch (error) {
    return { failed: messageOf(error) };
  }
}

/** The verdict, unless the program has failed before or on the way. */
function judged(judge: () => LawVerdict | undefined, failure: () => string | undefined): LawVerdict | undefined {
  if (failure() !== undefined) return undefined;
  const verdict = judge();
  return failure() === undefined ? verdict : undefined;
}

/** The simulator, with the first failure of its program: a law would take it for a counterexample. */
function watched(program: CommandSimulator): {
  readonly simulator: SimulatorLike;
  readonly failure: () => string | undefined;
} {
  let message: string | undefined;
  const watch = <Result>(call: () => Result): Result => {
    try {
      return call();
    } catch (error) {
      if (error instanceof InverseClaimsError && error.code !== 'objective-failed') message ??= error.message;
      throw error;
    }
  };
  const { name, input, identifiers, output, description } = program;
  return {
    simulator: {
      name,
      input,
      identifiers,
      output,
      forward: (x, gamma) => watch(() => program.forward(x, gamma)),
      vjp: (x, gamma) => {
        const taped = watch(() => program.vjp(x, gamma));
        return {
          get y() {
            return watch(() => taped.y);
          },
          pullback: (yBar) => watch(() => taped.pullback(yBar)),
        };
      },
      ...(description.jvp ? { jvp: (x, gamma, xDot) => watch(() => program.jvp(x, gamma, xDot)) } : {}),
    } as SimulatorLike,
    failure: () => message,
  };
}

function priorOf(axes: readonly RangedAxis[]): Prior {
  return axes.flatMap(({ name, length, unit, low, high }) =>
    Array.from({ length }, (_, i) => ({
      name: length === 1 ? name : `${name}[${i}]`,
      unit,
      distribution: distributionOf(low[i] as number, high[i] as number),
    })),
  );
}

const distributionOf = (low: number, high: number): Distribution =>
  low === high ? { kind: 'constant', value: low } : { kind: 'uniform', low, high };
