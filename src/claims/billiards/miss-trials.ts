import { type Batch, batch, row } from '../../core/batch.ts';
import type { Facts, TrialSource } from '../../core/claim.ts';
import type { Task } from '../../core/problem.ts';
import { childSeed, stream } from '../../core/random.ts';
import type { Solver } from '../../core/solver.ts';
import { billiardShot } from '../../simulators/billiards.ts';
import { billiardsProblem, billiardsTable } from '../../simulators/billiards-problem.ts';
import { run } from '../../solvers/run.ts';
import { share } from '../run-comparison.ts';
import { averagedTrials } from '../theory/averaged-trials.ts';

/** Draws averaged in one trial: the same mean with 1/32 of the variance. */
const DRAWS = 32;
const CHUNK = 32;

const problem = billiardsProblem('single');

/** Which rows have an exactly zero gradient of the loss at the given shots. */
function zeroGradients(x: Batch, { identifiers, observed }: Task): readonly boolean[] {
  const { y, pullback } = problem.simulator.vjp(x, identifiers);
  const gradients = pullback(problem.misfit.evaluate(y, observed).gradient);
  return Array.from({ length: x.rows }, (_, b) => row(gradients, b).every((value) => value === 0));
}

interface GroupedTrials {
  readonly id: string;
  readonly what: string;
  readonly meanings: Readonly<Record<string, string>>;
  /** Problems of one trial. */
  readonly problems: number;
  facts(task: Task, seed: number): Facts;
}

/** Trials over fresh problems of the single setting; a trial's numbers come from its problems and its seed. */
function groupedTrials({ id, what, meanings, problems, facts }: GroupedTrials): TrialSource {
  return {
    id,
    unit: 'problem',
    what,
    chunk: CHUNK,
    meanings: Object.fromEntries(Object.entries(meanings).map(([name, label]) => [name, { label, unit: '1' }])),
    run: async (context, first, count) =>
      Array.from({ length: count }, (_, k) => {
        const { task } = problem.draw(problems, childSeed(context.seed, id), (first + k) * problems);
        return facts(task, childSeed(context.seed, `${id}/trial`, first + k));
      }),
  };
}

/** A guess at the shot: direction uniform on ± spread, speed uniform. */
export interface ShotGuess {
  readonly shotSpread: number;
  readonly speed: { readonly low: number; readonly high: number };
}

/** Share of exactly zero gradients among 32 problems, each with a guess of its own. */
export function guessTrials(id: string, { shotSpread, speed }: ShotGuess): TrialSource {
  return groupedTrials({
    id,
    what: `${DRAWS} billiards problems (single), each with a guessed shot: speed ${speed.low} to ${speed.high}`,
    meanings: { zero: 'exactly zero gradients', missed: 'shots that miss' },
    problems: DRAWS,
    facts: (task, seed) => {
      const random = stream(seed, 'billiards/guess');
      const x = batch(DRAWS, 2);
      for (let b = 0; b < DRAWS; b++) {
        const direction = (2 * random.uniform() - 1) * shotSpread;
        const size = speed.low + (speed.high - speed.low) * random.uniform();
        x.data.set([size * Math.cos(direction), size * Math.sin(direction)], 2 * b);
      }
      const events = problem.simulator.shotEvents(x, task.identifiers);
      return {
        zero: share(zeroGradients(x, task), (zero) => zero),
        missed: share(events, (event) => event === 'miss'),
      };
    },
  });
}

/** Share of hits among 32 shots in directions uniform on the full circle, fast enough, at a ball at the given distance. */
export function circleTrials(id: string, distance: number): TrialSource {
  const shot = billiardShot(billiardsTable);
  const target = batch(1, 2, Float64Array.of(distance, 0));
  return averagedTrials(id, `a shot in any direction at a ball at distance ${distance}`, { hit: 'hits' }, (random) => {
    const direction = 2 * Math.PI * random.uniform();
    const v = batch(1, 2, Float64Array.of(3 * Math.cos(direction), 3 * Math.sin(direction)));
    return { hit: shot.shotEvents(v, target)[0] === 'hit' ? 1 : 0 };
  });
}

/** Share of 32 problems that an independent method returns exactly as they started. */
export function stuckTrials(id: string, name: string, solver: () => Solver): TrialSource {
  return groupedTrials({
    id,
    what: `${DRAWS} billiards problems (single), each solved alone by ${name} from the start`,
    meanings: { stuck: 'problems returned where they started' },
    problems: DRAWS,
    facts: (task) => {
      const { rows } = run(problem, solver(), task, 0);
      return { stuck: share(rows, ({ x }, b) => x.every((value, j) => value === task.start.data[2 * b + j])) };
    },
  });
}

/**
 * 32 steps that n problems take together from their common start. Whether a problem contributes is decided by the
 * simulator; what it contributes is a model: a signal `mu` along the first of two axes and unit noise.
 */
export function commonStepTrials(id: string, n: number, mu: number): TrialSource {
  return groupedTrials({
    id,
    what: `${DRAWS} common steps of ${n} billiards problems (single), signal ${mu} over noise where the start hits`,
    meanings: { aligned: 'cosine between the summed step and the signal', still: 'steps without any gradient' },
    problems: DRAWS * n,
    facts: (task, seed) => {
      const random = stream(seed, 'billiards/noise');
      const zero = zeroGradients(task.start, task);
      let [aligned, still] = [0, 0];
      for (let k = 0; k < DRAWS; k++) {
        const hits = zero.slice(k * n, (k + 1) * n).filter((none) => !none).length;
        // The sum of `hits` steps: their signals add up, their noise grows like the root.
        const spread = Math.sqrt(hits);
        const [x, y] = [hits * mu + spread * random.normal(), spread * random.normal()];
        if (hits === 0) still += 1 / DRAWS;
        else aligned += x / Math.hypot(x, y) / DRAWS;
      }
      return { aligned, still };
    },
  });
}
