import { batch, row } from '../core/batch.ts';
import type { Axis, SimulatorLike } from '../core/problem.ts';
import type { TensorFunction } from '../networks/tensor-function.ts';
import { outputAxis } from '../simulators/differences.ts';

/** A function of TensorFlow.js as a simulator, point after point; 32-bit numbers inside. */
export function functionOfTensors(input: readonly Axis[], { outputs, value, pullback }: TensorFunction): SimulatorLike {
  const forward: SimulatorLike['forward'] = (x) => {
    const y = batch(x.rows, outputs);
    for (let b = 0; b < x.rows; b++) row(y, b).set(value(row(x, b)));
    return y;
  };
  return {
    name: 'f',
    input,
    identifiers: [],
    output: outputAxis(outputs),
    forward,
    vjp: (x, gamma) => ({
      y: forward(x, gamma),
      pullback: (yBar) => {
        const xBar = batch(x.rows, x.cols);
        for (let b = 0; b < x.rows; b++) row(xBar, b).set(pullback(row(x, b), row(yBar, b)));
        return xBar;
      },
    }),
  };
}
