/**
 * Transforms of N complex numbers, real and imaginary parts side by side, between wave numbers −K … K, K below N/3, and N grid points
 * out of order. What lies above K is taken for 0 in one direction and not computed in the other.
 */
export interface LinePlan {
  readonly points: number;
  /** K */
  readonly most: number;
  /** (N) The grid point at each place. */
  readonly order: Int32Array;
  /** Of each stage with L > 8, longest first, for k = 1 … L/4 − 1: cos and sin of 2πk/L, of twice that and of three times. */
  readonly twiddles: Float64Array;
}

/** Where wave numbers lie: k >= 0 at low + k · stride, k < 0 at high + (N + k) · stride. */
export interface Waves {
  readonly numbers: Float64Array;
  readonly low: number;
  readonly high: number;
  readonly stride: number;
}

/** @param points  N, a power of two >= 16; the caller checks it */
export function linePlan(points: number): LinePlan {
  const order = Int32Array.from({ length: points }, (_, place) => pointAt(place, points));
  const twiddles: number[] = [];
  for (let length = points; length > 8; length /= 4) {
    for (let k = 1; k < length / 4; k++) {
      for (const times of [1, 2, 3]) {
        const angle = (2 * Math.PI * k * times) / length;
        twiddles.push(Math.cos(angle), Math.sin(angle));
      }
    }
  }
  return { points, most: Math.ceil(points / 3) - 1, order, twiddles: Float64Array.from(twiddles) };
}

/** Quarter f of a line of L holds the points that leave f when divided by 4; two are in order. */
function pointAt(place: number, length: number): number {
  if (length <= 2) return place;
  const quarter = length / 4;
  return 4 * pointAt(place % quarter, quarter) + Math.floor(place / quarter);
}

/**
 * Σ_k z_k exp(2πi k j/N): wave numbers to the line at `at`, points out of order. They may be the line itself. Decimation in frequency
 * (Gentleman & Sande, AFIPS 29 (1966) 563) of radix 4, the last stage of radix 4 or 8.
 */
export function toGrid(plan: LinePlan, waves: Waves, z: Float64Array, at: number): void {
  const { points, twiddles } = plan;
  firstStage(plan, waves, z, at);
  let w = 3 * (points / 2) - 6;
  let length = points / 4;
  for (; length > 8; length /= 4) {
    const quarter = length / 2;
    for (let group = at; group < at + 2 * points; group += 2 * length) {
      for (let k = 0; k < quarter; k += 2)
        gridButterfly(z, group + k, quarter, twiddles, k === 0 ? NONE : w + 3 * k - 6);
    }
    w += 3 * quarter - 6;
  }
  for (let group = at; group < at + 2 * points; group += 2 * length) {
    if (length === 8) eightToGrid(z, group);
    else gridButterfly(z, group, 2, twiddles, NONE);
  }
}

/** Σ_j z_j exp(−2πi k j/N): the line, which is overwritten, to wave numbers. The adjoint of `toGrid`, stage by stage. */
export function toModes(plan: LinePlan, z: Float64Array, at: number, waves: Waves): void {
  const { points, twiddles } = plan;
  let length = points;
  while (length > 8) length /= 4;
  for (let group = at; group < at + 2 * points; group += 2 * length) {
    if (length === 8) eightToModes(z, group);
    else modeButterfly(z, group, 2, twiddles, NONE);
  }
  let w = twiddles.length;
  for (length *= 4; length < points; length *= 4) {
    const quarter = length / 2;
    w -= 3 * quarter - 6;
    for (let group = at; group < at + 2 * points; group += 2 * length) {
      for (let k = 0; k < quarter; k += 2)
        modeButterfly(z, group + k, quarter, twiddles, k === 0 ? NONE : w + 3 * k - 6);
    }
  }
  lastStage(plan, z, at, waves);
}

/** No twiddles. */
const NONE = -8;

/** The longest butterflies of `toGrid`: of their four inputs, the two in the middle are mostly above K. */
function firstStage({ points, most, twiddles }: LinePlan, waves: Waves, z: Float64Array, at: number): void {
  const { numbers, low, high, stride } = waves;
  const quarter = points / 4;
  for (let k = 0; k < quarter; k++) {
    const a = low + k * stride;
    const e = high + (k + 3 * quarter) * stride;
    const [aRe, aIm, eRe, eIm] = [numbers[a]!, numbers[a + 1]!, numbers[e]!, numbers[e + 1]!];
    let [sRe, sIm, dRe, dIm, pRe, pIm, qRe, qIm] = [aRe, aIm, aRe, aIm, eRe, eIm, -eRe, -eIm];
    if (k + quarter <= most) {
      const b = a + quarter * stride;
      const [bRe, bIm] = [numbers[b]!, numbers[b + 1]!];
      [pRe, pIm, qRe, qIm] = [bRe + eRe, bIm + eIm, bRe - eRe, bIm - eIm];
    } else if (k + 2 * quarter >= points - most) {
      const c = e - quarter * stride;
      const [cRe, cIm] = [numbers[c]!, numbers[c + 1]!];
      [sRe, sIm, dRe, dIm] = [aRe + cRe, aIm + cIm, aRe - cRe, aIm - cIm];
    }
    const i = at + 2 * k;
    const w = k === 0 ? NONE : 6 * k - 6;
    z[i] = sRe + pRe;
    z[i + 1] = sIm + pIm;
    turned(z, i + 2 * quarter, dRe - qIm, dIm + qRe, twiddles, w);
    turned(z, i + 4 * quarter, sRe - pRe, sIm - pIm, twiddles, w + 2);
    turned(z, i + 6 * quarter, dRe + qIm, dIm - qRe, twiddles, w + 4);
  }
}

/** The longest butterflies of `toModes`, without the outputs above K. */
function lastStage({ points, most, twiddles }: LinePlan, z: Float64Array, at: number, waves: Waves): void {
  const { numbers, low, high, stride } = waves;
  const quarter = points / 4;
  for (let k = 0; k < quarter; k++) {
    const [i, w] = [at + 2 * k, k === 0 ? NONE : 6 * k - 6];
    const [i1, i2, i3] = [i + 2 * quarter, i + 4 * quarter, i + 6 * quarter];
    turnedBack(z, i1, twiddles, w);
    turnedBack(z, i2, twiddles, w + 2);
    turnedBack(z, i3, twiddles, w + 4);
    const [sRe, sIm] = [z[i]! + z[i2]!, z[i + 1]! + z[i2 + 1]!];
    const [dRe, dIm] = [z[i]! - z[i2]!, z[i + 1]! - z[i2 + 1]!];
    const [pRe, pIm] = [z[i1]! + z[i3]!, z[i1 + 1]! + z[i3 + 1]!];
    const [qRe, qIm] = [z[i1]! - z[i3]!, z[i1 + 1]! - z[i3 + 1]!];
    const a = low + k * stride;
    const e = high + (k + 3 * quarter) * stride;
    numbers[a] = sRe + pRe;
    numbers[a + 1] = sIm + pIm;
    numbers[e] = dRe - qIm;
    numbers[e + 1] = dIm + qRe;
    if (k + quarter <= most) {
      numbers[a + quarter * stride] = dRe + qIm;
      numbers[a + quarter * stride + 1] = dIm - qRe;
    } else if (k + 2 * quarter >= points - most) {
      numbers[e - quarter * stride] = sRe - pRe;
      numbers[e - quarter * stride + 1] = sIm - pIm;
    }
  }
}

/** A butterfly of radix 4 and stride 2 and its four pairs. */
function eightToGrid(z: Float64Array, i: number): void {
  gridButterfly(z, i, 4, NO_TWIDDLES, NONE);
  gridButterfly(z, i + 2, 4, NO_TWIDDLES, NONE);
  // exp(2πi f/8) for f = 1, 2, 3.
  const [aRe, aIm] = [z[i + 6]!, z[i + 7]!];
  z[i + 6] = ROOT_HALF * (aRe - aIm);
  z[i + 7] = ROOT_HALF * (aRe + aIm);
  const [bRe, bIm] = [z[i + 10]!, z[i + 11]!];
  z[i + 10] = -bIm;
  z[i + 11] = bRe;
  const [cRe, cIm] = [z[i + 14]!, z[i + 15]!];
  z[i + 14] = -(ROOT_HALF * (cRe + cIm));
  z[i + 15] = ROOT_HALF * (cRe - cIm);
  pairs(z, i);
}

function eightToModes(z: Float64Array, i: number): void {
  pairs(z, i);
  const [aRe, aIm] = [z[i + 6]!, z[i + 7]!];
  z[i + 6] = ROOT_HALF * (aRe + aIm);
  z[i + 7] = ROOT_HALF * (aIm - aRe);
  const [bRe, bIm] = [z[i + 10]!, z[i + 11]!];
  z[i + 10] = bIm;
  z[i + 11] = -bRe;
  const [cRe, cIm] = [z[i + 14]!, z[i + 15]!];
  z[i + 14] = ROOT_HALF * (cIm - cRe);
  z[i + 15] = -(ROOT_HALF * (cRe + cIm));
  modeButterfly(z, i, 4, NO_TWIDDLES, NONE);
  modeButterfly(z, i + 2, 4, NO_TWIDDLES, NONE);
}

const ROOT_HALF = Math.SQRT1_2;
const NO_TWIDDLES = new Float64Array(0);

function pairs(z: Float64Array, at: number): void {
  for (let i = at; i < at + 16; i += 4) {
    const [aRe, aIm, bRe, bIm] = [z[i]!, z[i + 1]!, z[i + 2]!, z[i + 3]!];
    z[i] = aRe + bRe;
    z[i + 1] = aIm + bIm;
    z[i + 2] = aRe - bRe;
    z[i + 3] = aIm - bIm;
  }
}

/** A quarter is so many numbers; no twiddles from NONE on. */
function gridButterfly(z: Float64Array, i: number, quarter: number, t: Float64Array, w: number): void {
  const [i1, i2, i3] = [i + quarter, i + 2 * quarter, i + 3 * quarter];
  const [sRe, sIm] = [z[i]! + z[i2]!, z[i + 1]! + z[i2 + 1]!];
  const [dRe, dIm] = [z[i]! - z[i2]!, z[i + 1]! - z[i2 + 1]!];
  const [pRe, pIm] = [z[i1]! + z[i3]!, z[i1 + 1]! + z[i3 + 1]!];
  const [qRe, qIm] = [z[i1]! - z[i3]!, z[i1 + 1]! - z[i3 + 1]!];
  z[i] = sRe + pRe;
  z[i + 1] = sIm + pIm;
  turned(z, i1, dRe - qIm, dIm + qRe, t, w);
  turned(z, i2, sRe - pRe, sIm - pIm, t, w + 2);
  turned(z, i3, dRe + qIm, dIm - qRe, t, w + 4);
}

/** z_i = (re + i im) exp(iφ). */
function turned(z: Float64Array, i: number, re: number, im: number, t: Float64Array, w: number): void {
  if (w < 0) {
    z[i] = re;
    z[i + 1] = im;
    return;
  }
  const [c, s] = [t[w]!, t[w + 1]!];
  z[i] = c * re - s * im;
  z[i + 1] = c * im + s * re;
}

function modeButterfly(z: Float64Array, i: number, quarter: number, t: Float64Array, w: number): void {
  const [i1, i2, i3] = [i + quarter, i + 2 * quarter, i + 3 * quarter];
  turnedBack(z, i1, t, w);
  turnedBack(z, i2, t, w + 2);
  turnedBack(z, i3, t, w + 4);
  const [sRe, sIm] = [z[i]! + z[i2]!, z[i + 1]! + z[i2 + 1]!];
  const [dRe, dIm] = [z[i]! - z[i2]!, z[i + 1]! - z[i2 + 1]!];
  const [pRe, pIm] = [z[i1]! + z[i3]!, z[i1 + 1]! + z[i3 + 1]!];
  const [qRe, qIm] = [z[i1]! - z[i3]!, z[i1 + 1]! - z[i3 + 1]!];
  z[i] = sRe + pRe;
  z[i + 1] = sIm + pIm;
  z[i1] = dRe + qIm;
  z[i1 + 1] = dIm - qRe;
  z[i2] = sRe - pRe;
  z[i2 + 1] = sIm - pIm;
  z[i3] = dRe - qIm;
  z[i3 + 1] = dIm + qRe;
}

/** z_i exp(−iφ). */
function turnedBack(z: Float64Array, i: number, t: Float64Array, w: number): void {
  if (w < 0) return;
  const [c, s, re, im] = [t[w]!, t[w + 1]!, z[i]!, z[i + 1]!];
  z[i] = c * re + s * im;
  z[i + 1] = c * im - s * re;
}
