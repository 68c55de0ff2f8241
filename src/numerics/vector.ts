/** aᵀb, summed in index order. The arrays must be equally long; only the length of `a` is looked at. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Largest magnitude ‖a‖∞; 0 for an empty vector, NaN if any entry is NaN. */
export function maxNorm(a: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const magnitude = Math.abs(a[i]!);
    if (Number.isNaN(magnitude)) return magnitude;
    if (magnitude > largest) largest = magnitude;
  }
  return largest;
}

/**
 * Euclidean norm ‖a‖₂, without overflow or underflow of the squares.
 *
 * @example
 * norm(Float64Array.of(3, 4)); // => 5
 */
export function norm(a: Float64Array): number {
  const plain = Math.sqrt(dot(a, a));
  if (plain > 1e-140 && plain < 1e140) return plain;
  const largest = maxNorm(a);
  if (!(largest > 0) || largest === Number.POSITIVE_INFINITY) return largest;
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! / largest) ** 2;
  return largest * Math.sqrt(sum);
}

/** out ← out + a x. */
export function axpyInto(out: Float64Array, a: number, x: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i] = out[i]! + a * x[i]!;
}

/** out ← a x; `out` may be `x`. */
export function scaleInto(out: Float64Array, a: number, x: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i] = a * x[i]!;
}

/** out ← a − b; `out` may be either. */
export function subtractInto(out: Float64Array, a: Float64Array, b: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i] = a[i]! - b[i]!;
}
