import { predictAlignment } from '../../../theory/predict-alignment.ts';

/** What a reader may say of a training; the rest is taken from a typical one. */
export interface TrainingQuestion {
  readonly d?: number;
  readonly signal?: number;
  readonly sigma?: number;
  readonly n?: number;
  readonly miss?: number;
  readonly coupling?: number;
}

const DIMENSIONS = [1, 2, 10] as const;
const COUNTS = [1, 16, 256] as const;
const SIGNAL = 0.3;
const TARGET = 0.9;

/** The theory's answer: alignments by dimension (rows) and number of examples (columns). */
export interface PredictionTable {
  readonly asked: Required<Pick<TrainingQuestion, 'signal' | 'sigma' | 'miss' | 'coupling'>>;
  readonly target: number;
  readonly counts: readonly number[];
  readonly rows: readonly {
    readonly d: number;
    /** By number of examples. */
    readonly alignments: readonly number[];
    /** Examples to reach the target: Infinity where none do, undefined where they are too many to count. */
    readonly examples: number | undefined;
    readonly reason: string | undefined;
  }[];
}

/**
 * Alignment that joint training starts with under equal coupling, and examples to reach 0.9; see `predictAlignment`.
 *
 * @param question  d >= 1; signal >= 0; sigma > 0; n an integer >= 1; miss and coupling in [0, 1]; else throws. Unless
 *                  given: 1, 2 and 10 dimensions; 1, 16 and 256 examples; |s|/σ = 0.3; nothing misses; full coupling
 * @example
 * predictionTable({ d: 1, n: 4 }).rows[0]?.examples; // => 31
 */
export function predictionTable(question: TrainingQuestion): PredictionTable {
  const { signal = SIGNAL, sigma = 1, miss = 0, coupling = 1 } = question;
  const counts = question.n === undefined ? COUNTS : [question.n];
  const dimensions = question.d === undefined ? DIMENSIONS : [question.d];
  const asked = { signal, sigma, miss, coupling };
  const rows = dimensions.map((d) => {
    const answers = counts.map((n) => predictAlignment({ ...asked, d, n, target: TARGET }));
    return {
      d,
      alignments: answers.map(({ bounds }) => bounds.lower),
      examples: answers[0]?.examplesForTarget,
      reason: answers[0]?.reasons[0],
    };
  });
  return { asked, target: TARGET, counts, rows };
}
