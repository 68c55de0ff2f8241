// Steps forward and back, as in ../../flow-reference.ts, where they are explained.

import { advection, advectionPullback } from './advection';
import {
  cotangent,
  DECAY_MARKER,
  fieldBytes,
  RECORD_BYTES,
  records,
  slope,
  state,
  stateBytes,
  step,
  sum,
} from './layout';

/** E^½ of the mode at byte p of a state; its two parts take 32. */
function decayAt(p: i32, ofField: i32): v128 {
  return p < ofField
    ? v128.load64_splat(records + (p >> 5) * RECORD_BYTES)
    : v128.load64_splat(records + ((p - ofField) >> 5) * RECORD_BYTES, DECAY_MARKER);
}

/** Steps from the state, which becomes the last one; the stages of each in slots `stride` bytes apart. */
export function advance(first: i32, steps: i32, stride: i32): void {
  for (let k = 0, slot = first; k < steps; k++, slot += stride) {
    memory.copy(slot, state, stateBytes);
    advanceStep(slot);
  }
}

function advanceStep(s: i32): void {
  const length = stateBytes;
  const ofField = fieldBytes;
  const whole = f64x2.splat(step);
  const half = f64x2.splat(step / 2);
  const third = f64x2.splat(step / 3);
  const sixth = f64x2.splat(step / 6);
  const s2 = s + stateBytes;
  const s3 = s2 + stateBytes;
  const s4 = s3 + stateBytes;
  advection(s);
  for (let p = 0; p < length; p += 16) {
    const decay = decayAt(p, ofField);
    const k = v128.load(slope + p);
    const v = v128.load(s + p);
    v128.store(s2 + p, f64x2.mul(decay, f64x2.add(v, f64x2.mul(half, k))));
    v128.store(sum + p, f64x2.mul(decay, f64x2.add(v, f64x2.mul(sixth, k))));
  }
  advection(s2);
  for (let p = 0; p < length; p += 16) {
    const k = v128.load(slope + p);
    v128.store(s3 + p, f64x2.add(f64x2.mul(decayAt(p, ofField), v128.load(s + p)), f64x2.mul(half, k)));
    v128.store(sum + p, f64x2.add(v128.load(sum + p), f64x2.mul(third, k)));
  }
  advection(s3);
  for (let p = 0; p < length; p += 16) {
    const decay = decayAt(p, ofField);
    const k = v128.load(slope + p);
    const halfway = f64x2.mul(decay, v128.load(s + p));
    v128.store(s4 + p, f64x2.mul(decay, f64x2.add(halfway, f64x2.mul(whole, k))));
    v128.store(sum + p, f64x2.mul(decay, f64x2.add(v128.load(sum + p), f64x2.mul(third, k))));
  }
  advection(s4);
  for (let p = 0; p < length; p += 16) {
    v128.store(state + p, f64x2.add(v128.load(sum + p), f64x2.mul(sixth, v128.load(slope + p))));
  }
}

/** The cotangent back over the slots. */
export function retreat(first: i32, steps: i32, stride: i32): void {
  for (let k = steps - 1; k >= 0; k--) retreatStep(first + k * stride);
}

function retreatStep(s: i32): void {
  const length = stateBytes;
  const ofField = fieldBytes;
  const whole = f64x2.splat(step);
  const half = f64x2.splat(step / 2);
  const third = f64x2.splat(step / 3);
  const sixth = f64x2.splat(step / 6);
  for (let p = 0; p < length; p += 16) v128.store(slope + p, f64x2.mul(sixth, v128.load(cotangent + p)));
  advectionPullback(s + 3 * stateBytes);
  for (let p = 0; p < length; p += 16) {
    const decay = decayAt(p, ofField);
    const later = f64x2.mul(decay, v128.load(slope + p));
    const decayed = f64x2.mul(decay, v128.load(cotangent + p));
    v128.store(cotangent + p, decayed);
    v128.store(sum + p, f64x2.mul(decay, f64x2.add(decayed, later)));
    v128.store(slope + p, f64x2.add(f64x2.mul(third, decayed), f64x2.mul(whole, later)));
  }
  advectionPullback(s + 2 * stateBytes);
  for (let p = 0; p < length; p += 16) {
    const b = v128.load(slope + p);
    v128.store(sum + p, f64x2.add(v128.load(sum + p), f64x2.mul(decayAt(p, ofField), b)));
    v128.store(slope + p, f64x2.add(f64x2.mul(third, v128.load(cotangent + p)), f64x2.mul(half, b)));
  }
  advectionPullback(s + stateBytes);
  for (let p = 0; p < length; p += 16) {
    const decay = decayAt(p, ofField);
    const later = f64x2.mul(decay, v128.load(slope + p));
    v128.store(sum + p, f64x2.add(v128.load(sum + p), later));
    v128.store(
      slope + p,
      f64x2.add(f64x2.mul(sixth, f64x2.mul(decay, v128.load(cotangent + p))), f64x2.mul(half, later)),
    );
  }
  advectionPullback(s);
  for (let p = 0; p < length; p += 16) {
    v128.store(cotangent + p, f64x2.add(v128.load(sum + p), v128.load(slope + p)));
  }
}
