import type { Figure } from '../../core/figure.ts';
import { printable } from '../escape.ts';

/** A field of RFC 4180: quoted where it holds a comma, a quote or a line break. */
function field(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'number' ? String(value) : printable(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * The numbers of a figure, one point per line: panel, series, x, y, low, high. Missing values are empty fields;
 * numbers have all their digits.
 */
export function figureCsv(figure: Figure): string {
  const lines = ['panel,series,x,y,low,high'];
  for (const panel of figure.panels) {
    for (const series of panel.series) {
      series.x.forEach((x, k) => {
        const values = [panel.title, series.name, x, series.y[k], series.low?.[k], series.high?.[k]];
        lines.push(values.map(field).join(','));
      });
    }
  }
  return `${lines.join('\n')}\n`;
}
