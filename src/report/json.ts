import type { Report } from './schema.ts';

/** A report as JSON text: two spaces per level, lists of numbers on one line, a line break at the end. */
export function reportJson(report: Report): string {
  return `${lines(report, '')}\n`;
}

function lines(value: unknown, indent: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item === 'number' || item === null)) return JSON.stringify(value);
    return block(
      '[',
      ']',
      indent,
      value.map((item) => inner + lines(item, inner)),
    );
  }
  const present = Object.entries(value).filter(([, item]) => item !== undefined);
  return block(
    '{',
    '}',
    indent,
    present.map(([key, item]) => `${inner}${JSON.stringify(key)}: ${lines(item, inner)}`),
  );
}

function block(open: string, close: string, indent: string, items: readonly string[]): string {
  return items.length === 0 ? open + close : `${open}\n${items.join(',\n')}\n${indent}${close}`;
}
