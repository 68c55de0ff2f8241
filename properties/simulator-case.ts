import type fc from 'fast-check';
import { type Batch, row } from '../src/core/batch.ts';
import type { Simulator } from '../src/core/problem.ts';

/**
 * A simulator and a point. Directions, cotangents and residuals of the laws are named by `salt` (see `direction`), so a
 * case shrinks by fewer rows, simpler shapes and smaller integers.
 */
export interface SimulatorCase {
  readonly simulator: Simulator;
  /** (B, n) */
  readonly x: Batch;
  /** (B, c) */
  readonly identifiers: Batch;
  readonly salt: number;
  /** Simulator and point in one line. */
  readonly label: string;
}

/** The subject of a simulator law is whatever makes its cases: a factory, true or broken. */
export interface SimulatorLaw<Subject> {
  readonly cases: number;
  readonly subject: Subject;
  readonly twin: { readonly what: string; readonly subject: Subject };
  arbitrary(subject: Subject): fc.Arbitrary<SimulatorCase>;
}

/** Below it double-precision products lose digits (and `wavePacket` cuts its tails): 2^-870 = 1e-262. */
export const SMALLEST = 2 ** -870;

/** The case in one line. */
export function showCase({ label, salt }: SimulatorCase): string {
  return `${label}, salt ${salt}`;
}

/** The violation of the first row that has one, with its number. */
export function firstInRows(rows: number, violation: (b: number) => string | undefined): string | undefined {
  for (let b = 0; b < rows; b++) {
    const found = violation(b);
    if (found !== undefined) return `row ${b}: ${found}`;
  }
  return undefined;
}

/** Σ aᵢ bᵢ and Σ |aᵢ bᵢ|. */
export function products(a: ArrayLike<number>, b: ArrayLike<number>): { readonly sum: number; readonly scale: number } {
  let sum = 0;
  let scale = 0;
  for (let i = 0; i < a.length; i++) {
    sum += a[i]! * b[i]!;
    scale += Math.abs(a[i]! * b[i]!);
  }
  return { sum, scale };
}

/** The first entry further away than `tolerance` times the largest of its row; bit for bit with tolerance 0. */
export function difference(
  found: Record<string, Batch>,
  expected: Record<string, Batch>,
  tolerance: number,
): string | undefined {
  for (const [name, values] of Object.entries(expected)) {
    const violation = firstInRows(values.rows, (b) => {
      const [got, right] = [row(found[name]!, b), row(values, b)];
      const allowed = tolerance * right.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      const wrong = right.findIndex((value, i) => !Object.is(value, got[i]) && !(Math.abs(value - got[i]!) <= allowed));
      return wrong < 0 ? undefined : `${name}[${wrong}] is ${got[wrong]} instead of ${right[wrong]}`;
    });
    if (violation !== undefined) return violation;
  }
  return undefined;
}
