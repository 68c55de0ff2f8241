import { Ajv, type ValidateFunction } from 'ajv';
import { InverseClaimsError } from '../core/errors.ts';
import { printable } from './escape.ts';
import { OUTCOMES } from './outcomes.ts';
import { type Report, reportSchema, SCHEMA_VERSION } from './schema.ts';
import { complaint } from './schema-complaint.ts';

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
