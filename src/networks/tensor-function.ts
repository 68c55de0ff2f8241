import type { Tensor, Tensor1D } from '@tensorflow/tfjs-core';
import { InverseClaimsError, messageOf } from '../core/errors.ts';
import { loadBackend } from './backend.ts';

/** A function of one point, written in operations of TensorFlow.js, with its gradient; numbers are 32-bit inside. */
export interface TensorFunction {
  readonly outputs: number;
  /** x (n) → y (m). */
  value(x: ArrayLike<number>): Float64Array;
  /** ȳ (m) ↦ x̄ = J(x)ᵀ ȳ (n), by reverse-mode differentiation of TensorFlow.js. */
  pullback(x: ArrayLike<number>, yBar: ArrayLike<number>): Float64Array;
}

/**
 * The function with derivatives of TensorFlow.js, where it answers a tensor with a tensor; undefined where it answers with
 * something else. It is given a tensor of shape (n), and may answer in any shape. Throws what it throws, and
 * `simulator-contract` where an operation has no gradient.
 *
 * @param point  (n), at which it is tried
 * @example
 * import * as tf from '@tensorflow/tfjs';
 * const squares = await tensorFunction((x) => tf.sum(tf.square(x as never)), [3, 4]);
 * [squares?.value([3, 4])[0], squares?.pullback([3, 4], [1])]; // => [25, Float64Array [6, 8]]
 */
export async function tensorFunction(
  f: (x: unknown) => unknown,
  point: ArrayLike<number>,
): Promise<TensorFunction | undefined> {
  await loadBackend('auto');
  const tf = await import('@tensorflow/tfjs-core');
  const answer = tf.tidy(() => {
    const y = f(tf.tensor1d(Array.from(point)));
    return isTensor(y) ? y.size : undefined;
  });
  if (answer === undefined) return undefined;
  const flat = (x: Tensor): Tensor1D => tf.reshape(f(x) as Tensor, [-1]) as Tensor1D;
  const made: TensorFunction = {
    outputs: answer,
    value: (x) => Float64Array.from(tf.tidy(() => flat(tf.tensor1d(Array.from(x))).dataSync())),
    pullback: (x, yBar) =>
      Float64Array.from(
        tf.tidy(() =>
          tf
            .grad(flat)(tf.tensor1d(Array.from(x)), tf.tensor1d(Array.from(yBar)))
            .dataSync(),
        ),
      ),
  };
  requireGradient(made, point);
  return made;
}

function requireGradient({ outputs, pullback }: TensorFunction, point: ArrayLike<number>): void {
  try {
    pullback(point, new Array<number>(outputs).fill(1));
  } catch (error) {
    throw new InverseClaimsError('simulator-contract', {
      where: 'f(x) in operations of TensorFlow.js',
      expected: 'operations that have gradients',
      received: messageOf(error),
      hint: 'import "@tensorflow/tfjs" in the module: "@tensorflow/tfjs-core" alone registers no gradients',
    });
  }
}

function isTensor(value: unknown): value is Tensor {
  return typeof (value as Tensor | undefined)?.dataSync === 'function' && typeof (value as Tensor).size === 'number';
}
