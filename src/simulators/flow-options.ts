import { InverseClaimsError, requireNumber } from '../core/errors.ts';

/** What is sought: one vortex (x, y, Γ), two of them, or the low modes of the vorticity. */
export type FlowUnknowns = 'vortex' | 'two-vortices' | 'modes';

export interface FlowOptions {
  readonly unknowns: FlowUnknowns;
  /** N grid points per side on [−π, π)², a power of two from 16 to 128; 32 unless given. */
  readonly points?: number;
  /** ν >= 0; 0.01 unless given. */
  readonly viscosity?: number;
  /** κ >= 0, of the marker; 0.01 unless given. */
  readonly diffusivity?: number;
  /** h in (0, 0.2]; 0.1 unless given. */
  readonly step?: number;
  /** T, a whole number of steps; 3 unless given. */
  readonly horizon?: number;
  /** K of `'modes'`: wave numbers up to K in either direction, an integer in [1, N/3); 2 unless given, 24 unknowns. */
  readonly modes?: number;
  /** `'auto'` takes SIMD where the machine has it; the reference gives the same numbers, bit for bit. */
  readonly kernel?: 'auto' | 'reference';
  /** Bytes that the tapes of a pullback may take, from 2^20 to 2^30; 2^25 unless given. Longer runs are checkpointed. */
  readonly tapeBytes?: number;
}

export type ResolvedFlow = Required<FlowOptions> & { readonly steps: number };

const UNKNOWNS: readonly FlowUnknowns[] = ['vortex', 'two-vortices', 'modes'];
const MOST_STEPS = 100_000;

/** Options with their defaults; throws `unknown-option`, `out-of-range` or `not-finite`, naming the option. */
export function requireFlow(where: string, options: FlowOptions): ResolvedFlow {
  requireNames(where, options);
  const { unknowns, points = 32, viscosity = 0.01, diffusivity = 0.01, step = 0.1, horizon = 3, modes = 2 } = options;
  const { kernel = 'auto', tapeBytes = 2 ** 25 } = options;
  const at = (name: string): string => `${where}: "${name}"`;
  requireOneOf(at('unknowns'), unknowns, UNKNOWNS);
  requireOneOf(at('kernel'), kernel, ['auto', 'reference']);
  requireNumber(at('tapeBytes'), tapeBytes, { minimum: 2 ** 20, maximum: 2 ** 30 });
  requireNumber(at('points'), points, { minimum: 16, maximum: 128, integer: true });
  if (!Number.isInteger(Math.log2(points))) throw notThat(at('points'), 'a power of two', points);
  requireNumber(at('viscosity'), viscosity, { minimum: 0 });
  requireNumber(at('diffusivity'), diffusivity, { minimum: 0 });
  requireNumber(at('step'), step, { above: 0, maximum: 0.2 });
  requireNumber(at('horizon'), horizon, { above: 0 });
  requireNumber(at('modes'), modes, { minimum: 1, maximum: Math.ceil(points / 3) - 1, integer: true });
  const steps = Math.round(horizon / step);
  if (Math.abs(steps * step - horizon) > 1e-9 * horizon || steps > MOST_STEPS) {
    throw notThat(at('horizon'), `a whole number of steps of ${step}, at most ${MOST_STEPS}`, horizon);
  }
  requireResolved(at, { points, step, horizon, viscosity, diffusivity });
  return { unknowns, points, viscosity, diffusivity, step, horizon, modes, steps, kernel, tapeBytes };
}

/** How far a unit of speed may carry the shortest wave in a step, in radians: RK4 is stable to 2.8, and speeds of the priors reach 2.7. */
const MOST_RADIANS = 1.05;
/** ν K² beyond which layers diffuse before they are thinner than the grid, and the time by which they are not, over K. */
const LEAST_DAMPING = 0.5;
const UNDAMPED_TIME = 0.2;

/**
 * Steps that the shortest wave cannot follow, and times by which shear has drawn layers that the grid cannot hold, are refused. Of
 * flows from the prior, the markers inside these limits were 1 to 10 % off in the median beside a run with N = 128, those outside 10 % and more.
 */
function requireResolved(
  at: (name: string) => string,
  flow: Pick<ResolvedFlow, 'points' | 'step' | 'horizon' | 'viscosity' | 'diffusivity'>,
): void {
  const most = Math.ceil(flow.points / 3) - 1;
  if (flow.step * most > MOST_RADIANS) {
    throw new InverseClaimsError('out-of-range', {
      where: at('step'),
      expected: `at most ${MOST_RADIANS}/${most} = ${(MOST_RADIANS / most).toPrecision(2)}, or flows of the prior become unstable`,
      received: String(flow.step),
      hint: `${flow.points} points a side hold wave numbers up to ${most}`,
    });
  }
  const least = LEAST_DAMPING / most ** 2;
  const slower = flow.viscosity <= flow.diffusivity ? 'viscosity' : 'diffusivity';
  if (flow[slower] >= least || flow.horizon <= UNDAMPED_TIME * most) return;
  throw new InverseClaimsError('out-of-range', {
    where: at(slower),
    expected: `at least ${least.toPrecision(2)} beyond time ${(UNDAMPED_TIME * most).toPrecision(2)}: shear draws layers that ${flow.points} points a side cannot hold`,
    received: String(flow[slower]),
    hint: 'more points, a shorter horizon or more diffusion',
  });
}

/** Every option there is: the compiler wants each of them here, and no other. */
const KNOWN: Readonly<Record<keyof FlowOptions, true>> = {
  unknowns: true,
  points: true,
  viscosity: true,
  diffusivity: true,
  step: true,
  horizon: true,
  modes: true,
  kernel: true,
  tapeBytes: true,
};

/** A misspelt option would otherwise be left at its default without a word. */
function requireNames(where: string, options: FlowOptions): void {
  if (typeof options !== 'object' || options === null) {
    throw new InverseClaimsError('unknown-option', {
      where,
      expected: 'an object of options',
      received: String(options),
    });
  }
  requireOneOf(
    where,
    Object.keys(options).find((name) => !Object.hasOwn(KNOWN, name)) ?? 'unknowns',
    Object.keys(KNOWN),
  );
}

function requireOneOf(where: string, given: string, known: readonly string[]): void {
  if (known.includes(given)) return;
  throw new InverseClaimsError('unknown-option', { where, expected: known.join(' or '), received: String(given) });
}

function notThat(where: string, expected: string, received: number): InverseClaimsError {
  return new InverseClaimsError('out-of-range', { where, expected, received: String(received) });
}
