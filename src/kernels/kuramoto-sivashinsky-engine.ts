/**
 * What a roll-out needs of its discretization, all (N), in the packed order of `analyze`: entries 0 … N/2 belong to
 * cosines of wave number 0 … N/2, entry N − k to the sine of wave number k, with its sign turned.
 */
export interface KuramotoSivashinskyTables {
  readonly points: number;
  /** exp(h l), exp(h l/2), and the ETDRK4 weights Q, f1, 2 f2, f3 of the linear part l = k² − k⁴. */
  readonly propagator: Float64Array;
  readonly halfPropagator: Float64Array;
  readonly stageWeight: Float64Array;
  readonly firstWeight: Float64Array;
  readonly middleWeight: Float64Array;
  readonly lastWeight: Float64Array;
  /** k² */
  readonly squareWaveNumber: Float64Array;
  /** Coefficients of G. */
  readonly forcing: Float64Array;
  /** What makes −½ ∂x of a transformed square: ± k/N inside the 2/3 mask, 0 outside. */
  readonly derivative: Float64Array;
  /** From sums over grid points to coefficients: 1/N for wave numbers 0 and N/2, else 2/N. */
  readonly normalization: Float64Array;
}

/**
 * Steps `lanes` trajectories side by side, forward with or without a tape, backward and in tangent direction over the
 * tape. Physical arrays hold N numbers for each lane, lane after lane; cotangents are those of plain sums over them.
 */
export interface KuramotoSivashinskyEngine {
  readonly kind: 'simd' | 'reference';
  readonly precision: 'float64' | 'float32';
  readonly lanes: number;
  /** Bytes of tape for one step of all lanes. */
  readonly bytesPerStep: number;
  /** Makes room for a tape of `steps` steps for each of `tapes` tapes, and for `checkpoints` states. */
  reserve(steps: number, tapes: number, checkpoints: number): void;
  /** α and β of each lane. */
  setParameters(alpha: ArrayLike<number>, beta: ArrayLike<number>): void;
  setState(u: Float64Array): void;
  getState(u: Float64Array): void;
  /** Keeps the state, or takes it up again. */
  keep(checkpoint: number): void;
  restore(checkpoint: number): void;
  /** `steps` steps from the state, which becomes the last one; written to the tape where one is named. */
  advance(steps: number, tape?: number): void;
  /** Starts a backward sweep: ȳ at the end of the tape. Cotangents of α and β become zero. */
  setCotangent(uBar: Float64Array): void;
  /** Pulls the cotangent back over `steps` steps of the tape. */
  retreat(steps: number, tape: number): void;
  /** Cotangents of the state at the beginning, of α and of β, a lane each. */
  getCotangent(uBar: Float64Array, alphaBar: Float64Array, betaBar: Float64Array): void;
  /** Starts a forward sweep of derivatives. */
  setTangent(uDot: Float64Array, alphaDot: ArrayLike<number>, betaDot: ArrayLike<number>): void;
  /** Pushes the tangent over `steps` steps of the tape. */
  follow(steps: number, tape: number): void;
  getTangent(uDot: Float64Array): void;
}
