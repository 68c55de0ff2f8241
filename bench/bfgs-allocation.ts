import type { MethodTell } from '../src/core/solver.ts';
import { bfgsMethod } from '../src/solvers/bfgs.ts';

const DIMENSIONS = [10, 50, 200] as const;
/** The last third is counted: V8 compiles on the way, and code that is not compiled boxes its numbers. */
const RUNS = 45;
/** Iterations between the two readings of memory: before the first, a run makes what it keeps. */
const FROM = 50;
const TO = 400;

/** Σ exp(−c_i x_i), which BFGS descends as long as one likes; the gradient is written into the same array each time. */
function writingFunction(n: number): (x: Float64Array) => MethodTell {
  const told = { value: 0, gradient: new Float64Array(n) };
  return (x) => {
    let value = 0;
    for (let i = 0; i < n; i++) {
      const rate = 1 + i / n;
      const term = Math.exp(-rate * x[i]!);
      value += term;
      told.gradient[i] = -rate * term;
    }
    told.value = value;
    return told;
  };
}

/** Bytes on the heap and in array buffers: longer Float64Arrays live in the latter. */
function bytesInUse(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Bytes allocated per iteration in one run, after the first FROM; negative where memory was collected meanwhile. */
function bytesPerIteration(n: number, also: () => void): number {
  const fun = writingFunction(n);
  const start = Float64Array.from({ length: n }, (_, i) => ((7 * i) % n) / n);
  const steps = bfgsMethod({ gradientTolerance: 0 })(start);
  const advance = (until: number): number => {
    for (;;) {
      const next = steps.next(last);
      if (next.done) throw new Error(`BFGS ended before iteration ${until}`);
      last = fun(next.value.x);
      also();
      if (next.value.iteration >= until) return next.value.iteration;
    }
  };
  let last: MethodTell = { value: 0 };
  const from = advance(FROM);
  const before = bytesInUse();
  const to = advance(TO);
  return (bytesInUse() - before) / (to - from);
}

/** The median over runs: collections in between disturb few of them, and the first runs are not compiled yet. */
function typical(n: number, also: () => void): number {
  const bytes = Array.from({ length: RUNS }, () => bytesPerIteration(n, also)).slice(-RUNS / 3);
  return bytes.toSorted((a, b) => a - b)[bytes.length >> 1] as number;
}

/**
 * What BFGS allocates per iteration, on a function that allocates nothing, beside a control: the same with one vector
 * more per evaluation. No vector is allocated where the bytes do not grow with the dimension.
 */
export function printAllocation(): void {
  const kept: (Float64Array | undefined)[] = [undefined];
  for (const n of DIMENSIONS) {
    const plain = typical(n, () => undefined);
    const control = typical(n, () => {
      kept[0] = new Float64Array(n);
    });
    const text = `BFGS in ${n} dimensions: ${plain.toFixed(0)} bytes allocated per iteration`;
    process.stdout.write(`${text}; with one vector (${8 * n} bytes) more per evaluation: ${control.toFixed(0)}\n`);
  }
}
