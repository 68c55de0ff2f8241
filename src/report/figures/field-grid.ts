import { InverseClaimsError, requireNumber } from '../../core/errors.ts';
import type { FieldImage, Panel } from '../../core/figure.ts';

/** How far a center may be off its place, in cells. */
const UNEVEN = 1e-6;

/**
 * The panel's field, checked.
 *
 * Throws `shape-mismatch` where rows are not a number per column or not one per center, `out-of-range` for centers that
 * do not ascend equally, axes that are not linear, and values beyond the limit of the colors, `not-finite` for centers
 * and limits that are none. Values that are not finite are gaps, as in lines.
 */
export function requireField({ title, x, y, image }: Panel): FieldImage | undefined {
  if (image === undefined) return undefined;
  const where = `panel ${JSON.stringify(title)}: "image`;
  for (const [name, axis] of Object.entries({ x, y })) {
    if (axis.scale !== 'linear') throw wrong(`panel ${JSON.stringify(title)}: "${name}.scale"`, 'linear', axis.scale);
  }
  requireCenters(`${where}.x"`, image.x);
  requireCenters(`${where}.y"`, image.y);
  const limit = requireNumber(`${where}.color.limit"`, image.color.limit, { above: 0 });
  requireLength(`${where}.rows"`, image.rows, `${image.y.length} rows, one per y`, image.y.length);
  image.rows.forEach((row, j) => {
    requireLength(`${where}.rows[${j}]"`, row, `${image.x.length} numbers, one per x`, image.x.length);
    row.forEach((value, i) => {
      if (value === null || !Number.isFinite(value)) return;
      requireNumber(`${where}.rows[${j}][${i}]"`, value, { minimum: -limit, maximum: limit });
    });
  });
  return image;
}

/** Outer edges of the first and the last cell, half a cell beyond their centers. */
export function edges(centers: readonly number[]): readonly [number, number] {
  const [first, last] = [centers[0] as number, centers.at(-1) as number];
  const half = (last - first) / (centers.length - 1) / 2;
  return [first - half, last + half];
}

function requireCenters(where: string, centers: readonly number[]): void {
  if (centers.length < 2) requireLength(where, centers, 'two centers of cells or more', 2);
  const [first, last] = [centers[0] as number, centers.at(-1) as number];
  const step = (last - first) / (centers.length - 1);
  centers.forEach((center, k) => {
    requireNumber(`${where}[${k}]`, center);
  });
  centers.forEach((center, k) => {
    if (step > 0 && Math.abs(center - first - k * step) <= UNEVEN * step) return;
    throw wrong(`${where}[${k}]`, 'ascending, equally spaced centers of cells', String(center));
  });
}

function requireLength(where: string, given: readonly unknown[], expected: string, length: number): void {
  if (given.length === length) return;
  throw new InverseClaimsError('shape-mismatch', { where, expected, received: String(given.length) });
}

function wrong(where: string, expected: string, received: string): InverseClaimsError {
  return new InverseClaimsError('out-of-range', { where, expected, received });
}
