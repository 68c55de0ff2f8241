/**
 * Steps `lanes` flows side by side, forward with or without a tape, and backward over the tape. A state, or a cotangent of one, is
 * 2N² numbers for each lane, lane after lane: vorticity and marker on the grid, row after row. What the grid holds above K is cut.
 */
export interface FlowEngine {
  readonly kind: 'simd' | 'reference';
  readonly lanes: number;
  /** Bytes of tape for one step of all lanes: the states of its four stages. */
  readonly bytesPerStep: number;
  /** Makes room for a tape of `steps` steps for each of `tapes` tapes, and for `checkpoints` states. */
  reserve(steps: number, tapes: number, checkpoints: number): void;
  setState(states: Float64Array): void;
  getState(states: Float64Array): void;
  /** Keeps the state, or takes it up again. */
  keep(checkpoint: number): void;
  restore(checkpoint: number): void;
  /** `steps` steps from the state, which becomes the last one; written to the tape where one is named. */
  advance(steps: number, tape?: number): void;
  /** The cotangent at the end of the tape. */
  setCotangent(bars: Float64Array): void;
  /** Pulls the cotangent back over `steps` steps of the tape. */
  retreat(steps: number, tape: number): void;
  getCotangent(bars: Float64Array): void;
}
