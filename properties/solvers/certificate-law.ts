import fc from 'fast-check';
import { InverseClaimsError } from '../../src/core/errors.ts';
import type { Method, MethodTell } from '../../src/core/solver.ts';
import type { Step } from '../../src/core/step.ts';
import { backtrackingDescentMethod } from '../../src/solvers/backtracking-descent.ts';
import { bfgsMethod } from '../../src/solvers/bfgs.ts';
import { certifier } from '../../src/solvers/certificate.ts';
import { conjugateGradientMethod } from '../../src/solvers/conjugate-gradient.ts';
import { type MghFunction, moreGarbowHillstrom } from '../../src/solvers/functions/more-garbow-hillstrom.ts';
import { lbfgsMethod } from '../../src/solvers/lbfgs.ts';
import { projectedLbfgsMethod } from '../../src/solvers/projected-lbfgs.ts';
import type { WolfeConstants } from '../../src/solvers/strong-wolfe.ts';
import { dyadic } from '../arbitraries.ts';
import { type Law, law } from '../law.ts';

/** A method with the constants it is configured with. */
export type ConfiguredMethod = (name: MethodName, wolfe: WolfeConstants) => Method;

type MethodName = (typeof METHODS)[number];

const METHODS = ['bfgs', 'bfgs, scaled model', 'lbfgs', 'conjugate gradients', 'backtracking', 'projected'] as const;

const TOLERANCE = 1e-9;
const BOX = { lower: -2, upper: 1.5 } as const;

/** Enough for a few hundred steps; a longer run meets no other code. */
const EVALUATIONS = 300;

/** The methods of this library, configured as they are used. */
export const ourMethods: ConfiguredMethod = (name, wolfe) => {
  const common = { gradientTolerance: TOLERANCE, wolfe };
  switch (name) {
    case 'bfgs':
      return bfgsMethod(common);
    case 'bfgs, scaled model':
      return bfgsMethod({ ...common, initialModel: 'scaled' });
    case 'lbfgs':
      return lbfgsMethod({ ...common, memory: 4 });
    case 'conjugate gradients':
      return conjugateGradientMethod(common);
    case 'backtracking':
      return backtrackingDescentMethod({ gradientTolerance: TOLERANCE, c1: wolfe.c1 });
    case 'projected':
      return projectedLbfgsMethod({ ...common, ...BOX });
  }
};

interface CertificateCase {
  readonly methods: ConfiguredMethod;
  readonly name: MethodName;
  readonly wolfe: WolfeConstants;
  readonly fun: MghFunction;
  readonly start: readonly number[];
}

function tellOf({ evaluate }: MghFunction, x: Float64Array): MethodTell {
  const { value, gradient } = evaluate(x.slice());
  const usable = Number.isFinite(value) && gradient.every(Number.isFinite);
  return usable ? { value, gradient } : { value: Number.POSITIVE_INFINITY, gradient: new Float64Array(x.length) };
}

/** What the certifier finds wrong with a run of the method. */
function violated(value: CertificateCase): string | undefined {
  try {
    certifiedRun(value);
    return undefined;
  } catch (error) {
    if (error instanceof InverseClaimsError && error.code === 'certificate-violated') return error.message;
    throw error;
  }
}

function broken(expected: string, received: string): InverseClaimsError {
  return new InverseClaimsError('certificate-violated', { where: 'configuration', expected, received });
}

/** What a step promises is what the method was configured to keep: a weaker promise is easily kept. */
function requireConfigured({ guarantee, model, bounds }: Step, name: MethodName, { c1, c2 }: WolfeConstants): void {
  const promised = JSON.stringify(guarantee);
  const expected = [
    name === 'backtracking' ? { kind: 'sufficient-decrease', c1 } : { kind: 'strong-wolfe', c1, c2 },
    { kind: 'decrease' },
    ...(name === 'projected' ? [{ kind: 'projected-decrease', c1 }] : []),
  ].map((each) => JSON.stringify(each));
  if (!expected.includes(promised)) throw broken(`a promise of ${expected[0]}`, promised);
  const learns = name === 'bfgs' || name === 'bfgs, scaled model' || name === 'lbfgs';
  if (learns && guarantee.kind === 'strong-wolfe' && model === undefined)
    throw broken('a model of the Hessian', 'none');
  const inBox = bounds?.lower.every((low) => low === BOX.lower) && bounds.upper.every((high) => high === BOX.upper);
  if (name === 'projected' && inBox !== true) throw broken('the bounds configured', 'others, or none');
}

function certifiedRun({ methods, name, wolfe, fun, start }: CertificateCase): void {
  const watch = certifier({ solver: name, problem: fun.name, row: 0, start });
  const steps = methods(name, wolfe)(Float64Array.from(start), (step) => {
    requireConfigured(step, name, wolfe);
    watch.step(step);
  });
  let next = steps.next();
  let evaluations = 0;
  while (!next.done && evaluations < EVALUATIONS) {
    const told = tellOf(fun, next.value.x);
    watch.told(next.value.x, told.value, told.gradient);
    evaluations += 1;
    next = steps.next(told);
  }
  if (next.done) {
    const { x, stop } = next.value;
    if (stop.kind === 'gradient-small' && evaluations > 1 && watch.steps === 0) throw broken('a step', 'none');
    watch.answer(x, tellOf(fun, x).value, stop, evaluations);
    if (stop.kind === 'gradient-small' && stop.norm > TOLERANCE)
      throw broken('a gradient within the tolerance', `${stop.norm}`);
  }
}

/**
 * solvers.certificates-hold: on the functions of Moré, Garbow & Hillstrom, from their usual starts displaced at random,
 * every step of every method keeps its certificates, with constants c1 in [2⁻¹³, 1/4] and c2 in [c1 + 1/8, 7/8].
 */
export function certificatesHold(): Law<ConfiguredMethod> {
  return law({
    cases: 400,
    subject: ourMethods,
    twin: {
      what: 'BFGS that promises other constants than it searches with',
      subject: (_name, wolfe) => promising(wolfe),
    },
    arbitrary: (methods) =>
      fc
        .record({
          name: fc.constantFrom(...METHODS),
          fun: fc.constantFrom(...moreGarbowHillstrom),
          c1: fc.integer({ min: 2, max: 13 }).map((k) => 2 ** -k),
          share: dyadic(0, 1),
          factor: dyadic(-2, 2),
        })
        .map(({ name, fun, c1, share, factor }): CertificateCase => {
          const c2 = c1 + 0.125 + share * (0.75 - c1);
          const start = (fun.starts[0] as readonly number[]).map((value) => value + factor);
          return { methods, name, wolfe: { c1, c2 }, fun, start };
        }),
    violation: violated,
    show: ({ name, fun, wolfe, start }) =>
      `${name} on ${fun.name} from [${start.join(', ')}] with c1 ${wolfe.c1}, c2 ${wolfe.c2}`,
  });
}

/** Searches loosely, c2 = 0.9, and says that it kept the given constants. */
function promising({ c1, c2 }: WolfeConstants): Method {
  return (start, observe) =>
    bfgsMethod({ gradientTolerance: TOLERANCE, wolfe: { c1: 1e-4, c2: 0.9 } })(start, (step) =>
      observe?.(
        step.guarantee.kind === 'strong-wolfe' ? { ...step, guarantee: { kind: 'strong-wolfe', c1, c2 } } : step,
      ),
    );
}
