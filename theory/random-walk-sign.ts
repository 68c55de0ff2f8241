import besselj0 from '@stdlib/math-base-special-besselj0';
import { arithmeticGeometricMean } from '../src/numerics/arithmetic-geometric-mean.ts';
import { gradedBreaks, integratePanels } from '../src/numerics/gauss-legendre.ts';

/**
 * E sgn(y + cos ψ₁ + … + cos ψₙ), ψᵢ independent and uniform: the sign of a shifted projection of Pearson's walk.
 * (2/π) ∫₀^∞ sin(yt)/t · J₀(t)ⁿ dt, since J₀ is the characteristic function of cos ψ and sgn z = (2/π) ∫ sin(zt)/t dt.
 */

const NODES = 16;
/** Radians of the fastest oscillation within one panel. */
const PHASE = 6;

/** ln J₀(t) for 0 <= t <= 2 without cancellation: ln(1 + Σ (−t²/4)ᵏ/k!²). */
function logBessel(t: number): number {
  const z = (-t * t) / 4;
  let term = z;
  let sum = z;
  for (let k = 2; Math.abs(term) > 1e-18 * Math.abs(sum); k++) {
    term *= z / (k * k);
    sum += term;
  }
  return Math.log1p(sum);
}

/** J₀(t)ⁿ; by the logarithm where n would magnify the rounding of J₀. */
function besselPower(t: number, n: number): number {
  return t < 2 ? Math.exp(n * logBessel(t)) : besselj0(t) ** n;
}

/** ∫ from 0 to `end` of sin(yt)/t · J₀(t)ⁿ. */
function head(y: number, n: number, end: number): number {
  // Below t = 2 the power is a Gaussian of width 1/√n, beyond it oscillates with frequencies up to n.
  const frequency = y + (end > 2 ? n : Math.sqrt(n));
  const panels = Math.max(1, Math.ceil((frequency * end) / PHASE));
  const breaks = Array.from({ length: panels + 1 }, (_, k) => (end * k) / panels);
  return integratePanels((t) => (Math.sin(y * t) / t) * besselPower(t, n), breaks, NODES);
}

/** From here on Hankel's expansion with 18 terms is exact to 1e-17. */
const FAR = 30;

/** [(2k − 1)!!]²/(k! 8ᵏ): moduli of the coefficients of Hankel's expansion of order 0. */
const HANKEL = ((): Float64Array => {
  const coefficients = new Float64Array(18);
  coefficients[0] = 1;
  for (let k = 1; k < 18; k++) coefficients[k] = (coefficients[k - 1]! * (2 * k - 1) ** 2) / (8 * k);
  return coefficients;
})();

/** ln of the series Σ (∓i)ᵏ aₖ/tᵏ of H₀⁽¹⁾ (rotation −1) or H₀⁽²⁾ (rotation 1), for t = re + i·im. */
function logHankel(re: number, im: number, rotation: number): readonly [number, number] {
  const size = re * re + im * im;
  // ∓i/t
  const [zr, zi] = [(rotation * im) / size, (rotation * re) / size];
  let [sr, si] = [0, 0];
  for (let k = HANKEL.length - 1; k >= 0; k--) {
    [sr, si] = [sr * zr - si * zi + HANKEL[k]!, sr * zi + si * zr];
  }
  return [Math.log(Math.hypot(sr, si)), Math.atan2(si, sr)];
}

/** What is left of a factor e^{−s} here is below 1e-18. */
const DECAYED = 42;

/**
 * Im ∫ from FAR of e^{iyt} H₁ʲ H₂ⁿ⁻ʲ/t, with J₀ = (H₁ + H₂)/2: turned by 90° in the complex plane, where it decays like
 * e^{−|ω|s} with the frequency ω = y + 2j − n instead of oscillating.
 */
function farTerm(y: number, n: number, j: number): number {
  const omega = y + 2 * j - n;
  const side = omega < 0 ? -1 : 1;
  const rate = Math.abs(omega);
  const integrand = (s: number): number => {
    const [re, im] = [FAR, side * s];
    const [first, firstAngle] = logHankel(re, im, -1);
    const [second, secondAngle] = logHankel(re, im, 1);
    const logSize = Math.log(Math.hypot(re, im));
    const modulus = Math.exp(j * first + (n - j) * second - (1 + n / 2) * logSize - rate * s);
    const angle = j * firstAngle + (n - j) * secondAngle - (1 + n / 2) * Math.atan2(im, re);
    // The factor ±i of the turned path, e^{iωT}, and the phases e^{∓iπ/4} of the two Hankel functions.
    const phase = angle + omega * FAR - ((2 * j - n) * Math.PI) / 4;
    return side * modulus * Math.cos(phase);
  };
  const byPower = FAR * Math.exp((2 * DECAYED) / n);
  const end = rate === 0 ? byPower : Math.min(byPower, DECAYED / rate);
  const levels = Math.max(0, Math.ceil(Math.log2(end * (rate + 1 / FAR))));
  return integratePanels(integrand, gradedBreaks(0, end, 0.5, levels), NODES);
}

/** ∫ from FAR to ∞ of sin(yt)/t · J₀(t)ⁿ. */
function tail(y: number, n: number): number {
  let choose = 1;
  let total = 0;
  for (let j = 0; j <= n; j++) {
    total += choose * farTerm(y, n, j);
    choose *= (n - j) / (j + 1);
  }
  return total * 2 ** -n * (2 / Math.PI) ** (n / 2);
}

/** From this n on, J₀(t)ⁿ is below 1e-17 for t >= 35; before, the rest of the integral is added. */
const SHORT_TAIL = 20;
/** From this n on, it is below 1e-20 for t >= 2. */
const NO_BUMPS = 50;

function integral(y: number, n: number): number {
  if (n < SHORT_TAIL) return head(y, n, FAR) + tail(y, n);
  return head(y, n, n < NO_BUMPS ? 35 : 14 / Math.sqrt(n));
}

/** Hoeffding: 1 − |E sgn| <= 2 exp(−y²/(2n)); below 1e-17 the sign is certain. */
const CERTAIN = 80;

const TWO_STEPS = 48;

/**
 * E sgn(y + Σ cos ψᵢ) for n >= 1 steps, n·shift = y: n = 1 by arcsin, n = 2 by the density 1/(π AGM(1, |w|)) of
 * ½(cos ψ₁ + cos ψ₂), n >= 3 by the integral. Absolute error below 1e-14; odd in the shift.
 *
 * @param n      integer >= 1, checked by the caller
 * @param shift  in [−1, 1], checked by the caller
 */
export function shiftedWalkSign(n: number, shift: number): number {
  if (shift < 0) return -shiftedWalkSign(n, -shift);
  if (shift === 0) return 0;
  if (shift >= 1) return 1;
  if (n === 1) return (2 / Math.PI) * Math.asin(shift);
  if (n * shift * shift > CERTAIN) return 1;
  if (n === 2) {
    const density = (w: number): number => 2 / (Math.PI * arithmeticGeometricMean(1, w));
    return integratePanels(density, gradedBreaks(0, shift, 0.5, TWO_STEPS), NODES);
  }
  return Math.min(1, (2 / Math.PI) * integral(n * shift, n));
}
