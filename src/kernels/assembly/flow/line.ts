// The transforms of ../../line-fourier.ts, where they are explained.

import { eightToGrid, eightToModes } from './eight';
import { lineBytes, points, twiddles, twiddlesEnd } from './layout';
import { firstStage, lastStage } from './outer-stages';

/** Wave numbers k >= 0 lie at low + k · stride, k < 0 at high + (N + k) · stride. */
export function toGrid(low: i32, high: i32, stride: i32, z: i32): void {
  const end = z + lineBytes;
  firstStage(low, high, stride, z);
  let w = twiddles + (points >> 2) * 48 - 48;
  let length = lineBytes >> 2;
  for (; length > 256; length >>= 2) {
    const quarter = length >> 2;
    for (let group = z; group < end; group += length) {
      plainGridButterfly(group, quarter);
      for (let i = group + 32, stop = group + quarter, t = w; i < stop; i += 32, t += 48) {
        gridButterfly(i, quarter, t);
      }
    }
    w += (quarter >> 5) * 48 - 48;
  }
  if (length === 256) {
    for (let group = z; group < end; group += 256) eightToGrid(group);
  } else {
    for (let group = z; group < end; group += 128) plainGridButterfly(group, 32);
  }
}

export function toModes(z: i32, low: i32, high: i32, stride: i32): void {
  const end = z + lineBytes;
  let length = lineBytes;
  while (length > 256) length >>= 2;
  if (length === 256) {
    for (let group = z; group < end; group += 256) eightToModes(group);
  } else {
    for (let group = z; group < end; group += 128) plainModeButterfly(group, 32);
  }
  let w = twiddlesEnd;
  for (length <<= 2; length < lineBytes; length <<= 2) {
    const quarter = length >> 2;
    w -= (quarter >> 5) * 48 - 48;
    for (let group = z; group < end; group += length) {
      plainModeButterfly(group, quarter);
      for (let i = group + 32, stop = group + quarter, t = w; i < stop; i += 32, t += 48) {
        modeButterfly(i, quarter, t);
      }
    }
  }
  lastStage(z, low, high, stride);
}

function gridButterfly(i: i32, quarter: i32, t: i32): void {
  const i1 = i + quarter;
  const i2 = i1 + quarter;
  const i3 = i2 + quarter;
  const aRe = v128.load(i);
  const aIm = v128.load(i, 16);
  const bRe = v128.load(i1);
  const bIm = v128.load(i1, 16);
  const cRe = v128.load(i2);
  const cIm = v128.load(i2, 16);
  const eRe = v128.load(i3);
  const eIm = v128.load(i3, 16);
  const sRe = f64x2.add(aRe, cRe);
  const sIm = f64x2.add(aIm, cIm);
  const dRe = f64x2.sub(aRe, cRe);
  const dIm = f64x2.sub(aIm, cIm);
  const pRe = f64x2.add(bRe, eRe);
  const pIm = f64x2.add(bIm, eIm);
  const qRe = f64x2.sub(bRe, eRe);
  const qIm = f64x2.sub(bIm, eIm);
  v128.store(i, f64x2.add(sRe, pRe));
  v128.store(i, f64x2.add(sIm, pIm), 16);
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

function plainGridButterfly(i: i32, quarter: i32): void {
  const i1 = i + quarter;
  const i2 = i1 + quarter;
  const i3 = i2 + quarter;
  const aRe = v128.load(i);
  const aIm = v128.load(i, 16);
  const bRe = v128.load(i1);
  const bIm = v128.load(i1, 16);
  const cRe = v128.load(i2);
  const cIm = v128.load(i2, 16);
  const eRe = v128.load(i3);
  const eIm = v128.load(i3, 16);
  const sRe = f64x2.add(aRe, cRe);
  const sIm = f64x2.add(aIm, cIm);
  const dRe = f64x2.sub(aRe, cRe);
  const dIm = f64x2.sub(aIm, cIm);
  const pRe = f64x2.add(bRe, eRe);
  const pIm = f64x2.add(bIm, eIm);
  const qRe = f64x2.sub(bRe, eRe);
  const qIm = f64x2.sub(bIm, eIm);
  v128.store(i, f64x2.add(sRe, pRe));
  v128.store(i, f64x2.add(sIm, pIm), 16);
  v128.store(i1, f64x2.sub(dRe, qIm));
  v128.store(i1, f64x2.add(dIm, qRe), 16);
  v128.store(i2, f64x2.sub(sRe, pRe));
  v128.store(i2, f64x2.sub(sIm, pIm), 16);
  v128.store(i3, f64x2.add(dRe, qIm));
  v128.store(i3, f64x2.sub(dIm, qRe), 16);
}

function modeButterfly(i: i32, quarter: i32, t: i32): void {
  const i1 = i + quarter;
  const i2 = i1 + quarter;
  const i3 = i2 + quarter;
  const aRe = v128.load(i);
  const aIm = v128.load(i, 16);
  const bc = v128.load64_splat(t, 0);
  const bs = v128.load64_splat(t, 8);
  const bx = v128.load(i1);
  const by = v128.load(i1, 16);
  const bRe = f64x2.add(f64x2.mul(bc, bx), f64x2.mul(bs, by));
  const bIm = f64x2.sub(f64x2.mul(bc, by), f64x2.mul(bs, bx));
  const cc = v128.load64_splat(t, 16);
  const cs = v128.load64_splat(t, 24);
  const cx = v128.load(i2);
  const cy = v128.load(i2, 16);
  const cRe = f64x2.add(f64x2.mul(cc, cx), f64x2.mul(cs, cy));
  const cIm = f64x2.sub(f64x2.mul(cc, cy), f64x2.mul(cs, cx));
  const ec = v128.load64_splat(t, 32);
  const es = v128.load64_splat(t, 40);
  const ex = v128.load(i3);
  const ey = v128.load(i3, 16);
  const eRe = f64x2.add(f64x2.mul(ec, ex), f64x2.mul(es, ey));
  const eIm = f64x2.sub(f64x2.mul(ec, ey), f64x2.mul(es, ex));
  const sRe = f64x2.add(aRe, cRe);
  const sIm = f64x2.add(aIm, cIm);
  const dRe = f64x2.sub(aRe, cRe);
  const dIm = f64x2.sub(aIm, cIm);
  const pRe = f64x2.add(bRe, eRe);
  const pIm = f64x2.add(bIm, eIm);
  const qRe = f64x2.sub(bRe, eRe);
  const qIm = f64x2.sub(bIm, eIm);
  v128.store(i, f64x2.add(sRe, pRe));
  v128.store(i, f64x2.add(sIm, pIm), 16);
  v128.store(i1, f64x2.add(dRe, qIm));
  v128.store(i1, f64x2.sub(dIm, qRe), 16);
  v128.store(i2, f64x2.sub(sRe, pRe));
  v128.store(i2, f64x2.sub(sIm, pIm), 16);
  v128.store(i3, f64x2.sub(dRe, qIm));
  v128.store(i3, f64x2.add(dIm, qRe), 16);
}

function plainModeButterfly(i: i32, quarter: i32): void {
  const i1 = i + quarter;
  const i2 = i1 + quarter;
  const i3 = i2 + quarter;
  const aRe = v128.load(i);
  const aIm = v128.load(i, 16);
  const bRe = v128.load(i1);
  const bIm = v128.load(i1, 16);
  const cRe = v128.load(i2);
  const cIm = v128.load(i2, 16);
  const eRe = v128.load(i3);
  const eIm = v128.load(i3, 16);
  const sRe = f64x2.add(aRe, cRe);
  const sIm = f64x2.add(aIm, cIm);
  const dRe = f64x2.sub(aRe, cRe);
  const dIm = f64x2.sub(aIm, cIm);
  const pRe = f64x2.add(bRe, eRe);
  const pIm = f64x2.add(bIm, eIm);
  const qRe = f64x2.sub(bRe, eRe);
  const qIm = f64x2.sub(bIm, eIm);
  v128.store(i, f64x2.add(sRe, pRe));
  v128.store(i, f64x2.add(sIm, pIm), 16);
  v128.store(i1, f64x2.add(dRe, qIm));
  v128.store(i1, f64x2.sub(dIm, qRe), 16);
  v128.store(i2, f64x2.sub(sRe, pRe));
  v128.store(i2, f64x2.sub(sIm, pIm), 16);
  v128.store(i3, f64x2.sub(dRe, qIm));
  v128.store(i3, f64x2.add(dIm, qRe), 16);
}
