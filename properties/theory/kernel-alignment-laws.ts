import fc from 'fast-check';
import { type Batch, batch } from '../../src/core/batch.ts';
import { type Random, stream } from '../../src/core/random.ts';
import { kernelAlignment } from '../../theory/kernel-alignment.ts';
import { alignment } from '../../theory/noise-averaging.ts';
import { dyadic, powerOfTwo } from '../arbitraries.ts';
import { type Law, law } from '../law.ts';
import { type Estimate, estimate, gram } from './finite-width.ts';
import { type TangentKernelTheory, tangentKernelTheory, wrongTheory } from './kernel-laws.ts';

const EXACT = 1e-12;
const STANDARD_ERRORS = 6.5;

export interface BatchCase {
  readonly theory: TangentKernelTheory;
  readonly n: number;
  readonly d: number;
  readonly noise: number;
  readonly scale: number;
  readonly salt: number;
}

export const batchCases = (theory: TangentKernelTheory): fc.Arbitrary<BatchCase> =>
  fc.record({
    theory: fc.constant(theory),
    n: fc.integer({ min: 2, max: 5 }),
    d: fc.integer({ min: 1, max: 4 }),
    noise: dyadic(1 / 4, 3, 4),
    scale: powerOfTwo(-6, 6),
    salt: fc.nat(1000),
  });

export const showBatchCase = ({ n, d, noise, scale, salt }: BatchCase): string =>
  `${n} examples in ${d} dimensions, σ ${noise}, factor ${scale}, salt ${salt}`;

export const normals = (random: Random, rows: number, cols: number): Batch =>
  batch(
    rows,
    cols,
    Float64Array.from({ length: rows * cols }, () => random.normal()),
  );

/** G Gᵀ with a shift that makes most entries, but not all, positive. */
export function randomKernel(random: Random, n: number): Batch {
  const factor = normals(random, n, 3);
  return gram({ ...factor, data: factor.data.map((value) => value + 0.5) });
}

const scaled = (source: Batch, factor: number): Batch => ({
  ...source,
  data: source.data.map((value) => factor * value),
});

function permuted(source: Batch, order: readonly number[], both: boolean): Batch {
  const { rows, cols, data } = source;
  const at = (i: number, j: number): number => data[order[i]! * cols + (both ? order[j]! : j)]!;
  return batch(
    rows,
    cols,
    Float64Array.from({ length: rows * cols }, (_, k) => at(Math.floor(k / cols), k % cols)),
  );
}

/** All rows reflected at the hyperplane of a random direction: an orthogonal map. */
function reflected(signals: Batch, random: Random): Batch {
  const { rows, cols } = signals;
  const axis = Array.from({ length: cols }, () => random.normal());
  const square = axis.reduce((sum, value) => sum + value * value, 0);
  const result = signals.data.slice();
  for (let i = 0; i < rows; i++) {
    const along = axis.reduce((sum, value, k) => sum + value * result[i * cols + k]!, 0);
    for (let k = 0; k < cols; k++) result[i * cols + k]! -= ((2 * along) / square) * axis[k]!;
  }
  return batch(rows, cols, result);
}

function differs(what: string, found: ArrayLike<number>, expected: ArrayLike<number>): string | undefined {
  for (let i = 0; i < expected.length; i++) {
    if (!(Math.abs(found[i]! - expected[i]!) <= EXACT))
      return `${what}: ${found[i]} at example ${i}, not ${expected[i]}`;
  }
  return undefined;
}

function invarianceViolation({ theory, n, d, noise, scale, salt }: BatchCase): string | undefined {
  const random = stream(salt, 'law/kernel-alignment');
  const kernel = randomKernel(random, n);
  const signals = normals(random, n, d);
  const expected = theory.kernelAlignment(kernel, { signals, noise });
  const last = [...Array(n).keys()].reverse();
  const turned = theory.kernelAlignment(permuted(kernel, last, true), {
    signals: permuted(signals, last, false),
    noise,
  });
  return (
    differs('scaled kernel', theory.kernelAlignment(scaled(kernel, scale), { signals, noise }), expected) ??
    differs(
      'rotated signals',
      theory.kernelAlignment(kernel, { signals: reflected(signals, random), noise }),
      expected,
    ) ??
    differs(
      'scaled gradients',
      theory.kernelAlignment(kernel, { signals: scaled(signals, scale), noise: scale * noise }),
      expected,
    ) ??
    differs('examples in reverse', turned.reverse(), expected)
  );
}

/** Alignments do not depend on the scale of the kernel or of the gradients, on a rotation of all, on the order of examples. */
export function alignmentIsInvariant(): Law<TangentKernelTheory> {
  const unscaled: typeof kernelAlignment = (kernel, { signals, noise }) =>
    kernelAlignment(kernel, { signals, noise: typeof noise === 'number' ? noise * kernel.data[0]! : noise });
  return law({
    cases: 100,
    subject: tangentKernelTheory,
    twin: { what: 'noise that grows with the kernel', subject: wrongTheory({ kernelAlignment: unscaled }) },
    arbitrary: batchCases,
    violation: invarianceViolation,
    show: showBatchCase,
  });
}

/** Noise too small to turn a step of this size. */
const NO_NOISE = 2 ** -60;

/** Cosines between Σ_j K_ij s_j and s_i. */
function cosinesOfSteps(kernel: Batch, { rows: n, cols: d, data }: Batch): readonly number[] {
  return Array.from({ length: n }, (_, i) => {
    const own = data.subarray(i * d, (i + 1) * d);
    const step = Array.from({ length: d }, (_each, k) => {
      let sum = 0;
      for (let j = 0; j < n; j++) sum += kernel.data[i * n + j]! * data[j * d + k]!;
      return sum;
    });
    const product = step.reduce((sum, value, k) => sum + value * own[k]!, 0);
    return product / Math.hypot(...step) / Math.hypot(...own);
  });
}

/**
 * K = I: every example is alone, A_d(|s_i|/σ). K = 11ᵀ with equal signals: all are averaged, A_d(√n |s|/σ).
 * Without noise: the cosine of the step Σ_j K_ij s_j.
 */
export function alignmentHasKnownLimits(): Law<TangentKernelTheory> {
  const doubled: typeof kernelAlignment = (kernel, { signals, noise }) =>
    kernelAlignment(kernel, { signals, noise: typeof noise === 'number' ? 2 * noise : noise });
  return law({
    cases: 100,
    subject: tangentKernelTheory,
    twin: { what: 'twice the noise', subject: wrongTheory({ kernelAlignment: doubled }) },
    arbitrary: batchCases,
    violation: ({ theory, n, d, noise, salt }) => {
      const random = stream(salt, 'law/kernel-limits');
      const signals = normals(random, n, d);
      const kernel = randomKernel(random, n);
      const norms = Array.from({ length: n }, (_, i) => Math.hypot(...signals.data.subarray(i * d, (i + 1) * d)));
      const identity = batch(
        n,
        n,
        Float64Array.from({ length: n * n }, (_, k) => (k % (n + 1) === 0 ? 1 : 0)),
      );
      const alone = norms.map((norm) => alignment(d, norm / noise));
      const equal = batch(
        n,
        d,
        Float64Array.from({ length: n * d }, (_, k) => signals.data[k % d]!),
      );
      const together = norms.map(() => alignment(d, (Math.sqrt(n) * norms[0]!) / noise));
      const ones = batch(n, n, new Float64Array(n * n).fill(1));
      return (
        differs('K = I', theory.kernelAlignment(identity, { signals, noise }), alone) ??
        differs('K = 11ᵀ', theory.kernelAlignment(ones, { signals: equal, noise }), together) ??
        differs(
          'no noise',
          theory.kernelAlignment(kernel, { signals, noise: NO_NOISE }),
          cosinesOfSteps(kernel, signals),
        )
      );
    },
    show: showBatchCase,
  });
}

const DRAWS = 12_000;

/** Cosine between the first example's step under drawn noise and its signal, averaged over draws. */
function simulatedAlignment(kernel: Batch, signals: Batch, noise: number, random: Random): Estimate {
  const { rows: n, cols: d } = signals;
  const step = new Float64Array(d);
  return estimate(DRAWS, () => {
    step.fill(0);
    for (let j = 0; j < n; j++) {
      for (let k = 0; k < d; k++) step[k]! += kernel.data[j]! * (signals.data[j * d + k]! + noise * random.normal());
    }
    let [inner, square, own] = [0, 0, 0];
    for (let k = 0; k < d; k++) {
      inner += step[k]! * signals.data[k]!;
      square += step[k]! ** 2;
      own += signals.data[k]! ** 2;
    }
    return inner / Math.sqrt(square * own);
  });
}

/**
 * The factorization against 12 000 simulated steps: within 6.5 standard errors, or 60 draws where the outcome is nearly
 * certain, so that the false-alarm probability of a case is about 1e-9 at most.
 */
export function alignmentIsThatOfSimulatedSteps(): Law<TangentKernelTheory> {
  const oneDimensional: typeof kernelAlignment = (kernel, { signals, noise }) => {
    const exact = kernelAlignment(kernel, { signals, noise: 0 });
    return exact.map((cosine) => cosine * alignment(1, 1 / (noise as number)));
  };
  return law({
    cases: 8,
    subject: tangentKernelTheory,
    twin: {
      what: 'noise averaging as if the kernel were absent',
      subject: wrongTheory({ kernelAlignment: oneDimensional }),
    },
    arbitrary: batchCases,
    violation: ({ theory, n, d, noise, salt }) => {
      const random = stream(salt, 'law/simulated-steps');
      const kernel = randomKernel(random, n);
      const signals = normals(random, n, d);
      const { mean, standardError } = simulatedAlignment(kernel, signals, noise, random);
      const found = theory.kernelAlignment(kernel, { signals, noise })[0]!;
      const allowed = STANDARD_ERRORS * standardError + 60 / DRAWS / 2;
      return Math.abs(found - mean) <= allowed ? undefined : `${found}, simulated ${mean} ± ${standardError}`;
    },
    show: showBatchCase,
  });
}
