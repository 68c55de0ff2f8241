import type { FieldImage } from '../../core/figure.ts';
import type { PlotLibrary } from './chart-marks.ts';
import { type IndexedPicture, indexedPng } from './indexed-png.ts';

/** Colors for −limit … limit: an odd number, so that 0 has the middle one to itself. */
const LEVELS = 255;

/** Index and color of cells without a value: a gray that is none of the others, on light and on dark. */
const GAP = LEVELS;
const GAP_COLOR = [138, 143, 148] as const;

/** Blue below, near white at 0, red above. */
function colors(plot: PlotLibrary): IndexedPicture['colors'] {
  const scale = plot.scale({ color: { type: 'diverging', scheme: 'burd', domain: [-1, 1] } });
  const rgb = (level: number) => {
    const [red = 0, green = 0, blue = 0] =
      String(scale?.apply(position(level)))
        .match(/\d+/g)
        ?.map(Number) ?? [];
    return [red, green, blue] as const;
  };
  return [...Array.from({ length: LEVELS }, (_, level) => rgb(level)), GAP_COLOR];
}

const position = (level: number): number => (2 * level) / (LEVELS - 1) - 1;

/** Number of the color of a value in [−limit, limit]. */
function levelOf(value: number | null, limit: number): number {
  return value === null || !Number.isFinite(value) ? GAP : Math.round(((value / limit + 1) / 2) * (LEVELS - 1));
}

function address(picture: IndexedPicture): string {
  const binary = Array.from(indexedPng(picture), (byte) => String.fromCharCode(byte)).join('');
  return `data:image/png;base64,${btoa(binary)}`;
}

/** A pixel per cell, the last row of the field on top. */
export function fieldPicture(plot: PlotLibrary, { x, y, rows, color }: FieldImage): string {
  const pixels = rows.toReversed().flatMap((row) => row.map((value) => levelOf(value, color.limit)));
  return address({ width: x.length, height: y.length, pixels: Uint8Array.from(pixels), colors: colors(plot) });
}

/** All colors from −limit on the left to limit on the right. */
export function colorBarPicture(plot: PlotLibrary): string {
  const pixels = Uint8Array.from({ length: LEVELS }, (_, level) => level);
  return address({ width: LEVELS, height: 1, pixels, colors: colors(plot) });
}
