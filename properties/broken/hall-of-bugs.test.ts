import { describe, expect, it } from 'vitest';
import { childSeed } from '../../src/core/random.ts';
import type { Version } from '../kill-matrix.ts';
import { valleyProblem } from '../solvers/problems.ts';
import { runSolver } from '../solvers/run.ts';
import type { SolverSubject } from '../solvers/subject.ts';
import { hallOfBugs } from './hall-of-bugs.ts';
import { bugNamed } from './solver-versions.ts';

const SEED = 20_240_607;

/** The first law that refutes a version, as in `killMatrix` with the same seed, without asking the others. */
function refutedBy({ subject }: Version<SolverSubject>): string | undefined {
  const { checks } = hallOfBugs;
  return checks.find((check, k) => check.killedAt(subject, childSeed(SEED, 'kill-matrix', k)) !== null)?.name;
}

describe('the hall of bugs', () => {
  it('holds at least fourteen published bugs, each once', () => {
    const names = hallOfBugs.mutants.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(hallOfBugs.mutants.filter(({ source }) => source !== undefined).length).toBeGreaterThanOrEqual(14);
  });

  it.each(hallOfBugs.mutants)('finds $name within 200 cases', (bug) => {
    expect(refutedBy(bug)).toBeDefined();
  });

  it.each(hallOfBugs.correct)('spares $name', (right) => {
    expect(refutedBy(right)).toBeUndefined();
  });
});

/** What keeps a bug from solving the valley, or from saying so. */
const UNSOLVED: Readonly<Record<string, string>> = {
  'stale-gradient': 'it believes a gradient that belongs elsewhere',
  'learns-once': 'it is steepest descent',
  'swapped-outcome': 'it is solved and called a failure',
};

describe('on the valley of Rosenbrock, from (−1.2, 1)', () => {
  const valley = valleyProblem(2, 100, 0);

  it('starts where it is usually started', () => {
    expect(Array.from(valley.start)).toEqual([-1.2, 1]);
    expect(valley.evaluate(valley.start).value).toBeCloseTo(24.2, 12);
    expect(valley.evaluate(Float64Array.of(1, 1))).toEqual({ value: 0, gradient: new Float64Array(2) });
  });

  const solves = (subject: SolverSubject): boolean => {
    const { outcome } = runSolver(subject, valley, { maxEvaluations: 5000, gradientTolerance: 1e-5 });
    return outcome.kind === 'returned' && outcome.result.converged === true && outcome.result.value < 1e-8;
  };

  it.each(hallOfBugs.mutants)('$name looks sound, unless that is its bug', ({ name, subject }) => {
    expect(solves(subject), UNSOLVED[name]).toBe(!(name in UNSOLVED));
  });

  it.each(hallOfBugs.correct)('$name solves it', ({ subject }) => {
    expect(solves(subject)).toBe(true);
  });

  it('is put to no bug that is not there', () => {
    expect(() => bugNamed('no-such-bug')).toThrow('no bug named no-such-bug');
    for (const name of Object.keys(UNSOLVED)) expect(bugNamed(name).what).not.toBe('');
  });
});
