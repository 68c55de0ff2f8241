import type { FlowTables } from './flow-tables.ts';
import { toGrid, toModes, type Waves } from './line-fourier.ts';

/**
 * Two real fields a, b as one complex field a + ib: 2K + 1 columns of constant kx, in the order of ky, each of N complex numbers
 * that are wave numbers ky before a transform and grid points out of order after it.
 */
export type Plane = Float64Array;

/** Numbers from one column to the next: two more than it takes, or all of them would meet in few sets of the cache. */
export const columnStride = (points: number): number => 2 * points + 4;

export function newPlane({ points, waves }: FlowTables): Plane {
  return new Float64Array(waves * columnStride(points));
}

/** Modes A = Re a + i Im a and B of two real fields at mode i become those of a + ib at k and −k. */
export function placePair(
  tables: FlowTables,
  plane: Plane,
  i: number,
  aRe: number,
  aIm: number,
  bRe: number,
  bIm: number,
): void {
  const { points, most, waves } = tables;
  const x = Math.floor(i / waves);
  const j = i % waves;
  const y = j <= most ? j : points - waves + j;
  const at = x * columnStride(points) + 2 * y;
  plane[at] = aRe - bIm;
  plane[at + 1] = aIm + bRe;
  if (x === 0) return;
  const opposite = (waves - x) * columnStride(points) + 2 * (j === 0 ? 0 : points - y);
  plane[opposite] = aRe + bIm;
  plane[opposite + 1] = bRe - aIm;
}

/** The wave numbers of a column, in the place of its grid points. */
const wavesOfColumn = (plane: Plane, at: number): Waves => ({ numbers: plane, low: at, high: at, stride: 2 });

/** Columns to grid points along y. */
export function columnsToGrid({ points, waves, line }: FlowTables, plane: Plane): void {
  for (let column = 0; column < waves; column++) {
    const at = column * columnStride(points);
    toGrid(line, wavesOfColumn(plane, at), plane, at);
  }
}

export function columnsToModes({ points, waves, line }: FlowTables, plane: Plane): void {
  for (let column = 0; column < waves; column++) {
    const at = column * columnStride(points);
    toModes(line, plane, at, wavesOfColumn(plane, at));
  }
}

/** The wave numbers of row y of the grid, in one place of all columns. */
function wavesOfRow({ points, waves }: FlowTables, plane: Plane, y: number): Waves {
  const stride = columnStride(points);
  return { numbers: plane, low: 2 * y, high: 2 * y - (points - waves) * stride, stride };
}

/** Row y of the grid, a + ib at all x, out of the columns. */
export function lineToGrid(tables: FlowTables, plane: Plane, y: number, line: Float64Array): void {
  toGrid(tables.line, wavesOfRow(tables, plane, y), line, 0);
}

/** And back into the columns; the line is overwritten. */
export function lineToModes(tables: FlowTables, plane: Plane, y: number, line: Float64Array): void {
  toModes(tables.line, line, 0, wavesOfRow(tables, plane, y));
}

/** Modes of two real fields at mode i out of those of a + ib at k and −k, into Re a, Im a, Re b, Im b. */
export function takePair(tables: FlowTables, plane: Plane, i: number, pair: Float64Array): void {
  const { points, most, waves } = tables;
  const x = Math.floor(i / waves);
  const j = i % waves;
  const y = j <= most ? j : points - waves + j;
  const at = x * columnStride(points) + 2 * y;
  const opposite = (x === 0 ? 0 : waves - x) * columnStride(points) + 2 * (j === 0 ? 0 : points - y);
  const [re, im, reO, imO] = [plane[at]!, plane[at + 1]!, plane[opposite]!, plane[opposite + 1]!];
  pair[0] = 0.5 * (re + reO);
  pair[1] = 0.5 * (im - imO);
  pair[2] = 0.5 * (im + imO);
  pair[3] = 0.5 * (reO - re);
}

/** Modes of two real fields on the grid, N² numbers each, times a factor, one after the other into `out`. */
export function fieldsToModes(
  tables: FlowTables,
  plane: Plane,
  line: Float64Array,
  fields: Float64Array,
  factor: number,
  out: Float64Array,
): void {
  const { points, modes } = tables;
  const { order } = tables.line;
  for (let y = 0; y < points; y++) {
    for (let x = 0; x < points; x++) {
      const from = order[y]! * points + order[x]!;
      line[2 * x] = factor * fields[from]!;
      line[2 * x + 1] = factor * fields[points * points + from]!;
    }
    lineToModes(tables, plane, y, line);
  }
  columnsToModes(tables, plane);
  const pair = new Float64Array(4);
  for (let i = 0; i < modes; i++) {
    takePair(tables, plane, i, pair);
    out[2 * i] = pair[0]!;
    out[2 * i + 1] = pair[1]!;
    out[2 * (modes + i)] = pair[2]!;
    out[2 * (modes + i) + 1] = pair[3]!;
  }
}

/** Two real fields on the grid from their modes, times a factor: the adjoint of `fieldsToModes`. */
export function modesToFields(
  tables: FlowTables,
  plane: Plane,
  line: Float64Array,
  state: Float64Array,
  factor: number,
  fields: Float64Array,
): void {
  const { points, modes } = tables;
  const { order } = tables.line;
  for (let i = 0; i < modes; i++) {
    const [a, b] = [2 * i, 2 * (modes + i)];
    placePair(tables, plane, i, state[a]!, state[a + 1]!, state[b]!, state[b + 1]!);
  }
  columnsToGrid(tables, plane);
  for (let y = 0; y < points; y++) {
    lineToGrid(tables, plane, y, line);
    for (let x = 0; x < points; x++) {
      const to = order[y]! * points + order[x]!;
      fields[to] = factor * line[2 * x]!;
      fields[points * points + to] = factor * line[2 * x + 1]!;
    }
  }
}
