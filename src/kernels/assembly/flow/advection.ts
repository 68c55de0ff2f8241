// Advection and its adjoint, as in ../../flow-advection.ts, where the mathematics is explained.

import {
  ACROSS,
  ALONG_X,
  ALONG_Y,
  columnBytes,
  fieldBytes,
  lineBytes,
  lines,
  most,
  RECORD_BYTES,
  records,
  slope,
  UPWARD,
  waves,
} from './layout';
import {
  columnsToGrid,
  columnsToModes,
  halfDifference,
  halfSum,
  lineToGrid,
  lineToModes,
  opposite,
  oppositeColumn,
  placeOf,
  placePair,
  plane,
} from './planes';

function negated(a: v128, b: v128): v128 {
  return f64x2.neg(f64x2.mul(a, b));
}

function spreadFields(s: i32): void {
  const velocity = plane(0);
  const carried = plane(1);
  let record = records;
  let mode = s;
  for (let x = 0; x <= most; x++) {
    const column = x * columnBytes;
    const other = (waves - x) * columnBytes;
    for (let j = 0; j < waves; j++, record += RECORD_BYTES, mode += 32) {
      const wRe = v128.load(mode);
      const wIm = v128.load(mode, 16);
      const mRe = v128.load(mode + fieldBytes);
      const mIm = v128.load(mode + fieldBytes, 16);
      const upward = v128.load64_splat(record, UPWARD);
      const across = v128.load64_splat(record, ACROSS);
      const y = placeOf(j);
      const at = column + y;
      const there = other + opposite(y);
      placePair(
        velocity + at,
        x === 0 ? 0 : velocity + there,
        negated(upward, wIm),
        f64x2.mul(upward, wRe),
        f64x2.mul(across, wIm),
        negated(across, wRe),
      );
      placePair(carried + at, x === 0 ? 0 : carried + there, wRe, wIm, mRe, mIm);
    }
    columnsToGrid(velocity, x);
    columnsToGrid(carried, x);
  }
}

/** Into the slope, from the state at `s`. */
export function advection(s: i32): void {
  const velocity = plane(0);
  const carried = plane(1);
  const uv = lines;
  const wm = lines + lineBytes;
  spreadFields(s);
  const length = lineBytes;
  for (let y = 0; y < length; y += 32) {
    lineToGrid(velocity, y, uv);
    lineToGrid(carried, y, wm);
    for (let x = 0; x < length; x += 32) {
      const u = v128.load(uv + x);
      const v = v128.load(uv + x, 16);
      const w = v128.load(wm + x);
      const m = v128.load(wm + x, 16);
      v128.store(uv + x, f64x2.mul(u, w));
      v128.store(uv + x, f64x2.mul(v, w), 16);
      v128.store(wm + x, f64x2.mul(u, m));
      v128.store(wm + x, f64x2.mul(v, m), 16);
    }
    lineToModes(velocity, y, uv);
    lineToModes(carried, y, wm);
  }
  negativeDivergence(velocity, slope);
  negativeDivergence(carried, slope + fieldBytes);
}

function negativeDivergence(flux: i32, out: i32): void {
  let record = records;
  let to = out;
  for (let x = 0; x <= most; x++) {
    columnsToModes(flux, x);
    const column = flux + x * columnBytes;
    const other = oppositeColumn(flux, x);
    for (let j = 0; j < waves; j++, record += RECORD_BYTES, to += 32) {
      const y = placeOf(j);
      const a = column + y;
      const b = other + opposite(y);
      const kx = v128.load64_splat(record, ALONG_X);
      const ky = v128.load64_splat(record, ALONG_Y);
      const re = f64x2.add(f64x2.mul(kx, halfDifference(a + 16, b + 16)), f64x2.mul(ky, halfDifference(b, a)));
      const im = f64x2.add(f64x2.mul(kx, halfSum(a, b)), f64x2.mul(ky, halfSum(a + 16, b + 16)));
      v128.store(to, re);
      v128.store(to, f64x2.neg(im), 16);
    }
  }
}

/** Of the slope, a cotangent of advection at the state at `s`, into the slope. */
export function advectionPullback(s: i32): void {
  const velocity = plane(0);
  const carried = plane(1);
  const ofVorticity = plane(2);
  const ofMarker = plane(3);
  const uv = lines;
  const wm = uv + lineBytes;
  const r = wm + lineBytes;
  const q = r + lineBytes;
  spreadFields(s);
  spreadFluxes(ofVorticity, slope);
  spreadFluxes(ofMarker, slope + fieldBytes);
  const length = lineBytes;
  for (let y = 0; y < length; y += 32) {
    lineToGrid(velocity, y, uv);
    lineToGrid(carried, y, wm);
    lineToGrid(ofVorticity, y, r);
    lineToGrid(ofMarker, y, q);
    for (let x = 0; x < length; x += 32) {
      const u = v128.load(uv + x);
      const v = v128.load(uv + x, 16);
      const w = v128.load(wm + x);
      const m = v128.load(wm + x, 16);
      const rx = v128.load(r + x);
      const ry = v128.load(r + x, 16);
      const qx = v128.load(q + x);
      const qy = v128.load(q + x, 16);
      v128.store(uv + x, f64x2.add(f64x2.mul(w, rx), f64x2.mul(m, qx)));
      v128.store(uv + x, f64x2.add(f64x2.mul(w, ry), f64x2.mul(m, qy)), 16);
      v128.store(wm + x, f64x2.add(f64x2.mul(u, rx), f64x2.mul(v, ry)));
      v128.store(wm + x, f64x2.add(f64x2.mul(u, qx), f64x2.mul(v, qy)), 16);
    }
    lineToModes(velocity, y, uv);
    lineToModes(carried, y, wm);
  }
  gatherCotangent();
}

function spreadFluxes(base: i32, bar: i32): void {
  let record = records;
  let mode = bar;
  for (let x = 0; x <= most; x++) {
    const column = base + x * columnBytes;
    const other = base + (waves - x) * columnBytes;
    for (let j = 0; j < waves; j++, record += RECORD_BYTES, mode += 32) {
      const re = v128.load(mode);
      const im = v128.load(mode, 16);
      const kx = v128.load64_splat(record, ALONG_X);
      const ky = v128.load64_splat(record, ALONG_Y);
      const y = placeOf(j);
      placePair(
        column + y,
        x === 0 ? 0 : other + opposite(y),
        negated(kx, im),
        f64x2.mul(kx, re),
        negated(ky, im),
        f64x2.mul(ky, re),
      );
    }
    columnsToGrid(base, x);
  }
}

function gatherCotangent(): void {
  const velocity = plane(0);
  const carried = plane(1);
  let record = records;
  let to = slope;
  for (let x = 0; x <= most; x++) {
    columnsToModes(velocity, x);
    columnsToModes(carried, x);
    const uv = velocity + x * columnBytes;
    const wm = carried + x * columnBytes;
    const uvOther = oppositeColumn(velocity, x);
    const wmOther = oppositeColumn(carried, x);
    for (let j = 0; j < waves; j++, record += RECORD_BYTES, to += 32) {
      const y = placeOf(j);
      const back = opposite(y);
      let a = uv + y;
      let b = uvOther + back;
      const upward = v128.load64_splat(record, UPWARD);
      const across = v128.load64_splat(record, ACROSS);
      const re = f64x2.sub(f64x2.mul(upward, halfDifference(a + 16, b + 16)), f64x2.mul(across, halfDifference(b, a)));
      const im = f64x2.sub(f64x2.mul(across, halfSum(a + 16, b + 16)), f64x2.mul(upward, halfSum(a, b)));
      a = wm + y;
      b = wmOther + back;
      v128.store(to, f64x2.add(halfSum(a, b), re));
      v128.store(to, f64x2.add(halfDifference(a + 16, b + 16), im), 16);
      v128.store(to + fieldBytes, halfSum(a + 16, b + 16));
      v128.store(to + fieldBytes, halfDifference(b, a), 16);
    }
  }
}
