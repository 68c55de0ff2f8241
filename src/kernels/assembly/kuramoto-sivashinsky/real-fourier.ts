// The transforms of ../../real-fourier.ts, where they are explained, with a trajectory in each lane.

import { bytes, entry, points, twiddles } from './layout';

function pairs<T>(a: i32): void {
  for (let at = a, end = a + bytes; at < end; at += 32) storePair<T>(at, v128.load(at), v128.load(at, 16));
}

export function analyze<T>(a: i32): void {
  if (ctz(points) & 1) {
    pairs<T>(a);
  } else {
    analyzeStage<T>(a, 1, twiddles);
  }
  analyzeOuter<T>(a);
}

/** All stages of `analyze` but the first. */
export function analyzeOuter<T>(a: i32): void {
  let m = ctz(points) & 1 ? 2 : 4;
  let w = twiddles;
  while (m < points) {
    analyzeStage<T>(a, m, w);
    w += twiddleBytes<T>(m);
    m <<= 2;
  }
}

/** Six scalars for each k = 1 … ⌈m/2⌉ − 1. */
function twiddleBytes<T>(m: i32): i32 {
  return m > 2 ? ((m >> 1) - 1) * 6 * <i32>sizeof<T>() : 0;
}

export function synthesize<T>(source: i32, target: i32): void {
  synthesizeOuter<T>(source, target);
  if (ctz(points) & 1) {
    pairs<T>(target);
  } else {
    synthesizeStage<T>(target, target, 1, twiddles);
  }
}

/** All stages of `synthesize` but the last. */
export function synthesizeOuter<T>(source: i32, target: i32): void {
  const least = ctz(points) & 1 ? 2 : 4;
  let from = source;
  let m = points >> 2;
  let w = twiddles;
  for (let k = m >> 2; k >= least; k >>= 2) w += twiddleBytes<T>(k);
  while (m >= least) {
    synthesizeStage<T>(from, target, m, w);
    from = target;
    m >>= 2;
    w -= twiddleBytes<T>(m);
  }
}

/** The first stage of `analyze` on two places. */
export function storePair<T>(at: i32, y0: v128, y1: v128): void {
  v128.store(at, v128.add<T>(y0, y1));
  v128.store(at, v128.sub<T>(y0, y1), 16);
}

/** The first stage of `analyze` on four places. */
export function storeQuad<T>(at: i32, y0: v128, y1: v128, y2: v128, y3: v128): void {
  const p = v128.add<T>(y0, y2);
  const s = v128.add<T>(y1, y3);
  v128.store(at, v128.add<T>(p, s));
  v128.store(at, v128.sub<T>(y0, y2), 16);
  v128.store(at, v128.sub<T>(p, s), 32);
  v128.store(at, v128.sub<T>(y3, y1), 48);
}

function analyzeStage<T>(a: i32, m: i32, w: i32): void {
  const rootHalf = v128.splat<T>(<T>Math.SQRT1_2);
  const minusRootHalf = v128.splat<T>(-(<T>Math.SQRT1_2));
  const half = m >> 1;
  const quarter = m << 4;
  for (let base = a, end = a + bytes; base < end; base += quarter << 2) {
    const i1 = base + quarter;
    const i2 = i1 + quarter;
    const i3 = i2 + quarter;
    const y0 = v128.load(base);
    const y1 = v128.load(i1);
    const y2 = v128.load(i2);
    const y3 = v128.load(i3);
    const p = v128.add<T>(y0, y2);
    const s = v128.add<T>(y1, y3);
    v128.store(base, v128.add<T>(p, s));
    v128.store(i2, v128.sub<T>(p, s));
    v128.store(i1, v128.sub<T>(y0, y2));
    v128.store(i3, v128.sub<T>(y3, y1));
    if (half === 0) continue;
    const h = half << 4;
    const h0 = v128.load(base + h);
    const h1 = v128.load(i1 + h);
    const h2 = v128.load(i2 + h);
    const h3 = v128.load(i3 + h);
    const sum = v128.mul<T>(minusRootHalf, v128.add<T>(h1, h3));
    const difference = v128.mul<T>(rootHalf, v128.sub<T>(h1, h3));
    v128.store(base + h, v128.add<T>(h0, difference));
    v128.store(i3 + h, v128.sub<T>(sum, h2));
    v128.store(i1 + h, v128.sub<T>(h0, difference));
    v128.store(i2 + h, v128.add<T>(sum, h2));
    for (let k = 1, wk = w; k < half; k++, wk += 6 * <i32>sizeof<T>()) analyzeButterfly<T>(base, quarter, k << 4, wk);
  }
}

function analyzeButterfly<T>(base: i32, quarter: i32, k: i32, w: i32): void {
  const re0 = base + k;
  const im0 = base + quarter - k;
  const re1 = re0 + quarter;
  const im1 = im0 + quarter;
  const re2 = re1 + quarter;
  const im2 = im1 + quarter;
  const re3 = re2 + quarter;
  const im3 = im2 + quarter;
  const ar = v128.load(re0);
  const ai = v128.load(im0);
  const y1r = v128.load(re1);
  const y1i = v128.load(im1);
  const c1 = entry<T>(w, 0);
  const s1 = entry<T>(w, 1);
  const br = v128.add<T>(v128.mul<T>(c1, y1r), v128.mul<T>(s1, y1i));
  const bi = v128.sub<T>(v128.mul<T>(c1, y1i), v128.mul<T>(s1, y1r));
  const y2r = v128.load(re2);
  const y2i = v128.load(im2);
  const c2 = entry<T>(w, 2);
  const s2 = entry<T>(w, 3);
  const cr = v128.add<T>(v128.mul<T>(c2, y2r), v128.mul<T>(s2, y2i));
  const ci = v128.sub<T>(v128.mul<T>(c2, y2i), v128.mul<T>(s2, y2r));
  const y3r = v128.load(re3);
  const y3i = v128.load(im3);
  const c3 = entry<T>(w, 4);
  const s3 = entry<T>(w, 5);
  const dr = v128.add<T>(v128.mul<T>(c3, y3r), v128.mul<T>(s3, y3i));
  const di = v128.sub<T>(v128.mul<T>(c3, y3i), v128.mul<T>(s3, y3r));
  const pr = v128.add<T>(ar, cr);
  const pi = v128.add<T>(ai, ci);
  const qr = v128.sub<T>(ar, cr);
  const qi = v128.sub<T>(ai, ci);
  const sr = v128.add<T>(br, dr);
  const si = v128.add<T>(bi, di);
  const tr = v128.sub<T>(br, dr);
  const ti = v128.sub<T>(bi, di);
  v128.store(re0, v128.add<T>(pr, sr));
  v128.store(im3, v128.add<T>(pi, si));
  v128.store(im1, v128.sub<T>(pr, sr));
  v128.store(re2, v128.sub<T>(si, pi));
  v128.store(re1, v128.add<T>(qr, ti));
  v128.store(im2, v128.sub<T>(qi, tr));
  v128.store(im0, v128.sub<T>(qr, ti));
  v128.store(re3, v128.sub<T>(v128.sub<T>(ci, ai), tr));
}

/** One stage of `synthesize`, from one array into another or in place. */
function synthesizeStage<T>(source: i32, target: i32, m: i32, w: i32): void {
  const rootHalf = v128.splat<T>(<T>Math.SQRT1_2);
  const minusRootHalf = v128.splat<T>(-(<T>Math.SQRT1_2));
  const half = m >> 1;
  const quarter = m << 4;
  const move = target - source;
  for (let base = source, end = source + bytes; base < end; base += quarter << 2) {
    const i1 = base + quarter;
    const i2 = i1 + quarter;
    const i3 = i2 + quarter;
    const x0 = v128.load(base);
    const x2 = v128.load(i2);
    const q = v128.load(i1);
    const t = v128.load(i3);
    const p = v128.add<T>(x0, x2);
    const s = v128.sub<T>(x0, x2);
    v128.store(base + move, v128.add<T>(p, q));
    v128.store(i2 + move, v128.sub<T>(p, q));
    v128.store(i1 + move, v128.sub<T>(s, t));
    v128.store(i3 + move, v128.add<T>(s, t));
    if (half === 0) continue;
    const h = half << 4;
    const re = v128.load(base + h);
    const im = v128.load(i3 + h);
    const re1 = v128.load(i1 + h);
    const im1 = v128.load(i2 + h);
    const difference = v128.mul<T>(rootHalf, v128.sub<T>(re, re1));
    const sum = v128.mul<T>(minusRootHalf, v128.add<T>(im, im1));
    v128.store(base + h + move, v128.add<T>(re, re1));
    v128.store(i2 + h + move, v128.sub<T>(im1, im));
    v128.store(i1 + h + move, v128.add<T>(difference, sum));
    v128.store(i3 + h + move, v128.sub<T>(sum, difference));
    for (let k = 1, wk = w; k < half; k++, wk += 6 * <i32>sizeof<T>()) {
      synthesizeButterfly<T>(base, move, quarter, k << 4, wk);
    }
  }
}

function synthesizeButterfly<T>(base: i32, move: i32, quarter: i32, k: i32, w: i32): void {
  const re0 = base + k;
  const im0 = base + quarter - k;
  const re1 = re0 + quarter;
  const im1 = im0 + quarter;
  const re2 = re1 + quarter;
  const im2 = im1 + quarter;
  const re3 = re2 + quarter;
  const im3 = im2 + quarter;
  const x0r = v128.load(re0);
  const x0i = v128.load(im3);
  const x2r = v128.load(im1);
  const x2i = v128.load(re2);
  const x1r = v128.load(re1);
  const x1i = v128.load(im2);
  const x3r = v128.load(im0);
  const x3i = v128.load(re3);
  const pr = v128.add<T>(x0r, x2r);
  const pi = v128.sub<T>(x0i, x2i);
  const sr = v128.sub<T>(x0r, x2r);
  const si = v128.add<T>(x0i, x2i);
  const qr = v128.add<T>(x1r, x3r);
  const qi = v128.sub<T>(x1i, x3i);
  const tr = v128.add<T>(x1i, x3i);
  const ti = v128.sub<T>(x1r, x3r);
  const br = v128.sub<T>(sr, tr);
  const bi = v128.add<T>(si, ti);
  const cr = v128.sub<T>(pr, qr);
  const ci = v128.sub<T>(pi, qi);
  const dr = v128.add<T>(sr, tr);
  const di = v128.sub<T>(si, ti);
  v128.store(re0 + move, v128.add<T>(pr, qr));
  v128.store(im0 + move, v128.add<T>(pi, qi));
  const c1 = entry<T>(w, 0);
  const s1 = entry<T>(w, 1);
  v128.store(re1 + move, v128.sub<T>(v128.mul<T>(c1, br), v128.mul<T>(s1, bi)));
  v128.store(im1 + move, v128.add<T>(v128.mul<T>(c1, bi), v128.mul<T>(s1, br)));
  const c2 = entry<T>(w, 2);
  const s2 = entry<T>(w, 3);
  v128.store(re2 + move, v128.sub<T>(v128.mul<T>(c2, cr), v128.mul<T>(s2, ci)));
  v128.store(im2 + move, v128.add<T>(v128.mul<T>(c2, ci), v128.mul<T>(s2, cr)));
  const c3 = entry<T>(w, 4);
  const s3 = entry<T>(w, 5);
  v128.store(re3 + move, v128.sub<T>(v128.mul<T>(c3, dr), v128.mul<T>(s3, di)));
  v128.store(im3 + move, v128.add<T>(v128.mul<T>(c3, di), v128.mul<T>(s3, dr)));
}
