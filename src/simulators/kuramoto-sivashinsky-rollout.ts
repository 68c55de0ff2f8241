import { type Batch, batch, requireShape } from '../core/batch.ts';
import { InverseClaimsError } from '../core/errors.ts';
import type { KuramotoSivashinskyEngine } from '../kernels/kuramoto-sivashinsky-engine.ts';
import { kuramotoSivashinskyReference } from '../kernels/kuramoto-sivashinsky-reference.ts';
import { hasSimd, kuramotoSivashinskySimd } from '../kernels/kuramoto-sivashinsky-simd.ts';
import { checkpointedRuns, rowsOfGroup, storeRowsOfGroup } from './checkpointed-runs.ts';
import type { ResolvedKuramotoSivashinsky } from './kuramoto-sivashinsky-options.ts';
import { kuramotoSivashinskyTables } from './kuramoto-sivashinsky-tables.ts';

/** Trajectories, a row each: states u (B, N), α and β (B). */
export interface Trajectories {
  readonly u: Batch;
  readonly alpha: Float64Array;
  readonly beta: Float64Array;
}

/** Throws `shape-mismatch`, naming the part of the argument, unless states are (B, N) and parameters (B). */
export function requireTrajectories(
  where: string,
  argument: string,
  { u, alpha, beta }: Trajectories,
  points: number,
): void {
  requireShape(`${where}: "${argument}.u"`, u, undefined, points);
  for (const [name, { length }] of Object.entries({ alpha, beta })) {
    if (length === u.rows) continue;
    throw new InverseClaimsError('shape-mismatch', {
      where: `${where}: "${argument}.${name}"`,
      expected: `${u.rows} numbers, one per trajectory`,
      received: String(length),
    });
  }
}

/** Runs from states at time 0 to states at T, with exact derivatives. Rows never meet. Other shapes throw `shape-mismatch`. */
export interface Rollout {
  readonly kernel: KuramotoSivashinskyEngine['kind'];
  readonly precision: KuramotoSivashinskyEngine['precision'];
  readonly lanes: number;
  /** Bytes on the tape for one trajectory. */
  readonly bytesPerTrajectory: number;
  forward(from: Trajectories): Batch;
  vjp(from: Trajectories): { readonly u: Batch; pullback(uBar: Batch): Trajectories };
  /** u(T) and its derivative in the given direction. */
  jvp(from: Trajectories, direction: Trajectories): { readonly u: Batch; readonly uDot: Batch };
}

/** The kernel that the options ask for, or the reference where there is none. */
export function kuramotoSivashinskyEngine(options: ResolvedKuramotoSivashinsky): KuramotoSivashinskyEngine {
  const tables = kuramotoSivashinskyTables(options);
  return options.kernel === 'auto' && hasSimd()
    ? kuramotoSivashinskySimd(tables, options.precision)
    : kuramotoSivashinskyReference(tables);
}

/**
 * Roll-outs of `options.steps` steps. As many trajectories as the kernel has lanes go side by side, the last group is
 * filled up with flat ones. For tapes and checkpoints, of 16 N bytes each, see `checkpointedRuns`.
 */
export function kuramotoSivashinskyRollout(options: ResolvedKuramotoSivashinsky): Rollout {
  const engine = kuramotoSivashinskyEngine(options);
  const { points, steps, tapeBytes } = options;
  const { lanes, bytesPerStep } = engine;
  const runs = checkpointedRuns(engine, {
    where: 'kuramotoSivashinsky',
    steps,
    tapeBytes,
    stateBytes: 16 * points,
  });
  const states = new Float64Array(lanes * points);
  const [alphas, betas] = [new Float64Array(lanes), new Float64Array(lanes)];

  const groupsOf = (rows: number): number => Math.ceil(rows / lanes);
  const loadParameters = ({ alpha, beta }: Omit<Trajectories, 'u'>, group: number): void => {
    for (let lane = 0; lane < lanes; lane++) {
      alphas[lane] = alpha[group * lanes + lane] ?? 0;
      betas[lane] = beta[group * lanes + lane] ?? 1;
    }
    engine.setParameters(alphas, betas);
  };
  const load = (from: Trajectories, group: number): void => {
    loadParameters(from, group);
    engine.setState(rowsOfGroup(from.u, group, states));
  };
  const store = (u: Batch, group: number): void => {
    engine.getState(states);
    storeRowsOfGroup(u, group, states);
  };
  const ends = (from: Trajectories, u: Batch) => ({
    load: (group: number) => load(from, group),
    store: (group: number) => store(u, group),
  });

  return {
    kernel: engine.kind,
    precision: engine.precision,
    lanes,
    bytesPerTrajectory: (steps * bytesPerStep) / lanes,
    forward: (from) => {
      requireTrajectories('rollout.forward', 'from', from, points);
      const u = batch(from.u.rows, points);
      runs.forward(groupsOf(u.rows), ends(from, u));
      return u;
    },
    vjp: (given) => {
      // The pullback may run forward again: the caller's arrays may hold something else by then.
      requireTrajectories('rollout.vjp', 'from', given, points);
      const from = {
        u: { ...given.u, data: given.u.data.slice() },
        alpha: given.alpha.slice(),
        beta: given.beta.slice(),
      };
      const u = batch(from.u.rows, points);
      const back = runs.vjp(groupsOf(u.rows), ends(from, u));
      const pullback = (uBar: Batch): Trajectories => {
        requireShape('rollout.pullback: "uBar"', uBar, u.rows, points);
        const bar = { u: batch(u.rows, points), alpha: new Float64Array(u.rows), beta: new Float64Array(u.rows) };
        back({
          resume: (group) => loadParameters(from, group),
          load: (group) => engine.setCotangent(rowsOfGroup(uBar, group, states)),
          store: (group) => {
            engine.getCotangent(states, alphas, betas);
            storeRowsOfGroup(bar.u, group, states);
            for (let lane = 0, b = group * lanes; lane < lanes && b < u.rows; lane++, b++) {
              bar.alpha[b] = alphas[lane]!;
              bar.beta[b] = betas[lane]!;
            }
          },
        });
        return bar;
      };
      return { u, pullback };
    },
    jvp: (from, direction) => {
      requireTrajectories('rollout.jvp', 'from', from, points);
      requireTrajectories('rollout.jvp', 'direction', direction, points);
      requireShape('rollout.jvp: "direction.u"', direction.u, from.u.rows, points);
      const [u, uDot] = [batch(from.u.rows, points), batch(from.u.rows, points)];
      const along = {
        load: (group: number) => {
          load(from, group);
          loadTangent(direction, group);
        },
        store: (group: number) => {
          store(u, group);
          engine.getTangent(states);
          storeRowsOfGroup(uDot, group, states);
        },
      };
      runs.alongSegments(groupsOf(u.rows), along, (length) => engine.follow(length, 0));
      return { u, uDot };
    },
  };

  function loadTangent(direction: Trajectories, group: number): void {
    for (let lane = 0; lane < lanes; lane++) {
      alphas[lane] = direction.alpha[group * lanes + lane] ?? 0;
      betas[lane] = direction.beta[group * lanes + lane] ?? 0;
    }
    engine.setTangent(rowsOfGroup(direction.u, group, states), alphas, betas);
  }
}
