import type { FactMeaning, Facts, TrialSource } from '../../core/claim.ts';
import type { Reference, Task } from '../../core/problem.ts';
import { childSeed } from '../../core/random.ts';
import type { RunRow, Solver } from '../../core/solver.ts';
import { type WavePacketSettingName, wavePacketProblem } from '../../simulators/wave-packet-problem.ts';
import { adam } from '../../solvers/adam.ts';
import { bfgs } from '../../solvers/bfgs.ts';
import { gradientDescent } from '../../solvers/gradient-descent.ts';
import { run } from '../../solvers/run.ts';
import { fact } from '../facts.ts';
import { runEach } from '../run-comparison.ts';
import { SOLVED_TOLERANCE, TIE_TOLERANCE } from './comparison.ts';
import { GRADIENT_TOLERANCE, multiStartFromPrior } from './training.ts';

/** Settings of the per-problem descents: the same start as BFGS, learning rates in samples. */
export const DESCENT_ITERATIONS = 1000;
const GRADIENT_DESCENT_RATE = 0.5;
const ADAM_RATE = 0.1;

/** Gradient descent on one problem, as the claims run it. */
export const plainDescent = (): Solver =>
  gradientDescent({ learningRate: GRADIENT_DESCENT_RATE, iterations: DESCENT_ITERATIONS });
/** Adam on one problem, as the claims run it. */
export const plainAdam = (): Solver => adam({ learningRate: ADAM_RATE, iterations: DESCENT_ITERATIONS });

/** Solver seed of row b: a function of the trial's number, so that trials do not depend on how they are grouped. */
type SeedOfRow = (b: number) => number;
type Solved = (task: Task, reference: Reference, seedOf: SeedOfRow) => Readonly<Record<string, readonly RunRow[]>>;

/** One trial per problem: what the named solvers reach on it. All trials of a chunk are solved in lock step. */
function problemSource(
  id: string,
  setting: WavePacketSettingName,
  what: string,
  meanings: Readonly<Record<string, FactMeaning>>,
  solve: Solved,
): TrialSource {
  return {
    id,
    unit: 'problem',
    what: `one wave packet of setting ${setting}: ${what}`,
    chunk: 256,
    meanings,
    run: async (context, first, count) => {
      const { task, reference } = wavePacketProblem(setting).draw(count, childSeed(context.seed, id), first);
      const runs = solve(task, reference, (b) => childSeed(context.seed, `${id}/solver`, first + b));
      return Array.from({ length: count }, (_, b) => problemFacts(runs, reference, b));
    },
  };
}

function problemFacts(runs: ReturnType<Solved>, reference: Reference, b: number): Facts {
  const globalLoss = reference.globalLoss?.[b] as number;
  const facts: Record<string, number> = { globalLoss };
  for (const [name, result] of Object.entries(runs)) {
    const { loss, evaluations } = result[b] as RunRow;
    facts[`${name}Loss`] = loss;
    facts[`${name}Solved`] = loss <= globalLoss + SOLVED_TOLERANCE ? 1 : 0;
    facts[`${name}Evaluations`] = evaluations.values + evaluations.gradients;
  }
  return facts;
}

const localBfgs = (): Solver => bfgs({ gradientTolerance: GRADIENT_TOLERANCE });

/** BFGS from the center of the prior. */
export function bfgsFromCenter(setting: WavePacketSettingName): TrialSource {
  const problem = wavePacketProblem(setting);
  return problemSource(
    `wave-packet.bfgs-${setting}`,
    setting,
    'BFGS from the center of the prior',
    meaningsOf({ bfgs: 'BFGS from the center' }),
    (task) => ({ bfgs: run(problem, localBfgs(), task, 0).rows }),
  );
}

/** BFGS started at the true position: finds the global minimum whenever a local method can. */
export function bfgsFromTruth(setting: WavePacketSettingName): TrialSource {
  const problem = wavePacketProblem(setting);
  return problemSource(
    `wave-packet.bfgs-from-truth-${setting}`,
    setting,
    'BFGS from the true position',
    meaningsOf({ bfgs: 'BFGS from the truth' }),
    (task, reference) => ({ bfgs: run(problem, localBfgs(), { ...task, start: reference.truth }, 0).rows }),
  );
}

/** Gradient descent and Adam on each problem, BFGS from the same start, and multi-start BFGS as what beating it looks like. */
export function descentAgainstBfgs(setting: WavePacketSettingName): TrialSource {
  const problem = wavePacketProblem(setting);
  return problemSource(
    `wave-packet.descent-${setting}`,
    setting,
    `gradient descent and Adam (${DESCENT_ITERATIONS} steps each), BFGS and multi-start BFGS (180 evaluations)`,
    meaningsOf({
      bfgs: 'BFGS from the center',
      descent: 'gradient descent',
      adam: 'Adam',
      restarts: 'multi-start BFGS, 180 evaluations',
    }),
    (task, _reference, seedOf) => ({
      bfgs: run(problem, localBfgs(), task, 0).rows,
      descent: run(problem, plainDescent(), task, 0).rows,
      adam: run(problem, plainAdam(), task, 0).rows,
      restarts: runEach(problem, multiStartFromPrior(setting, 180), task, seedOf),
    }),
  );
}

/** 1 if the named method ended strictly lower than BFGS on this problem, by more than the tie tolerance. */
export function beatsBfgs(method: string): (facts: Facts) => number {
  return (facts) => (fact(facts, `${method}Loss`) < fact(facts, 'bfgsLoss') - TIE_TOLERANCE ? 1 : 0);
}

function meaningsOf(names: Readonly<Record<string, string>>): Record<string, FactMeaning> {
  const meanings: Record<string, FactMeaning> = { globalLoss: { label: 'loss at the global minimum', unit: 'loss' } };
  for (const [name, label] of Object.entries(names)) {
    meanings[`${name}Loss`] = { label: `loss, ${label}`, unit: 'loss' };
    meanings[`${name}Solved`] = { label: `solved, ${label} (within 0.05)`, unit: '1' };
    meanings[`${name}Evaluations`] = { label: `simulator evaluations, ${label}`, unit: 'evaluations' };
  }
  return meanings;
}
