import { evaluationsToTarget } from '../claims/runtime.ts';
import { rowRange } from '../core/batch.ts';
import { InverseClaimsError, messageOf } from '../core/errors.ts';
import { childSeed } from '../core/random.ts';
import type { Run, RunRow, Solver } from '../core/solver.ts';
import { run } from '../solvers/run.ts';
import type { Family, Part } from './problem-set.ts';

/** What a solver did on the units of a family, one entry per unit and list. */
export interface Measurement {
  readonly solver: string;
  readonly family: string;
  /** Evaluations until solved; null where the unit never was. Means over the rows of a training. */
  readonly toTarget: readonly (number | null)[];
  /** Evaluations in all. */
  readonly evaluations: readonly number[];
  /** Loss above the floor, at the answer; null where it is not finite. */
  readonly excess: readonly (number | null)[];
  /** 1 or 0; the share of a training. */
  readonly solved: readonly number[];
  /** Rows whose steps or answers broke their certificates. */
  readonly violations: number;
  /** Why there are no numbers. */
  readonly error?: string;
}

/** Solves one part; rows whose certificates fail are null. */
export type PartSolver = (
  part: Part,
  budget: number,
  seed: number,
) => readonly (RunRow | null)[] | Promise<readonly (RunRow | null)[]>;

/** Numbers are kept to so many digits: enough to see any change, and files stay small. */
const DIGITS = 9;

/**
 * Measures a solver on a family. What goes wrong becomes `error`, never an exception.
 *
 * @param seed  of the problems, and of the solver on each part
 */
export async function measure(solver: string, family: Family, solve: PartSolver, seed: number): Promise<Measurement> {
  const units: UnitResult[] = [];
  try {
    for (const [k, part] of family.parts(childSeed(seed, `gate/${family.name}`)).entries()) {
      const rows = await solve(part, family.budget, childSeed(seed, `gate/${family.name}/${solver}`, k));
      const results = rows.map((row, b) => rowResult(row, part.floor[b] as number, family.gap));
      units.push(...(family.unit === 'training' ? [meanOf(results)] : results));
    }
  } catch (error) {
    return { ...listed(solver, family.name, []), error: messageOf(error) };
  }
  return listed(solver, family.name, units);
}

/**
 * Runs a solver of the library with its certificates. Where one fails, rows are run one by one, and those that fail are null.
 */
export function certifiedRun(make: (seed: number) => Solver | Promise<Solver>): PartSolver {
  return async (part, budget, seed) => {
    const options = { certify: true, ...(Number.isFinite(budget) ? { evaluationsPerRow: budget } : {}) };
    const attempt = async (from: Part): Promise<Run> => run(from.problem, await make(seed), from.task, seed, options);
    try {
      return (await attempt(part)).rows;
    } catch (error) {
      if (!isViolation(error)) throw error;
    }
    const rows: (RunRow | null)[] = [];
    for (let b = 0; b < part.task.start.rows; b++) {
      try {
        rows.push((await attempt(single(part, b))).rows[0] as RunRow);
      } catch (error) {
        if (!isViolation(error)) throw error;
        rows.push(null);
      }
    }
    return rows;
  };
}

function isViolation(error: unknown): boolean {
  return error instanceof InverseClaimsError && error.code === 'certificate-violated';
}

function single(part: Part, b: number): Part {
  const { problem, start, observed, identifiers } = part.task;
  const task = {
    problem,
    start: rowRange(start, b, 1),
    observed: rowRange(observed, b, 1),
    identifiers: rowRange(identifiers, b, 1),
  };
  return { ...part, task, floor: [part.floor[b] as number] };
}

/** One unit: `toTarget` is +∞ where it never was solved. */
interface UnitResult {
  readonly toTarget: number;
  readonly evaluations: number;
  readonly excess: number;
  readonly solved: number;
  readonly violated: number;
}

function rowResult(row: RunRow | null, floor: number, gap: number): UnitResult {
  const never = Number.POSITIVE_INFINITY;
  if (row === null) return { toTarget: never, evaluations: 0, excess: never, solved: 0, violated: 1 };
  const target = floor + gap;
  const solved = row.loss <= target ? 1 : 0;
  const evaluations = row.evaluations.values + row.evaluations.gradients;
  return {
    // A target met on the way and left again is none; a network's rows may meet it in their answer only.
    toTarget: solved === 1 ? Math.min(evaluationsToTarget(row, target), evaluations) : never,
    evaluations,
    excess: Math.max(0, row.loss - floor),
    solved,
    violated: 0,
  };
}

function meanOf(rows: readonly UnitResult[]): UnitResult {
  const mean = (value: (row: UnitResult) => number): number =>
    rows.reduce((sum, row) => sum + value(row), 0) / rows.length;
  const evaluations = mean((row) => row.evaluations);
  const solved = mean((row) => row.solved);
  return {
    // The answers of a network are there when its training is over.
    toTarget: solved > 0.5 ? evaluations : Number.POSITIVE_INFINITY,
    evaluations,
    excess: mean((row) => row.excess),
    solved,
    violated: rows.reduce((sum, row) => sum + row.violated, 0),
  };
}

function listed(solver: string, family: string, units: readonly UnitResult[]): Measurement {
  const finite = (value: number): number | null => (Number.isFinite(value) ? short(value) : null);
  return {
    solver,
    family,
    toTarget: units.map(({ toTarget }) => finite(toTarget)),
    evaluations: units.map(({ evaluations }) => short(evaluations)),
    excess: units.map(({ excess }) => finite(excess)),
    solved: units.map(({ solved }) => short(solved)),
    violations: units.reduce((sum, { violated }) => sum + violated, 0),
  };
}

function short(value: number): number {
  return Number(value.toPrecision(DIGITS));
}
