import { judgementProperties, judgementRules } from './judgement-schema.ts';

const text = { type: 'string' } as const;
const numberOrNull = { type: ['number', 'null'] } as const;
const number = { type: 'number' } as const;
const count = { type: 'integer', minimum: 0 } as const;
const infinity = { enum: ['Infinity', '-Infinity', 'NaN'] } as const;

const curve = {
  type: 'object',
  properties: {
    label: text,
    points: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          trials: count,
          mean: numberOrNull,
          lower: number,
          upper: number,
          /** null stands for −∞. */
          logFor: numberOrNull,
          logAgainst: numberOrNull,
        },
        required: ['trials', 'mean', 'lower', 'upper', 'logFor', 'logAgainst'],
        additionalProperties: false,
      },
    },
  },
  required: ['label', 'points'],
  additionalProperties: false,
} as const;

const fact = {
  type: 'object',
  properties: {
    name: text,
    label: text,
    unit: text,
    trials: count,
    /** null where the number is not finite; `nonFinite` then says which it is. */
    mean: numberOrNull,
    median: numberOrNull,
    minimum: numberOrNull,
    maximum: numberOrNull,
    nonFinite: {
      type: 'object',
      properties: { mean: infinity, median: infinity, minimum: infinity, maximum: infinity },
      additionalProperties: false,
    },
  },
  required: ['name', 'label', 'unit', 'trials', 'mean', 'median', 'minimum', 'maximum'],
  additionalProperties: false,
} as const;

/** One claim as judged. */
export const claimSchema = {
  type: 'object',
  properties: {
    id: text,
    kind: { enum: ['law', 'statistical', 'formula'] },
    tier: { enum: ['quick', 'full'] },
    statement: text,
    regime: text,
    source: {
      type: 'object',
      properties: { where: { enum: ['abstract', 'caption', 'literature', 'ours'] }, quote: text, reference: text },
      required: ['where'],
      additionalProperties: false,
    },
    plan: { type: 'object', additionalProperties: { type: ['number', 'string'] } },
    /** Level spent; null for laws, which spend none. */
    alpha: numberOrNull,
    ...judgementProperties,
    control: {
      type: 'object',
      properties: { what: text, ...judgementProperties },
      required: ['what', 'outcome'],
      additionalProperties: false,
      ...judgementRules,
    },
    words: text,
    /** Empty where nothing was measured. */
    numbers: text,
    facts: { type: 'array', items: fact },
    curves: { type: 'array', items: curve },
    replay: text,
  },
  required: [
    'id',
    'kind',
    'tier',
    'statement',
    'regime',
    'source',
    'plan',
    'alpha',
    'outcome',
    'control',
    'words',
    'numbers',
    'facts',
    'curves',
    'replay',
  ],
  additionalProperties: false,
  ...judgementRules,
} as const;
