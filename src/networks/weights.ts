import { InverseClaimsError, requireNumber } from '../core/errors.ts';
import { stream } from '../core/random.ts';
import type { NetworkSpec } from './network.ts';
import { type PeriodicConvolution, periodicConvolutions } from './periodic-convolution.ts';

/** Where one layer's numbers lie in the parameter vector: kernel (inputs × outputs, row-major), then bias (outputs). */
export interface LayerShape {
  readonly inputs: number;
  readonly outputs: number;
  /** First index of the kernel. */
  readonly kernel: number;
  /** First index of the bias; the layer ends at bias + outputs. */
  readonly bias: number;
  /** Present where the layer is applied to the windows of a periodic signal: `inputs` = width · channels, tap after tap. */
  readonly convolution?: PeriodicConvolution;
}

/**
 * Layout of all parameters of a network, layer by layer, convolutions first.
 *
 * Throws `out-of-range` for a width that is not an integer >= 1 and `unknown-option` for an activation not in the spec;
 * for convolutions as `periodicConvolutions` does.
 *
 * @example
 * layerShapes({ inputs: 2, hidden: [3], activation: 'tanh', outputs: 1 });
 * // => [{ inputs: 2, outputs: 3, kernel: 0, bias: 6 }, { inputs: 3, outputs: 1, kernel: 9, bias: 12 }]
 */
export function layerShapes(spec: NetworkSpec): readonly LayerShape[] {
  requireNumber('network: "inputs"', spec.inputs, { minimum: 1, integer: true });
  requireNumber('network: "outputs"', spec.outputs, { minimum: 1, integer: true });
  spec.hidden.forEach((units, k) => {
    requireNumber(`network: "hidden[${k}]"`, units, { minimum: 1, integer: true });
  });
  if (spec.activation !== 'tanh' && spec.activation !== 'relu') {
    throw new InverseClaimsError('unknown-option', {
      where: 'network: "activation"',
      expected: '"tanh" or "relu"',
      received: JSON.stringify(spec.activation) ?? 'undefined',
    });
  }
  const shapes: LayerShape[] = [];
  let kernel = 0;
  const append = (inputs: number, outputs: number, convolution?: PeriodicConvolution): void => {
    const bias = kernel + inputs * outputs;
    shapes.push({ inputs, outputs, kernel, bias, ...(convolution === undefined ? {} : { convolution }) });
    kernel = bias + outputs;
  };
  let inputs = spec.inputs;
  for (const convolution of periodicConvolutions(spec)) {
    const { width, channels, outputPoints, outputChannels } = convolution;
    append(width * channels, outputChannels, convolution);
    inputs = outputPoints * outputChannels;
  }
  for (const outputs of [...spec.hidden, spec.outputs]) {
    append(inputs, outputs);
    inputs = outputs;
  }
  return shapes;
}

/** Length of the parameter vector. */
export function parameterCount(shapes: readonly LayerShape[]): number {
  const last = shapes[shapes.length - 1] as LayerShape;
  return last.bias + last.outputs;
}

/**
 * Initial parameters of a network, the same float64 numbers for every backend.
 *
 *     kernel and bias of a layer with p inputs ~ U(−1/√p, 1/√p)
 *
 * where the inputs of a convolution are those of one output point, p = width · channels.
 * This is what torch.nn.Linear and Conv1d start from (Kaiming uniform with a = √5); TensorFlow.js would draw Glorot kernels and
 * zero biases. Drawn from the stream (seed, 'network/weights') in the order of the parameter vector: layer by layer,
 * kernel (inputs × outputs, row-major), then bias.
 *
 * @param seed  integer in [0, 2^48); anything else throws
 * @returns a vector of length Σ (p + 1) · q over the layers with p inputs and q outputs
 * @example
 * initialWeights({ inputs: 4, hidden: [], activation: 'tanh', outputs: 1 }, 0).every((w) => Math.abs(w) <= 0.5); // => true
 */
export function initialWeights(spec: NetworkSpec, seed: number): Float64Array {
  const shapes = layerShapes(spec);
  const random = stream(seed, 'network/weights');
  const parameters = new Float64Array(parameterCount(shapes));
  for (const { inputs, outputs, kernel, bias } of shapes) {
    const bound = 1 / Math.sqrt(inputs);
    for (let i = kernel; i < bias + outputs; i++) parameters[i] = random.between(-bound, bound);
  }
  return parameters;
}
