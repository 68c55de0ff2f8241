// The same oscillator with a mistake that trains, only badly: the pullback forgets that damping acts the longer, the later.
// npx inverse-claims check examples/wrong-adjoint.mjs finds it, and shows the simplest case in which it matters.
import { prior, problem } from './damped-oscillator.mjs';

export { prior };

const right = problem.simulator;

export const simulator = {
  ...right,
  vjp: (x, identifiers) => {
    const { y } = right.vjp(x, identifiers);
    return {
      y,
      pullback: (yBar) => {
        const xBar = right.vjp(x, identifiers).pullback(yBar);
        for (let b = 0; b < x.rows; b++) {
          let sum = 0;
          for (let k = 0; k < y.cols; k++) sum -= yBar.data[b * y.cols + k] * y.data[b * y.cols + k];
          xBar.data[2 * b + 1] = sum; // wrong: the factor t is missing
        }
        return xBar;
      },
    };
  },
};
