import { type Batch, batch, requireShape } from '../core/batch.ts';
import { InverseClaimsError } from '../core/errors.ts';
import type { KuramotoSivashinskyEngine } from '../kernels/kuramoto-sivashinsky-engine.ts';
import { kuramotoSivashinskyReference } from '../kernels/kuramoto-sivashinsky-reference.ts';
import { hasSimd, kuramotoSivashinskySimd } from '../kernels/kuramoto-sivashinsky-simd.ts';
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
 * filled up with flat ones.
 *
 * A call of `vjp` leaves its tapes behind for its pullback, where they fit into `tapeBytes` together. Where they do not,
 * or another call has overwritten them, the pullback runs forward again, group by group, and where one tape alone is too
 * long, over segments from checkpoints: the same operations, so the same numbers. Memory is at most `tapeBytes`, a step or two,
 * and 16 N bytes for each checkpoint; more than 2^30 bytes of those throw `out-of-range`.
 */
export function kuramotoSivashinskyRollout(options: ResolvedKuramotoSivashinsky): Rollout {
  const engine = kuramotoSivashinskyEngine(options);
  const { points, steps, tapeBytes } = options;
  const { lanes, bytesPerStep } = engine;
  // A tape ends with the state after its last step, in a slot of its own.
  const tapesThatFit = Math.floor(tapeBytes / ((steps + 1) * bytesPerStep));
  const segment = Math.min(steps, Math.max(1, Math.floor(tapeBytes / bytesPerStep) - 1));
  requireCheckpoints(Math.ceil(steps / segment) * 16 * points);
  const states = new Float64Array(lanes * points);
  const [alphas, betas] = [new Float64Array(lanes), new Float64Array(lanes)];
  /** The call whose tapes are there. */
  let taped: object | undefined;

  const groupsOf = (rows: number): number => Math.ceil(rows / lanes);
  const loadParameters = ({ alpha, beta }: Omit<Trajectories, 'u'>, group: number): void => {
    for (let lane = 0; lane < lanes; lane++) {
      alphas[lane] = alpha[group * lanes + lane] ?? 0;
      betas[lane] = beta[group * lanes + lane] ?? 1;
    }
    engine.setParameters(alphas, betas);
  };
  const rowsOf = (source: Batch, group: number): Float64Array => {
    states.fill(0);
    const first = group * lanes * points;
    states.set(source.data.subarray(first, Math.min(first + lanes * points, source.data.length)));
    return states;
  };
  const storeRows = (target: Batch, group: number): void => {
    const first = group * lanes * points;
    target.data.set(states.subarray(0, Math.min(lanes * points, target.data.length - first)), first);
  };
  const load = (from: Trajectories, group: number): void => {
    loadParameters(from, group);
    engine.setState(rowsOf(from.u, group));
  };
  const store = (u: Batch, group: number): void => {
    engine.getState(states);
    storeRows(u, group);
  };
  /** Forward over all groups; group g on tape g where there are tapes. */
  const runAll = (from: Trajectories, onTape: boolean): Batch => {
    const u = batch(from.u.rows, points);
    for (let group = 0; group < groupsOf(u.rows); group++) {
      load(from, group);
      engine.advance(steps, onTape ? group : undefined);
      store(u, group);
    }
    return u;
  };
  /** Forward over one group, keeping the state at the beginning of each segment; visits each with its tape ready. */
  const checkpointed = (from: Trajectories, group: number): number => {
    const segments = Math.ceil(steps / segment);
    engine.reserve(segment, 1, segments);
    load(from, group);
    for (let s = 0; s < segments; s++) {
      engine.keep(s);
      if (s < segments - 1) engine.advance(segment);
    }
    return segments;
  };
  const segmentSteps = (s: number): number => Math.min(segment, steps - s * segment);

  return {
    kernel: engine.kind,
    precision: engine.precision,
    lanes,
    bytesPerTrajectory: (steps * bytesPerStep) / lanes,
    forward: (from) => {
      requireTrajectories('rollout.forward', 'from', from, points);
      taped = undefined;
      return runAll(from, false);
    },
    vjp: (given) => {
      // The pullback may run forward again: the caller's arrays may hold something else by then.
      requireTrajectories('rollout.vjp', 'from', given, points);
      const from = {
        u: { ...given.u, data: given.u.data.slice() },
        alpha: given.alpha.slice(),
        beta: given.beta.slice(),
      };
      const groups = groupsOf(from.u.rows);
      const fits = groups <= tapesThatFit;
      if (fits) engine.reserve(steps, groups, 0);
      const call = {};
      taped = fits ? call : undefined;
      const u = runAll(from, fits);
      const pullback = (uBar: Batch): Trajectories => {
        requireShape('rollout.pullback: "uBar"', uBar, u.rows, points);
        const bar = { u: batch(u.rows, points), alpha: new Float64Array(u.rows), beta: new Float64Array(u.rows) };
        const ready = taped === call;
        if (!ready) taped = undefined;
        for (let group = 0; group < groups; group++) {
          if (ready) {
            loadParameters(from, group);
            engine.setCotangent(rowsOf(uBar, group));
            engine.retreat(steps, group);
          } else {
            const segments = checkpointed(from, group);
            engine.setCotangent(rowsOf(uBar, group));
            for (let s = segments - 1; s >= 0; s--) {
              engine.restore(s);
              engine.advance(segmentSteps(s), 0);
              engine.retreat(segmentSteps(s), 0);
            }
          }
          engine.getCotangent(states, alphas, betas);
          storeRows(bar.u, group);
          for (let lane = 0, b = group * lanes; lane < lanes && b < u.rows; lane++, b++) {
            bar.alpha[b] = alphas[lane]!;
            bar.beta[b] = betas[lane]!;
          }
        }
        return bar;
      };
      return { u, pullback };
    },
    jvp: (from, direction) => {
      requireTrajectories('rollout.jvp', 'from', from, points);
      requireTrajectories('rollout.jvp', 'direction', direction, points);
      requireShape('rollout.jvp: "direction.u"', direction.u, from.u.rows, points);
      taped = undefined;
      const [u, uDot] = [batch(from.u.rows, points), batch(from.u.rows, points)];
      engine.reserve(segment, 1, 0);
      for (let group = 0; group < groupsOf(u.rows); group++) {
        load(from, group);
        loadTangent(direction, group);
        for (let s = 0; s < Math.ceil(steps / segment); s++) {
          engine.advance(segmentSteps(s), 0);
          engine.follow(segmentSteps(s), 0);
        }
        store(u, group);
        engine.getTangent(states);
        storeRows(uDot, group);
      }
      return { u, uDot };
    },
  };

  function loadTangent(direction: Trajectories, group: number): void {
    for (let lane = 0; lane < lanes; lane++) {
      alphas[lane] = direction.alpha[group * lanes + lane] ?? 0;
      betas[lane] = direction.beta[group * lanes + lane] ?? 0;
    }
    engine.setTangent(rowsOf(direction.u, group), alphas, betas);
  }
}

/** Checkpoints may take as much, in bytes. */
const MOST_CHECKPOINT_BYTES = 2 ** 30;

function requireCheckpoints(bytes: number): void {
  if (bytes <= MOST_CHECKPOINT_BYTES) return;
  throw new InverseClaimsError('out-of-range', {
    where: 'kuramotoSivashinsky: "tapeBytes"',
    expected: `a tape that needs at most ${MOST_CHECKPOINT_BYTES} bytes of checkpoints`,
    received: `${bytes} bytes of them`,
    hint: 'with a longer tape there are fewer',
  });
}
