/** A number with a confidence interval; plain data. */
export interface Estimate {
  readonly value: number;
  /** −Infinity or +Infinity where so few values bound nothing. */
  readonly low: number;
  readonly high: number;
  /** Independent observations that it rests on. */
  readonly count: number;
}
