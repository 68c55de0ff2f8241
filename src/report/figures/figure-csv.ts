import type { FieldImage, Figure } from '../../core/figure.ts';
import { csvLine } from './csv-line.ts';

type Fields = Parameters<typeof csvLine>[0];

/**
 * The numbers of a figure, one point per line: panel, series, x, y, low, high; and where a panel has a field, one cell
 * per line, with its number in a seventh column. Missing values are empty fields; numbers have all their digits.
 */
export function figureCsv(figure: Figure): string {
  const header = ['panel', 'series', 'x', 'y', 'low', 'high'];
  if (figure.panels.some(({ image }) => image !== undefined)) header.push('value');
  const lines: Fields[] = [header];
  for (const { title, image, series } of figure.panels) {
    if (image !== undefined) for (const cell of cells(image)) lines.push([title, image.color.label, ...cell]);
    for (const { name, x, y, low, high } of series) {
      x.forEach((at, k) => {
        lines.push([title, name, at, y[k], low?.[k], high?.[k]]);
      });
    }
  }
  return lines.map((fields) => csvLine(header.map((_, k) => fields[k]))).join('');
}

/** Fields x, y, low, high (empty) and value of every cell, row by row. */
function cells({ x, y, rows }: FieldImage) {
  return rows.flatMap((row, j) => row.map((value, i) => [x[i], y[j], null, null, value] as const));
}
