import fc from 'fast-check';
import { batch } from '../../src/core/batch.ts';
import { stream } from '../../src/core/random.ts';
import { effectiveExamples } from '../../theory/kernel-alignment.ts';
import { alignment } from '../../theory/noise-averaging.ts';
import { pairKernel } from '../../theory/pair-kernel.ts';
import { signAgreementOfTwo } from '../../theory/sign-agreement.ts';
import { uniformInputs } from '../../theory/symmetric-inputs.ts';
import type { Activation } from '../../theory/tangent-kernels.ts';
import { dyadic, powerOfTwo } from '../arbitraries.ts';
import { type Law, law } from '../law.ts';
import { type BatchCase, batchCases, normals, randomKernel, showBatchCase } from './kernel-alignment-laws.ts';
import { type TangentKernelTheory, tangentKernelTheory, wrongTheory } from './kernel-laws.ts';

const EXACT = 1e-12;

function effectiveViolation({ theory, n, d, noise, scale, salt }: BatchCase): string | undefined {
  const random = stream(salt, 'law/effective-examples');
  const kernel = randomKernel(random, n);
  const row = kernel.data.slice(0, n);
  const effective = theory.effectiveExamples(row);
  const of = (values: ArrayLike<number>): number => theory.effectiveExamples(values);
  if (!(effective >= 0 && effective <= n)) return `n_eff = ${effective} of ${n}`;
  if (!(of(row.map(Math.abs)) >= 1 - EXACT)) return `n_eff = ${of(row.map(Math.abs))} of a positive row`;
  const constant = of(row.map(() => scale));
  if (!(Math.abs(constant - n) <= EXACT * n)) return `n_eff = ${constant} of a constant row`;
  if (!(Math.abs(of(row.map((value) => -scale * value)) - effective) <= EXACT * n)) return 'n_eff depends on the scale';
  if (!(Math.abs(of(row.slice().reverse()) - effective) <= EXACT * n)) return 'n_eff depends on the order';
  const s = normals(random, 1, d).data;
  const signals = batch(
    n,
    d,
    Float64Array.from({ length: n * d }, (_, k) => s[k % d]!),
  );
  const sign = Math.sign(row.reduce((sum, value) => sum + value, 0));
  const averaged = sign * alignment(d, (Math.sqrt(effective) * Math.hypot(...s)) / noise);
  const found = theory.kernelAlignment(kernel, { signals, noise })[0]!;
  return Math.abs(found - averaged) <= 1e-11 ? undefined : `alignment ${found}, by n_eff ${averaged}`;
}

/** n_eff is in [0, n], at least 1 for rows without signs, n for constant rows, and gives the alignment of equal signals. */
export function effectiveExamplesAverage(): Law<TangentKernelTheory> {
  return law({
    cases: 150,
    subject: tangentKernelTheory,
    twin: {
      what: 'n_eff from magnitudes',
      subject: wrongTheory({ effectiveExamples: (row) => effectiveExamples(Float64Array.from(row, Math.abs)) }),
    },
    arbitrary: batchCases,
    violation: effectiveViolation,
    show: showBatchCase,
  });
}

interface EquicorrelatedCase {
  readonly theory: TangentKernelTheory;
  readonly n: number;
  readonly rho: number;
}

/** Equal coupling: n_eff of the row (1, ρ, …, ρ), 1 at ρ = 0, n at ρ = 1; n from 1 to 64. */
export function equicorrelatedIsItsRow(): Law<TangentKernelTheory> {
  return law<TangentKernelTheory, EquicorrelatedCase>({
    cases: 150,
    subject: tangentKernelTheory,
    twin: {
      what: 'one example too many',
      subject: wrongTheory({ equicorrelatedExamples: (n, rho) => (1 + n * rho) ** 2 / (1 + n * rho * rho) }),
    },
    arbitrary: (theory) =>
      fc
        .record({ theory: fc.constant(theory), n: fc.integer({ min: 1, max: 64 }), rho: dyadic(-1, 1) })
        .map((drawn) => ({
          ...drawn,
          rho: drawn.rho < 0 ? drawn.rho / Math.max(1, drawn.n - 1) : drawn.rho,
        })),
    violation: ({ theory, n, rho }) => {
      const row = Float64Array.from({ length: n }, (_, j) => (j === 0 ? 1 : rho));
      const [found, expected] = [theory.equicorrelatedExamples(n, rho), theory.effectiveExamples(row)];
      if (!(Math.abs(found - expected) <= EXACT * n)) return `${found}, of the row ${expected}`;
      const ends = [theory.equicorrelatedExamples(n, 0), theory.equicorrelatedExamples(n, 1)];
      return ends[0] === 1 && ends[1] === n ? undefined : `${ends[0]} without coupling, ${ends[1]} with full coupling`;
    },
    show: ({ n, rho }) => `n ${n}, ρ ${rho}`,
  });
}

const CELLS = 300;

interface PairCase {
  readonly theory: TangentKernelTheory;
  readonly activation: Activation;
  readonly bias: number;
  readonly halfWidth: number;
  readonly scale: number;
}

/** A(2) for γ uniform on ±w by the signs on the midpoints of 300 × 300 cells of 0 < γ < w, −w < γ′ < 0. */
function countedAgreement(tangent: (a: number, b: number) => number, halfWidth: number): number {
  let astray = 0;
  for (let i = 0; i < CELLS; i++) {
    const r = (halfWidth * (i + 0.5)) / CELLS;
    const own = tangent(r, r) * r;
    for (let j = 0; j < CELLS; j++) {
      const t = (halfWidth * (j + 0.5)) / CELLS;
      if (tangent(r, -t) * t > own) astray++;
    }
  }
  // A quarter of all pairs, and as many with the signs exchanged.
  return 1 - astray / CELLS ** 2;
}

/** The exact alignment of two examples against counting signs on a grid, to 0.008; and invariance to the kernel's scale. */
export function pairAgreementIsCounted(): Law<TangentKernelTheory> {
  return law<TangentKernelTheory, PairCase>({
    cases: 30,
    subject: tangentKernelTheory,
    twin: {
      what: 'half of the errors',
      subject: wrongTheory({ signAgreementOfTwo: (kernel, inputs) => (1 + signAgreementOfTwo(kernel, inputs)) / 2 }),
    },
    arbitrary: (theory) =>
      fc.record({
        theory: fc.constant(theory),
        activation: fc.constantFrom<Activation>('linear', 'relu', 'erf'),
        bias: dyadic(1 / 4, 4, 4),
        halfWidth: dyadic(1 / 2, 4, 4),
        scale: powerOfTwo(-6, 6),
      }),
    violation: ({ theory, activation, bias, halfWidth, scale }) => {
      const { tangent } = pairKernel(activation, { tangent: bias });
      const inputs = uniformInputs(halfWidth);
      const found = theory.signAgreementOfTwo({ tangent }, inputs);
      const rescaled = theory.signAgreementOfTwo({ tangent: (a, b) => scale * tangent(a, b) }, inputs);
      if (!(Math.abs(found - rescaled) <= EXACT)) return `${found}, for the scaled kernel ${rescaled}`;
      const counted = countedAgreement(tangent, halfWidth);
      return Math.abs(found - counted) <= 0.008 ? undefined : `${found}, counted ${counted}`;
    },
    show: ({ activation, bias, halfWidth, scale }) => `${activation}, c₀ ${bias}, |γ| < ${halfWidth}, factor ${scale}`,
  });
}
