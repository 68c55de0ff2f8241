import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batch, row } from '../src/core/batch.ts';
import type { InverseProblem } from '../src/core/problem.ts';
import { bfgs } from '../src/solvers/bfgs.ts';
import { run } from '../src/solvers/run.ts';
import { linearProblems } from './linear-arbitrary.ts';
import { linearProblem } from './linear-problem.ts';
import { adjointLaw, jvpMatchesDifferencesLaw, type SimulatorCase, taylorSlopeLaw } from './simulator-laws.ts';
import { wellScaledVector } from './vector-arbitrary.ts';

/** Columns of A. */
function columns({ simulator }: InverseProblem, unknowns: number): readonly Float64Array[] {
  const identity = batch(unknowns, unknowns);
  for (let j = 0; j < unknowns; j++) identity.data[j * unknowns + j] = 1;
  const y = simulator.forward(identity, batch(unknowns, 0));
  return Array.from({ length: unknowns }, (_, j) => Float64Array.from(row(y, j)));
}

const norm = (x: ArrayLike<number>): number => Math.hypot(...Array.from(x));

function cases(problems: fc.Arbitrary<InverseProblem>): fc.Arbitrary<SimulatorCase> {
  return problems.chain(({ simulator }) => {
    const unknowns = simulator.input[0]?.length as number;
    return fc.record({ x: wellScaledVector(unknowns), salt: fc.nat(99) }).map(({ x, salt }) => ({
      simulator,
      x: batch(1, unknowns, x),
      identifiers: batch(1, 0),
      salt,
      label: simulator.name,
    }));
  });
}

const wrong = (problem: InverseProblem): InverseProblem => ({
  ...problem,
  simulator: {
    ...problem.simulator,
    vjp: (x, identifiers) => {
      const { y, pullback } = problem.simulator.vjp(x, identifiers);
      return {
        y,
        pullback: (yBar) =>
          batch(
            yBar.rows,
            x.cols,
            pullback(yBar).data.map((value) => 1.001 * value),
          ),
      };
    },
  },
});

describe('linearProblem', () => {
  const options = {
    subject: linearProblems(),
    twin: { what: 'a pullback that is 0.1 % too long', subject: linearProblems().map(wrong) },
    arbitrary: cases,
  };

  it.each([
    ['adjoint', adjointLaw({ cases: 300, ...options })],
    ['Taylor slope', taylorSlopeLaw({ cases: 300, ...options })],
  ])('obeys the law of the %s, and a wrong pullback breaks it', (_name, law) => {
    expect(law.check({ seed: 1, cases: 300 }).outcome).toBe('supported');
    expect(law.brokenTwin.check({ seed: 1, cases: 300 }).outcome).toBe('refuted');
  });

  it('has a jvp that agrees with differences', () => {
    const law = jvpMatchesDifferencesLaw({ cases: 300, ...options });
    expect(law.check({ seed: 1, cases: 300 }).outcome).toBe('supported');
  });

  it('has the condition that was asked for', () => {
    for (const salt of [0, 1, 7]) {
      // With two unknowns, singular values follow from the trace and the determinant of AᵀA.
      const [a, b] = columns(linearProblem({ unknowns: 2, outputs: 4, logCondition: 6, salt }), 2) as [
        Float64Array,
        Float64Array,
      ];
      const inner = a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);
      const trace = norm(a) ** 2 + norm(b) ** 2;
      const determinant = norm(a) ** 2 * norm(b) ** 2 - inner ** 2;
      expect(trace).toBeCloseTo(1 + 2 ** -12, 12);
      expect(determinant).toBeCloseTo(2 ** -12, 12);
    }
  });

  it('is diagonal with salt 0', () => {
    const a = columns(linearProblem({ unknowns: 3, outputs: 3, logCondition: 4, salt: 0 }), 3);
    expect(a.map((column) => [...column])).toEqual([
      [1, 0, 0],
      [0, 0.25, 0],
      [0, 0, 0.0625],
    ]);
  });

  it('has its truth as minimum, found by BFGS', () => {
    const problem = linearProblem({ unknowns: 4, outputs: 6, logCondition: 3, salt: 5 });
    const { task, reference } = problem.draw(5, 3);
    const { rows } = run(problem, bfgs({ gradientTolerance: 1e-9 }), task, 1);
    for (let b = 0; b < 5; b++) {
      const error = Float64Array.from(rows[b]?.x ?? []).map(
        (value, j) => value - (row(reference.truth, b)[j] as number),
      );
      // ‖x − x*‖ ≤ ‖∇f‖ / σₘᵢₙ², with ‖∇f‖ at most √4 times the tolerance.
      expect(norm(error)).toBeLessThanOrEqual((2 * 1e-9) / 2 ** -6);
      expect(rows[b]?.stop.kind).toBe('gradient-small');
      expect(reference.globalLoss?.[b]).toBe(0);
    }
  });

  it('draws instance k the same however many are drawn', () => {
    const problem = linearProblem({ unknowns: 2, outputs: 2, logCondition: 1, salt: 1 });
    expect([...row(problem.draw(3, 9).reference.truth, 2)]).toEqual([...problem.draw(1, 9, 2).reference.truth.data]);
  });

  it.each([
    [{ unknowns: 0 }, '"unknowns"'],
    [{ outputs: 1 }, '"outputs"'],
    [{ logCondition: 41 }, '"logCondition"'],
    [{ logCondition: Number.NaN }, '"logCondition"'],
  ])('refuses %j', (change, where) => {
    expect(() => linearProblem({ unknowns: 2, outputs: 2, logCondition: 1, salt: 0, ...change })).toThrow(where);
  });

  it('refuses points and cotangents of another shape', () => {
    const { simulator } = linearProblem({ unknowns: 2, outputs: 3, logCondition: 1, salt: 0 });
    expect(() => simulator.forward(batch(1, 3), batch(1, 0))).toThrow('forward: "x"');
    expect(() => simulator.jvp(batch(1, 2), batch(1, 0), batch(2, 2))).toThrow('jvp: "xDot"');
    expect(() => simulator.vjp(batch(1, 2), batch(1, 0)).pullback(batch(1, 2))).toThrow('pullback: "yBar"');
  });
});

it('linearProblems shrink to one unknown and a diagonal A', () => {
  const { counterexample } = fc.check(
    fc.property(linearProblems(), ({ simulator }) => simulator.name === ''),
    { seed: 1 },
  );
  expect(counterexample?.[0].id).toBe('linear.n1-m1-condition0-salt0');
});
