import type { Axis } from '../core/problem.ts';
import { axpyInto, dot } from '../numerics/vector.ts';
import type { ResolvedFlow } from './flow-options.ts';

/** How unknowns become vorticity on the grid, of mean 0: a map from n numbers to N², with its derivatives. */
export interface FlowVorticity {
  readonly input: readonly Axis[];
  vorticity(x: Float64Array): Float64Array;
  tangent(x: Float64Array, xDot: Float64Array): Float64Array;
  pullback(x: Float64Array, bar: Float64Array): Float64Array;
}

/** Radius of a vortex: ω = Γ exp(−r²/2r₀²), summed over its images. */
export const VORTEX_RADIUS = 0.5;

/** Coordinates of the grid along one side: −π + 2πj/N. */
export function gridOf(points: number): Float64Array {
  return Float64Array.from({ length: points }, (_, j) => -Math.PI + (2 * Math.PI * j) / points);
}

export function flowVorticity({ unknowns, points, modes }: ResolvedFlow): FlowVorticity {
  if (unknowns === 'modes') return lowModes(points, modes);
  return vortices(points, unknowns === 'vortex' ? 1 : 2);
}

/** Along one side: Σ over three images of exp(−d²/2r²), and its derivative in the center. */
export function periodicBump(
  grid: Float64Array,
  center: number,
  radius: number,
): { readonly value: Float64Array; readonly slope: Float64Array } {
  const value = new Float64Array(grid.length);
  const slope = new Float64Array(grid.length);
  for (let j = 0; j < grid.length; j++) {
    for (const image of [-1, 0, 1]) {
      const distance = grid[j]! - center - 2 * Math.PI * image;
      const bump = Math.exp((-distance * distance) / (2 * radius * radius));
      value[j]! += bump;
      slope[j]! += (bump * distance) / (radius * radius);
    }
  }
  return { value, slope };
}

/** Unknowns x, y, Γ of each vortex; ω = Σ Γ (g − mean g), g a product of periodic bumps. */
function vortices(points: number, count: number): FlowVorticity {
  const grid = gridOf(points);
  const name = (quantity: string, k: number): string => (count === 1 ? quantity : `${quantity}${k + 1}`);
  const shapes = (x: Float64Array, k: number) => ({
    strength: x[3 * k + 2]!,
    across: periodicBump(grid, x[3 * k]!, VORTEX_RADIUS),
    up: periodicBump(grid, x[3 * k + 1]!, VORTEX_RADIUS),
  });
  const each = Array.from({ length: count }, (_, k) => k);
  return {
    input: each.flatMap((k) => [
      { name: name('x', k), length: 1, unit: '1' },
      { name: name('y', k), length: 1, unit: '1' },
      { name: name('Γ', k), length: 1, unit: '1' },
    ]),
    vorticity: (x) => {
      const sum = new Float64Array(points * points);
      for (const k of each) {
        const { strength, across, up } = shapes(x, k);
        addProduct(sum, strength, up.value, across.value);
      }
      return centered(sum);
    },
    tangent: (x, xDot) => {
      const sum = new Float64Array(points * points);
      for (const k of each) {
        const { strength, across, up } = shapes(x, k);
        addProduct(sum, strength * xDot[3 * k]!, up.value, across.slope);
        addProduct(sum, strength * xDot[3 * k + 1]!, up.slope, across.value);
        addProduct(sum, xDot[3 * k + 2]!, up.value, across.value);
      }
      return centered(sum);
    },
    pullback: (x, bar) => {
      const inner = centered(bar);
      return Float64Array.from(
        each.flatMap((k) => {
          const { strength, across, up } = shapes(x, k);
          const [byValue, bySlope] = [timesAcross(inner, across.value), timesAcross(inner, across.slope)];
          return [strength * dot(up.value, bySlope), strength * dot(up.slope, byValue), dot(up.value, byValue)];
        }),
      );
    },
  };
}

/** Unknowns a_k, b_k of ω = Σ (a_k cos k·x + b_k sin k·x)/√(number of k), over half of the wave numbers up to K in either direction. */
function lowModes(points: number, most: number): FlowVorticity {
  const grid = gridOf(points);
  const waves: (readonly [number, number])[] = [];
  for (let ky = 0; ky <= most; ky++) {
    for (let kx = -most; kx <= most; kx++) if (ky > 0 || kx > 0) waves.push([kx, ky]);
  }
  const scale = 1 / Math.sqrt(waves.length);
  const basis = waves.flatMap(([kx, ky]) =>
    [Math.cos, Math.sin].map((wave) =>
      Float64Array.from(
        { length: points * points },
        (_, i) => scale * wave(kx * grid[i % points]! + ky * grid[Math.floor(i / points)]!),
      ),
    ),
  );
  const field = (x: Float64Array): Float64Array => {
    const sum = new Float64Array(points * points);
    basis.forEach((shape, k) => {
      axpyInto(sum, x[k]!, shape);
    });
    return sum;
  };
  return {
    input: [{ name: 'modes', length: basis.length, unit: '1' }],
    vorticity: field,
    tangent: (_x, xDot) => field(xDot),
    pullback: (_x, bar) => Float64Array.from(basis, (shape) => dot(shape, bar)),
  };
}

/** Adds factor · up ⊗ across, row after row. */
function addProduct(sum: Float64Array, factor: number, up: Float64Array, across: Float64Array): void {
  for (let y = 0, i = 0; y < up.length; y++) {
    const inRow = factor * up[y]!;
    for (let x = 0; x < across.length; x++, i++) sum[i]! += inRow * across[x]!;
  }
}

/** The rows of a field times a vector. */
function timesAcross(field: Float64Array, across: Float64Array): Float64Array {
  const result = new Float64Array(field.length / across.length);
  for (let y = 0, i = 0; y < result.length; y++) {
    let sum = 0;
    for (let x = 0; x < across.length; x++, i++) sum += field[i]! * across[x]!;
    result[y] = sum;
  }
  return result;
}

/** Without its mean; its own adjoint. */
function centered(values: Float64Array): Float64Array {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  const mean = sum / values.length;
  const result = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) result[i] = values[i]! - mean;
  return result;
}
