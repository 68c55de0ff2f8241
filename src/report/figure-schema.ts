const text = { type: 'string' } as const;
const number = { type: 'number' } as const;
const numbers = { type: 'array', items: number } as const;
const numbersOrGaps = { type: 'array', items: { type: ['number', 'null'] } } as const;

const axis = {
  type: 'object',
  properties: { label: text, scale: { enum: ['linear', 'log'] } },
  required: ['label', 'scale'],
  additionalProperties: false,
} as const;

const image = {
  type: 'object',
  properties: {
    x: numbers,
    y: numbers,
    /** null stands for "no value here". */
    rows: { type: 'array', items: numbersOrGaps },
    color: {
      type: 'object',
      properties: { label: text, limit: number },
      required: ['label', 'limit'],
      additionalProperties: false,
    },
  },
  required: ['x', 'y', 'rows', 'color'],
  additionalProperties: false,
} as const;

const panel = {
  type: 'object',
  properties: {
    title: text,
    x: axis,
    y: axis,
    image,
    series: {
      type: 'array',
      items: {
        type: 'object',
        /** In y, low and high null stands for "no finite value here". */
        properties: {
          name: text,
          x: numbers,
          y: numbersOrGaps,
          low: numbersOrGaps,
          high: numbersOrGaps,
          pointsOf: text,
          /** Constant from each x to the next. */
          steps: { const: true },
        },
        required: ['name', 'x', 'y'],
        additionalProperties: false,
      },
    },
    references: {
      type: 'array',
      items: {
        type: 'object',
        properties: { axis: { enum: ['x', 'y'] }, value: number, label: text },
        required: ['axis', 'value', 'label'],
        additionalProperties: false,
      },
    },
  },
  required: ['title', 'x', 'y', 'series'],
  additionalProperties: false,
} as const;

/** The data of one figure. */
export const figureSchema = {
  type: 'object',
  properties: { id: text, title: text, caption: text, panels: { type: 'array', items: panel } },
  required: ['id', 'title', 'caption', 'panels'],
  additionalProperties: false,
} as const;
