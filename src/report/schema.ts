import type { FromSchema } from 'json-schema-to-ts';
import { calibrationSchema } from './calibration-schema.ts';
import { claimSchema } from './claim-schema.ts';
import { figureSchema } from './figure-schema.ts';
import { killMatrixSchema } from './kill-schema.ts';
import { OUTCOMES } from './outcomes.ts';
import { atLeastZero, count, flag, text } from './schema-parts.ts';

/** Written into every report; a report of another version is not read. */
export const SCHEMA_VERSION = '1';

const backend = {
  type: 'object',
  description: 'What trained the networks.',
  properties: {
    name: text('Name of the backend, or "none".'),
    tried: {
      type: 'array',
      description: 'Backends in the order in which they were tried, the last one being the one used.',
      items: {
        type: 'object',
        properties: {
          name: text('Name of the backend.'),
          ok: flag('Whether it could be used.'),
          reason: text('Why it could not.'),
        },
        required: ['name', 'ok'],
        additionalProperties: false,
      },
    },
  },
  required: ['name', 'tried'],
  additionalProperties: false,
} as const;

const environment = {
  type: 'object',
  description: 'On what the report was made.',
  properties: {
    version: text('Version of inverse-claims.'),
    node: text('Version of Node.js.'),
    platform: text('Operating system, as Node.js names it.'),
    arch: text('Processor, as Node.js names it.'),
    codeHash: text('Hash of all the code and of the installed versions of its dependencies.'),
  },
  required: ['version', 'node', 'platform', 'arch', 'codeHash'],
  additionalProperties: false,
} as const;

const selection = {
  type: 'object',
  description: 'What was asked.',
  properties: {
    command: text('Command that makes the report again.'),
    claims: { type: 'array', items: { type: 'string' }, description: 'Names given; empty for all claims of the tier.' },
  },
  required: ['command', 'claims'],
  additionalProperties: false,
} as const;

const ledger = {
  type: 'object',
  description: 'The probability of error that all verdicts together spend.',
  properties: {
    alphaSum: atLeastZero('Sum of the levels of the statistical and formula claims that were not skipped.'),
    judged: count('How many claims these are.'),
    meaning: text('What the sum says, in words.'),
  },
  required: ['alphaSum', 'judged', 'meaning'],
  additionalProperties: false,
} as const;

const counts = {
  type: 'object',
  description: 'Claims by outcome.',
  properties: {
    supported: count('Supported claims.'),
    refuted: count('Refuted claims.'),
    undecided: count('Undecided claims.'),
    skipped: count('Skipped claims.'),
    errored: count('Errored claims.'),
  },
  required: OUTCOMES,
  additionalProperties: false,
} as const;

const timings = {
  type: 'object',
  description: 'The only part of a report that depends on the clock.',
  properties: {
    totalSeconds: atLeastZero('Length of the run in seconds.'),
    claimSeconds: {
      type: 'object',
      description: 'Seconds of work per claim, by its id.',
      additionalProperties: { type: 'number', minimum: 0 },
    },
    sources: {
      type: 'object',
      description: 'Cost per trial source and law, by its id: what a plan of the next run is estimated from.',
      additionalProperties: {
        type: 'object',
        properties: { jobs: count('Jobs done.'), seconds: atLeastZero('Seconds that workers spent on them, in all.') },
        required: ['jobs', 'seconds'],
        additionalProperties: false,
      },
    },
    reusedJobs: count('Jobs answered from a journal or the cache.'),
  },
  required: ['totalSeconds', 'claimSeconds', 'sources', 'reusedJobs'],
  additionalProperties: false,
} as const;

/**
 * JSON Schema (draft 7) of report.json; `reports/FORMAT.md` is made from it. JSON has no infinities: where a number may be
 * infinite the schema allows null and says what null stands for. Only `timings` depends on the clock; everything else is
 * the same for the same input, byte for byte.
 *
 * @example
 * reportSchema.properties.schemaVersion.const; // => '1'
 * reportSchema.properties.counts.properties.refuted.description; // => 'Refuted claims.'
 */
export const reportSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Report of inverse-claims',
  type: 'object',
  properties: {
    schemaVersion: { const: SCHEMA_VERSION, description: 'Version of this format.' },
    seed: {
      type: 'integer',
      minimum: 0,
      exclusiveMaximum: 2 ** 48,
      description: 'Seed of all randomness.',
    },
    backend,
    tier: { enum: ['quick', 'full'], description: 'Which claims were selected from: the quick ones, or all.' },
    environment,
    selection,
    ledger,
    counts,
    claims: { type: 'array', items: claimSchema, description: 'The claims as judged, in the order of the catalogue.' },
    figures: { type: 'array', items: figureSchema, description: 'The data of the figures.' },
    killMatrices: {
      type: 'array',
      items: killMatrixSchema,
      description:
        'Wrong versions of the code against the checks of the claims. Present where claims were judged whose checks have wrong versions to refute.',
    },
    calibration: calibrationSchema,
    timings,
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
