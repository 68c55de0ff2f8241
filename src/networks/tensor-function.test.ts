import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { tensorFunction } from './tensor-function.ts';

it('differentiates what is written in tensors', async () => {
  const f = (x: unknown) => tf.mul(tf.sin(x as tf.Tensor1D), tf.scalar(2));
  const made = await tensorFunction(f, [0.5, 1]);
  expect(made?.outputs).toBe(2);
  expect(made?.value([0.5, 1])[1]).toBeCloseTo(2 * Math.sin(1), 5);
  const xBar = made?.pullback([0.5, 1], [1, -3]);
  expect(xBar?.[0]).toBeCloseTo(2 * Math.cos(0.5), 5);
  expect(xBar?.[1]).toBeCloseTo(-6 * Math.cos(1), 5);
});

it('keeps no tensor', async () => {
  const made = await tensorFunction((x) => tf.exp(x as tf.Tensor1D), [1]);
  const before = tf.memory().numTensors;
  made?.value([1]);
  made?.pullback([1], [1]);
  expect(tf.memory().numTensors).toBe(before);
});

it('leaves other functions alone, and throws what they throw', async () => {
  expect(await tensorFunction(() => [1], [1])).toBeUndefined();
  await expect(
    tensorFunction(() => {
      throw new Error('own');
    }, [1]),
  ).rejects.toThrow('own');
});
