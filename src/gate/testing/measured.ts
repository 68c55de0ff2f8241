import { stream } from '../../core/random.ts';
import type { Ask, Solver, Tell } from '../../core/solver.ts';
import { rosenbrock } from '../../solvers/functions/standard-functions.ts';
import { standardProblem } from '../../solvers/functions/standard-problem.ts';
import { run } from '../../solvers/run.ts';
import { type Measurement, measure, type PartSolver } from '../measurement.ts';
import { type Family, families } from '../problem-set.ts';

/** Some starts of Rosenbrock's function: a family that is measured in milliseconds. */
export function rosenbrockStarts(count: number): Family {
  const problem = standardProblem(rosenbrock(2));
  const [family] = families.filter(({ name }) => name === 'functions');
  return {
    ...(family as Family),
    // The first starts are the usual ones, which no seed changes.
    parts: (seed) => [{ problem, task: problem.draw(count, seed, 100).task, floor: new Float64Array(count) }],
  };
}

/** A solver without certificates: what is compared is the same, and a fifth of the time. */
export const plainly =
  (make: (seed: number) => Solver): PartSolver =>
  (part, budget, seed) =>
    run(part.problem, make(seed), part.task, seed, { evaluationsPerRow: budget, certify: false }).rows;

/** A solver on a family, named alike whatever it is, so that measurements are compared. */
export function measured(family: Family, make: (seed: number) => Solver, seed: number): Promise<Measurement> {
  return measure('solver', family, plainly(make), seed);
}

/** Asks a share of its questions twice, at random: a line search that has become so much dearer. */
export function wasteful(solver: Solver, share: number): Solver {
  return {
    ...solver,
    *solve(task, seed, observe) {
      const random = stream(seed, 'test/wasteful');
      const inner = solver.solve(task, seed, observe);
      for (let next = inner.next(); ; ) {
        if (next.done === true) return next.value;
        const tell: Tell = yield next.value;
        const again = repeated(next.value, () => random.uniform() < share);
        if (again !== undefined) yield again;
        next = inner.next(tell);
      }
    },
  };
}

/** Some of the points of a question. */
function repeated(ask: Ask, wanted: () => boolean): Ask | undefined {
  const kept = Array.from(ask.rows, (_, k) => k).filter(wanted);
  if (kept.length === 0) return undefined;
  const { cols, data } = ask.x;
  const rows = kept.map((k) => data.slice(k * cols, (k + 1) * cols));
  const x = { rows: kept.length, cols, data: Float64Array.from(rows.flatMap((each) => [...each])) };
  return { ...ask, x, rows: Int32Array.from(kept, (k) => ask.rows[k] as number) };
}

/** The same measurement with a loss, above the floor, that is larger by this share: a lossy last update. */
export function lossy(measurement: Measurement, share: number): Measurement {
  return { ...measurement, excess: measurement.excess.map((loss) => (loss === null ? null : loss * (1 + share))) };
}
