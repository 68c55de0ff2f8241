import { printable } from '../escape.ts';

type Field = string | number | null | undefined;

/**
 * A line of RFC 4180 with its end: fields that hold a comma, a quote or a line break are quoted, missing ones are empty,
 * numbers have all their digits.
 *
 * @example
 * csvLine(['a, b', 0.1, null]); // => '"a, b",0.1,\n'
 */
export function csvLine(fields: readonly Field[]): string {
  return `${fields.map(field).join(',')}\n`;
}

function field(value: Field): string {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'number' ? String(value) : printable(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
