// Steps forward, as in ../../kuramoto-sivashinsky-steps.ts.

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
import { transformSquare } from './squares';

/** Entry at p of the right-hand side, given the transformed square and the state. */
function rightHandSide<T>(square: i32, v: i32, p: i32, r: i32, alpha: v128, excess: v128): v128 {
  const advection = v128.mul<T>(
    v128.load_splat<T>(r, DERIVATIVE * sizeof<T>()),
    v128.load(square + (-p & (bytes - 1))),
  );
  const growth = v128.mul<T>(v128.mul<T>(excess, v128.load_splat<T>(r, SQUARE * sizeof<T>())), v128.load(v + p));
  const forcing = v128.mul<T>(alpha, v128.load_splat<T>(r, FORCING * sizeof<T>()));
  return v128.add<T>(v128.add<T>(advection, growth), forcing);
}

/** Steps from the state at the beginning of the slot; the next state begins the next slot, `stride` bytes on. */
export function advance<T>(first: i32, steps: i32, stride: i32): void {
  const alpha = v128.load(parameters);
  const excess = v128.load(parameters, 16);
  const square = scratch;
  const n0 = scratchArray(1);
  const sum = scratchArray(7);
  for (let step = 0, slot = first; step < steps; step++, slot += stride) {
    const v0 = slot;
    const v1 = slot + 2 * bytes;
    const v2 = slot + 4 * bytes;
    const v3 = slot + 6 * bytes;
    transformSquare<T>(v0, v0 + bytes, square);
    for (let p = 0, r = table; p < bytes; p += 16, r += recordBytes) {
      const n = rightHandSide<T>(square, v0, p, r, alpha, excess);
      const v = v128.load(v0 + p);
      v128.store(n0 + p, n);
      v128.store(
        v1 + p,
        v128.add<T>(
          v128.mul<T>(v128.load_splat<T>(r, HALF_E * sizeof<T>()), v),
          v128.mul<T>(v128.load_splat<T>(r, Q * sizeof<T>()), n),
        ),
      );
      v128.store(
        sum + p,
        v128.add<T>(
          v128.mul<T>(v128.load_splat<T>(r, E * sizeof<T>()), v),
          v128.mul<T>(v128.load_splat<T>(r, F1 * sizeof<T>()), n),
        ),
      );
    }
    transformSquare<T>(v1, v1 + bytes, square);
    for (let p = 0, r = table; p < bytes; p += 16, r += recordBytes) {
      const n = rightHandSide<T>(square, v1, p, r, alpha, excess);
      const v = v128.load(v0 + p);
      v128.store(
        v2 + p,
        v128.add<T>(
          v128.mul<T>(v128.load_splat<T>(r, HALF_E * sizeof<T>()), v),
          v128.mul<T>(v128.load_splat<T>(r, Q * sizeof<T>()), n),
        ),
      );
      v128.store(sum + p, v128.add<T>(v128.load(sum + p), v128.mul<T>(v128.load_splat<T>(r, F2 * sizeof<T>()), n)));
    }
    transformSquare<T>(v2, v2 + bytes, square);
    for (let p = 0, r = table; p < bytes; p += 16, r += recordBytes) {
      const n = rightHandSide<T>(square, v2, p, r, alpha, excess);
      const v = v128.load(v1 + p);
      const ahead = v128.sub<T>(v128.add<T>(n, n), v128.load(n0 + p));
      v128.store(
        v3 + p,
        v128.add<T>(
          v128.mul<T>(v128.load_splat<T>(r, HALF_E * sizeof<T>()), v),
          v128.mul<T>(v128.load_splat<T>(r, Q * sizeof<T>()), ahead),
        ),
      );
      v128.store(sum + p, v128.add<T>(v128.load(sum + p), v128.mul<T>(v128.load_splat<T>(r, F2 * sizeof<T>()), n)));
    }
    transformSquare<T>(v3, v3 + bytes, square);
    const next = slot + stride;
    for (let p = 0, r = table; p < bytes; p += 16, r += recordBytes) {
      const n = rightHandSide<T>(square, v3, p, r, alpha, excess);
      v128.store(next + p, v128.add<T>(v128.load(sum + p), v128.mul<T>(v128.load_splat<T>(r, F3 * sizeof<T>()), n)));
    }
  }
}
