// Incompressible flow with a marker in AssemblyScript, one flow per SIMD lane, in f64x2.
//
// Operation by operation the code of ../../flow-reference.ts and what it uses, where the mathematics is explained: the same sums
// in the same order, so that results are those of the reference bit for bit. Lanes never meet: what happens to one flow cannot
// change another.

import { fieldsToModes, modesToFields } from './fields';
import { cotangent, place, state } from './layout';
import { advance as advanceSlots, retreat as retreatSlots } from './steps';

export function configure(points: i32, step: f64, tables: i32, twiddleCount: i32, work: i32): void {
  place(points, step, tables, twiddleCount, work);
}
export function setState(fields: i32): void {
  fieldsToModes(fields, state);
}
export function getState(fields: i32): void {
  modesToFields(state, fields);
}
export function setCotangent(fields: i32): void {
  fieldsToModes(fields, cotangent);
}
export function getCotangent(fields: i32): void {
  modesToFields(cotangent, fields);
}
export function stateAddress(): i32 {
  return state;
}
export function advance(slot: i32, steps: i32, stride: i32): void {
  advanceSlots(slot, steps, stride);
}
export function retreat(slot: i32, steps: i32, stride: i32): void {
  retreatSlots(slot, steps, stride);
}
