import type { FieldImage, Figure } from '../../core/figure.ts';
import { printable } from '../escape.ts';

/** A field of RFC 4180: quoted where it holds a comma, a quote or a line break. */
function field(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'number' ? String(value) : printable(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * The numbers of a figure, one point per line: panel, series, x, y, low, high; and where a panel has a field, one cell
 * per line, with its number in a seventh column. Missing values are empty fields; numbers have all their digits.
 */
export function figureCsv(figure: Figure): string {
  const header = ['panel', 'series', 'x', 'y', 'low', 'high'];
  const lines: string[] = [];
  const write = (values: Parameters<typeof field>[0][]) => {
    lines.push(header.map((_, k) => field(values[k])).join(','));
  };
  if (figure.panels.some(({ image }) => image !== undefined)) header.push('value');
  for (const { title, image, series } of figure.panels) {
    if (image !== undefined) for (const cell of cells(image)) write([title, image.color.label, ...cell]);
    for (const { name, x, y, low, high } of series) {
      x.forEach((at, k) => {
        write([title, name, at, y[k], low?.[k], high?.[k]]);
      });
    }
  }
  return `${[header.join(','), ...lines].join('\n')}\n`;
}

/** Fields x, y, low, high (empty) and value of every cell, row by row. */
function cells({ x, y, rows }: FieldImage) {
  return rows.flatMap((row, j) => row.map((value, i) => [x[i], y[j], null, null, value] as const));
}
