import {
  columnsToGrid,
  columnsToModes,
  lineToGrid,
  lineToModes,
  newPlane,
  type Plane,
  placePair,
  takePair,
} from './flow-planes.ts';
import { ACROSS, ALONG_X, ALONG_Y, type FlowTables, RECORD, UPWARD } from './flow-tables.ts';

/** Work space: planes and lines of four pairs of fields, of one mode four numbers. */
export interface FlowScratch {
  readonly planes: readonly [Plane, Plane, Plane, Plane];
  readonly lines: readonly [Float64Array, Float64Array, Float64Array, Float64Array];
  readonly pair: Float64Array;
}

export function newScratch(tables: FlowTables): FlowScratch {
  const plane = (): Plane => newPlane(tables);
  const line = (): Float64Array => new Float64Array(2 * tables.points);
  return {
    planes: [plane(), plane(), plane(), plane()],
    lines: [line(), line(), line(), line()],
    pair: new Float64Array(4),
  };
}

/** Columns of u + iv and ω + im, from the state at `s`. */
function spreadFields(tables: FlowTables, [velocity, carried]: readonly Plane[], state: Float64Array, s: number): void {
  const { modes, records } = tables;
  for (let i = 0; i < modes; i++) {
    const [wRe, wIm] = [state[s + 2 * i]!, state[s + 2 * i + 1]!];
    const [mRe, mIm] = [state[s + 2 * (modes + i)]!, state[s + 2 * (modes + i) + 1]!];
    const [upward, across] = [records[RECORD * i + UPWARD]!, records[RECORD * i + ACROSS]!];
    placePair(tables, velocity as Plane, i, -(upward * wIm), upward * wRe, across * wIm, -(across * wRe));
    placePair(tables, carried as Plane, i, wRe, wIm, mRe, mIm);
  }
  columnsToGrid(tables, velocity as Plane);
  columnsToGrid(tables, carried as Plane);
}

/** Modes of −∇·(u ω) and −∇·(u m) into `out`, from the state at `s`. */
export function advection(
  tables: FlowTables,
  scratch: FlowScratch,
  state: Float64Array,
  s: number,
  out: Float64Array,
): void {
  const { points } = tables;
  const { planes, lines } = scratch;
  const [velocity, carried] = planes;
  const [uv, wm] = lines;
  spreadFields(tables, planes, state, s);
  for (let y = 0; y < points; y++) {
    lineToGrid(tables, velocity, y, uv);
    lineToGrid(tables, carried, y, wm);
    for (let x = 0; x < 2 * points; x += 2) {
      const [u, v, w, m] = [uv[x]!, uv[x + 1]!, wm[x]!, wm[x + 1]!];
      uv[x] = u * w;
      uv[x + 1] = v * w;
      wm[x] = u * m;
      wm[x + 1] = v * m;
    }
    lineToModes(tables, velocity, y, uv);
    lineToModes(tables, carried, y, wm);
  }
  negativeDivergence(tables, scratch, velocity, out, 0);
  negativeDivergence(tables, scratch, carried, out, 2 * tables.modes);
}

/** −ikx A − iky B of the transforms A, B of a flux along x and along y. */
function negativeDivergence(
  tables: FlowTables,
  { pair }: FlowScratch,
  flux: Plane,
  out: Float64Array,
  at: number,
): void {
  const { modes, records } = tables;
  columnsToModes(tables, flux);
  for (let i = 0; i < modes; i++) {
    takePair(tables, flux, i, pair);
    const [kx, ky] = [records[RECORD * i + ALONG_X]!, records[RECORD * i + ALONG_Y]!];
    out[at + 2 * i] = kx * pair[1]! + ky * pair[3]!;
    out[at + 2 * i + 1] = -(kx * pair[0]! + ky * pair[2]!);
  }
}

/**
 * The adjoint of `advection` at the state at `s`: a cotangent of −∇·(u ω), −∇·(u m) becomes one of the state. Cotangents are of
 * all modes of both halves, of which one is kept.
 */
export function advectionPullback(
  tables: FlowTables,
  scratch: FlowScratch,
  state: Float64Array,
  s: number,
  bar: Float64Array,
  out: Float64Array,
): void {
  const { points, modes } = tables;
  const { planes, lines } = scratch;
  const [velocity, carried, ofVorticity, ofMarker] = planes;
  const [uv, wm, r, q] = lines;
  spreadFields(tables, planes, state, s);
  spreadFluxes(tables, ofVorticity, bar, 0);
  spreadFluxes(tables, ofMarker, bar, 2 * modes);
  for (let y = 0; y < points; y++) {
    lineToGrid(tables, velocity, y, uv);
    lineToGrid(tables, carried, y, wm);
    lineToGrid(tables, ofVorticity, y, r);
    lineToGrid(tables, ofMarker, y, q);
    for (let x = 0; x < 2 * points; x += 2) {
      const [u, v, w, m] = [uv[x]!, uv[x + 1]!, wm[x]!, wm[x + 1]!];
      const [rx, ry, qx, qy] = [r[x]!, r[x + 1]!, q[x]!, q[x + 1]!];
      uv[x] = w * rx + m * qx;
      uv[x + 1] = w * ry + m * qy;
      wm[x] = u * rx + v * ry;
      wm[x + 1] = u * qx + v * qy;
    }
    lineToModes(tables, velocity, y, uv);
    lineToModes(tables, carried, y, wm);
  }
  gatherCotangent(tables, scratch, out);
}

/** Columns of the cotangents of a flux along x and along y: the adjoint of −ik F is F^H ik. */
function spreadFluxes(tables: FlowTables, plane: Plane, bar: Float64Array, at: number): void {
  const { modes, records } = tables;
  for (let i = 0; i < modes; i++) {
    const [re, im] = [bar[at + 2 * i]!, bar[at + 2 * i + 1]!];
    const [kx, ky] = [records[RECORD * i + ALONG_X]!, records[RECORD * i + ALONG_Y]!];
    placePair(tables, plane, i, -(kx * im), kx * re, -(ky * im), ky * re);
  }
  columnsToGrid(tables, plane);
}

/** Of cotangents ū + iv̄ and ω̄ + im̄ on the grid: ω̄ − i · upward · ū + i · across · v̄, and m̄. */
function gatherCotangent(tables: FlowTables, { planes, pair }: FlowScratch, out: Float64Array): void {
  const { modes, records } = tables;
  const [velocity, carried] = planes;
  columnsToModes(tables, velocity);
  columnsToModes(tables, carried);
  for (let i = 0; i < modes; i++) {
    const [upward, across] = [records[RECORD * i + UPWARD]!, records[RECORD * i + ACROSS]!];
    takePair(tables, velocity, i, pair);
    const re = upward * pair[1]! - across * pair[3]!;
    const im = across * pair[2]! - upward * pair[0]!;
    takePair(tables, carried, i, pair);
    out[2 * i] = pair[0]! + re;
    out[2 * i + 1] = pair[1]! + im;
    out[2 * (modes + i)] = pair[2]!;
    out[2 * (modes + i) + 1] = pair[3]!;
  }
}
