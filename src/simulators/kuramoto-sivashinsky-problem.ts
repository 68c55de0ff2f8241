import { batch, row } from '../core/batch.ts';
import { requireNumber, unknownName } from '../core/errors.ts';
import { type Prior, samplePriorRows } from '../core/prior.ts';
import type { InverseProblem } from '../core/problem.ts';
import { stream } from '../core/random.ts';
import { type KuramotoSivashinskySimulator, kuramotoSivashinsky, statesOfModes } from './kuramoto-sivashinsky.ts';
import { type KuramotoSivashinskyOptions, requireKuramotoSivashinsky } from './kuramoto-sivashinsky-options.ts';
import { meanSquaredError } from './mean-squared-error.ts';

export type KuramotoSivashinskySettingName = 'A' | 'B' | 'C' | 'D';

const shared = { length: 22, points: 64, step: 0.25, forcing: 'cos1' } as const;

/**
 * The four settings that are shown: A, 25 time units on a short domain; B, the same time on a long one, where chaos is
 * certain; C, too short a time for chaos to matter; D, twice the time of A. Our choices.
 *
 * @example
 * kuramotoSivashinskySettings.B.points; // => 128
 */
export const kuramotoSivashinskySettings: Readonly<Record<KuramotoSivashinskySettingName, KuramotoSivashinskyOptions>> =
  Object.freeze({
    A: Object.freeze({ ...shared, horizon: 25 }),
    B: Object.freeze({ length: 60, points: 128, step: 0.25, forcing: 'mix', horizon: 25 }),
    C: Object.freeze({ ...shared, horizon: 10 }),
    D: Object.freeze({ ...shared, horizon: 50 }),
  });

/** The options of a setting, or the given ones. */
function optionsOf(where: string, setting: KuramotoSivashinskySettingName | KuramotoSivashinskyOptions) {
  if (typeof setting !== 'string') return setting;
  if (Object.hasOwn(kuramotoSivashinskySettings, setting)) return kuramotoSivashinskySettings[setting];
  throw unknownName(`${where}: "setting"`, setting, Object.keys(kuramotoSivashinskySettings));
}

/** True α and β: uniform on these. The start is their middle. */
const RANGES = { alpha: { low: -1, high: 1 }, beta: { low: 0.5, high: 1.5 } } as const;

/**
 * Where problems come from: α ~ U(−1, 1), β ~ U(0.5, 1.5), and standard normal coefficients a_1, b_1, …, a_K, b_K of the
 * initial state, K = max(3, round(L/11)).
 *
 * @param setting  as for `kuramotoSivashinskyProblem`, which draws from it; throws as there
 * @example
 * kuramotoSivashinskyPrior('A').map(({ name }) => name).join(' '); // => 'alpha beta a1 b1 a2 b2 a3 b3'
 */
export function kuramotoSivashinskyPrior(setting: KuramotoSivashinskySettingName | KuramotoSivashinskyOptions): Prior {
  const where = 'kuramotoSivashinskyPrior';
  const { modes } = requireKuramotoSivashinsky(where, optionsOf(where, setting));
  const normal = (name: string) => ({ name, unit: '1', distribution: { kind: 'normal', mean: 0, sd: 1 } }) as const;
  const uniform = (name: keyof typeof RANGES) =>
    ({ name, unit: '1', distribution: { kind: 'uniform', ...RANGES[name] } }) as const;
  const states = Array.from({ length: modes }, (_, m) => [normal(`a${m + 1}`), normal(`b${m + 1}`)]);
  return [uniform('alpha'), uniform('beta'), ...states.flat()];
}

/**
 * Find α and β of a Kuramoto-Sivashinsky flow from its state at time T, its state at the beginning being known.
 *
 *     y* = u(T | α*, β*, u0),   loss mean_x (u(T | α, β, u0) − y*)²,   start (0, 1), global minimum 0
 *
 * Data and model share the discretization; solved means a loss below 1e-6. Where the initial state or its modes are
 * unknown too, their start is 0. Observations are float64 whatever the precision of the simulator.
 * Instance i of a seed takes its numbers from its own stream (seed, 'kuramoto-sivashinsky/instance', i), so that settings
 * with the same number of modes share parameters and states.
 *
 * @param setting  'A', 'B', 'C' or 'D' (another name throws `unknown-name`), or options as for `kuramotoSivashinsky`
 * @example
 * const { task, reference } = kuramotoSivashinskyProblem('A').draw(2, 1);
 * [task.start.data, task.identifiers.cols, reference.globalLoss]; // => [Float64Array [0, 1, 0, 1], 64, Float64Array [0, 0]]
 */
export function kuramotoSivashinskyProblem(
  setting: KuramotoSivashinskySettingName | KuramotoSivashinskyOptions,
): InverseProblem & { readonly simulator: KuramotoSivashinskySimulator } {
  const where = 'kuramotoSivashinskyProblem';
  const options = optionsOf(where, setting);
  const { points, modes, step, unknowns } = requireKuramotoSivashinsky(where, options);
  const prior = kuramotoSivashinskyPrior(options);
  const simulator = kuramotoSivashinsky(options);
  const exact =
    simulator.precision === 'float64' ? simulator : kuramotoSivashinsky({ ...options, precision: 'float64' });
  const id =
    typeof setting === 'string'
      ? `kuramoto-sivashinsky.${setting}`
      : `kuramoto-sivashinsky(L=${options.length}, N=${points}, T=${options.horizon}, h=${step}, ${forcingName(options)}, ${unknowns})`;
  const unknown = 2 + (unknowns === 'parameters' ? 0 : unknowns === 'parameters-and-modes' ? 2 * modes : points);
  return Object.freeze({
    id,
    simulator,
    misfit: meanSquaredError,
    draw: (count: number, seed: number, first = 0) => {
      requireNumber(`${where}.draw: "count"`, count, { minimum: 0, integer: true });
      requireNumber(`${where}.draw: "first"`, first, { minimum: 0, integer: true });
      const randoms = Array.from({ length: count }, (_, i) => stream(seed, 'kuramoto-sivashinsky/instance', first + i));
      const draws = samplePriorRows(prior, randoms);
      const coefficients = batch(count, 2 * modes);
      for (let b = 0; b < count; b++) row(coefficients, b).set(row(draws, b).subarray(2));
      const u0 = statesOfModes(exact.options, coefficients);
      const truth = batch(count, unknown);
      const start = batch(count, unknown);
      for (let b = 0; b < count; b++) {
        row(truth, b).set(row(draws, b).subarray(0, 2));
        if (unknowns === 'parameters-and-modes') row(truth, b).set(row(coefficients, b), 2);
        if (unknowns === 'parameters-and-state') row(truth, b).set(row(u0, b), 2);
        row(start, b).set([middle(RANGES.alpha), middle(RANGES.beta)]);
      }
      const identifiers = unknowns === 'parameters' ? u0 : batch(count, 0);
      const observed = exact.forward(truth, identifiers);
      return {
        task: { problem: id, start, observed, identifiers },
        reference: { truth, globalLoss: new Float64Array(count) },
      };
    },
  });
}

const forcingName = ({ forcing = 'cos1' }: KuramotoSivashinskyOptions): string =>
  typeof forcing === 'string' ? forcing : 'forcing given';

const middle = ({ low, high }: { readonly low: number; readonly high: number }): number => (low + high) / 2;
