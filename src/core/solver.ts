import type { Batch } from './batch.ts';
import type { Task } from './problem.ts';
import type { Step, StepObserver } from './step.ts';

/** Points a solver wants evaluated: row k of `x` belongs to instance `rows[k]`. */
export interface Ask {
  /** (K, n) */
  readonly x: Batch;
  /** (K) instance numbers; repetitions are allowed. */
  readonly rows: Int32Array;
  /** `'value'` costs a forward run, `'gradient'` a forward run and a pullback. */
  readonly need: 'value' | 'gradient';
  /**
   * A snapshot for learning curves: the runner records the losses under this label, counts nothing,
   * and tells the solver nothing back, so that no solver can look for free.
   */
  readonly snapshot?: number;
}

/** What the runner answers. A point whose value or gradient is not finite is told as +∞ with a zero gradient. */
export interface Tell {
  /** (K) */
  readonly value: Float64Array;
  /** (K, n), present for `need: 'gradient'`. */
  readonly gradient?: Batch;
  /** (K) 1 where the row's evaluation budget was spent and nothing was evaluated (told as +∞ and zero). */
  readonly spent: Uint8Array;
}

/** Why a row stopped; only the first two indicate convergence. */
export type Stop =
  /** ‖∇f(x)‖∞; with `projected`, ‖P(x − ∇f(x)) − x‖∞ within bounds. */
  | { readonly kind: 'gradient-small'; readonly norm: number; readonly projected?: true }
  | { readonly kind: 'target-reached'; readonly value: number }
  | { readonly kind: 'budget-spent' }
  | { readonly kind: 'line-search-failed'; readonly why: 'not-a-descent-direction' | 'no-bracket' | 'zoom-exhausted' }
  | { readonly kind: 'non-finite'; readonly where: 'value' | 'gradient' | 'iterate' };

/** True for the stop reasons that certify a stationary point or the target. */
export function indicatesConvergence(stop: Stop): boolean {
  return stop.kind === 'gradient-small' || stop.kind === 'target-reached';
}

export interface Answer {
  /** (B, n) */
  readonly x: Batch;
  readonly stops: readonly Stop[];
}

export type Settings = Readonly<Record<string, number | string | boolean>>;

/** Ask–tell: yields points, is told values, returns its answer. The runner counts, guards, traces and stops it. */
export interface Solver {
  readonly name: string;
  readonly settings: Settings;
  /** Where its network runs; absent for methods without one. */
  readonly backend?: BackendName;
  /**
   * @param observe  told of every accepted step of every row, where the method has such
   */
  solve(task: Task, seed: number, observe?: (row: number, step: Step) => void): Generator<Ask, Answer, Tell>;
}

/** One point a method for a single instance wants evaluated. The next ask may overwrite it, and its x: copy what you keep. */
export interface MethodAsk {
  readonly x: Float64Array;
  readonly need: 'value' | 'gradient';
  /** Accepted steps so far: 0 until the first one. */
  readonly iteration: number;
}
export interface MethodTell {
  readonly value: number;
  readonly gradient?: Float64Array;
}
export interface MethodAnswer {
  readonly x: Float64Array;
  readonly stop: Stop;
}

/** A method for one instance, lifted to lock-step batches by `perRow`. Tells follow the same non-finite rule as `Tell`. */
export type Method = (start: Float64Array, observe?: StepObserver) => Generator<MethodAsk, MethodAnswer, MethodTell>;

export type BackendName = 'tensorflow' | 'wasm' | 'cpu' | 'float64';

/** What happened to one instance. */
export interface RunRow {
  readonly x: readonly number[];
  /** f(x) recomputed at the returned x; +∞ where it is not finite. */
  readonly loss: number;
  /** Smallest loss told to the solver for this row, or the loss at the returned x if that is smaller. */
  readonly bestLoss: number;
  readonly evaluations: { readonly values: number; readonly gradients: number };
  /** Points told as +∞ because value or gradient was not finite. */
  readonly nonFinite: number;
  readonly stop: Stop;
  /** (evaluations so far, best loss so far), thinned on a logarithmic grid; first and last point always kept. */
  readonly trace: readonly (readonly [number, number])[];
}

/** Plain data; the only thing claims look at besides the reference. */
export interface Run {
  readonly problem: string;
  readonly solver: string;
  readonly settings: Settings;
  readonly seed: number;
  /** `'none'` for methods without a network. */
  readonly backend: BackendName | 'none';
  readonly rows: readonly RunRow[];
  /** Losses of all asked rows at each snapshot, in the order asked for. */
  readonly snapshots: readonly { readonly label: number; readonly losses: readonly number[] }[];
}
