// The longest stages of ../../line-fourier.ts, between a line and the wave numbers that are kept.

import { lineBytes, most, points, twiddles } from './layout';

export function firstStage(low: i32, high: i32, stride: i32, z: i32): void {
  const n = points;
  const kept = most;
  const quarter = n >> 2;
  const beyond = quarter * stride;
  const apart = lineBytes >> 2;
  let i = z;
  let a = low;
  let e = high + 3 * beyond;
  let t = twiddles - 48;
  for (let k = 0; k < quarter; k++, i += 32, a += stride, e += stride, t += 48) {
    let sRe = v128.load(a);
    let sIm = v128.load(a, 16);
    let dRe = sRe;
    let dIm = sIm;
    let pRe = v128.load(e);
    let pIm = v128.load(e, 16);
    let qRe: v128;
    let qIm: v128;
    if (k + quarter <= kept) {
      const bRe = v128.load(a + beyond);
      const bIm = v128.load(a + beyond, 16);
      qRe = f64x2.sub(bRe, pRe);
      qIm = f64x2.sub(bIm, pIm);
      pRe = f64x2.add(bRe, pRe);
      pIm = f64x2.add(bIm, pIm);
    } else {
      qRe = f64x2.neg(pRe);
      qIm = f64x2.neg(pIm);
      if (k + 2 * quarter >= n - kept) {
        const cRe = v128.load(e - beyond);
        const cIm = v128.load(e - beyond, 16);
        dRe = f64x2.sub(sRe, cRe);
        dIm = f64x2.sub(sIm, cIm);
        sRe = f64x2.add(sRe, cRe);
        sIm = f64x2.add(sIm, cIm);
      }
    }
    const i1 = i + apart;
    const i2 = i1 + apart;
    const i3 = i2 + apart;
    v128.store(i, f64x2.add(sRe, pRe));
    v128.store(i, f64x2.add(sIm, pIm), 16);
    if (k === 0) {
      v128.store(i1, f64x2.sub(dRe, qIm));
      v128.store(i1, f64x2.add(dIm, qRe), 16);
      v128.store(i2, f64x2.sub(sRe, pRe));
      v128.store(i2, f64x2.sub(sIm, pIm), 16);
      v128.store(i3, f64x2.add(dRe, qIm));
      v128.store(i3, f64x2.sub(dIm, qRe), 16);
      continue;
    }
    const bc = v128.load64_splat(t, 0);
    const bs = v128.load64_splat(t, 8);
    const bx = f64x2.sub(dRe, qIm);
    const by = f64x2.add(dIm, qRe);
    v128.store(i1, f64x2.sub(f64x2.mul(bc, bx), f64x2.mul(bs, by)));
    v128.store(i1, f64x2.add(f64x2.mul(bc, by), f64x2.mul(bs, bx)), 16);
    const cc = v128.load64_splat(t, 16);
    const cs = v128.load64_splat(t, 24);
    const cx = f64x2.sub(sRe, pRe);
    const cy = f64x2.sub(sIm, pIm);
    v128.store(i2, f64x2.sub(f64x2.mul(cc, cx), f64x2.mul(cs, cy)));
    v128.store(i2, f64x2.add(f64x2.mul(cc, cy), f64x2.mul(cs, cx)), 16);
    const ec = v128.load64_splat(t, 32);
    const es = v128.load64_splat(t, 40);
    const ex = f64x2.add(dRe, qIm);
    const ey = f64x2.sub(dIm, qRe);
    v128.store(i3, f64x2.sub(f64x2.mul(ec, ex), f64x2.mul(es, ey)));
    v128.store(i3, f64x2.add(f64x2.mul(ec, ey), f64x2.mul(es, ex)), 16);
  }
}

/** Outputs above K are not computed. */
export function lastStage(z: i32, low: i32, high: i32, stride: i32): void {
  const n = points;
  const kept = most;
  const quarter = n >> 2;
  const beyond = quarter * stride;
  const apart = lineBytes >> 2;
  let i = z;
  let a = low;
  let e = high + 3 * beyond;
  let t = twiddles - 48;
  for (let k = 0; k < quarter; k++, i += 32, a += stride, e += stride, t += 48) {
    const i1 = i + apart;
    const i2 = i1 + apart;
    const i3 = i2 + apart;
    let bRe = v128.load(i1);
    let bIm = v128.load(i1, 16);
    let cRe = v128.load(i2);
    let cIm = v128.load(i2, 16);
    let eRe = v128.load(i3);
    let eIm = v128.load(i3, 16);
    if (k > 0) {
      const bc = v128.load64_splat(t, 0);
      const bs = v128.load64_splat(t, 8);
      const bx = bRe;
      bRe = f64x2.add(f64x2.mul(bc, bx), f64x2.mul(bs, bIm));
      bIm = f64x2.sub(f64x2.mul(bc, bIm), f64x2.mul(bs, bx));
      const cc = v128.load64_splat(t, 16);
      const cs = v128.load64_splat(t, 24);
      const cx = cRe;
      cRe = f64x2.add(f64x2.mul(cc, cx), f64x2.mul(cs, cIm));
      cIm = f64x2.sub(f64x2.mul(cc, cIm), f64x2.mul(cs, cx));
      const ec = v128.load64_splat(t, 32);
      const es = v128.load64_splat(t, 40);
      const ex = eRe;
      eRe = f64x2.add(f64x2.mul(ec, ex), f64x2.mul(es, eIm));
      eIm = f64x2.sub(f64x2.mul(ec, eIm), f64x2.mul(es, ex));
    }
    const aRe = v128.load(i);
    const aIm = v128.load(i, 16);
    const sRe = f64x2.add(aRe, cRe);
    const sIm = f64x2.add(aIm, cIm);
    const dRe = f64x2.sub(aRe, cRe);
    const dIm = f64x2.sub(aIm, cIm);
    const pRe = f64x2.add(bRe, eRe);
    const pIm = f64x2.add(bIm, eIm);
    const qRe = f64x2.sub(bRe, eRe);
    const qIm = f64x2.sub(bIm, eIm);
    v128.store(a, f64x2.add(sRe, pRe));
    v128.store(a, f64x2.add(sIm, pIm), 16);
    v128.store(e, f64x2.sub(dRe, qIm));
    v128.store(e, f64x2.add(dIm, qRe), 16);
    if (k + quarter <= kept) {
      v128.store(a + beyond, f64x2.add(dRe, qIm));
      v128.store(a + beyond, f64x2.sub(dIm, qRe), 16);
    } else if (k + 2 * quarter >= n - kept) {
      v128.store(e - beyond, f64x2.sub(sRe, pRe));
      v128.store(e - beyond, f64x2.sub(sIm, pIm), 16);
    }
  }
}
