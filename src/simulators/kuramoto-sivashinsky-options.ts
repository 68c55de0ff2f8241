import { InverseClaimsError, requireNumber, unknownName } from '../core/errors.ts';

/** What drives the flow: a named forcing, or the values of G on the grid, (N). */
export type KuramotoSivashinskyForcing = 'cos1' | 'mix' | 'none' | ArrayLike<number>;

/** What is unknown beside α and β: nothing, the state at the beginning, or its lowest modes. */
export type KuramotoSivashinskyUnknowns = 'parameters' | 'parameters-and-state' | 'parameters-and-modes';

/** A discretized Kuramoto-Sivashinsky equation and what of it is unknown. */
export interface KuramotoSivashinskyOptions {
  /** L >= 0.01. */
  readonly length: number;
  /** N, a power of two from 8 to 4096 that resolves L. */
  readonly points: number;
  /** Time step h in (0, 0.5]; 0.25 unless given. */
  readonly step?: number;
  /** T, a whole number of steps, at most a million. */
  readonly horizon: number;
  /** G; 'cos1' unless given. */
  readonly forcing?: KuramotoSivashinskyForcing;
  /** 'parameters' unless given. */
  readonly unknowns?: KuramotoSivashinskyUnknowns;
  /** K, modes of the initial state where they are unknown, 1 to N/2 − 1; max(3, round(L/11)) unless given. */
  readonly modes?: number;
  /** 'float32' trains networks twice as fast; needs the SIMD kernel, and is float64 without it. 'float64' unless given. */
  readonly precision?: 'float64' | 'float32';
  /** 'auto' takes the SIMD kernel where the machine has one. The reference gives the same float64 numbers. */
  readonly kernel?: 'auto' | 'reference';
  /** Bytes that taped steps may take before checkpoints replace them, at least 2^20; 2^25 unless given. */
  readonly tapeBytes?: number;
}

/** Options with their defaults, checked. */
export interface ResolvedKuramotoSivashinsky extends Required<Omit<KuramotoSivashinskyOptions, 'forcing'>> {
  /** Whole number of steps to the horizon. */
  readonly steps: number;
  /** (N) Values of G. */
  readonly forcing: Float64Array;
}

const UNKNOWNS = ['parameters', 'parameters-and-state', 'parameters-and-modes'] as const;

/**
 * Largest wave number that the quadratic term keeps, at least: below it the spectrum is cut where it still counts.
 * Median errors at T = 25, measured: 2e-2 at 2.2 (L = 60, N = 64), 3e-3 at 2.9 (L = 22, N = 32), 5e-5 at 4.4.
 */
const LEAST_WAVE_NUMBER = 2.8;

/**
 * Steps beyond it are refused. At 0.5 the four settings are stable, but of 2000 problems on L = 60 with forcing 'cos1', which
 * drives larger waves, 22 % overflow until T = 25 (and are not finite then); at 0.25 none of 12 000 problems on six domains did.
 */
const LARGEST_STEP = 0.5;

const MOST_STEPS = 1_000_000;
const MOST_POINTS = 4096;

/** The default number of modes of an initial state: max(3, round(L/11)). */
export function initialModes(length: number): number {
  return Math.max(3, Math.round(length / 11));
}

/** The options, checked. Throws `out-of-range`, `not-finite`, `unknown-name`, `unknown-option` or `shape-mismatch`, naming the option. */
export function requireKuramotoSivashinsky(
  where: string,
  options: KuramotoSivashinskyOptions,
): ResolvedKuramotoSivashinsky {
  const at = (name: string): string => `${where}: "${name}"`;
  requireNames(where, options);
  const length = requireNumber(at('length'), options.length, { minimum: 0.01 });
  const points = requirePoints(at('points'), options.points, length);
  const step = requireNumber(at('step'), options.step ?? 0.25, { above: 0, maximum: LARGEST_STEP });
  const horizon = requireNumber(at('horizon'), options.horizon, { above: 0 });
  const modes = options.modes ?? initialModes(length);
  return {
    length,
    points,
    step,
    horizon,
    steps: requireSteps(at('horizon'), horizon, step),
    forcing: forcingValues(at('forcing'), options.forcing === undefined ? 'cos1' : options.forcing, length, points),
    unknowns: requireName(at('unknowns'), options.unknowns ?? 'parameters', UNKNOWNS),
    modes: requireNumber(at('modes'), modes, { minimum: 1, maximum: points / 2 - 1, integer: true }),
    precision: requireName(at('precision'), options.precision ?? 'float64', ['float64', 'float32'] as const),
    kernel: requireName(at('kernel'), options.kernel ?? 'auto', ['auto', 'reference'] as const),
    tapeBytes: requireNumber(at('tapeBytes'), options.tapeBytes ?? 2 ** 25, { minimum: 2 ** 20, maximum: 2 ** 30 }),
  };
}

/** Every option there is: the compiler wants each of them here, and no other. */
const KNOWN: Readonly<Record<keyof KuramotoSivashinskyOptions, true>> = {
  length: true,
  points: true,
  step: true,
  horizon: true,
  forcing: true,
  unknowns: true,
  modes: true,
  precision: true,
  kernel: true,
  tapeBytes: true,
};

/** A misspelt option would otherwise be left at its default without a word. */
function requireNames(where: string, options: KuramotoSivashinskyOptions): void {
  if (typeof options !== 'object' || options === null) {
    throw new InverseClaimsError('out-of-range', {
      where,
      expected: 'an object of options',
      received: String(options),
    });
  }
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(KNOWN, name));
  if (unknown === undefined) return;
  throw new InverseClaimsError('unknown-option', {
    where,
    expected: `options among ${Object.keys(KNOWN).join(', ')}`,
    received: JSON.stringify(unknown),
  });
}

function requireName<Name extends string>(where: string, given: Name, known: readonly Name[]): Name {
  if (known.includes(given)) return given;
  throw unknownName(where, String(given), known);
}

function requirePoints(where: string, points: number, length: number): number {
  requireNumber(where, points, { minimum: 8, maximum: MOST_POINTS, integer: true });
  if (!Number.isInteger(Math.log2(points))) {
    throw new InverseClaimsError('out-of-range', { where, expected: 'a power of two', received: String(points) });
  }
  const kept = largestWaveNumber(points, length);
  if (kept >= LEAST_WAVE_NUMBER) return points;
  let enough = points;
  while (enough < MOST_POINTS && largestWaveNumber(enough, length) < LEAST_WAVE_NUMBER) enough *= 2;
  throw new InverseClaimsError('out-of-range', {
    where,
    expected: `a grid that keeps wave numbers up to ${LEAST_WAVE_NUMBER}`,
    received: `${points} points on a length of ${length}, up to ${kept.toPrecision(3)} after the 2/3 rule`,
    hint:
      largestWaveNumber(enough, length) < LEAST_WAVE_NUMBER
        ? 'no grid that is allowed resolves such a length'
        : `take ${enough} points: with fewer the spectrum is cut where it still matters`,
  });
}

/** The largest wave number inside the 2/3 mask. */
function largestWaveNumber(points: number, length: number): number {
  return (2 * Math.PI * Math.floor((points - 1) / 3)) / length;
}

function requireSteps(where: string, horizon: number, step: number): number {
  const steps = Math.round(horizon / step);
  if (steps < 1 || Math.abs(steps * step - horizon) > 1e-9 * horizon) {
    throw new InverseClaimsError('out-of-range', {
      where,
      expected: `a whole number of steps of ${step}`,
      received: String(horizon),
      hint: `take ${Number((Math.max(1, steps) * step).toPrecision(12))}`,
    });
  }
  if (steps <= MOST_STEPS) return steps;
  throw new InverseClaimsError('out-of-range', {
    where,
    expected: `at most ${MOST_STEPS} steps`,
    received: `${steps} of ${step}`,
    hint: 'gradients over such a horizon overflow: they grow like exp(λ T)',
  });
}

function forcingValues(
  where: string,
  forcing: KuramotoSivashinskyForcing,
  length: number,
  points: number,
): Float64Array {
  const cosine = (mode: number, x: number): number => Math.cos((2 * Math.PI * mode * x) / points);
  const sine = (mode: number, x: number): number => Math.sin((2 * Math.PI * mode * x) / points);
  const values = (at: (x: number) => number): Float64Array => Float64Array.from({ length: points }, (_, x) => at(x));
  if (typeof forcing === 'string') {
    const mode = Math.max(1, Math.round(length / 16));
    switch (requireName(where, forcing, ['cos1', 'mix', 'none'] as const)) {
      case 'cos1':
        return values((x) => cosine(1, x));
      case 'mix':
        return values((x) => cosine(mode, x) + 0.5 * sine(mode + 1, x));
      case 'none':
        return values(() => 0);
    }
  }
  if (forcing === null || forcing.length !== points) {
    throw new InverseClaimsError('shape-mismatch', {
      where,
      expected: `${points} values, one per grid point`,
      received: String(forcing?.length),
    });
  }
  return values((x) => requireNumber(`${where}[${x}]`, forcing[x]!));
}
