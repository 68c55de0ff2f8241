import { type Batch, batch, row } from '../../core/batch.ts';
import type { TrialSource } from '../../core/claim.ts';
import { type Random, stream } from '../../core/random.ts';
import { kuramotoSivashinsky, statesOfModes } from '../../simulators/kuramoto-sivashinsky.ts';
import { kuramotoSivashinskyLyapunov } from '../../simulators/kuramoto-sivashinsky-lyapunov.ts';

/** A domain and the grid on it. */
export interface LyapunovDomain {
  /** L > 0. */
  readonly length: number;
  /** N, a power of two that resolves L. */
  readonly points: number;
  /** Time step; 0.25 unless given. */
  readonly step?: number;
}

/** W: time between two normalizations. */
export const INTERVAL = 5;

/** Times, in units of the equation: to the attractor, over which growth counts, and for the alignment of directions. */
export const TIMES = { spinUp: 200, growth: 200, aligning: 100 } as const;

const CHUNK = 32;

/** Rows of standard normal numbers, one stream for each row. */
function normalRows(randoms: readonly Random[], cols: number): Batch {
  const rows = batch(randoms.length, cols);
  randoms.forEach((random, b) => {
    for (let j = 0; j < cols; j++) row(rows, b)[j] = random.normal();
  });
  return rows;
}

/** The rows without their means: a shift of the mean grows linearly, by Galilean invariance, and would hide the exponent for long. */
function withoutMean(rows: Batch): Batch {
  const result = batch(rows.rows, rows.cols, rows.data.slice());
  for (let b = 0; b < rows.rows; b++) {
    const values = row(result, b);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    for (let j = 0; j < values.length; j++) values[j]! -= mean;
  }
  return result;
}

/**
 * One trial per random initial state of the unforced flow (α = 0, β = 1): its largest finite-time Lyapunov exponents over
 * 200 units of time that begin 300 after it, 200 of them to reach the attractor. Initial states are those of the inverse
 * problems, standard normal modes; directions are normal without mean. Throws for a domain as `kuramotoSivashinsky` does,
 * when it runs.
 */
export function lyapunovTrials(id: string, domain: LyapunovDomain): TrialSource {
  const equation = { ...domain, forcing: 'none' } as const;
  const meaning = (label: string) => ({ label, unit: 'per unit of time' });
  return {
    id,
    unit: 'problem',
    what: `Lyapunov exponent of an unforced Kuramoto-Sivashinsky flow on L = ${domain.length} over ${TIMES.growth} units of time`,
    chunk: CHUNK,
    meanings: {
      tangent: meaning('largest exponent, by tangents'),
      adjoint: meaning('largest exponent, by the adjoint'),
    },
    run: async ({ seed }, first, count) => {
      const randoms = Array.from({ length: count }, (_, k) => stream(seed, id, first + k));
      const { options, rollout } = kuramotoSivashinsky({ ...equation, horizon: TIMES.spinUp });
      const parameters = { alpha: new Float64Array(count), beta: new Float64Array(count).fill(1) };
      const start = statesOfModes(options, normalRows(randoms, 2 * options.modes));
      const { tangent, adjoint } = kuramotoSivashinskyLyapunov(
        {
          ...equation,
          interval: INTERVAL,
          intervals: TIMES.growth / INTERVAL,
          aligning: TIMES.aligning / INTERVAL,
        },
        { u: rollout.forward({ u: start, ...parameters }), ...parameters },
        withoutMean(normalRows(randoms, options.points)),
      );
      return randoms.map((_, b) => ({ tangent: tangent[b]!, adjoint: adjoint[b]! }));
    },
  };
}
