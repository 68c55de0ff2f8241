/** What a method promises of a step it accepted. */
export type StepGuarantee =
  /** f(x₊) ≤ f(x) + c1 α ∇f(x)ᵀp and |∇f(x₊)ᵀp| ≤ c2 |∇f(x)ᵀp| for x₊ = x + α p. */
  | { readonly kind: 'strong-wolfe'; readonly c1: number; readonly c2: number }
  /** f(x₊) ≤ f(x) + c1 ∇f(x)ᵀ(x₊ − x). */
  | { readonly kind: 'sufficient-decrease'; readonly c1: number }
  /** f(x₊) ≤ f(x) + c1 α ∇f(x)ᵀp for the projected step x₊ = P(x + α p). */
  | { readonly kind: 'projected-decrease'; readonly c1: number }
  /** f(x₊) < f(x): the lowest trial of a search that failed. */
  | { readonly kind: 'decrease' }
  /** Nothing: fixed steps and Adam may go uphill. */
  | { readonly kind: 'none' };

/** One end of a step. */
export interface StepEnd {
  /** (n) */
  readonly x: Float64Array;
  readonly value: number;
  /** (n) */
  readonly gradient: Float64Array;
}

/** What a quasi-Newton method learned from a step: its model H ≈ (∇²f)⁻¹. */
export interface LearnedModel {
  /** s = x₊ − x and y = ∇f(x₊) − ∇f(x), (n) each. */
  readonly displacement: Float64Array;
  readonly gradientChange: Float64Array;
  /** False where the pair was skipped, or H is beyond what floating point resolves; then nothing is promised. */
  readonly updated: boolean;
  /** out ← H v */
  timesInto(out: Float64Array, v: Float64Array): void;
  /** The size of H before or after the update, whichever is larger: what rounding errors are relative to. */
  readonly magnitude: number;
}

/** Box bounds, (n) each; −∞ and +∞ where there is none. */
export interface Bounds {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** One accepted step of a method, as it happens. All arrays are views that the next step overwrites: copy what you keep. */
export interface Step {
  /** 1 for the first step from a start. */
  readonly iteration: number;
  readonly from: StepEnd;
  readonly to: StepEnd;
  /** α in x₊ = x + α p, or in x₊ = P(x + α p) where there are bounds. */
  readonly length: number;
  /** p, (n); absent where the step does not follow a line. */
  readonly direction?: Float64Array;
  readonly guarantee: StepGuarantee;
  readonly model?: LearnedModel;
  readonly bounds?: Bounds;
}

/** Called at every accepted step. */
export type StepObserver = (step: Step) => void;
