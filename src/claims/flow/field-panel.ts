import type { Panel } from '../../core/figure.ts';

/** A color scale that panels of a figure share: what it shows, and its largest value. */
export interface Shade {
  readonly label: string;
  readonly limit: number;
}

/** A scale for fields of zeros. */
const SMALLEST_LIMIT = 1e-12;

/** A scale for all of the given fields, rounded up to one digit. */
export function shadeOf(label: string, fields: readonly Float64Array[]): Shade {
  const largest = fields.reduce(
    (most, field) => field.reduce((sofar, value) => Math.max(sofar, Math.abs(value)), most),
    SMALLEST_LIMIT,
  );
  const digit = 10 ** Math.floor(Math.log10(largest));
  return { label, limit: Number((Math.ceil(largest / digit) * digit).toPrecision(2)) };
}

/** A field on the grid of [−π, π)², N² numbers row by row, y slowest, as colors. */
export function fieldPanel(title: string, field: Float64Array, shade: Shade): Panel {
  const points = Math.sqrt(field.length);
  const places = Array.from({ length: points }, (_, j) => -Math.PI + (2 * Math.PI * j) / points);
  return {
    title,
    x: { label: 'x', scale: 'linear' },
    y: { label: 'y', scale: 'linear' },
    image: {
      x: places,
      y: places,
      rows: places.map((_, i) => Array.from(field.subarray(i * points, (i + 1) * points), rounded)),
      color: shade,
    },
    series: [],
  };
}

/** Digits that a color shows, and more. */
const rounded = (value: number): number => Number(value.toPrecision(4));
