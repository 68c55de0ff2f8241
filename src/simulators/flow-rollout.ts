import { type Batch, batch } from '../core/batch.ts';
import type { FlowEngine } from '../kernels/flow-engine.ts';
import { flowReference } from '../kernels/flow-reference.ts';
import { flowSimd, hasFlowSimd } from '../kernels/flow-simd.ts';
import { flowTables } from '../kernels/flow-tables.ts';
import { checkpointedRuns, rowsOfGroup, storeRowsOfGroup } from './checkpointed-runs.ts';
import type { ResolvedFlow } from './flow-options.ts';

/** Vorticity and marker on the grid at one time, row after row, y slowest: N² numbers each. */
export interface FlowSnapshot {
  readonly vorticity: Float64Array;
  readonly marker: Float64Array;
}

/** Runs from vorticity and marker side by side at time 0 to the same at T, (B, 2N²), with the exact adjoint. Rows never meet. */
export interface FlowRollout {
  readonly kernel: FlowEngine['kind'];
  readonly lanes: number;
  /** Bytes on the tape for one row. */
  readonly bytesPerRow: number;
  forward(from: Batch): Batch;
  vjp(from: Batch): { readonly to: Batch; pullback(toBar: Batch): Batch };
  /** One flow at the times 0, h, …, T. */
  snapshots(from: Float64Array): readonly FlowSnapshot[];
}

export function flowRollout(options: ResolvedFlow): FlowRollout {
  const tables = flowTables(options);
  const engine = options.kernel === 'auto' && hasFlowSimd() ? flowSimd(tables) : flowReference(tables);
  const { lanes, bytesPerStep } = engine;
  const { steps, tapeBytes, points } = options;
  const cols = 2 * points * points;
  const runs = checkpointedRuns(engine, {
    where: 'incompressibleFlow',
    steps,
    tapeBytes,
    stateBytes: bytesPerStep / 4,
  });
  const fields = new Float64Array(lanes * cols);
  const groupsOf = ({ rows }: Batch): number => Math.ceil(rows / lanes);
  const ends = (from: Batch, to: Batch) => ({
    load: (group: number) => engine.setState(rowsOfGroup(from, group, fields)),
    store: (group: number) => {
      engine.getState(fields);
      storeRowsOfGroup(to, group, fields);
    },
  });
  return {
    kernel: engine.kind,
    lanes,
    bytesPerRow: (steps * bytesPerStep) / lanes,
    forward: (from) => {
      const to = batch(from.rows, cols);
      runs.forward(groupsOf(from), ends(from, to));
      return to;
    },
    vjp: (from) => {
      const to = batch(from.rows, cols);
      const back = runs.vjp(groupsOf(from), ends(from, to));
      const pullback = (toBar: Batch): Batch => {
        const fromBar = batch(from.rows, cols);
        back({
          resume: () => {},
          load: (group) => engine.setCotangent(rowsOfGroup(toBar, group, fields)),
          store: (group) => {
            engine.getCotangent(fields);
            storeRowsOfGroup(fromBar, group, fields);
          },
        });
        return fromBar;
      };
      return { to, pullback };
    },
    snapshots: (from) => {
      const all: FlowSnapshot[] = [];
      engine.setState(rowsOfGroup(batch(1, cols, from), 0, fields));
      for (let step = 0; step <= steps; step++) {
        if (step > 0) engine.advance(1);
        engine.getState(fields);
        all.push({ vorticity: fields.slice(0, cols / 2), marker: fields.slice(cols / 2, cols) });
      }
      return all;
    },
  };
}
