import { hallOfBugs } from '../../../properties/broken/hall-of-bugs.ts';
import { bugNamed } from '../../../properties/broken/solver-versions.ts';
import { mutantsAreRefuted } from '../../../properties/mutants-are-refuted.ts';
import { certificatesHold } from '../../../properties/solvers/certificate-law.ts';
import { everySolverLaw } from '../../../properties/solvers/every-law.ts';
import { solverLaws } from '../../../properties/solvers/laws.ts';
import { minimizeSubject } from '../../../properties/solvers/subject.ts';
import type { LawClaim } from '../../core/claim.ts';
import type { MinimizeMethod } from '../../solvers/minimize.ts';

const CASES = 60 * solverLaws.length;

/** Laws about speed and curvature: gradient descent with backtracking promises none of them. */
const ABOUT_SPEED = [
  'smooth-is-solved',
  'undefined-regions-are-left',
  'units-of-value',
  'units-of-place',
  'quadratics-in-time',
  'strong-wolfe',
];

const REGIME =
  'Random quadratics of condition up to 2^20 in any orientation, Rosenbrock valleys, quartics, log-cosh, functions of ' +
  'several minima, flat, unbounded, discontinuous, infinite and NaN ones, in many units; cases are shared equally between the laws.';

/** Needs an exact line search, which `minimize` does not offer: tested on the methods themselves. */
const NOT_APPLICABLE = ['exact-termination'];

function everyLaw(id: string, what: string, method: MinimizeMethod, left: readonly string[] = []): LawClaim {
  const laws = solverLaws.filter(({ name }) => ![...NOT_APPLICABLE, ...left].includes(name));
  return {
    id,
    kind: 'law',
    tier: 'quick',
    statement: `${what} keeps every law that a minimizer is asked to keep: ${laws.map(({ name }) => name).join(', ')}.`,
    regime:
      left.length === 0
        ? REGIME
        : `${REGIME} Left out, because it promises neither speed nor curvature: ${left.join(', ')}.`,
    source: { where: 'ours' },
    ...everySolverLaw({
      laws,
      subject: minimizeSubject({ method }),
      twin: bugNamed('lowest-value-reported'),
      cases: CASES,
    }),
  };
}

/** What every comparison with classical optimizers rests on. */
export const solverClaims: readonly LawClaim[] = [
  everyLaw('solvers.bfgs-keeps-every-law', 'BFGS', 'bfgs'),
  everyLaw('solvers.lbfgs-keeps-every-law', 'L-BFGS', 'lbfgs'),
  everyLaw('solvers.conjugate-gradient-keeps-every-law', 'The conjugate gradient method', 'conjugate-gradient'),
  everyLaw('solvers.backtracking-keeps-every-law', 'Gradient descent with backtracking', 'backtracking', ABOUT_SPEED),
  {
    id: 'solvers.certificates-hold',
    kind: 'law',
    tier: 'quick',
    statement:
      'Every accepted step keeps its certificates: value and gradient are those of the point, strong Wolfe conditions ' +
      'with the configured constants, descent, secant equation, positive definiteness, bounds.',
    regime:
      'BFGS, L-BFGS, conjugate gradients, backtracking and projected L-BFGS on the functions of Moré, Garbow & Hillstrom ' +
      'from displaced starts, 300 evaluations, c1 from 2^-13 to 1/4, c2 up to 7/8.',
    source: {
      where: 'literature',
      reference: 'Nocedal & Wright, Numerical Optimization, 2nd ed. (2006), eqs. 3.7, 6.6, 6.8.',
    },
    ...certificatesHold(),
  },
  {
    id: 'solvers.published-bugs-are-found',
    kind: 'law',
    tier: 'quick',
    statement: 'Every bug of the hall is refuted by at least one solver law, and no minimizer without a bug is.',
    regime:
      'Bugs of minimizers and line searches written anew as one exchanged part of a small BFGS; 200 cases per law.',
    source: {
      where: 'ours',
      reference: 'Most of the bugs were published, in the places named in the kill matrix; four are our own.',
    },
    ...mutantsAreRefuted(hallOfBugs),
  },
];
