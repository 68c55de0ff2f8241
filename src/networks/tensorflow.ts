import type * as Core from '@tensorflow/tfjs-core';
import { type Batch, batch } from '../core/batch.ts';
import type { BackendName } from '../core/solver.ts';
import type { NetworkSpec } from './network.ts';
import { type Engine, type TrainableNetwork, trainableNetwork } from './trainable.ts';
import { type LayerShape, parameterCount } from './weights.ts';

/** The module @tensorflow/tfjs-core, loaded by backend.ts. */
export type TensorflowCore = typeof Core;

/**
 * Fully connected network whose forward run and pullback are TensorFlow.js operations, in float32.
 *
 * The pullback is composed of the same operations as the forward run instead of going through tf.grads, for two measured
 * reasons (128-64-64-1, batch 16, wasm, one quiet core): tf.grads calls matMul with transpose flags, for which the wasm
 * kernel has no fast path (64 × 64 layer: 0.072 ms against 0.014 ms for transpose + matMul), and it repeats the forward
 * run. Together 0.54 ms by tf.grads, 0.14 ms composed. A test compares the two.
 *
 * Tensors live from one call to the next only for the parameters and for the activations that the pullback needs;
 * `dispose` frees them. The same seed and backend give the same bytes.
 *
 * @param tf       tfjs-core with the backend registered and initialized
 * @param backend  switched to, where several are loaded, before each operation
 */
export function tensorflowNetwork(
  tf: TensorflowCore,
  backend: Exclude<BackendName, 'float64'>,
  spec: NetworkSpec,
  seed: number,
): TrainableNetwork {
  return trainableNetwork(backend, spec, seed, (shapes, activation) =>
    tensorflowEngine(tf, backend, shapes, activation),
  );
}

function tensorflowEngine(
  tf: TensorflowCore,
  backend: string,
  shapes: readonly LayerShape[],
  activation: NetworkSpec['activation'],
): Engine {
  let kernels: Core.Tensor2D[] = [];
  let biases: Core.Tensor1D[] = [];
  /** Input of each layer at the last forward run. */
  let layerInputs: Core.Tensor2D[] = [];
  const gradient = new Float64Array(parameterCount(shapes));

  const onBackend = <T>(work: () => T): T => {
    // Synchronous for a backend that is initialized already.
    if (tf.getBackend() !== backend) void tf.setBackend(backend);
    return work();
  };
  const releaseActivations = (): void => {
    tf.dispose(layerInputs);
    layerInputs = [];
  };
  const releaseParameters = (): void => {
    tf.dispose([...kernels, ...biases]);
    kernels = [];
    biases = [];
  };
  const activate = (affine: Core.Tensor2D): Core.Tensor2D =>
    activation === 'tanh' ? tf.tanh(affine) : tf.relu(affine);
  const activationPullback = (bar: Core.Tensor2D, hidden: Core.Tensor2D): Core.Tensor2D =>
    tf.mul(bar, activation === 'tanh' ? tf.sub(1, tf.square(hidden)) : tf.step(hidden));

  return {
    load: (parameters) =>
      onBackend(() => {
        releaseActivations();
        releaseParameters();
        // A fresh array: the cpu backend keeps a reference to it.
        const single = new Float32Array(parameters);
        for (const { inputs, outputs, kernel, bias } of shapes) {
          kernels.push(tf.tensor2d(single.subarray(kernel, bias), [inputs, outputs]));
          biases.push(tf.tensor1d(single.subarray(bias, bias + outputs)));
        }
      }),

    forward: (inputs) =>
      onBackend(() => {
        releaseActivations();
        const outputs = batch(inputs.rows, (shapes[shapes.length - 1] as LayerShape).outputs);
        tf.tidy(() => {
          let hidden = toTensor(tf, inputs);
          shapes.forEach((_, layer) => {
            layerInputs.push(tf.keep(hidden));
            const affine: Core.Tensor2D = tf.add(tf.matMul(hidden, kernels[layer] as Core.Tensor2D), biases[layer]!);
            hidden = layer < shapes.length - 1 ? activate(affine) : affine;
          });
          // Read inside: tidy would walk a returned array number by number.
          outputs.data.set(hidden.dataSync());
        });
        return outputs;
      }),

    pullback: (outputBar) =>
      onBackend(() => {
        tf.tidy(() => {
          let affineBar = toTensor(tf, outputBar);
          for (let layer = shapes.length - 1; layer >= 0; layer--) {
            const shape = shapes[layer] as LayerShape;
            const hidden = layerInputs[layer] as Core.Tensor2D;
            gradient.set(tf.matMul(tf.transpose(hidden), affineBar).dataSync(), shape.kernel);
            // Summed here: reading the numbers and adding takes a third of the time of tf.sum.
            sumRowsInto(gradient.subarray(shape.bias, shape.bias + shape.outputs), affineBar.dataSync());
            if (layer === 0) break;
            const inputBar: Core.Tensor2D = tf.matMul(affineBar, tf.transpose(kernels[layer] as Core.Tensor2D));
            affineBar = activationPullback(inputBar, hidden);
          }
        });
        return gradient;
      }),

    dispose: () =>
      onBackend(() => {
        releaseActivations();
        releaseParameters();
      }),
  };
}

/** out ← Σ over rows of a matrix as wide as `out`. */
function sumRowsInto(out: Float64Array, matrix: ArrayLike<number>): void {
  out.fill(0);
  for (let first = 0; first < matrix.length; first += out.length) {
    for (let j = 0; j < out.length; j++) out[j]! += matrix[first + j]!;
  }
}

function toTensor(tf: TensorflowCore, values: Batch): Core.Tensor2D {
  return tf.tensor2d(new Float32Array(values.data), [values.rows, values.cols]);
}
