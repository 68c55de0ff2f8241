import { type LeastSquares, listed, residual } from './sum-of-squares.ts';

/** 6: 2 + 2i − e^{i x₁} − e^{i x₂}, i = 1 … 10; minimum 124.362… at x₁ = x₂ = 0.2578…. Jennrich and Sampson (1968). */
const jennrichSampson: LeastSquares = {
  number: 6,
  name: 'jennrich-sampson',
  start: [0.3, 0.4],
  factors: [1, 10],
  minima: [124.362182355615],
  minimizers: [],
  residuals: ([x = 0, y = 0]) =>
    listed(10, (i) => i).map((i) =>
      residual(2 + 2 * i - Math.exp(i * x) - Math.exp(i * y), -i * Math.exp(i * x), -i * Math.exp(i * y)),
    ),
};

const BARD = [0.14, 0.18, 0.22, 0.25, 0.29, 0.32, 0.35, 0.39, 0.37, 0.58, 0.73, 0.96, 1.34, 2.1, 4.39];

/**
 * 8: y_i − x₁ − u/(v x₂ + w x₃), u = i, v = 16 − i, w = min(u, v); minimum 8.21487…e−3, and 17.4286… in the limit
 * x₂, x₃ → −∞ with x₁ = 0.8406…. Bard (1970).
 */
const bard: LeastSquares = {
  number: 8,
  name: 'bard',
  start: [1, 1, 1],
  minima: [8.21487730657897e-3, 17.4286933333333],
  minimizers: [],
  residuals: ([a = 0, b = 0, c = 0]) =>
    BARD.map((target, k) => {
      const [u, v] = [k + 1, 15 - k];
      const w = Math.min(u, v);
      const below = v * b + w * c;
      return residual(target - (a + u / below), -1, (u * v) / (below * below), (u * w) / (below * below));
    }),
};

const GAUSSIAN_HALF = [0.0009, 0.0044, 0.0175, 0.054, 0.1295, 0.242, 0.3521];
const GAUSSIAN = [...GAUSSIAN_HALF, 0.3989, ...GAUSSIAN_HALF.toReversed()];

/** 9: x₁ e^{−x₂ (t − x₃)²/2} − y_i, t = (8 − i)/2, i = 1 … 15; minimum 1.12793…e−8. Moré, Garbow and Hillstrom. */
const gaussian: LeastSquares = {
  number: 9,
  name: 'gaussian',
  start: [0.4, 1, 0],
  minima: [1.12793276961874e-8],
  minimizers: [],
  residuals: ([a = 0, b = 0, c = 0]) =>
    GAUSSIAN.map((target, k) => {
      const t = (7 - k) / 2 - c;
      const bell = Math.exp((-b * t * t) / 2);
      return residual(a * bell - target, bell, (-a * bell * t * t) / 2, a * bell * b * t);
    }),
};

const MEYER = [34780, 28610, 23650, 19630, 16370, 13720, 11540, 9744, 8261, 7030, 6005, 5147, 4427, 3820, 3307, 2872];

/** 10: x₁ e^{x₂/(t + x₃)} − y_i, t = 45 + 5i, i = 1 … 16; minimum 87.9458…, extremely ill-conditioned. Meyer (1970). */
const meyer: LeastSquares = {
  number: 10,
  name: 'meyer',
  start: [0.02, 4000, 250],
  minima: [87.9458551705259],
  minimizers: [],
  residuals: ([a = 0, b = 0, c = 0]) =>
    MEYER.map((target, k) => {
      const t = 50 + 5 * k + c;
      const growth = Math.exp(b / t);
      return residual(a * growth - target, growth, (a * growth) / t, (-a * growth * b) / (t * t));
    }),
};

/**
 * 11: exp(−|y_i − x₂|^{x₃}/x₁) − t, t = i/100, y = 25 + (−50 ln t)^{2/3}, i = 1 … 99; minimum 0 at (50, 25, 1.5), which is
 * 10 x₀; f is constant in floats around 100 x₀. Gulf research and development, Cox (1969); the paper prints m·i for a minus.
 */
const gulf: LeastSquares = {
  number: 11,
  name: 'gulf-research',
  start: [5, 2.5, 0.15],
  factors: [1],
  minima: [0],
  minimizers: [[50, 25, 1.5]],
  residuals: ([a = 0, b = 0, c = 0]) =>
    listed(99, (i) => i / 100).map((t) => {
      const away = 25 + (-50 * Math.log(t)) ** (2 / 3) - b;
      const power = Math.abs(away) ** c / a;
      const decay = Math.exp(-power);
      const slope = decay * power;
      return residual(decay - t, slope / a, (slope * c) / away, -slope * Math.log(Math.abs(away)));
    }),
};

/**
 * 12: e^{−t x₁} − e^{−t x₂} − x₃ (e^{−t} − e^{−10t}), t = i/10, i = 1 … 10; minimum 0 at (1, 10, 1), (10, 1, −1) and
 * wherever x₁ = x₂, x₃ = 0. Box (1966).
 */
const box: LeastSquares = {
  number: 12,
  name: 'box-3d',
  start: [0, 10, 20],
  minima: [0],
  minimizers: [
    [1, 10, 1],
    [10, 1, -1],
    [2, 2, 0],
  ],
  residuals: ([a = 0, b = 0, c = 0]) =>
    listed(10, (i) => i / 10).map((t) => {
      const [first, second, known] = [Math.exp(-t * a), Math.exp(-t * b), Math.exp(-t) - Math.exp(-10 * t)];
      return residual(first - second - c * known, -t * first, t * second, -known);
    }),
};

const KOWALIK = [0.1957, 0.1947, 0.1735, 0.16, 0.0844, 0.0627, 0.0456, 0.0342, 0.0323, 0.0235, 0.0246];
const KOWALIK_AT = [4, 2, 1, 0.5, 0.25, 0.167, 0.125, 0.1, 0.0833, 0.0714, 0.0625];

/**
 * 15: y_i − x₁ (u² + u x₂)/(u² + u x₃ + x₄); minimum 3.07505…e−4, and 1.02734…e−3 in the limit x₁ → ∞, x₂ = −14.07…,
 * x₃, x₄ → −∞. Kowalik and Osborne (1968).
 */
const kowalikOsborne: LeastSquares = {
  number: 15,
  name: 'kowalik-osborne',
  start: [0.25, 0.39, 0.415, 0.39],
  minima: [3.07505603849237e-4, 1.02734304869546e-3],
  minimizers: [],
  residuals: ([a = 0, b = 0, c = 0, d = 0]) =>
    KOWALIK.map((target, k) => {
      const u = KOWALIK_AT[k]!;
      const [above, below] = [u * u + u * b, u * u + u * c + d];
      const slope = (a * above) / (below * below);
      return residual(target - (a * above) / below, -above / below, (-a * u) / below, slope * u, slope);
    }),
};

/** 16: (x₁ + t x₂ − e^t)² + (x₃ + x₄ sin t − cos t)², t = i/5, i = 1 … 20; minimum 85822.2…. Brown and Dennis (1971). */
const brownDennis: LeastSquares = {
  number: 16,
  name: 'brown-dennis',
  start: [25, 5, -5, -1],
  minima: [85822.2016263568],
  minimizers: [],
  residuals: ([a = 0, b = 0, c = 0, d = 0]) =>
    listed(20, (i) => i / 5).map((t) => {
      const p = a + t * b - Math.exp(t);
      const q = c + d * Math.sin(t) - Math.cos(t);
      return residual(p * p + q * q, 2 * p, 2 * p * t, 2 * q, 2 * q * Math.sin(t));
    }),
};

const OSBORNE_1 = [
  0.844, 0.908, 0.932, 0.936, 0.925, 0.908, 0.881, 0.85, 0.818, 0.784, 0.751, 0.718, 0.685, 0.658, 0.628, 0.603, 0.58,
  0.558, 0.538, 0.522, 0.506, 0.49, 0.478, 0.467, 0.457, 0.448, 0.438, 0.431, 0.424, 0.42, 0.414, 0.411, 0.406,
];

/** 17: y_i − x₁ − x₂ e^{−t x₄} − x₃ e^{−t x₅}, t = 10 (i − 1), i = 1 … 33; minimum 5.46489…e−5. Osborne (1972). */
const osborne1: LeastSquares = {
  number: 17,
  name: 'osborne-1',
  start: [0.5, 1.5, -1, 0.01, 0.02],
  minima: [5.46489469748262e-5],
  minimizers: [],
  residuals: ([a = 0, b = 0, c = 0, d = 0, e = 0]) =>
    OSBORNE_1.map((target, k) => {
      const t = 10 * k;
      const [p, q] = [Math.exp(-t * d), Math.exp(-t * e)];
      return residual(target - (a + b * p + c * q), -1, -p, -q, t * b * p, t * c * q);
    }),
};

/**
 * 18: x₃ e^{−t x₁} − x₄ e^{−t x₂} + x₆ e^{−t x₅} − y_i, y = e^{−t} − 5e^{−10t} + 3e^{−4t}, t = i/10, i = 1 … 13; minimum 0 at
 * (1, 10, 1, 5, 4, 3), local minimum 5.65565…e−3. Biggs (1971).
 */
const biggs: LeastSquares = {
  number: 18,
  name: 'biggs-exp6',
  start: [1, 2, 1, 1, 1, 1],
  minima: [0, 5.65564992549994e-3],
  minimizers: [[1, 10, 1, 5, 4, 3]],
  residuals: ([a = 0, b = 0, c = 0, d = 0, e = 0, f = 0]) =>
    listed(13, (i) => i / 10).map((t) => {
      const [p, q, r] = [Math.exp(-t * a), Math.exp(-t * b), Math.exp(-t * e)];
      const target = Math.exp(-t) - 5 * Math.exp(-10 * t) + 3 * Math.exp(-4 * t);
      return residual(c * p - d * q + f * r - target, -t * c * p, t * d * q, p, -q, -t * f * r, r);
    }),
};

const OSBORNE_2 = [
  1.366, 1.191, 1.112, 1.013, 0.991, 0.885, 0.831, 0.847, 0.786, 0.725, 0.746, 0.679, 0.608, 0.655, 0.616, 0.606, 0.602,
  0.626, 0.651, 0.724, 0.649, 0.649, 0.694, 0.644, 0.624, 0.661, 0.612, 0.558, 0.533, 0.495, 0.5, 0.423, 0.395, 0.375,
  0.372, 0.391, 0.396, 0.405, 0.428, 0.429, 0.523, 0.562, 0.607, 0.653, 0.672, 0.708, 0.633, 0.668, 0.645, 0.632, 0.591,
  0.559, 0.597, 0.625, 0.739, 0.71, 0.729, 0.72, 0.636, 0.581, 0.428, 0.292, 0.162, 0.098, 0.054,
];

/**
 * 19: y_i − x₁ e^{−t x₅} − Σ_{k=2,3,4} x_k e^{−(t − x_{k+7})² x_{k+4}}, t = (i − 1)/10, i = 1 … 65; minimum 4.01377…e−2.
 * Osborne (1972).
 */
const osborne2: LeastSquares = {
  number: 19,
  name: 'osborne-2',
  start: [1.3, 0.65, 0.65, 0.7, 0.6, 3, 5, 7, 2, 4.5, 5.5],
  minima: [4.01377362935478e-2],
  minimizers: [],
  residuals: (x) =>
    OSBORNE_2.map((target, i) => {
      const t = i / 10;
      const gradient = new Float64Array(11);
      const decay = Math.exp(-t * x[4]!);
      gradient[0] = -decay;
      gradient[4] = t * x[0]! * decay;
      let value = target - x[0]! * decay;
      for (let k = 1; k <= 3; k++) {
        const [height, width, off] = [x[k]!, x[k + 4]!, t - x[k + 7]!];
        const bell = Math.exp(-off * off * width);
        value -= height * bell;
        gradient[k] = -bell;
        gradient[k + 4] = height * off * off * bell;
        gradient[k + 7] = -2 * height * off * width * bell;
      }
      return { value, gradient };
    }),
};

/** Models fitted to data: few parameters of very different size, residuals that do not vanish at most minima. */
export const fits: readonly LeastSquares[] = [
  jennrichSampson,
  bard,
  gaussian,
  meyer,
  gulf,
  box,
  kowalikOsborne,
  brownDennis,
  osborne1,
  biggs,
  osborne2,
];
