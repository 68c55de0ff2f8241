// Cotangents backward over a tape, as in ../../kuramoto-sivashinsky-steps.ts.

import {
  bytes,
  DERIVATIVE,
  E,
  F1,
  F2,
  F3,
  FORCING,
  HALF_E,
  parameters,
  Q,
  recordBytes,
  SQUARE,
  scratch,
  scratchArray,
  table,
} from './layout';
import { transformProduct } from './squares';

/** scratch 0 ← Jᵀ l for the right-hand side at (v, u); adds to the cotangents of α and β. */
function pullBack<T>(l: i32, v: i32, u: i32): void {
  const out = scratch;
  const zero = v128.splat<T>(0);
  const excess = v128.load(parameters, 16);
  let alphaBar = v128.load(parameters, 32);
  let betaBar = v128.load(parameters, 48);
  for (let p = 0, r = table; p < bytes; p += 16, r += recordBytes) {
    const partner = v128.load(l + (-p & (bytes - 1)));
    v128.store(out + p, v128.sub<T>(zero, v128.mul<T>(v128.load_splat<T>(r, DERIVATIVE * sizeof<T>()), partner)));
    const value = v128.load(l + p);
    alphaBar = v128.add<T>(alphaBar, v128.mul<T>(v128.load_splat<T>(r, FORCING * sizeof<T>()), value));
    betaBar = v128.add<T>(
      betaBar,
      v128.mul<T>(v128.mul<T>(v128.load_splat<T>(r, SQUARE * sizeof<T>()), value), v128.load(v + p)),
    );
  }
  v128.store(parameters, alphaBar, 32);
  v128.store(parameters, betaBar, 48);
  transformProduct<T>(out, u, out);
  for (let p = 0, r = table; p < bytes; p += 16, r += recordBytes) {
    const growth = v128.mul<T>(v128.mul<T>(excess, v128.load_splat<T>(r, SQUARE * sizeof<T>())), v128.load(l + p));
    v128.store(out + p, v128.add<T>(v128.load(out + p), growth));
  }
}

/** Pulls the cotangent in scratch 2 back, from the end of the last of `steps` slots to the beginning of the first. */
export function retreat<T>(first: i32, steps: i32, stride: i32): void {
  const out = scratch;
  const mu = scratchArray(2);
  const l = scratchArray(3);
  const la = scratchArray(4);
  const ln0 = scratchArray(5);
  const lv = scratchArray(6);
  for (let slot = first + (steps - 1) * stride; slot >= first; slot -= stride) {
    for (let p = 0, r = table; p < bytes; p += 16, r += recordBytes) {
      v128.store(l + p, v128.mul<T>(v128.load_splat<T>(r, F3 * sizeof<T>()), v128.load(mu + p)));
    }
    pullBack<T>(l, slot + 6 * bytes, slot + 7 * bytes);
    for (let p = 0, r = table; p < bytes; p += 16, r += recordBytes) {
      const bar = v128.load(out + p);
      const end = v128.load(mu + p);
      const weighted = v128.mul<T>(v128.load_splat<T>(r, Q * sizeof<T>()), bar);
      v128.store(la + p, v128.mul<T>(v128.load_splat<T>(r, HALF_E * sizeof<T>()), bar));
      v128.store(
        l + p,
        v128.add<T>(v128.add<T>(weighted, weighted), v128.mul<T>(v128.load_splat<T>(r, F2 * sizeof<T>()), end)),
      );
      v128.store(ln0 + p, v128.sub<T>(v128.mul<T>(v128.load_splat<T>(r, F1 * sizeof<T>()), end), weighted));
    }
    pullBack<T>(l, slot + 4 * bytes, slot + 5 * bytes);
    for (let p = 0, r = table; p < bytes; p += 16, r += recordBytes) {
      const bar = v128.load(out + p);
      const end = v128.load(mu + p);
      v128.store(
        lv + p,
        v128.add<T>(
          v128.mul<T>(v128.load_splat<T>(r, E * sizeof<T>()), end),
          v128.mul<T>(v128.load_splat<T>(r, HALF_E * sizeof<T>()), bar),
        ),
      );
      v128.store(
        l + p,
        v128.add<T>(
          v128.mul<T>(v128.load_splat<T>(r, F2 * sizeof<T>()), end),
          v128.mul<T>(v128.load_splat<T>(r, Q * sizeof<T>()), bar),
        ),
      );
    }
    pullBack<T>(l, slot + 2 * bytes, slot + 3 * bytes);
    for (let p = 0, r = table; p < bytes; p += 16, r += recordBytes) {
      const bar = v128.add<T>(v128.load(la + p), v128.load(out + p));
      v128.store(lv + p, v128.add<T>(v128.load(lv + p), v128.mul<T>(v128.load_splat<T>(r, HALF_E * sizeof<T>()), bar)));
      v128.store(l + p, v128.add<T>(v128.load(ln0 + p), v128.mul<T>(v128.load_splat<T>(r, Q * sizeof<T>()), bar)));
    }
    pullBack<T>(l, slot, slot + bytes);
    for (let p = 0; p < bytes; p += 16) {
      v128.store(mu + p, v128.add<T>(v128.load(lv + p), v128.load(out + p)));
    }
  }
}
