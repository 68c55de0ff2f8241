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
}

export type ResolvedFlow = Required<FlowOptions> & { readonly steps: number };

const UNKNOWNS: readonly FlowUnknowns[] = ['vortex', 'two-vortices', 'modes'];
const MOST_STEPS = 100_000;

/** Options with their defaults; throws `unknown-option`, `out-of-range` or `not-finite`, naming the option. */
export function requireFlow(where: string, options: FlowOptions): ResolvedFlow {
  const { unknowns, points = 32, viscosity = 0.01, diffusivity = 0.01, step = 0.1, horizon = 3, modes = 2 } = options;
  const at = (name: string): string => `${where}: "${name}"`;
  if (!UNKNOWNS.includes(unknowns)) {
    throw new InverseClaimsError('unknown-option', {
      where: at('unknowns'),
      expected: UNKNOWNS.join(' or '),
      received: String(unknowns),
    });
  }
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
  return { unknowns, points, viscosity, diffusivity, step, horizon, modes, steps };
}

function notThat(where: string, expected: string, received: number): InverseClaimsError {
  return new InverseClaimsError('out-of-range', { where, expected, received: String(received) });
}
