// A problem of your own: find frequency ω and damping ζ from y(t) = exp(−ζ t) cos(ω t) at some times.
// Check and diagnose it with: npx inverse-claims check examples/damped-oscillator.mjs

const timesUntil = (horizon) => Array.from({ length: 32 }, (_, k) => (horizon * (k + 1)) / 32);

/** Rows of a batch { rows, cols, data }: data holds row after row. */
const map = ({ rows }, cols, entry) => {
  const data = new Float64Array(rows * cols);
  for (let b = 0; b < rows; b++) for (let j = 0; j < cols; j++) data[b * cols + j] = entry(b, j);
  return { rows, cols, data };
};
const at = (batch, b, j) => batch.data[b * batch.cols + j];

const value = (x, b, t) => Math.exp(-at(x, b, 1) * t) * Math.cos(at(x, b, 0) * t);
const byFrequency = (x, b, t) => -t * Math.exp(-at(x, b, 1) * t) * Math.sin(at(x, b, 0) * t);
const byDamping = (x, b, t) => -t * value(x, b, t);

/** The motion until a horizon in s, with its derivatives. */
function oscillator(horizon) {
  const times = timesUntil(horizon);
  const forward = (x) => map(x, times.length, (b, k) => value(x, b, times[k]));
  return {
    name: 'damped-oscillator',
    input: [
      { name: 'ω', length: 1, unit: '1/s' },
      { name: 'ζ', length: 1, unit: '1/s' },
    ],
    identifiers: [],
    output: [{ name: 'y', length: times.length, unit: 'm' }],
    forward,
    // The value, and the map from what the loss says of the outputs to what it says of the unknowns: x̄ = Jᵀ ȳ.
    vjp: (x) => ({
      y: forward(x),
      pullback: (yBar) =>
        map(x, 2, (b, j) => {
          const by = j === 0 ? byFrequency : byDamping;
          return times.reduce((sum, t, k) => sum + at(yBar, b, k) * by(x, b, t), 0);
        }),
    }),
    // The derivative along ẋ, by code of its own: ẏ = J ẋ.
    jvp: (x, _identifiers, xDot) =>
      map(
        x,
        times.length,
        (b, k) => at(xDot, b, 0) * byFrequency(x, b, times[k]) + at(xDot, b, 1) * byDamping(x, b, times[k]),
      ),
  };
}

// Every instance starts in the middle of the prior; the misfit is ½|y − y*|² unless the problem has one.
const problemUntil = (horizon) => ({ id: 'damped-oscillator', simulator: oscillator(horizon) });
export const problem = problemUntil(3.2);

// How gradients grow with the time simulated.
export const horizons = [0.8, 1.6, 3.2, 6.4, 12.8];
export const problemAt = problemUntil;

// Where hidden solutions come from: laws are searched here, and only here.
export const prior = [
  { name: 'ω', unit: '1/s', distribution: { kind: 'uniform', low: 1, high: 8 } },
  { name: 'ζ', unit: '1/s', distribution: { kind: 'uniform', low: 0, high: 1 } },
];
