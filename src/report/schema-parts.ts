/** Leaves of the JSON Schema of a report: every field says in words what it means. */

export const text = (description: string) => ({ type: 'string', description }) as const;

export const flag = (description: string) => ({ type: 'boolean', description }) as const;

export const count = (description: string) => ({ type: 'integer', minimum: 0, description }) as const;

/** A count of at least one. */
export const positive = (description: string) => ({ type: 'integer', minimum: 1, description }) as const;

export const number = (description: string) => ({ type: 'number', description }) as const;

export const atLeastZero = (description: string) => ({ type: 'number', minimum: 0, description }) as const;

/** In [0, 1]. */
export const fraction = (description: string) => ({ type: 'number', minimum: 0, maximum: 1, description }) as const;

/** The description says what null stands for. */
export const numberOrNull = (description: string) => ({ type: ['number', 'null'], description }) as const;

/** The description says what null stands for. */
export const positiveOrNull = (description: string) =>
  ({ type: ['integer', 'null'], minimum: 1, description }) as const;

export const numbers = (description: string) => ({ type: 'array', items: { type: 'number' }, description }) as const;

/** The description says what null stands for. */
export const numbersOrNulls = (description: string) =>
  ({ type: 'array', items: { type: ['number', 'null'] }, description }) as const;
