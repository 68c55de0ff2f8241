import type { FlowScheme } from './flow-tables.ts';
import { type PlaneFourierPlan, planeFourierPlan, transformPlane } from './plane-fourier.ts';

/**
 * Spectra of vorticity and marker side by side: Re ω̂, Im ω̂, Re m̂, Im m̂, N² numbers each, unnormalized transforms of real
 * fields, without anything above N/3. A cotangent of one has the same layout.
 */
export type FlowState = Float64Array;

/** Velocity, vorticity and marker on the grid: u, v, ω, m, N² numbers each. */
export type FlowFields = Float64Array;

/** Tables of a scheme: the same as ./flow-tables.ts in another layout, for other code. */
export interface DirectFlowTables {
  readonly size: number;
  readonly fourier: PlaneFourierPlan;
  /** (N²) Wave numbers, 0 where they are cut: factors of the derivative of products. */
  readonly kx: Float64Array;
  readonly ky: Float64Array;
  /** (N²) ky/k² and kx/k²: û = i · upward · ω̂, v̂ = −i · across · ω̂. */
  readonly upward: Float64Array;
  readonly across: Float64Array;
  /** (N²) Index of −k. */
  readonly opposite: Int32Array;
  /** (N²) 1 below N/3, 0 above. */
  readonly kept: Float64Array;
  /** (N²) exp(−ν k² h/2), and the same of the marker. */
  readonly decayVorticity: Float64Array;
  readonly decayMarker: Float64Array;
}

export function directFlowTables({ points, viscosity, diffusivity, step }: FlowScheme): DirectFlowTables {
  const size = points * points;
  const make = (value: (kx: number, ky: number, kept: boolean) => number): Float64Array =>
    Float64Array.from({ length: size }, (_, i) => {
      const [x, y] = [waveNumber(i % points, points), waveNumber(Math.floor(i / points), points)];
      return value(x, y, 3 * Math.abs(x) < points && 3 * Math.abs(y) < points);
    });
  const overSquare = (k: number, x: number, y: number): number => (x === 0 && y === 0 ? 0 : k / (x * x + y * y));
  return {
    size,
    fourier: planeFourierPlan(points),
    kx: make((x, _y, kept) => (kept ? x : 0)),
    ky: make((_x, y, kept) => (kept ? y : 0)),
    upward: make((x, y) => overSquare(y, x, y)),
    across: make((x, y) => overSquare(x, x, y)),
    opposite: Int32Array.from({ length: size }, (_, i) => {
      const [x, y] = [i % points, Math.floor(i / points)];
      return ((points - y) % points) * points + ((points - x) % points);
    }),
    kept: make((_x, _y, kept) => (kept ? 1 : 0)),
    decayVorticity: make((x, y) => Math.exp(-0.5 * viscosity * (x * x + y * y) * step)),
    decayMarker: make((x, y) => Math.exp(-0.5 * diffusivity * (x * x + y * y) * step)),
  };
}

const waveNumber = (index: number, points: number): number => (2 * index < points ? index : index - points);

/** Fields of a state, by two transforms of two real fields each. */
export function fieldsOf(tables: DirectFlowTables, state: FlowState): FlowFields {
  const { size, fourier, upward, across } = tables;
  const fields = new Float64Array(4 * size);
  const [u, v, w, m] = quarters(fields, size);
  const [wRe, wIm, mRe, mIm] = quarters(state, size);
  for (let i = 0; i < size; i++) {
    // û + i v̂ with û = i upward ω̂ and v̂ = −i across ω̂.
    u[i] = -upward[i]! * wIm[i]! + across[i]! * wRe[i]!;
    v[i] = upward[i]! * wRe[i]! + across[i]! * wIm[i]!;
    w[i] = wRe[i]! - mIm[i]!;
    m[i] = wIm[i]! + mRe[i]!;
  }
  transformPlane(fourier, u, v, 1);
  transformPlane(fourier, w, m, 1);
  for (let i = 0; i < 4 * size; i++) fields[i]! /= size;
  return fields;
}

/** −∇·(u ω) and −∇·(u m) of fields, as spectra without what the products make above N/3. */
export function advection(tables: DirectFlowTables, fields: FlowFields): FlowState {
  const { size } = tables;
  const [u, v, w, m] = quarters(fields, size);
  const products = new Float64Array(4 * size);
  const [uw, vw, um, vm] = quarters(products, size);
  for (let i = 0; i < size; i++) {
    uw[i] = u[i]! * w[i]!;
    vw[i] = v[i]! * w[i]!;
    um[i] = u[i]! * m[i]!;
    vm[i] = v[i]! * m[i]!;
  }
  return negativeDivergence(tables, products);
}

/** The derivative of `advection` along a direction in the fields. */
export function advectionTangent(tables: DirectFlowTables, fields: FlowFields, direction: FlowFields): FlowState {
  const { size } = tables;
  const [u, v, w, m] = quarters(fields, size);
  const [uDot, vDot, wDot, mDot] = quarters(direction, size);
  const products = new Float64Array(4 * size);
  const [uw, vw, um, vm] = quarters(products, size);
  for (let i = 0; i < size; i++) {
    uw[i] = uDot[i]! * w[i]! + u[i]! * wDot[i]!;
    vw[i] = vDot[i]! * w[i]! + v[i]! * wDot[i]!;
    um[i] = uDot[i]! * m[i]! + u[i]! * mDot[i]!;
    vm[i] = vDot[i]! * m[i]! + v[i]! * mDot[i]!;
  }
  return negativeDivergence(tables, products);
}

/** Fluxes (x, y of ω, x, y of m) on the grid → −i kx F(flux x) − i ky F(flux y). The fluxes are overwritten. */
function negativeDivergence({ size, fourier, kx, ky, opposite }: DirectFlowTables, fluxes: Float64Array): FlowState {
  const out = new Float64Array(4 * size);
  for (const pair of [0, 2]) {
    const [re, im] = [
      fluxes.subarray(pair * size, (pair + 1) * size),
      fluxes.subarray((pair + 1) * size, (pair + 2) * size),
    ];
    transformPlane(fourier, re, im, -1);
    const [outRe, outIm] = [
      out.subarray(pair * size, (pair + 1) * size),
      out.subarray((pair + 1) * size, (pair + 2) * size),
    ];
    for (let i = 0; i < size; i++) {
      const j = opposite[i]!;
      // Transforms A and B of the two real fluxes out of that of A + i B.
      const [aRe, aIm] = [0.5 * (re[i]! + re[j]!), 0.5 * (im[i]! - im[j]!)];
      const [bRe, bIm] = [0.5 * (im[i]! + im[j]!), 0.5 * (re[j]! - re[i]!)];
      outRe[i] = kx[i]! * aIm + ky[i]! * bIm;
      outIm[i] = -kx[i]! * aRe - ky[i]! * bRe;
    }
  }
  return out;
}

/** The four parts of a state, or of fields. */
export function quarters(
  whole: Float64Array,
  size: number,
): readonly [Float64Array, Float64Array, Float64Array, Float64Array] {
  const part = (k: number): Float64Array => whole.subarray(k * size, (k + 1) * size);
  return [part(0), part(1), part(2), part(3)];
}
