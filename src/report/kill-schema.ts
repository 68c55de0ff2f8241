import type { FromSchema } from 'json-schema-to-ts';
import { text } from './schema-parts.ts';

const rows = (description: string) =>
  ({
    type: 'array',
    description,
    items: {
      type: 'object',
      properties: {
        name: text('Name of this version of the code.'),
        what: text('What is different about it, in words.'),
        source: text('Where the defect was published; empty for our own.'),
        killedAt: {
          type: 'array',
          description:
            'One entry per check, in their order: the number of the case that refuted this version, counted from 1; null where it survived.',
          items: { type: ['integer', 'null'], minimum: 1 },
        },
      },
      required: ['name', 'what', 'source', 'killedAt'],
      additionalProperties: false,
    },
  }) as const;

/** Wrong versions of the code against the checks: shows that the checks can fail. */
export const killMatrixSchema = {
  type: 'object',
  properties: {
    id: text('Name of the matrix, such as "solvers.hall-of-bugs".'),
    title: text('Heading.'),
    caption: text('What is shown, and what to read off.'),
    checks: {
      type: 'array',
      description: 'The checks, one column each.',
      items: {
        type: 'object',
        properties: { name: text('Name of the check.'), what: text('What it demands, in words.') },
        required: ['name', 'what'],
        additionalProperties: false,
      },
    },
    correct: rows('Right versions, which every check must spare.'),
    mutants: rows('Wrong versions, each of which at least one check must refute.'),
  },
  required: ['id', 'title', 'caption', 'checks', 'correct', 'mutants'],
  additionalProperties: false,
} as const;

export type ReportKillMatrix = FromSchema<typeof killMatrixSchema>;
