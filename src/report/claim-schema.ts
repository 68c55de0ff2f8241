import { judgementProperties, judgementRules } from './judgement-schema.ts';
import { count, number, numberOrNull, text } from './schema-parts.ts';

const curve = {
  type: 'object',
  properties: {
    label: text('Which test it is: of the claim, of its control, or of a cell.'),
    points: {
      type: 'array',
      description: 'States of the test in the order of trials; not every trial has one.',
      items: {
        type: 'object',
        properties: {
          trials: count('Trials seen so far.'),
          mean: numberOrNull('Their mean; null before the first one.'),
          lower: number('Lower end of the confidence sequence.'),
          upper: number('Upper end of the confidence sequence.'),
          logFor: numberOrNull('Natural logarithm of the e-value for the claim; null stands for −∞.'),
          logAgainst: numberOrNull('Natural logarithm of the e-value against the claim; null stands for −∞.'),
        },
        required: ['trials', 'mean', 'lower', 'upper', 'logFor', 'logAgainst'],
        additionalProperties: false,
      },
    },
  },
  required: ['label', 'points'],
  additionalProperties: false,
} as const;

const infinity = (of: string) =>
  ({ enum: ['Infinity', '-Infinity', 'NaN'], description: `What the ${of} is, where it is null.` }) as const;

const fact = {
  type: 'object',
  properties: {
    name: text('Name in the code.'),
    label: text('What was measured, in words.'),
    unit: text('"1" for fractions and events, otherwise what is counted or measured.'),
    trials: count('Trials it was measured in.'),
    mean: numberOrNull('Mean over the trials; null where it is not finite, see `nonFinite`.'),
    median: numberOrNull('Median over the trials; null where it is not finite, see `nonFinite`.'),
    minimum: numberOrNull('Smallest of the trials; null where it is not finite, see `nonFinite`.'),
    maximum: numberOrNull('Largest of the trials; null where it is not finite, see `nonFinite`.'),
    nonFinite: {
      type: 'object',
      description: 'For each of these numbers that is null, which one it is; absent where all are finite.',
      properties: {
        mean: infinity('mean'),
        median: infinity('median'),
        minimum: infinity('minimum'),
        maximum: infinity('maximum'),
      },
      additionalProperties: false,
    },
  },
  required: ['name', 'label', 'unit', 'trials', 'mean', 'median', 'minimum', 'maximum'],
  additionalProperties: false,
} as const;

const source = {
  type: 'object',
  description: 'Where the statement comes from.',
  properties: {
    where: {
      enum: ['abstract', 'caption', 'literature', 'ours'],
      description: 'The abstract or a caption of the paper, other literature, or our own.',
    },
    quote: text('The words quoted.'),
    reference: text('Where they stand.'),
  },
  required: ['where'],
  additionalProperties: false,
} as const;

/** One claim as judged. */
export const claimSchema = {
  type: 'object',
  properties: {
    id: {
      type: 'string',
      minLength: 1,
      description: 'Name, "group.statement-in-kebab-case"; no two claims share one.',
    },
    kind: {
      enum: ['law', 'statistical', 'formula'],
      description:
        'Law: holds for all inputs, by search for a counterexample. Statistical: about the mean of independent trials. Formula: a closed form against Monte Carlo means.',
    },
    tier: { enum: ['quick', 'full'], description: 'Quick claims are always run, the others with `--tier full`.' },
    statement: text('What is claimed.'),
    regime: text('Where it is claimed to hold, and how its settings were chosen.'),
    source,
    plan: {
      type: 'object',
      description:
        'What was fixed beforehand, by name: cases of a law; thresholds, level, unit and largest number of trials of a test; where evidence grows over runs, how often the test started and what it had seen before. A number that is not finite is written as a word.',
      additionalProperties: { type: ['number', 'string'] },
    },
    alpha: {
      type: ['number', 'null'],
      exclusiveMinimum: 0,
      maximum: 1,
      description: 'Level, the probability of error spent; null for laws, which spend none, and only for them.',
    },
    ...judgementProperties,
    control: {
      type: 'object',
      description: 'The same test on a subject for which it must fail: it has to come out refuted.',
      properties: { what: text('What was tested in place of the subject.'), ...judgementProperties },
      required: ['what', 'outcome'],
      additionalProperties: false,
      ...judgementRules,
    },
    words: text('The result in a sentence for a reader without statistics.'),
    numbers: text('The result in a sentence with its numbers; empty where nothing was measured.'),
    facts: { type: 'array', items: fact, description: 'What was measured beside, over the trials judged.' },
    curves: { type: 'array', items: curve, description: 'How the evidence grew; empty for laws.' },
    replay: text('Command that runs the claim, or its counterexample, again.'),
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
