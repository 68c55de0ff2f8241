// Steps forward, as in ../kuramoto-sivashinsky-steps.ts.

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

/** Entry j of the right-hand side, given the transformed square and the state. */
function rightHandSide<T>(square: i32, v: i32, j: i32, alpha: v128, excess: v128): v128 {
  const partner = (points - j) & (points - 1);
  const advection = v128.mul<T>(entry<T>(tableDerivative, j), v128.load(at(square, partner)));
  const growth = v128.mul<T>(v128.mul<T>(excess, entry<T>(tableSquare, j)), v128.load(at(v, j)));
  const forcing = v128.mul<T>(alpha, entry<T>(tableForcing, j));
  return v128.add<T>(v128.add<T>(advection, growth), forcing);
}

/** u ← values of v; scratch 0 ← transform of u². */
function transformSquare<T>(v: i32, u: i32): void {
  synthesize<T>(v, u);
  const square = scratch;
  for (let p = 0; p < bytes; p += 16) {
    const value = v128.load(u + p);
    v128.store(square + p, v128.mul<T>(value, value));
  }
  analyze<T>(square);
}

/** Steps from the state at the beginning of the slot; the next state begins the next slot, `stride` bytes on. */
export function advance<T>(first: i32, steps: i32, stride: i32): void {
  const alpha = v128.load(parameters);
  const excess = v128.load(parameters, 16);
  const square = scratch;
  const n0 = scratchArray(1);
  const sum = scratchArray(2);
  for (let step = 0, slot = first; step < steps; step++, slot += stride) {
    const v0 = slot;
    const v1 = slot + 2 * bytes;
    const v2 = slot + 4 * bytes;
    const v3 = slot + 6 * bytes;
    transformSquare<T>(v0, v0 + bytes);
    for (let j = 0; j < points; j++) {
      const n = rightHandSide<T>(square, v0, j, alpha, excess);
      const v = v128.load(at(v0, j));
      v128.store(at(n0, j), n);
      v128.store(at(v1, j), v128.add<T>(v128.mul<T>(entry<T>(tableHalfE, j), v), v128.mul<T>(entry<T>(tableQ, j), n)));
      v128.store(at(sum, j), v128.add<T>(v128.mul<T>(entry<T>(tableE, j), v), v128.mul<T>(entry<T>(tableF1, j), n)));
    }
    transformSquare<T>(v1, v1 + bytes);
    for (let j = 0; j < points; j++) {
      const n = rightHandSide<T>(square, v1, j, alpha, excess);
      const v = v128.load(at(v0, j));
      v128.store(at(v2, j), v128.add<T>(v128.mul<T>(entry<T>(tableHalfE, j), v), v128.mul<T>(entry<T>(tableQ, j), n)));
      v128.store(at(sum, j), v128.add<T>(v128.load(at(sum, j)), v128.mul<T>(entry<T>(tableF2, j), n)));
    }
    transformSquare<T>(v2, v2 + bytes);
    for (let j = 0; j < points; j++) {
      const n = rightHandSide<T>(square, v2, j, alpha, excess);
      const v = v128.load(at(v1, j));
      const ahead = v128.sub<T>(v128.add<T>(n, n), v128.load(at(n0, j)));
      v128.store(
        at(v3, j),
        v128.add<T>(v128.mul<T>(entry<T>(tableHalfE, j), v), v128.mul<T>(entry<T>(tableQ, j), ahead)),
      );
      v128.store(at(sum, j), v128.add<T>(v128.load(at(sum, j)), v128.mul<T>(entry<T>(tableF2, j), n)));
    }
    transformSquare<T>(v3, v3 + bytes);
    const next = slot + stride;
    for (let j = 0; j < points; j++) {
      const n = rightHandSide<T>(square, v3, j, alpha, excess);
      v128.store(at(next, j), v128.add<T>(v128.load(at(sum, j)), v128.mul<T>(entry<T>(tableF3, j), n)));
    }
  }
}
