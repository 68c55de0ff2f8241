import type { ErrorObject } from 'ajv';

/** The most specific of ajv's complaints, the deepest place, the first one there; with the value where it is no data of JSON. */
export function complaint(errors: readonly ErrorObject[], value: unknown): string {
  const depth = (error: ErrorObject) => error.instancePath.split('/').length;
  const [first, ...others] = errors;
  if (first === undefined) return 'something else';
  const error = others.reduce((best, other) => (depth(other) > depth(best) ? other : best), first);
  const named = error.params.additionalProperty ?? error.params.allowedValue ?? infinityAt(value, error.instancePath);
  const place = error.instancePath || 'the top level';
  return `${place} ${error.message}${named === undefined ? '' : `: ${JSON.stringify(named)}`}`;
}

/** A number too large for JSON, such as 1e999, is read as infinity: its name, or undefined where the place holds another value. */
function infinityAt(value: unknown, path: string): string | undefined {
  const keys = path
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const found = keys.reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], value);
  return typeof found === 'number' && !Number.isFinite(found) ? String(found) : undefined;
}
