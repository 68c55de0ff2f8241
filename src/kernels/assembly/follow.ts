// Tangents forward over a tape, as in ../kuramoto-sivashinsky-steps.ts.

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

/** scratch 0 ← transform of 2u times the values of the tangent. */
function transformTangent<T>(vDot: i32, u: i32): void {
  const out = scratch;
  synthesize<T>(vDot, out);
  for (let p = 0; p < bytes; p += 16) {
    const value = v128.load(u + p);
    v128.store(out + p, v128.mul<T>(v128.add<T>(value, value), v128.load(out + p)));
  }
  analyze<T>(out);
}

/** Entry j of the derivative of the right-hand side. */
function tangentSide<T>(vDot: i32, v: i32, j: i32, excess: v128, alphaDot: v128, betaDot: v128): v128 {
  const square = entry<T>(tableSquare, j);
  const partner = (points - j) & (points - 1);
  const advection = v128.mul<T>(entry<T>(tableDerivative, j), v128.load(at(scratch, partner)));
  const growth = v128.mul<T>(v128.mul<T>(excess, square), v128.load(at(vDot, j)));
  const forced = v128.mul<T>(alphaDot, entry<T>(tableForcing, j));
  const grown = v128.mul<T>(v128.mul<T>(betaDot, square), v128.load(at(v, j)));
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
    transformTangent<T>(vDot, slot + bytes);
    for (let j = 0; j < points; j++) {
      const n = tangentSide<T>(vDot, slot, j, excess, alphaDot, betaDot);
      const v = v128.load(at(vDot, j));
      v128.store(at(n0, j), n);
      v128.store(
        at(stageA, j),
        v128.add<T>(v128.mul<T>(entry<T>(tableHalfE, j), v), v128.mul<T>(entry<T>(tableQ, j), n)),
      );
      v128.store(at(sum, j), v128.add<T>(v128.mul<T>(entry<T>(tableE, j), v), v128.mul<T>(entry<T>(tableF1, j), n)));
    }
    transformTangent<T>(stageA, slot + 3 * bytes);
    for (let j = 0; j < points; j++) {
      const n = tangentSide<T>(stageA, slot + 2 * bytes, j, excess, alphaDot, betaDot);
      const v = v128.load(at(vDot, j));
      v128.store(
        at(stage, j),
        v128.add<T>(v128.mul<T>(entry<T>(tableHalfE, j), v), v128.mul<T>(entry<T>(tableQ, j), n)),
      );
      v128.store(at(sum, j), v128.add<T>(v128.load(at(sum, j)), v128.mul<T>(entry<T>(tableF2, j), n)));
    }
    transformTangent<T>(stage, slot + 5 * bytes);
    for (let j = 0; j < points; j++) {
      const n = tangentSide<T>(stage, slot + 4 * bytes, j, excess, alphaDot, betaDot);
      const v = v128.load(at(stageA, j));
      const ahead = v128.sub<T>(v128.add<T>(n, n), v128.load(at(n0, j)));
      v128.store(
        at(stage, j),
        v128.add<T>(v128.mul<T>(entry<T>(tableHalfE, j), v), v128.mul<T>(entry<T>(tableQ, j), ahead)),
      );
      v128.store(at(sum, j), v128.add<T>(v128.load(at(sum, j)), v128.mul<T>(entry<T>(tableF2, j), n)));
    }
    transformTangent<T>(stage, slot + 7 * bytes);
    for (let j = 0; j < points; j++) {
      const n = tangentSide<T>(stage, slot + 6 * bytes, j, excess, alphaDot, betaDot);
      v128.store(at(vDot, j), v128.add<T>(v128.load(at(sum, j)), v128.mul<T>(entry<T>(tableF3, j), n)));
    }
  }
}
