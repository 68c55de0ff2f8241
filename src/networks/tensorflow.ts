import type * as Core from '@tensorflow/tfjs-core';
import { type Batch, batch } from '../core/batch.ts';
import type { BackendName } from '../core/solver.ts';
import type { NetworkSpec } from './network.ts';
import type { Windows } from './periodic-convolution.ts';
import { type Engine, type TrainableNetwork, trainableNetwork } from './trainable.ts';
import { transposedConvolution, transposedKernel } from './transposed-convolution.ts';
import { pointAfterPoint, unfoldInto, unfoldTransposedInto } from './unfold.ts';
import { type LayerShape, parameterCount } from './weights.ts';

/** The module @tensorflow/tfjs-core, loaded by backend.ts. */
export type TensorflowCore = typeof Core;

/**
 * Network whose forward run and pullback are TensorFlow.js operations, in float32.
 *
 * The pullback is composed of the same operations as the forward run instead of going through tf.grads, for two measured
 * reasons (128-64-64-1, batch 16, wasm, one quiet core): tf.grads calls matMul with transpose flags, for which the wasm
 * kernel has no fast path (64 × 64 layer: 0.072 ms against 0.014 ms for transpose + matMul), and it repeats the forward
 * run. Together 0.54 ms by tf.grads, 0.14 ms composed. A test compares the two.
 *
 * A convolution is a product with windows that are copied out in plain TypeScript (`unfoldInto`): wasm lacks the gradient
 * of TensorFlow.js' own convolution. Its pullback is a convolution again (`transposedConvolution`), and the gradient of its
 * kernel a product with windows copied out transposed, because tf.transpose takes three times as long as the copying and
 * XNNPACK packs the right factor, here the smaller one, number by number. Two fields of 64 points, three convolutions to 32
 * channels of width 5 and stride 2, 64 units, 2 outputs, relu, batch 64: predict 2.1 ms and update 5.0 on wasm where the
 * machine is quiet (float64 10 and 27, cpu 42 and 85); half of that is the 30 million multiplications of the products.
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
  /** What the tensors of the parameters were made of. */
  let single = new Float32Array(0);
  const gradient = new Float64Array(parameterCount(shapes));
  const first = shapes[0]?.convolution;
  const transposed = shapes.map(({ convolution }) => convolution && transposedConvolution(convolution));

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
  /** (inputs of the layer, rows that its kernel is applied to). */
  const columnsTransposed = (hidden: Core.Tensor2D, { convolution, inputs }: LayerShape): Core.Tensor2D => {
    if (convolution === undefined) return tf.transpose(hidden);
    const rows = hidden.shape[0] * convolution.outputPoints;
    const columns = new Float32Array(inputs * rows);
    unfoldTransposedInto(columns, hidden.dataSync() as Float32Array, convolution);
    return tf.tensor2d(columns, [inputs, rows]);
  };
  /** Takes the cotangent of what a layer makes, or its windows, to that of what it reads. */
  const kernelTransposed = (layer: number): Core.Tensor2D => {
    const { kernel, bias } = shapes[layer] as LayerShape;
    const back = transposed[layer];
    if (back === undefined) return tf.transpose(kernels[layer] as Core.Tensor2D);
    const rows = back.windows.width * back.windows.channels;
    return tf.tensor2d(transposedKernel(single.subarray(kernel, bias), back), [rows, back.cols]);
  };

  return {
    load: (parameters) =>
      onBackend(() => {
        releaseActivations();
        releaseParameters();
        // A fresh array: the cpu backend keeps a reference to it.
        single = new Float32Array(parameters);
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
          let hidden = toTensor(
            tf,
            first === undefined ? inputs : pointAfterPoint(inputs, first.channels, first.order),
          );
          shapes.forEach(({ convolution }, layer) => {
            layerInputs.push(tf.keep(hidden));
            const columns = convolution === undefined ? hidden : unfolded(tf, hidden.dataSync(), convolution);
            const affine: Core.Tensor2D = tf.add(tf.matMul(columns, kernels[layer] as Core.Tensor2D), biases[layer]!);
            hidden = layer < shapes.length - 1 ? activate(affine) : affine;
            hidden = withRows(tf, hidden, inputs.rows);
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
            const numbers = affineBar.dataSync();
            const columns = columnsTransposed(hidden, shape);
            const rowsBar = withRows(tf, affineBar, columns.shape[1]);
            gradient.set(tf.matMul(columns, rowsBar).dataSync(), shape.kernel);
            // Summed here: reading the numbers and adding takes a third of the time of tf.sum.
            sumRowsInto(gradient.subarray(shape.bias, shape.bias + shape.outputs), numbers);
            if (layer === 0) break;
            const back = transposed[layer];
            const bar = back === undefined ? affineBar : unfolded(tf, numbers, back.windows);
            const inputBar: Core.Tensor2D = tf.matMul(bar, kernelTransposed(layer));
            affineBar = activationPullback(withRows(tf, inputBar, outputBar.rows), hidden);
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

/** The windows of signals (B, points · channels) as rows of a tensor. */
function unfolded(tf: TensorflowCore, signals: Core.TypedArray, windows: Windows): Core.Tensor2D {
  const instances = signals.length / (windows.points * windows.channels);
  const shape: [number, number] = [instances * windows.outputPoints, windows.width * windows.channels];
  // A fresh array: the cpu backend keeps a reference to it.
  const columns = new Float32Array(shape[0] * shape[1]);
  unfoldInto(columns, signals as Float32Array, windows);
  return tf.tensor2d(columns, shape);
}

/** The same numbers in `rows` rows. */
function withRows(tf: TensorflowCore, values: Core.Tensor2D, rows: number): Core.Tensor2D {
  return values.shape[0] === rows ? values : tf.reshape(values, [rows, values.size / rows]);
}

/** out ← Σ over rows of a matrix as wide as `out`; four columns at a time, so that their sums stay in registers. */
function sumRowsInto(out: Float64Array, matrix: ArrayLike<number>): void {
  const cols = out.length;
  let j = 0;
  for (; j + 3 < cols; j += 4) {
    let [s0, s1, s2, s3] = [0, 0, 0, 0];
    for (let k = j; k < matrix.length; k += cols) {
      s0 += matrix[k]!;
      s1 += matrix[k + 1]!;
      s2 += matrix[k + 2]!;
      s3 += matrix[k + 3]!;
    }
    out[j] = s0;
    out[j + 1] = s1;
    out[j + 2] = s2;
    out[j + 3] = s3;
  }
  for (; j < cols; j++) {
    out[j] = 0;
    for (let k = j; k < matrix.length; k += cols) out[j]! += matrix[k]!;
  }
}

function toTensor(tf: TensorflowCore, values: Batch): Core.Tensor2D {
  return tf.tensor2d(new Float32Array(values.data), [values.rows, values.cols]);
}
