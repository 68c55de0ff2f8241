// Planes and lines, as in ../../flow-planes.ts.

import { columnBytes, lineBytes, most, planeBytes, planes, points, waves } from './layout';
import { toGrid, toModes } from './line';

export function plane(k: i32): i32 {
  return planes + k * planeBytes;
}

/** Bytes to ky number j in a column. */
export function placeOf(j: i32): i32 {
  return (j <= most ? j : points - waves + j) << 5;
}

/** Bytes to −ky, from those to ky. */
export function opposite(y: i32): i32 {
  return y === 0 ? 0 : lineBytes - y;
}

export function placePair(at: i32, other: i32, aRe: v128, aIm: v128, bRe: v128, bIm: v128): void {
  v128.store(at, f64x2.sub(aRe, bIm));
  v128.store(at, f64x2.add(aIm, bRe), 16);
  if (other === 0) return;
  v128.store(other, f64x2.add(aRe, bIm));
  v128.store(other, f64x2.sub(bRe, aIm), 16);
}

function columnToGrid(column: i32): void {
  toGrid(column, column, 32, column);
}

function columnToModes(column: i32): void {
  toModes(column, column, column, 32);
}

/** Columns of kx = x and −x to the grid. */
export function columnsToGrid(base: i32, x: i32): void {
  columnToGrid(base + x * columnBytes);
  if (x > 0) columnToGrid(base + (waves - x) * columnBytes);
}

export function columnsToModes(base: i32, x: i32): void {
  columnToModes(base + x * columnBytes);
  if (x > 0) columnToModes(base + (waves - x) * columnBytes);
}

/** `y`: bytes to a place in a column. */
export function lineToGrid(base: i32, y: i32, line: i32): void {
  toGrid(base + y, base + y - (points - waves) * columnBytes, columnBytes, line);
}

export function lineToModes(base: i32, y: i32, line: i32): void {
  toModes(line, base + y, base + y - (points - waves) * columnBytes, columnBytes);
}

/** The column of −x, that of x = 0 being its own. */
export function oppositeColumn(base: i32, x: i32): i32 {
  return base + (x === 0 ? 0 : waves - x) * columnBytes;
}

export function halfSum(a: i32, b: i32): v128 {
  return f64x2.mul(f64x2.splat(0.5), f64x2.add(v128.load(a), v128.load(b)));
}

export function halfDifference(a: i32, b: i32): v128 {
  return f64x2.mul(f64x2.splat(0.5), f64x2.sub(v128.load(a), v128.load(b)));
}
