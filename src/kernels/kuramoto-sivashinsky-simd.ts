import { kuramotoSivashinskyWasm } from './generated/kuramoto-sivashinsky-wasm.ts';
import type { KuramotoSivashinskyEngine, KuramotoSivashinskyTables } from './kuramoto-sivashinsky-engine.ts';
import { realFourierPlan } from './real-fourier.ts';
import { type WebAssemblyGlobal, type WebAssemblyMemory, type WebAssemblyModule, webAssembly } from './web-assembly.ts';

/** What src/kernels/assembly exports, for either precision. Addresses and sizes in bytes. */
interface Exports {
  configure(points: number, tables: number, work: number): void;
  analyze(array: number): void;
  synthesize(from: number, to: number): void;
  advance(slot: number, steps: number, stride: number): void;
  retreat(slot: number, steps: number, stride: number): void;
  follow(slot: number, steps: number, stride: number): void;
}

const PAGE = 65_536;
const VECTOR = 16;
const ARRAYS_PER_STEP = 8;
const SCRATCH_ARRAYS = 9;
const SCRATCH_VECTORS = 6;
/** The cotangent or tangent of the state. */
const MU = 2;

let compiled: WebAssemblyModule | undefined;

/** True where this machine and Node can run the kernel: WebAssembly with 128-bit SIMD. */
export function hasSimd(): boolean {
  return webAssembly?.validate(kuramotoSivashinskyWasm()) ?? false;
}

/**
 * The same steps as `kuramotoSivashinskyReference`, a trajectory in each SIMD lane: two in float64, four in float32.
 * In float64 its results are those of the reference bit for bit. Only for callers that found `hasSimd()` true.
 */
export function kuramotoSivashinskySimd(
  tables: KuramotoSivashinskyTables,
  precision: 'float64' | 'float32',
): KuramotoSivashinskyEngine {
  const { points, normalization } = tables;
  const double = precision === 'float64';
  const lanes = double ? 2 : 4;
  const arrayBytes = VECTOR * points;
  const stride = ARRAYS_PER_STEP * arrayBytes;
  const scalars = packedTables(tables);
  const tablesAt = PAGE;
  const work = aligned(tablesAt + scalars.length * (double ? 8 : 4));
  const parameters = work + SCRATCH_ARRAYS * arrayBytes;
  const state = parameters + SCRATCH_VECTORS * VECTOR;
  const buffer = state + arrayBytes;
  const ring = buffer + arrayBytes;
  const tapesAt = ring + stride;
  // Whoever found `hasSimd()` true has it.
  const wasm = webAssembly!;
  const memory = new wasm.Memory({ initial: Math.ceil(tapesAt / PAGE) });
  const kernel = instantiate(wasm, memory, double ? '64' : '32');
  const numbers = (): Float64Array | Float32Array =>
    double ? new Float64Array(memory.buffer) : new Float32Array(memory.buffer);
  const width = double ? 8 : 4;
  let view = numbers();
  view.set(scalars, tablesAt / width);
  kernel.configure(points, tablesAt, work);
  const { order } = realFourierPlan(points);
  let tapeBytes = 0;
  let checkpointsAt = tapesAt;
  const tapeAt = (tape: number): number => tapesAt + tape * tapeBytes;
  const bytesOf = (address: number): Uint8Array => new Uint8Array(memory.buffer, address, arrayBytes);
  const scatter = (address: number, u: Float64Array): void => {
    const at = address / width;
    for (let lane = 0; lane < lanes; lane++) {
      for (let p = 0; p < points; p++) view[at + p * lanes + lane] = u[lane * points + order[p]!]!;
    }
  };
  const gather = (u: Float64Array, address: number): void => {
    const at = address / width;
    for (let lane = 0; lane < lanes; lane++) {
      for (let p = 0; p < points; p++) u[lane * points + order[p]!] = view[at + p * lanes + lane]!;
    }
  };
  const normalize = (target: number, source: number): void => {
    const from = source / width;
    const to = target / width;
    for (let j = 0; j < points; j++) {
      for (let lane = 0; lane < lanes; lane++)
        view[to + j * lanes + lane] = normalization[j]! * view[from + j * lanes + lane]!;
    }
  };
  const coefficientsInto = (address: number, u: Float64Array): void => {
    scatter(address, u);
    kernel.analyze(address);
    normalize(address, address);
  };
  const valuesInto = (u: Float64Array, address: number): void => {
    kernel.synthesize(address, buffer);
    gather(u, buffer);
  };
  const vectorAt = (index: number): number => (parameters + index * VECTOR) / width;
  const setVector = (index: number, values: ArrayLike<number>, shift = 0): void => {
    for (let lane = 0; lane < lanes; lane++) view[vectorAt(index) + lane] = values[lane]! + shift;
  };
  const mu = work + MU * arrayBytes;
  return {
    kind: 'simd',
    precision,
    lanes,
    bytesPerStep: stride,
    reserve: (steps, tapes, checkpoints) => {
      // One slot more: a tape ends with the state after its last step.
      tapeBytes = Math.max(tapeBytes, (steps + 1) * stride);
      checkpointsAt = tapesAt + tapes * tapeBytes;
      const wanted = Math.ceil((checkpointsAt + checkpoints * arrayBytes) / PAGE);
      const missing = wanted - memory.buffer.byteLength / PAGE;
      if (missing > 0) memory.grow(missing);
      if (view.length === 0 || missing > 0) view = numbers();
    },
    setParameters: (alpha, beta) => {
      setVector(0, alpha);
      setVector(1, beta, -1);
    },
    setState: (u) => coefficientsInto(state, u),
    getState: (u) => valuesInto(u, state),
    keep: (checkpoint) => bytesOf(checkpointsAt + checkpoint * arrayBytes).set(bytesOf(state)),
    restore: (checkpoint) => bytesOf(state).set(bytesOf(checkpointsAt + checkpoint * arrayBytes)),
    advance: (steps, tape) => {
      const [first, step] = tape === undefined ? [ring, 0] : [tapeAt(tape), stride];
      bytesOf(first).set(bytesOf(state));
      kernel.advance(first, steps, step);
      bytesOf(state).set(bytesOf(first + steps * step));
    },
    setCotangent: (uBar) => {
      scatter(mu, uBar);
      kernel.analyze(mu);
      view.fill(0, vectorAt(2), vectorAt(4));
    },
    retreat: (steps, tape) => kernel.retreat(tapeAt(tape), steps, stride),
    getCotangent: (uBar, alphaBar, betaBar) => {
      normalize(ring, mu);
      valuesInto(uBar, ring);
      for (let lane = 0; lane < lanes; lane++) {
        alphaBar[lane] = view[vectorAt(2) + lane]!;
        betaBar[lane] = view[vectorAt(3) + lane]!;
      }
    },
    setTangent: (uDot, alphaDot, betaDot) => {
      coefficientsInto(mu, uDot);
      setVector(4, alphaDot);
      setVector(5, betaDot);
    },
    follow: (steps, tape) => kernel.follow(tapeAt(tape), steps, stride),
    getTangent: (uDot) => valuesInto(uDot, mu),
  };
}

/** A record of nine numbers for each entry, in the order that the kernel expects, then the twiddles. */
function packedTables(tables: KuramotoSivashinskyTables): Float64Array {
  const { propagator, halfPropagator, stageWeight, firstWeight, middleWeight, lastWeight } = tables;
  const columns = [propagator, halfPropagator, stageWeight, firstWeight, middleWeight, lastWeight];
  columns.push(tables.squareWaveNumber, tables.forcing, tables.derivative);
  const records = Array.from({ length: tables.points }, (_, j) => columns.map((column) => column[j]!));
  const twiddles = realFourierPlan(tables.points).stages.map((stage) => Array.from(stage.twiddles));
  return Float64Array.from([records, twiddles].flat(2));
}

function instantiate(wasm: WebAssemblyGlobal, memory: WebAssemblyMemory, suffix: '64' | '32'): Exports {
  compiled ??= new wasm.Module(kuramotoSivashinskyWasm());
  const exported = new wasm.Instance(compiled, { env: { memory } }).exports;
  const named = (name: keyof Exports) => exported[`${name}${suffix}`] as never;
  return {
    configure: named('configure'),
    analyze: named('analyze'),
    synthesize: named('synthesize'),
    advance: named('advance'),
    retreat: named('retreat'),
    follow: named('follow'),
  };
}

const aligned = (address: number): number => Math.ceil(address / VECTOR) * VECTOR;
