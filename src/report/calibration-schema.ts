import type { FromSchema } from 'json-schema-to-ts';

const text = { type: 'string' } as const;
const probability = { type: 'number', minimum: 0, maximum: 1 } as const;
const trials = { type: 'integer', minimum: 1 } as const;
const trialsOrNever = { type: ['integer', 'null'], minimum: 1 } as const;

const bothErrors = {
  type: 'object',
  properties: { above: probability, below: probability },
  required: ['above', 'below'],
  additionalProperties: false,
} as const;

const frequency = {
  type: 'object',
  properties: { rate: probability, standardError: { type: 'number', minimum: 0 } },
  required: ['rate', 'standardError'],
  additionalProperties: false,
} as const;

const eventRow = {
  type: 'object',
  properties: {
    nullMean: probability,
    alpha: probability,
    horizon: trials,
    error: bothErrors,
    peeking: bothErrors,
    quickCheck: probability,
    earliest: trials,
    /** Null where half of the sequences take longer than was looked at. */
    medianTrials: {
      type: 'object',
      properties: { always: trialsOrNever, tenth: trialsOrNever, midway: trialsOrNever },
      required: ['always', 'tenth', 'midway'],
      additionalProperties: false,
    },
  },
  required: ['nullMean', 'alpha', 'horizon', 'error', 'peeking', 'quickCheck', 'earliest', 'medianTrials'],
  additionalProperties: false,
} as const;

const boundedRow = {
  type: 'object',
  properties: {
    distribution: text,
    mean: probability,
    alpha: probability,
    repetitions: trials,
    horizon: trials,
    engine: frequency,
    peeking: frequency,
  },
  required: ['distribution', 'mean', 'alpha', 'repetitions', 'horizon', 'engine', 'peeking'],
  additionalProperties: false,
} as const;

/** How well the engine keeps its levels: exact for 0/1 trials (`events`), estimated for other samples (`bounded`). */
export const calibrationSchema = {
  type: 'object',
  properties: {
    events: { type: 'array', items: eventRow },
    bounded: { type: 'array', items: boundedRow },
  },
  required: ['events', 'bounded'],
  additionalProperties: false,
} as const;

export type ReportCalibration = FromSchema<typeof calibrationSchema>;
export type ReportEventRow = ReportCalibration['events'][number];
export type ReportBoundedRow = ReportCalibration['bounded'][number];
