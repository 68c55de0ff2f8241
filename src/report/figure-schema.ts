import { number, numbers, numbersOrNulls, text } from './schema-parts.ts';

const axis = (description: string) =>
  ({
    type: 'object',
    description,
    properties: {
      label: text('What is along the axis, with its unit.'),
      scale: { enum: ['linear', 'log'], description: 'Linear, or logarithmic to base 10.' },
    },
    required: ['label', 'scale'],
    additionalProperties: false,
  }) as const;

const image = {
  type: 'object',
  description: 'A field over both axes, which are linear, drawn as a grid of colored cells behind the lines.',
  properties: {
    x: numbers('Centers of the columns of cells, ascending and equally spaced, at least two.'),
    y: numbers('Centers of the rows of cells, from the bottom up, ascending and equally spaced, at least two.'),
    rows: {
      type: 'array',
      description: 'One row per y with one number per x; null stands for "no value here".',
      items: { type: 'array', items: { type: ['number', 'null'] } },
    },
    color: {
      type: 'object',
      description: 'What the colors mean.',
      properties: {
        label: text('The quantity, with its unit.'),
        limit: number('Colors span −limit to limit with 0 in their middle; no value lies beyond.'),
      },
      required: ['label', 'limit'],
      additionalProperties: false,
    },
  },
  required: ['x', 'y', 'rows', 'color'],
  additionalProperties: false,
} as const;

const series = {
  type: 'object',
  properties: {
    name: text('Name in the legend.'),
    x: numbers('Positions on the horizontal axis.'),
    y: numbersOrNulls('Values, one per x; null stands for "no finite value here".'),
    low: numbersOrNulls('Lower edge of a band, one per x; null stands for "no finite value here".'),
    high: numbersOrNulls('Upper edge of a band, one per x; null stands for "no finite value here".'),
    pointsOf: text('Name of the series that this one measures: drawn as points with error bars in its color.'),
    steps: { const: true, description: 'Constant from each x to the next, as an empirical distribution is.' },
  },
  required: ['name', 'x', 'y'],
  additionalProperties: false,
} as const;

const reference = {
  type: 'object',
  properties: {
    axis: { enum: ['x', 'y'], description: 'The axis that the line crosses.' },
    value: number('Where it crosses it.'),
    label: text('What the line stands for.'),
  },
  required: ['axis', 'value', 'label'],
  additionalProperties: false,
} as const;

const panel = {
  type: 'object',
  properties: {
    title: text('Heading of the panel.'),
    x: axis('Horizontal axis.'),
    y: axis('Vertical axis.'),
    image,
    series: { type: 'array', items: series, description: 'Lines and points.' },
    references: { type: 'array', items: reference, description: 'Horizontal and vertical lines to compare with.' },
  },
  required: ['title', 'x', 'y', 'series'],
  additionalProperties: false,
} as const;

/** The data of one figure. */
export const figureSchema = {
  type: 'object',
  properties: {
    id: text('Number of the corresponding figure of the paper, such as "3b", or a name of our own.'),
    title: text('Heading.'),
    caption: text('What is shown, for which setting, from how many problems, and what to read off.'),
    panels: { type: 'array', items: panel, description: 'Panels, from left to right.' },
  },
  required: ['id', 'title', 'caption', 'panels'],
  additionalProperties: false,
} as const;
