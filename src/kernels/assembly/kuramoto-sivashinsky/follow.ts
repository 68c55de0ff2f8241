// Tangents forward over a tape, as in ../../kuramoto-sivashinsky-steps.ts.

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

/** Entry at p of the derivative of the right-hand side. */
function tangentSide<T>(vDot: i32, v: i32, p: i32, r: i32, excess: v128, alphaDot: v128, betaDot: v128): v128 {
  const square = v128.load_splat<T>(r, SQUARE * sizeof<T>());
  const advection = v128.mul<T>(
    v128.load_splat<T>(r, DERIVATIVE * sizeof<T>()),
    v128.load(scratch + (-p & (bytes - 1))),
  );
  const growth = v128.mul<T>(v128.mul<T>(excess, square), v128.load(vDot + p));
  const forced = v128.mul<T>(alphaDot, v128.load_splat<T>(r, FORCING * sizeof<T>()));
  const grown = v128.mul<T>(v128.mul<T>(betaDot, square), v128.load(v + p));
  return v128.add<T>(v128.add<T>(advection, growth), v128.add<T>(forced, grown));
}

/** Pushes the tangent in scratch 2 forward, from the beginning of the first slot to the end of the last. */
export function follow<T>(first: i32, steps: i32, stride: i32): void {
  const excess = v128.load(parameters, 16);
  const alphaDot = v128.load(parameters, 64);
  const betaDot = v128.load(parameters, 80);
  const n0 = scratchArray(1);
  const vDot = scratchArray(2);
  const stage = scratchArray(3);
  const sum = scratchArray(4);
  const stageA = scratchArray(5);
  for (let step = 0, slot = first; step < steps; step++, slot += stride) {
    transformProduct<T>(vDot, slot + bytes, scratch);
    for (let p = 0, r = table; p < bytes; p += 16, r += recordBytes) {
      const n = tangentSide<T>(vDot, slot, p, r, excess, alphaDot, betaDot);
      const v = v128.load(vDot + p);
      v128.store(n0 + p, n);
      v128.store(
        stageA + p,
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
    transformProduct<T>(stageA, slot + 3 * bytes, scratch);
    for (let p = 0, r = table; p < bytes; p += 16, r += recordBytes) {
      const n = tangentSide<T>(stageA, slot + 2 * bytes, p, r, excess, alphaDot, betaDot);
      const v = v128.load(vDot + p);
      v128.store(
        stage + p,
        v128.add<T>(
          v128.mul<T>(v128.load_splat<T>(r, HALF_E * sizeof<T>()), v),
          v128.mul<T>(v128.load_splat<T>(r, Q * sizeof<T>()), n),
        ),
      );
      v128.store(sum + p, v128.add<T>(v128.load(sum + p), v128.mul<T>(v128.load_splat<T>(r, F2 * sizeof<T>()), n)));
    }
    transformProduct<T>(stage, slot + 5 * bytes, scratch);
    for (let p = 0, r = table; p < bytes; p += 16, r += recordBytes) {
      const n = tangentSide<T>(stage, slot + 4 * bytes, p, r, excess, alphaDot, betaDot);
      const v = v128.load(stageA + p);
      const ahead = v128.sub<T>(v128.add<T>(n, n), v128.load(n0 + p));
      v128.store(
        stage + p,
        v128.add<T>(
          v128.mul<T>(v128.load_splat<T>(r, HALF_E * sizeof<T>()), v),
          v128.mul<T>(v128.load_splat<T>(r, Q * sizeof<T>()), ahead),
        ),
      );
      v128.store(sum + p, v128.add<T>(v128.load(sum + p), v128.mul<T>(v128.load_splat<T>(r, F2 * sizeof<T>()), n)));
    }
    transformProduct<T>(stage, slot + 7 * bytes, scratch);
    for (let p = 0, r = table; p < bytes; p += 16, r += recordBytes) {
      const n = tangentSide<T>(stage, slot + 6 * bytes, p, r, excess, alphaDot, betaDot);
      v128.store(vDot + p, v128.add<T>(v128.load(sum + p), v128.mul<T>(v128.load_splat<T>(r, F3 * sizeof<T>()), n)));
    }
  }
}
