// Kuramoto-Sivashinsky roll-outs in AssemblyScript, one trajectory per SIMD lane, in f64x2 and f32x4.
//
// Operation by operation the code of ../../kuramoto-sivashinsky-steps.ts and ../../real-fourier.ts, where the mathematics
// is explained: the same sums in the same order, so that f64 results are those of the reference bit for bit. Lanes never
// meet: what happens to one trajectory cannot change another.

import { advance } from './advance';
import { follow } from './follow';
import { place } from './layout';
import { analyze, synthesize } from './real-fourier';
import { retreat } from './retreat';

export function configure64(n: i32, tables: i32, work: i32): void {
  place<f64>(n, tables, work);
}
export function analyze64(array: i32): void {
  analyze<f64>(array);
}
export function synthesize64(from: i32, to: i32): void {
  synthesize<f64>(from, to);
}
export function advance64(slot: i32, steps: i32, stride: i32): void {
  advance<f64>(slot, steps, stride);
}
export function retreat64(slot: i32, steps: i32, stride: i32): void {
  retreat<f64>(slot, steps, stride);
}
export function follow64(slot: i32, steps: i32, stride: i32): void {
  follow<f64>(slot, steps, stride);
}

export function configure32(n: i32, tables: i32, work: i32): void {
  place<f32>(n, tables, work);
}
export function analyze32(array: i32): void {
  analyze<f32>(array);
}
export function synthesize32(from: i32, to: i32): void {
  synthesize<f32>(from, to);
}
export function advance32(slot: i32, steps: i32, stride: i32): void {
  advance<f32>(slot, steps, stride);
}
export function retreat32(slot: i32, steps: i32, stride: i32): void {
  retreat<f32>(slot, steps, stride);
}
export function follow32(slot: i32, steps: i32, stride: i32): void {
  follow<f32>(slot, steps, stride);
}
