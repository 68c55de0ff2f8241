// Cotangents backward over a tape, as in ../kuramoto-sivashinsky-steps.ts.

import {
  at,
  bytes,
  entry,
  parameters,
  points,
  scratch,
  scratchArray,
  tableDerivative,
  tableE,
  tableF1,
  tableF2,
  tableF3,
  tableForcing,
  tableHalfE,
  tableQ,
  tableSquare,
} from './layout';
import { analyze, synthesize } from './real-fourier';

/** scratch 0 ← Jᵀ l for the right-hand side at (v, u); adds to the cotangents of α and β. */
function pullBack<T>(l: i32, v: i32, u: i32): void {
  const out = scratch;
  const excess = v128.load(parameters, 16);
  let alphaBar = v128.load(parameters, 32);
  let betaBar = v128.load(parameters, 48);
  for (let j = 0; j < points; j++) {
    const partner = v128.load(at(l, (points - j) & (points - 1)));
    v128.store(at(out, j), v128.neg<T>(v128.mul<T>(entry<T>(tableDerivative, j), partner)));
    const value = v128.load(at(l, j));
    alphaBar = v128.add<T>(alphaBar, v128.mul<T>(entry<T>(tableForcing, j), value));
    betaBar = v128.add<T>(betaBar, v128.mul<T>(v128.mul<T>(entry<T>(tableSquare, j), value), v128.load(at(v, j))));
  }
  v128.store(parameters, alphaBar, 32);
  v128.store(parameters, betaBar, 48);
  timesTwice<T>(out, u);
  for (let j = 0; j < points; j++) {
    const growth = v128.mul<T>(v128.mul<T>(excess, entry<T>(tableSquare, j)), v128.load(at(l, j)));
    v128.store(at(out, j), v128.add<T>(v128.load(at(out, j)), growth));
  }
}

/** out ← transform of 2u times the values of out. */
function timesTwice<T>(out: i32, u: i32): void {
  synthesize<T>(out, out);
  for (let p = 0; p < bytes; p += 16) {
    const value = v128.load(u + p);
    v128.store(out + p, v128.mul<T>(v128.add<T>(value, value), v128.load(out + p)));
  }
  analyze<T>(out);
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
    for (let j = 0; j < points; j++) {
      v128.store(at(l, j), v128.mul<T>(entry<T>(tableF3, j), v128.load(at(mu, j))));
    }
    pullBack<T>(l, slot + 6 * bytes, slot + 7 * bytes);
    for (let j = 0; j < points; j++) {
      const bar = v128.load(at(out, j));
      const end = v128.load(at(mu, j));
      const weighted = v128.mul<T>(entry<T>(tableQ, j), bar);
      v128.store(at(la, j), v128.mul<T>(entry<T>(tableHalfE, j), bar));
      v128.store(at(l, j), v128.add<T>(v128.add<T>(weighted, weighted), v128.mul<T>(entry<T>(tableF2, j), end)));
      v128.store(at(ln0, j), v128.sub<T>(v128.mul<T>(entry<T>(tableF1, j), end), weighted));
    }
    pullBack<T>(l, slot + 4 * bytes, slot + 5 * bytes);
    for (let j = 0; j < points; j++) {
      const bar = v128.load(at(out, j));
      const end = v128.load(at(mu, j));
      v128.store(
        at(lv, j),
        v128.add<T>(v128.mul<T>(entry<T>(tableE, j), end), v128.mul<T>(entry<T>(tableHalfE, j), bar)),
      );
      v128.store(at(l, j), v128.add<T>(v128.mul<T>(entry<T>(tableF2, j), end), v128.mul<T>(entry<T>(tableQ, j), bar)));
    }
    pullBack<T>(l, slot + 2 * bytes, slot + 3 * bytes);
    for (let j = 0; j < points; j++) {
      const bar = v128.add<T>(v128.load(at(la, j)), v128.load(at(out, j)));
      v128.store(at(lv, j), v128.add<T>(v128.load(at(lv, j)), v128.mul<T>(entry<T>(tableHalfE, j), bar)));
      v128.store(at(l, j), v128.add<T>(v128.load(at(ln0, j)), v128.mul<T>(entry<T>(tableQ, j), bar)));
    }
    pullBack<T>(l, slot, slot + bytes);
    for (let j = 0; j < points; j++) {
      v128.store(at(mu, j), v128.add<T>(v128.load(at(lv, j)), v128.load(at(out, j))));
    }
  }
}
