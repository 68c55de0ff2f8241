import type { FromSchema } from 'json-schema-to-ts';
import { atLeastZero, fraction, positive, positiveOrNull, text } from './schema-parts.ts';

const bothErrors = (description: string) =>
  ({
    type: 'object',
    description,
    properties: {
      above: fraction('Probability of a wrong "above θ₀" where the true mean is exactly θ₀.'),
      below: fraction('Probability of a wrong "below θ₁" where the true mean is exactly θ₁.'),
    },
    required: ['above', 'below'],
    additionalProperties: false,
  }) as const;

const frequency = (description: string) =>
  ({
    type: 'object',
    description,
    properties: {
      rate: fraction('Share of the repetitions that ever crossed their threshold.'),
      standardError: atLeastZero('Standard error of the rate; that of a single occurrence where there was none.'),
    },
    required: ['rate', 'standardError'],
    additionalProperties: false,
  }) as const;

const eventRow = {
  type: 'object',
  properties: {
    nullMean: fraction('True mean of the trials, which is also the threshold tested.'),
    alpha: fraction('Level of the test, one-sided.'),
    horizon: positive('Trials over which the probabilities are summed.'),
    error: bothErrors("Of the engine's test, exactly; each is at most `alpha`."),
    peeking: bothErrors('Of a Wilson score interval of the same level that is looked at after every trial, exactly.'),
    quickCheck: fraction(
      "False failures of QuickCheck's schedule with certainty 1/`alpha`, to compare with `error.below`.",
    ),
    earliest: positive('First trial by which "above θ₀" can be shown: all trials are successes.'),
    medianTrials: {
      type: 'object',
      description:
        'Trials until half of all sequences show "above θ₀", for three true means; null where half of them take longer than was looked at.',
      properties: {
        always: positiveOrNull('At true mean 1; null where it takes longer.'),
        tenth: positiveOrNull('At a tenth of the failures, θ = 1 − (1 − θ₀)/10; null where it takes longer.'),
        midway: positiveOrNull('At half of the failures, θ = (1 + θ₀)/2; null where it takes longer.'),
      },
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
    distribution: text('Distribution of the samples, in [0, 1].'),
    mean: fraction('Its mean, which is also the threshold tested.'),
    alpha: fraction('Level of the test, one-sided.'),
    repetitions: positive('Independent sequences drawn.'),
    horizon: positive('Samples per sequence.'),
    engine: frequency("How often the engine's test erred."),
    peeking: frequency('How often a normal interval erred that is looked at after every sample from the 30th on.'),
  },
  required: ['distribution', 'mean', 'alpha', 'repetitions', 'horizon', 'engine', 'peeking'],
  additionalProperties: false,
} as const;

export const calibrationSchema = {
  type: 'object',
  description: 'How well the engine keeps its levels. Present where claims about the engine were judged.',
  properties: {
    events: { type: 'array', items: eventRow, description: 'Trials that are 0 or 1: every probability is exact.' },
    bounded: { type: 'array', items: boundedRow, description: 'Other samples in [0, 1]: estimated with a fixed seed.' },
  },
  required: ['events', 'bounded'],
  additionalProperties: false,
} as const;

export type ReportCalibration = FromSchema<typeof calibrationSchema>;
export type ReportEventRow = ReportCalibration['events'][number];
export type ReportBoundedRow = ReportCalibration['bounded'][number];
