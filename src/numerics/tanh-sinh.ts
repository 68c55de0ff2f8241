/** Step of the trapezoidal rule: errors 1e-15 for (1 − x²)^s on [−1, 1] with s >= 1/2, see the test. */
const STEP = 1 / 12;
/** Beyond this t the weights are below 1e-17. */
const LAST = 3.25;

interface Rule {
  /** Distance to the nearest end as a fraction of the interval. */
  readonly toEnd: Float64Array;
  readonly w: Float64Array;
}

/** Half of the rule, t >= 0; the other half is its mirror image. */
function computeRule(): Rule {
  const count = Math.floor(LAST / STEP) + 1;
  const toEnd = new Float64Array(count);
  const w = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    const t = k * STEP;
    const decay = Math.exp(-Math.PI * Math.sinh(t));
    toEnd[k] = decay / (1 + decay);
    w[k] = (STEP * Math.PI * Math.cosh(t) * decay) / (1 + decay) ** 2;
  }
  return { toEnd, w };
}

const rule = computeRule();

/**
 * ∫_low^high f(x) dx for a bounded f that is analytic inside but may have roots or logarithms at the ends, or just
 * outside of them: x = low + (high − low)/(1 + e^{−π sinh t}) and the trapezoidal rule in t, with 79 values of f.
 *
 * @param f     bounded; an infinite or NaN value is passed on
 * @param low   finite
 * @param high  finite; the integral changes its sign with the order of the ends
 * @see Takahasi & Mori, Publ. RIMS 9 (1974) 721.
 * @example
 * tanhSinh((x) => Math.sqrt(x), 0, 1).toFixed(12); // => '0.666666666667'
 */
export function tanhSinh(f: (x: number) => number, low: number, high: number): number {
  const length = high - low;
  const { toEnd, w } = rule;
  let sum = w[0]! * f(low + length / 2);
  for (let k = toEnd.length - 1; k > 0; k--) {
    const distance = length * toEnd[k]!;
    sum += w[k]! * (f(low + distance) + f(high - distance));
  }
  return length * sum;
}
