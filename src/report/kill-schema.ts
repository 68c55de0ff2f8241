import type { FromSchema } from 'json-schema-to-ts';

const text = { type: 'string' } as const;

const rows = {
  type: 'array',
  items: {
    type: 'object',
    properties: {
      name: text,
      what: text,
      /** Where a defect was published; empty for our own. */
      source: text,
      /** One entry per check: the number of the case that refuted this version, null where it survived. */
      killedAt: { type: 'array', items: { type: ['integer', 'null'], minimum: 1 } },
    },
    required: ['name', 'what', 'source', 'killedAt'],
    additionalProperties: false,
  },
} as const;

/** Wrong versions of the code against the checks: shows that the checks can fail. */
export const killMatrixSchema = {
  type: 'object',
  properties: {
    id: text,
    title: text,
    caption: text,
    checks: {
      type: 'array',
      items: {
        type: 'object',
        properties: { name: text, what: text },
        required: ['name', 'what'],
        additionalProperties: false,
      },
    },
    /** Right versions, which every check must spare. */
    correct: rows,
    /** Wrong versions, each of which at least one check must refute. */
    mutants: rows,
  },
  required: ['id', 'title', 'caption', 'checks', 'correct', 'mutants'],
  additionalProperties: false,
} as const;

export type ReportKillMatrix = FromSchema<typeof killMatrixSchema>;
