import { InverseClaimsError } from '../core/errors.ts';
import type { Report } from './schema.ts';

/**
 * A report as JSON text: two spaces per level, lists of numbers on one line, a line break at the end.
 * Throws like `jsonText`.
 */
export function reportJson(report: Report): string {
  return jsonText(report);
}

/**
 * Plain data as JSON text, laid out like report.json; what is undefined in an object is left out.
 *
 * Throws `not-finite`, with the JSON path, for NaN and infinities: `JSON.stringify` would write null, which means
 * something else.
 *
 * @example
 * jsonText({ a: [1, null], b: undefined }); // => '{\n  "a": [1,null]\n}\n'
 */
export function jsonText(value: unknown): string {
  return `${lines(value, '', '')}\n`;
}

/** A member of an object or list as a JSON path (RFC 6901). */
export function pointer(path: string, key: string | number): string {
  return `${path}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

function lines(value: unknown, indent: string, path: string): string {
  if (typeof value !== 'object' || value === null) return leaf(value, path);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item === 'number' || item === null))
      return `[${value.map((item, k) => leaf(item, pointer(path, k))).join(',')}]`;
    const items = value.map((item, k) => inner + lines(item, inner, pointer(path, k)));
    return block('[', ']', indent, items);
  }
  const present = Object.entries(value).filter(([, item]) => item !== undefined);
  const members = present.map(
    ([key, item]) => `${inner}${JSON.stringify(key)}: ${lines(item, inner, pointer(path, key))}`,
  );
  return block('{', '}', indent, members);
}

function leaf(value: unknown, path: string): string {
  if (typeof value !== 'number' || Number.isFinite(value)) return JSON.stringify(value);
  throw new InverseClaimsError('not-finite', {
    where: `JSON text: ${path || 'the top level'}`,
    expected: 'a finite number, or null where the schema says what null means',
    received: String(value),
  });
}

function block(open: string, close: string, indent: string, items: readonly string[]): string {
  return items.length === 0 ? open + close : `${open}\n${items.join(',\n')}\n${indent}${close}`;
}
