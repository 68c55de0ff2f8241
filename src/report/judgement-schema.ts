import { OUTCOMES } from './outcomes.ts';
import { count, fraction, number, numberOrNull, text } from './schema-parts.ts';

const logEvidence = {
  type: 'object',
  description: 'Natural logarithms of the e-values of the two directions; a direction is shown at ln(2 / (1 − level)).',
  properties: {
    for: numberOrNull('For the claim; null stands for −∞, an e-value of zero.'),
    against: numberOrNull('Against the claim; null stands for −∞, an e-value of zero.'),
  },
  required: ['for', 'against'],
  additionalProperties: false,
} as const;

const sequenceProperties = {
  kind: { const: 'sequence', description: 'A sequential test of a mean in [0, 1].' },
  trials: count('Independent trials looked at.'),
  mean: numberOrNull('Mean of the trials; null before the first one.'),
  lower: number('Lower end of the confidence sequence at this trial.'),
  upper: number('Upper end of the confidence sequence at this trial.'),
  level: fraction('Two-sided level of [lower, upper]: 1 − 2α for statistical claims, 1 − α for formulas.'),
  logEvidence,
} as const;
const sequenceKeys = ['kind', 'trials', 'mean', 'lower', 'upper', 'level', 'logEvidence'] as const;

const cells = {
  type: 'array',
  description: 'One sequential test per number of a closed form.',
  items: {
    type: 'object',
    properties: {
      label: text('Which number it is.'),
      theory: number('What the closed form says it is.'),
      ...sequenceProperties,
    },
    required: ['label', 'theory', ...sequenceKeys],
    additionalProperties: false,
  },
} as const;

export const evidence = {
  type: 'object',
  description:
    'What the verdict rests on: present for supported, refuted and undecided. Its `kind` says which fields it has.',
  discriminator: { propertyName: 'kind' },
  required: ['kind'],
  oneOf: [
    {
      type: 'object',
      properties: {
        kind: { const: 'cases', description: 'A search for a counterexample that found none.' },
        tried: count('Cases tried.'),
        rejected: count('Cases drawn but left out, because the law does not speak about them.'),
        seed: count('Seed of the search.'),
      },
      required: ['kind', 'tried', 'rejected', 'seed'],
      additionalProperties: false,
    },
    {
      type: 'object',
      properties: {
        kind: { const: 'counterexample', description: 'A case that breaks the law.' },
        seed: count('Seed of the search that found it.'),
        path: text('Path of fast-check that leads to it: with the seed it repeats the case.'),
        shrunk: text('The case, made as simple as it could be.'),
        message: text('How it breaks the law.'),
      },
      required: ['kind', 'seed', 'path', 'shrunk', 'message'],
      additionalProperties: false,
    },
    { type: 'object', properties: sequenceProperties, required: sequenceKeys, additionalProperties: false },
    {
      type: 'object',
      properties: { kind: { const: 'cells', description: 'A closed form against Monte Carlo means.' }, cells },
      required: ['kind', 'cells'],
      additionalProperties: false,
    },
  ],
} as const;

/** Which of the optional fields come with which outcome: see `judgementRules`. */
export const judgementProperties = {
  outcome: {
    enum: OUTCOMES,
    description:
      'Supported or refuted: decided beyond a threshold fixed beforehand. Undecided: not enough evidence within the budget. Skipped: not run. Errored: could not be judged.',
  },
  reason: text('Why it is so: present for supported, refuted and skipped.'),
  needs: text('What would settle it: present for undecided.'),
  message: text('What went wrong: present for errored.'),
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
