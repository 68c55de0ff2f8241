import type { FlowEngine } from './flow-engine.ts';
import { columnStride } from './flow-planes.ts';
import type { FlowTables } from './flow-tables.ts';
import { flowWasm } from './generated/flow-wasm.ts';
import { type WebAssemblyMemory, type WebAssemblyModule, webAssembly } from './web-assembly.ts';

/** What src/kernels/assembly/flow exports. Addresses and sizes in bytes. */
interface Exports {
  configure(points: number, step: number, tables: number, twiddles: number, work: number): void;
  setState(fields: number): void;
  getState(fields: number): void;
  setCotangent(fields: number): void;
  getCotangent(fields: number): void;
  stateAddress(): number;
  advance(slot: number, steps: number, stride: number): void;
  retreat(slot: number, steps: number, stride: number): void;
}

const PAGE = 65_536;
const VECTOR = 16;
const LANES = 2;
const STAGES = 4;

let compiled: WebAssemblyModule | undefined;

/** True where this machine and Node can run the kernel: WebAssembly with 128-bit SIMD. */
export function hasFlowSimd(): boolean {
  return webAssembly?.validate(flowWasm()) ?? false;
}

/**
 * The same steps as `flowReference`, a flow in each of two lanes, with the same numbers bit for bit. Only for callers that found
 * `hasFlowSimd()` true.
 */
export function flowSimd(tables: FlowTables): FlowEngine {
  const { points, waves, modes, records, line } = tables;
  const stateBytes = VECTOR * 4 * modes;
  const stride = STAGES * stateBytes;
  const work = PAGE + aligned(8 * (records.length + line.twiddles.length));
  const workVectors = 4 * waves * columnStride(points) + 4 * 2 * points + 4 * 4 * modes;
  const fieldsAt = work + VECTOR * workVectors;
  const ring = fieldsAt + VECTOR * 2 * points * points;
  const tapesAt = ring + stride;
  // Whoever found `hasFlowSimd()` true has it.
  const wasm = webAssembly!;
  const memory = new wasm.Memory({ initial: Math.ceil(tapesAt / PAGE) });
  compiled ??= new wasm.Module(flowWasm());
  const kernel = new wasm.Instance(compiled, { env: { memory } }).exports as unknown as Exports;
  let view = new Float64Array(memory.buffer);
  view.set(records, PAGE / 8);
  view.set(line.twiddles, PAGE / 8 + records.length);
  kernel.configure(points, tables.step, PAGE, line.twiddles.length, work);
  const state = kernel.stateAddress();
  const fields = fieldsBetween(tables, fieldsAt / 8);
  const perPoint = 1 / (points * points);
  let tapeBytes = 0;
  let checkpointsAt = tapesAt;
  const tapeAt = (tape: number): number => tapesAt + tape * tapeBytes;
  const bytesOf = (address: number): Uint8Array => new Uint8Array(memory.buffer, address, stateBytes);
  return {
    kind: 'simd',
    lanes: LANES,
    bytesPerStep: stride,
    reserve: (steps, tapes, checkpoints) => {
      tapeBytes = Math.max(tapeBytes, steps * stride);
      checkpointsAt = tapesAt + tapes * tapeBytes;
      grow(memory, checkpointsAt + checkpoints * stateBytes);
      view = new Float64Array(memory.buffer);
    },
    setState: (given) => {
      fields.scatter(view, given, perPoint);
      kernel.setState(fieldsAt);
    },
    getState: (into) => {
      kernel.getState(fieldsAt);
      fields.gather(into, view, 1);
    },
    keep: (checkpoint) => bytesOf(checkpointsAt + checkpoint * stateBytes).set(bytesOf(state)),
    restore: (checkpoint) => bytesOf(state).set(bytesOf(checkpointsAt + checkpoint * stateBytes)),
    advance: (steps, tape) => {
      if (tape === undefined) kernel.advance(ring, steps, 0);
      else kernel.advance(tapeAt(tape), steps, stride);
    },
    setCotangent: (given) => {
      fields.scatter(view, given, 1);
      kernel.setCotangent(fieldsAt);
    },
    retreat: (steps, tape) => kernel.retreat(tapeAt(tape), steps, stride),
    getCotangent: (into) => {
      kernel.getCotangent(fieldsAt);
      fields.gather(into, view, perPoint);
    },
  };
}

/** Copies fields, lane after lane, to and from where the kernel wants them: points out of order, a vector of either field at each. */
function fieldsBetween({ points, line: { order } }: FlowTables, at: number) {
  const size = points * points;
  const visit = (each: (inKernel: number, outside: number) => void): void => {
    for (let y = 0, place = at; y < points; y++) {
      for (let x = 0; x < points; x++, place += 2 * LANES) each(place, order[y]! * points + order[x]!);
    }
  };
  return {
    scatter: (view: Float64Array, fields: Float64Array, factor: number): void =>
      visit((to, from) => {
        view[to] = factor * fields[from]!;
        view[to + 1] = factor * fields[2 * size + from]!;
        view[to + 2] = factor * fields[size + from]!;
        view[to + 3] = factor * fields[3 * size + from]!;
      }),
    gather: (fields: Float64Array, view: Float64Array, factor: number): void =>
      visit((from, to) => {
        fields[to] = factor * view[from]!;
        fields[2 * size + to] = factor * view[from + 1]!;
        fields[size + to] = factor * view[from + 2]!;
        fields[3 * size + to] = factor * view[from + 3]!;
      }),
  };
}

function grow(memory: WebAssemblyMemory, bytes: number): void {
  const missing = Math.ceil(bytes / PAGE) - memory.buffer.byteLength / PAGE;
  if (missing > 0) memory.grow(missing);
}

const aligned = (bytes: number): number => Math.ceil(bytes / VECTOR) * VECTOR;
