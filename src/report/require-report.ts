import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { InverseClaimsError } from '../core/errors.ts';
import { printable } from './escape.ts';
import { OUTCOMES } from './outcomes.ts';
import { type Report, reportSchema, SCHEMA_VERSION } from './schema.ts';

/** Relative error of a sum of levels that was rounded to twelve digits. */
const SUM_ROUNDING = 1e-9;

let compiled: ValidateFunction<Report> | undefined;

/**
 * The value as a report; throws `invalid-report`, naming the first place that fails by its JSON path, where it is none:
 * against the schema, where counts or levels do not add up, or where two claims share an id.
 */
export function requireReport(where: string, value: unknown): Report {
  const validate = validator();
  const why = validate(value) ? inconsistency(value) : complaint(validate.errors ?? [], value);
  if (why === undefined) return value as Report;
  throw new InverseClaimsError('invalid-report', {
    where,
    expected: `a report of schema version ${SCHEMA_VERSION}`,
    received: printable(why),
  });
}

function validator(): ValidateFunction<Report> {
  // strictRequired would forbid the outcome rules, which require fields that the enclosing schema defines.
  const options = { strict: true, strictRequired: false, allowUnionTypes: true, discriminator: true } as const;
  compiled ??= new Ajv(options).compile<Report>(reportSchema);
  return compiled;
}

/** The most specific of ajv's complaints, the deepest place, the first one there; with the value where it is no data of JSON. */
function complaint(errors: readonly ErrorObject[], value: unknown): string {
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

/** What in a report contradicts the rest of it. */
function inconsistency({ claims, counts, ledger }: Report): string | undefined {
  for (const outcome of OUTCOMES) {
    const counted = claims.filter((claim) => claim.outcome === outcome).length;
    if (counted !== counts[outcome]) return `/counts/${outcome} is ${counts[outcome]}, of ${counted} claims`;
  }
  const seen = new Set<string>();
  for (const [k, { id, kind, alpha }] of claims.entries()) {
    if (seen.has(id)) return `/claims/${k}/id repeats ${JSON.stringify(id)}`;
    if ((kind === 'law') !== (alpha === null)) return `/claims/${k}/alpha is ${alpha} for a ${kind} claim`;
    seen.add(id);
  }
  const levels = claims.flatMap(({ alpha, outcome }) => (alpha === null || outcome === 'skipped' ? [] : [alpha]));
  if (levels.length !== ledger.judged) return `/ledger/judged is ${ledger.judged}, of ${levels.length} claims`;
  const sum = levels.reduce((total, alpha) => total + alpha, 0);
  const agrees = Math.abs(sum - ledger.alphaSum) <= SUM_ROUNDING * sum;
  return agrees ? undefined : `/ledger/alphaSum is ${ledger.alphaSum}, of levels that sum to ${sum}`;
}
