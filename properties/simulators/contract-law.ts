import type { Batch } from '../../src/core/batch.ts';
import { width } from '../../src/core/problem.ts';
import { direction } from '../arbitraries.ts';
import type { SimulatorCase } from '../simulator-case.ts';

/** What is wrong with the results of a simulator at a case: shapes, values that are not finite, arguments that were changed. */
export function contractViolation({ simulator, x, identifiers, salt }: SimulatorCase): string | undefined {
  const m = width(simulator.output);
  const before = [...x.data, ...identifiers.data];
  const y = simulator.forward(x, identifiers);
  const wrongForward = wrongBatch('forward', y, x.rows, m);
  if (wrongForward !== undefined) return wrongForward;
  const taped = simulator.vjp(x, identifiers);
  if (typeof taped?.pullback !== 'function') return 'vjp returns no function "pullback"';
  const wrongTape = wrongBatch('vjp', taped.y, x.rows, m);
  if (wrongTape !== undefined) return wrongTape;
  const apart = taped.y.data.findIndex((value, i) => Math.abs(value - (y.data[i] as number)) > 1e-12 * Math.abs(value));
  if (apart >= 0) return `y[${apart}] is ${taped.y.data[apart]} from vjp and ${y.data[apart]} from forward`;
  const yBar = direction(x.rows, m, 'yBar', salt);
  const wrongPullback = wrongBatch('pullback', taped.pullback(yBar), x.rows, x.cols);
  if (wrongPullback !== undefined) return wrongPullback;
  if (simulator.jvp !== undefined) {
    const xDot = direction(x.rows, x.cols, 'xDot', salt);
    const wrongJvp = wrongBatch('jvp', simulator.jvp(x, identifiers, xDot), x.rows, m);
    if (wrongJvp !== undefined) return wrongJvp;
  }
  const changed = [...x.data, ...identifiers.data].some((value, i) => value !== before[i]);
  return changed ? 'the simulator wrote into its arguments' : undefined;
}

function wrongBatch(method: string, result: Batch, rows: number, cols: number): string | undefined {
  if (typeof (result as { then?: unknown })?.then === 'function') return `${method} returns a promise`;
  if (!(result?.data instanceof Float64Array))
    return `${method} returns ${typeof result}, not { rows, cols, data: Float64Array }`;
  if (result.rows !== rows || result.cols !== cols || result.data.length !== rows * cols) {
    return `${method} returns shape (${result.rows}, ${result.cols}) with ${result.data.length} numbers, expected (${rows}, ${cols})`;
  }
  const wrong = result.data.findIndex((value) => !Number.isFinite(value));
  return wrong < 0 ? undefined : `${method}[${wrong}] is ${result.data[wrong]}`;
}
