// Products between two transforms: the last stage to grid values and the first one back touch the same places, so that
// values are squared, or multiplied, on the way.

import { bytes, points } from './layout';
import { analyzeOuter, storePair, storeQuad, synthesizeOuter } from './real-fourier';

/** u ← values of v; square ← transform of u². The last stage there and the first one back meet in the same places. */
export function transformSquare<T>(v: i32, u: i32, square: i32): void {
  synthesizeOuter<T>(v, u);
  const end = u + bytes;
  const move = square - u;
  if (ctz(points) & 1) {
    for (let at = u; at < end; at += 32) {
      const x0 = v128.load(at);
      const x1 = v128.load(at, 16);
      const y0 = v128.add<T>(x0, x1);
      const y1 = v128.sub<T>(x0, x1);
      v128.store(at, y0);
      v128.store(at, y1, 16);
      storePair<T>(at + move, v128.mul<T>(y0, y0), v128.mul<T>(y1, y1));
    }
  } else {
    for (let at = u; at < end; at += 64) {
      const x0 = v128.load(at);
      const q = v128.load(at, 16);
      const x2 = v128.load(at, 32);
      const t = v128.load(at, 48);
      const p = v128.add<T>(x0, x2);
      const s = v128.sub<T>(x0, x2);
      const y0 = v128.add<T>(p, q);
      const y1 = v128.sub<T>(s, t);
      const y2 = v128.sub<T>(p, q);
      const y3 = v128.add<T>(s, t);
      v128.store(at, y0);
      v128.store(at, y1, 16);
      v128.store(at, y2, 32);
      v128.store(at, y3, 48);
      storeQuad<T>(at + move, v128.mul<T>(y0, y0), v128.mul<T>(y1, y1), v128.mul<T>(y2, y2), v128.mul<T>(y3, y3));
    }
  }
  analyzeOuter<T>(square);
}

/** out ← transform of 2u times the values of v. */
export function transformProduct<T>(v: i32, u: i32, out: i32): void {
  synthesizeOuter<T>(v, out);
  const end = out + bytes;
  const move = u - out;
  if (ctz(points) & 1) {
    for (let at = out; at < end; at += 32) {
      const x0 = v128.load(at);
      const x1 = v128.load(at, 16);
      storePair<T>(
        at,
        timesTwice<T>(v128.load(at + move), v128.add<T>(x0, x1)),
        timesTwice<T>(v128.load(at + move, 16), v128.sub<T>(x0, x1)),
      );
    }
  } else {
    for (let at = out; at < end; at += 64) {
      const x0 = v128.load(at);
      const q = v128.load(at, 16);
      const x2 = v128.load(at, 32);
      const t = v128.load(at, 48);
      const p = v128.add<T>(x0, x2);
      const s = v128.sub<T>(x0, x2);
      const other = at + move;
      storeQuad<T>(
        at,
        timesTwice<T>(v128.load(other), v128.add<T>(p, q)),
        timesTwice<T>(v128.load(other, 16), v128.sub<T>(s, t)),
        timesTwice<T>(v128.load(other, 32), v128.sub<T>(p, q)),
        timesTwice<T>(v128.load(other, 48), v128.add<T>(s, t)),
      );
    }
  }
  analyzeOuter<T>(out);
}

/** 2 u y */
function timesTwice<T>(u: v128, y: v128): v128 {
  return v128.mul<T>(v128.add<T>(u, u), y);
}
