import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import type { FromSchema } from 'json-schema-to-ts';
import { InverseClaimsError } from '../core/errors.ts';
import { calibrationSchema } from './calibration-schema.ts';
import { claimSchema } from './claim-schema.ts';
import { figureSchema } from './figure-schema.ts';
import { killMatrixSchema } from './kill-schema.ts';
import { OUTCOMES } from './outcomes.ts';

/** Written into every report; a report of another version is not read. */
export const SCHEMA_VERSION = '1';

const text = { type: 'string' } as const;
const count = { type: 'integer', minimum: 0 } as const;
const seconds = { type: 'number', minimum: 0 } as const;

/**
 * JSON Schema of a report. JSON has no infinities; where a number may be infinite the schema allows null and says what
 * null stands for: −∞ in logarithms of e-values, "see nonFinite" in facts, "no value here" in figures.
 * Only `timings` depends on the clock; everything else is the same for the same input, byte for byte.
 */
export const reportSchema = {
  type: 'object',
  properties: {
    schemaVersion: { const: SCHEMA_VERSION },
    seed: count,
    backend: {
      type: 'object',
      properties: {
        name: text,
        /** Backends in the order in which they were tried, the last one being the one used. */
        tried: {
          type: 'array',
          items: {
            type: 'object',
            properties: { name: text, ok: { type: 'boolean' }, reason: text },
            required: ['name', 'ok'],
            additionalProperties: false,
          },
        },
      },
      required: ['name', 'tried'],
      additionalProperties: false,
    },
    tier: { enum: ['quick', 'full'] },
    environment: {
      type: 'object',
      properties: { version: text, node: text, platform: text, arch: text, codeHash: text },
      required: ['version', 'node', 'platform', 'arch', 'codeHash'],
      additionalProperties: false,
    },
    /** What was asked: the command line, and the names given on it (none: all of the tier). */
    selection: {
      type: 'object',
      properties: { command: text, claims: { type: 'array', items: text } },
      required: ['command', 'claims'],
      additionalProperties: false,
    },
    ledger: {
      type: 'object',
      properties: { alphaSum: { type: 'number', minimum: 0 }, judged: count, meaning: text },
      required: ['alphaSum', 'judged', 'meaning'],
      additionalProperties: false,
    },
    counts: {
      type: 'object',
      properties: { supported: count, refuted: count, undecided: count, skipped: count, errored: count },
      required: OUTCOMES,
      additionalProperties: false,
    },
    claims: { type: 'array', items: claimSchema },
    figures: { type: 'array', items: figureSchema },
    /** Present where claims were judged whose checks have wrong versions to refute. */
    killMatrices: { type: 'array', items: killMatrixSchema },
    /** Present where claims about the engine were judged. */
    calibration: calibrationSchema,
    timings: {
      type: 'object',
      properties: {
        totalSeconds: seconds,
        claimSeconds: { type: 'object', additionalProperties: seconds },
        /** Jobs and worker seconds per trial source and law: what a plan of the next run is estimated from. */
        sources: {
          type: 'object',
          additionalProperties: {
            type: 'object',
            properties: { jobs: count, seconds },
            required: ['jobs', 'seconds'],
            additionalProperties: false,
          },
        },
        /** Jobs answered from a journal or the cache. */
        reusedJobs: count,
      },
      required: ['totalSeconds', 'claimSeconds', 'sources', 'reusedJobs'],
      additionalProperties: false,
    },
  },
  required: [
    'schemaVersion',
    'seed',
    'backend',
    'tier',
    'environment',
    'selection',
    'ledger',
    'counts',
    'claims',
    'figures',
    'timings',
  ],
  additionalProperties: false,
} as const;

/** A whole verification as plain data: what is written, read, rendered and compared. */
export type Report = FromSchema<typeof reportSchema>;
export type ReportClaim = Report['claims'][number];
export type ReportFigure = Report['figures'][number];
export type ReportEvidence = NonNullable<ReportClaim['evidence']>;
export type ReportSequence = Extract<ReportEvidence, { kind: 'sequence' }>;

let compiled: ValidateFunction<Report> | undefined;

function validator(): ValidateFunction<Report> {
  // strictRequired would forbid the outcome rules, which require fields that the enclosing schema defines.
  const options = { strict: true, strictRequired: false, allowUnionTypes: true, discriminator: true } as const;
  compiled ??= new Ajv(options).compile<Report>(reportSchema);
  return compiled;
}

/** The most specific of ajv's complaints: the deepest place, the first one there. */
function deepest(errors: readonly ErrorObject[]): ErrorObject | undefined {
  const depth = (error: ErrorObject) => error.instancePath.split('/').length;
  return errors.reduce<ErrorObject | undefined>(
    (best, error) => (best === undefined || depth(error) > depth(best) ? error : best),
    undefined,
  );
}

/** Why the value is not a report, with the place, or undefined where it is one. */
function complaint(value: unknown): string | undefined {
  const validate = validator();
  if (!validate(value)) {
    const error = deepest(validate.errors ?? []);
    const named = error?.params.additionalProperty ?? error?.params.allowedValue;
    return `${error?.instancePath || 'the top level'} ${error?.message}${named === undefined ? '' : `: ${JSON.stringify(named)}`}`;
  }
  for (const outcome of OUTCOMES) {
    const counted = value.claims.filter((claim) => claim.outcome === outcome).length;
    if (counted !== value.counts[outcome])
      return `/counts/${outcome} is ${value.counts[outcome]}, of ${counted} claims`;
  }
  const ids = value.claims.map((claim) => claim.id);
  const repeated = ids.findIndex((id, index) => ids.indexOf(id) !== index);
  return repeated < 0 ? undefined : `/claims/${repeated}/id repeats ${JSON.stringify(ids[repeated])}`;
}

/** The value as a report; throws `invalid-report`, naming the first place that fails, where it is none. */
export function requireReport(where: string, value: unknown): Report {
  const why = complaint(value);
  if (why === undefined) return value as Report;
  throw new InverseClaimsError('invalid-report', {
    where,
    expected: `a report of schema version ${SCHEMA_VERSION}`,
    received: why,
  });
}
