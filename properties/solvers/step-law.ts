import { bugNamed } from '../broken/solver-versions.ts';
import type { Law } from '../law.ts';
import { inOtherUnits, smoothProblems, solvable, withWolfeConstants } from './cases.ts';
import { answerLaw, needing } from './law.ts';
import type { Call } from './run.ts';
import { minimizeSubject, type PointLike, type SolverSubject, type StepLike, type WolfeLike } from './subject.ts';

/** Roundings of φ, in units of ε: two values and a product. */
const VALUE_ROUNDINGS = 4;

/** Roundings of x + α p in units of ε (|x| + |α p|): α p, the sum, and α itself where it was recomputed. */
const PLACE_ROUNDINGS = 4;

/** A start, a trial or two: so many evaluations may pass without an accepted step. */
const FEW_CALLS = 4;

/** Σ p_i g_i and the rounding of the sum: a term and an addition each, in any order. */
function slopeAlong(direction: ArrayLike<number>, { gradient }: PointLike): { slope: number; rounding: number } {
  let slope = 0;
  let size = 0;
  for (let i = 0; i < direction.length; i++) {
    slope += direction[i]! * gradient[i]!;
    size += Math.abs(direction[i]! * gradient[i]!);
  }
  return { slope, rounding: 2 * direction.length * Number.EPSILON * size };
}

function same(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  return a.length === b.length && Array.from(a).every((entry, i) => entry === b[i]);
}

/** The point was evaluated, and this is what was told there. */
function wasTold({ x, value, gradient }: PointLike, calls: readonly Call[]): boolean {
  return calls.some((call) => call.value === value && same(call.x, x) && same(call.gradient, gradient));
}

function stepViolation(each: StepLike, wolfe: WolfeLike, calls: readonly Call[]): string | undefined {
  const { from, to, step, direction } = each;
  if (!(step > 0)) return `a step of ${step}`;
  if (!wasTold(from, calls)) return 'it begins at a point, value or gradient that was never told';
  if (!wasTold(to, calls)) return 'it ends at a point, value or gradient that was never told';
  for (let i = 0; i < direction.length; i++) {
    const reach = Math.abs(from.x[i]!) + Math.abs(step * direction[i]!);
    const off = Math.abs(to.x[i]! - from.x[i]! - step * direction[i]!);
    if (!(off <= PLACE_ROUNDINGS * Number.EPSILON * reach)) return `it does not lead along its direction, by ${off}`;
  }
  const before = slopeAlong(direction, from);
  const after = slopeAlong(direction, to);
  const target = from.value + wolfe.c1 * step * before.slope;
  const rounding = VALUE_ROUNDINGS * Number.EPSILON * (Math.abs(from.value) + Math.abs(target));
  if (!(to.value <= target + rounding + wolfe.c1 * step * before.rounding)) {
    return `sufficient decrease fails: φ(α) is ${to.value}, at most ${target} with c1 = ${wolfe.c1}`;
  }
  const flat = wolfe.c2 * Math.abs(before.slope);
  if (!(Math.abs(after.slope) <= flat + before.rounding + after.rounding)) {
    return `curvature fails: |φ'(α)| is ${Math.abs(after.slope)}, at most ${flat} with c2 = ${wolfe.c2}`;
  }
  return undefined;
}

/**
 * solvers.strong-wolfe: every step that is reported meets both strong Wolfe conditions with the constants configured,
 * between points, values and gradients that were told, and leads along its direction. For subjects that report steps.
 * Nocedal & Wright, Numerical Optimization, 2nd ed. (2006), eq. 3.7.
 */
export function strongWolfeSteps(): Law<SolverSubject> {
  return needing(
    ['steps'],
    answerLaw({
      cases: 300,
      subject: minimizeSubject(),
      twin: bugNamed('zoom-ignores-constants'),
      tasks: () => withWolfeConstants(solvable(inOtherUnits(smoothProblems(), 20))),
      violation: ({ calls, steps, outcome }, { settings }) => {
        // Moved, and said to be there: without a single step that would show how.
        if (steps.length === 0 && calls.length > FEW_CALLS && outcome.result.converged === true) {
          return `no step reported in ${calls.length} evaluations, though elsewhere it reports them`;
        }
        for (const [k, step] of steps.entries()) {
          const found = stepViolation(step, settings.wolfe, calls);
          if (found !== undefined) return `step ${k + 1}: ${found}`;
        }
        return undefined;
      },
    }),
  );
}
