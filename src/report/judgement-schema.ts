import { OUTCOMES } from './outcomes.ts';

const text = { type: 'string' } as const;
const number = { type: 'number' } as const;
const count = { type: 'integer', minimum: 0 } as const;
const fraction = { type: 'number', minimum: 0, maximum: 1 } as const;
/** null stands for −∞: an e-value of zero. */
const logarithm = { type: ['number', 'null'] } as const;

const sequenceProperties = {
  kind: { const: 'sequence' },
  trials: count,
  /** null before the first trial. */
  mean: { type: ['number', 'null'] },
  lower: number,
  upper: number,
  level: fraction,
  logEvidence: {
    type: 'object',
    properties: { for: logarithm, against: logarithm },
    required: ['for', 'against'],
    additionalProperties: false,
  },
} as const;
const sequenceKeys = ['kind', 'trials', 'mean', 'lower', 'upper', 'level', 'logEvidence'] as const;

export const evidence = {
  type: 'object',
  discriminator: { propertyName: 'kind' },
  required: ['kind'],
  oneOf: [
    {
      type: 'object',
      properties: { kind: { const: 'cases' }, tried: count, rejected: count, seed: count },
      required: ['kind', 'tried', 'rejected', 'seed'],
      additionalProperties: false,
    },
    {
      type: 'object',
      properties: { kind: { const: 'counterexample' }, seed: count, path: text, shrunk: text, message: text },
      required: ['kind', 'seed', 'path', 'shrunk', 'message'],
      additionalProperties: false,
    },
    { type: 'object', properties: sequenceProperties, required: sequenceKeys, additionalProperties: false },
    {
      type: 'object',
      properties: {
        kind: { const: 'cells' },
        cells: {
          type: 'array',
          items: {
            type: 'object',
            properties: { label: text, theory: number, ...sequenceProperties },
            required: ['label', 'theory', ...sequenceKeys],
            additionalProperties: false,
          },
        },
      },
      required: ['kind', 'cells'],
      additionalProperties: false,
    },
  ],
} as const;

/** Which of the optional fields come with which outcome: see `judgementRules`. */
export const judgementProperties = {
  outcome: { enum: OUTCOMES },
  /** Of supported, refuted and skipped. */
  reason: text,
  /** Of undecided: what would settle it. */
  needs: text,
  /** Of errored. */
  message: text,
  /** Of supported, refuted and undecided. */
  evidence,
} as const;

const outcomeIs = (...outcomes: readonly string[]) =>
  ({ type: 'object', properties: { outcome: { enum: outcomes } } }) as const;

/** Every outcome must come with what it rests on. */
export const judgementRules = {
  if: outcomeIs('supported', 'refuted'),
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: { required: ['reason', 'evidence'] },
  else: {
    if: outcomeIs('undecided'),
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { required: ['needs', 'evidence'] },
    else: {
      if: outcomeIs('skipped'),
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: { required: ['reason'] },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      else: { if: outcomeIs('errored'), then: { required: ['message'] } },
    },
  },
} as const;
