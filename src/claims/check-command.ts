import { simulatorLaws } from '../../properties/simulators/laws.ts';
import type { SimulatorLike } from '../../properties/simulators/subject.ts';
import { verifySimulator } from '../../properties/simulators/verify-simulator.ts';
import type { LawVerdict } from '../../properties/solvers/verify-solver.ts';
import { InverseClaimsError } from '../core/errors.ts';
import type { Prior } from '../core/prior.ts';
import { type CommandSimulator, commandSimulator } from '../protocol/command-simulator.ts';
import type { RangedAxis } from '../protocol/handshake.ts';

export interface CommandCheckOptions {
  readonly cases: number;
  readonly seed: number;
  /** Seconds that one call of the program may take. */
  readonly timeLimit: number;
  readonly onVerdict?: (verdict: LawVerdict) => void;
}

/**
 * Puts all simulator laws to a program that speaks the protocol of PROTOCOL.md, in the ranges that it names. Where the
 * program ends, says nonsense or takes too long, that law and those after it are errored, with the call that caused it.
 *
 * Throws like `commandSimulator`, and `simulator-contract` where the program has no vjp.
 */
export function checkCommand(command: string, options: CommandCheckOptions): readonly LawVerdict[] {
  const { cases, seed, timeLimit, onVerdict } = options;
  const program = commandSimulator(command, { timeLimit, startLimit: Math.max(timeLimit, 60) });
  try {
    requireVjp(command, program);
    const { simulator, failure } = watched(program);
    const { input, identifiers } = program.description;
    const priors = {
      prior: priorOf(input),
      ...(identifiers.length === 0 ? {} : { identifiers: priorOf(identifiers) }),
    };
    return simulatorLaws.map(({ name, what }) => {
      const verdict = judged(
        () => verifySimulator({ simulator, ...priors }, { cases, seed, laws: [name] }).verdicts[0],
        failure,
      );
      const result: LawVerdict = {
        law: name,
        what,
        verdict: verdict?.verdict ?? { outcome: 'errored', message: failure() ?? '' },
      };
      onVerdict?.(result);
      return result;
    });
  } finally {
    program.close();
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
      distribution: { kind: 'uniform', low: low[i] as number, high: high[i] as number } as const,
    })),
  );
}

function requireVjp(command: string, { description }: CommandSimulator): void {
  if (description.vjp) return;
  throw new InverseClaimsError('simulator-contract', {
    where: `check: ${command}`,
    expected: 'a program with vjp: without derivatives there is nothing to hold them against',
    received: '"vjp": false',
    hint: 'see PROTOCOL.md',
  });
}
