import type { Batch } from '../core/batch.ts';
import { InverseClaimsError } from '../core/errors.ts';

/** What runs groups of trajectories side by side, forward onto a tape and back over it. */
interface TapedEngine {
  readonly bytesPerStep: number;
  reserve(steps: number, tapes: number, checkpoints: number): void;
  keep(checkpoint: number): void;
  restore(checkpoint: number): void;
  advance(steps: number, tape?: number): void;
  retreat(steps: number, tape: number): void;
}

interface RunOptions {
  /** Who asks, for messages. */
  readonly where: string;
  readonly steps: number;
  /** Bytes that tapes may take together. */
  readonly tapeBytes: number;
  /** Bytes of one checkpoint of all lanes. */
  readonly stateBytes: number;
}

interface Ends {
  /** Puts a group's parameters and states into the engine. */
  load(group: number): void;
  store(group: number): void;
}

interface BackwardEnds {
  /** Puts back what a backward sweep needs beside its tape. */
  resume(group: number): void;
  /** Puts the cotangent at the end into the engine. */
  load(group: number): void;
  store(group: number): void;
}

/** Forward and backward sweeps of many groups on one engine. */
export interface CheckpointedRuns {
  /** Steps of the pieces in which a run is taped where one tape is too long. */
  readonly segments: readonly number[];
  forward(groups: number, ends: Ends): void;
  /** Forward; the result sweeps back. */
  vjp(groups: number, ends: Ends): (backward: BackwardEnds) => void;
  /** Forward over one tape of the longest segment; its tape is ready when a segment is visited. */
  alongSegments(groups: number, ends: Ends, visit: (steps: number) => void): void;
}

/** Checkpoints may take as much, in bytes. */
const MOST_CHECKPOINT_BYTES = 2 ** 30;

/**
 * A call of `vjp` leaves its tapes behind, where they fit into `tapeBytes` together. Where they do not, or another call has overwritten
 * them, the sweep back runs forward again, group by group, and where one tape alone is too long, over segments from checkpoints: the
 * same operations, so the same numbers. Memory is at most `tapeBytes`, a step or two, and the checkpoints of one group; more than
 * 2^30 bytes of those throw `out-of-range`.
 */
export function checkpointedRuns(engine: TapedEngine, options: RunOptions): CheckpointedRuns {
  const { steps, tapeBytes, stateBytes } = options;
  const { bytesPerStep } = engine;
  // A tape ends with the state after its last step, in a slot of its own.
  const tapesThatFit = Math.floor(tapeBytes / ((steps + 1) * bytesPerStep));
  const segment = Math.min(steps, Math.max(1, Math.floor(tapeBytes / bytesPerStep) - 1));
  const segments = Array.from({ length: Math.ceil(steps / segment) }, (_, s) => Math.min(segment, steps - s * segment));
  requireCheckpoints(options.where, segments.length * stateBytes);
  /** The call whose tapes are there. */
  let taped: object | undefined;

  const runAll = (groups: number, { load, store }: Ends, onTape: boolean): void => {
    for (let group = 0; group < groups; group++) {
      load(group);
      engine.advance(steps, onTape ? group : undefined);
      store(group);
    }
  };
  const backFromCheckpoints = (group: number, ends: Ends, backward: BackwardEnds): void => {
    engine.reserve(segment, 1, segments.length);
    ends.load(group);
    segments.forEach((length, s) => {
      engine.keep(s);
      if (s < segments.length - 1) engine.advance(length);
    });
    backward.load(group);
    for (let s = segments.length - 1; s >= 0; s--) {
      engine.restore(s);
      engine.advance(segments[s] as number, 0);
      engine.retreat(segments[s] as number, 0);
    }
  };

  return {
    segments,
    forward: (groups, ends) => {
      taped = undefined;
      runAll(groups, ends, false);
    },
    vjp: (groups, ends) => {
      const fits = groups <= tapesThatFit;
      if (fits) engine.reserve(steps, groups, 0);
      const call = {};
      taped = fits ? call : undefined;
      runAll(groups, ends, fits);
      return (backward) => {
        const ready = taped === call;
        if (!ready) taped = undefined;
        for (let group = 0; group < groups; group++) {
          if (ready) {
            backward.resume(group);
            backward.load(group);
            engine.retreat(steps, group);
          } else {
            backFromCheckpoints(group, ends, backward);
          }
          backward.store(group);
        }
      };
    },
    alongSegments: (groups, { load, store }, visit) => {
      taped = undefined;
      engine.reserve(segment, 1, 0);
      for (let group = 0; group < groups; group++) {
        load(group);
        for (const length of segments) {
          engine.advance(length, 0);
          visit(length);
        }
        store(group);
      }
    },
  };
}

function requireCheckpoints(where: string, bytes: number): void {
  if (bytes <= MOST_CHECKPOINT_BYTES) return;
  throw new InverseClaimsError('out-of-range', {
    where: `${where}: "tapeBytes"`,
    expected: `a tape that needs at most ${MOST_CHECKPOINT_BYTES} bytes of checkpoints`,
    received: `${bytes} bytes of them`,
    hint: 'with a longer tape there are fewer',
  });
}

/** The rows of a group, side by side in `into`; zeros where there are no more. */
export function rowsOfGroup({ data }: Batch, group: number, into: Float64Array): Float64Array {
  const first = group * into.length;
  into.fill(0);
  into.set(data.subarray(first, Math.min(first + into.length, data.length)));
  return into;
}

/** And back; rows that are not there are dropped. */
export function storeRowsOfGroup({ data }: Batch, group: number, from: Float64Array): void {
  const first = group * from.length;
  data.set(from.subarray(0, Math.min(from.length, data.length - first)), first);
}
