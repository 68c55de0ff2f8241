import { type Batch, batch } from '../core/batch.ts';
import type { NetworkSpec } from './network.ts';
import { type Engine, type TrainableNetwork, trainableNetwork } from './trainable.ts';
import { foldInto, pointAfterPoint, unfoldInto } from './unfold.ts';
import { type LayerShape, parameterCount } from './weights.ts';

/** What a layer read at the last forward run. */
interface LayerInput {
  /** (B, all points and channels); what the layer below made. */
  readonly hidden: Batch;
  /** The rows that the kernel is applied to: `hidden` itself, or its windows where the layer is a convolution. */
  readonly columns: Batch;
}

/**
 * Network in float64, in plain TypeScript: the oracle of the TensorFlow.js one, and a backend of its own.
 *
 *     hₗ₊₁ = φ(hₗ Wₗ + bₗ), no φ on the last layer
 *     ∂/∂Wₗ = hₗᵀ āₗ      ∂/∂bₗ = Σ_rows āₗ      āₗ₋₁ = (āₗ Wₗᵀ) ∘ φ′
 *
 * with φ′ = 1 − h² for tanh and [h > 0] for relu. A convolution is a dense layer on windows: U hₗ takes the place of hₗ with
 * U of `unfoldInto`, and Uᵀ follows on āₗ Wₗᵀ.
 *
 * @example
 * const network = float64Network({ inputs: 1, hidden: [], activation: 'tanh', outputs: 1 }, 7);
 * const [slope, intercept] = network.parameters();
 * network.predict({ rows: 1, cols: 1, data: Float64Array.of(2) }).data[0] === 2 * slope! + intercept!; // => true
 */
export function float64Network(spec: NetworkSpec, seed: number): TrainableNetwork {
  return trainableNetwork('float64', spec, seed, float64Engine);
}

function float64Engine(shapes: readonly LayerShape[], activation: NetworkSpec['activation']): Engine {
  const parameters = new Float64Array(parameterCount(shapes));
  let layerInputs: LayerInput[] = [];

  return {
    load: (given) => parameters.set(given),
    forward: (inputs) => {
      layerInputs = [];
      const first = shapes[0]?.convolution;
      let hidden: Batch =
        first === undefined
          ? { ...inputs, data: inputs.data.slice() }
          : pointAfterPoint(inputs, first.channels, first.order);
      shapes.forEach((shape, layer) => {
        const columns = columnsOf(hidden, shape);
        layerInputs.push({ hidden, columns });
        const affine = batch(columns.rows, shape.outputs);
        affineInto(affine, columns, parameters, shape);
        if (layer < shapes.length - 1) activateInto(affine.data, activation);
        hidden = regrouped(affine, inputs.rows);
      });
      return hidden;
    },
    pullback: (outputBar) => {
      const gradient = new Float64Array(parameters.length);
      let affineBar = outputBar;
      for (let layer = shapes.length - 1; layer >= 0; layer--) {
        const shape = shapes[layer] as LayerShape;
        const { hidden, columns } = layerInputs[layer] as LayerInput;
        affineBar = regrouped(affineBar, columns.rows);
        layerGradientInto(gradient, columns, affineBar, shape);
        if (layer === 0) break;
        const columnsBar = batch(columns.rows, shape.inputs);
        inputBarInto(columnsBar, affineBar, parameters, shape);
        affineBar = columnsPullback(columnsBar, hidden, shape);
        activationPullback(affineBar.data, hidden.data, activation);
      }
      return gradient;
    },
    dispose: () => {
      layerInputs = [];
    },
  };
}

/** The rows that the kernel of a layer is applied to. */
function columnsOf(hidden: Batch, { convolution, inputs }: LayerShape): Batch {
  if (convolution === undefined) return hidden;
  const columns = batch(hidden.rows * convolution.outputPoints, inputs);
  unfoldInto(columns.data, hidden.data, convolution);
  return columns;
}

/** From the cotangent of the columns to that of `hidden`. */
function columnsPullback(columnsBar: Batch, hidden: Batch, { convolution }: LayerShape): Batch {
  if (convolution === undefined) return columnsBar;
  const hiddenBar = batch(hidden.rows, hidden.cols);
  foldInto(hiddenBar.data, columnsBar.data, convolution);
  return hiddenBar;
}

/** The same numbers in `rows` rows: a row per instance, or a row per output point. */
function regrouped(values: Batch, rows: number): Batch {
  return values.rows === rows ? values : batch(rows, values.data.length / rows, values.data);
}

/** out ← inputs · W + b; four rows of W at a time, so that each output is loaded and stored once per four products. */
function affineInto(out: Batch, inputs: Batch, parameters: Float64Array, shape: LayerShape): void {
  const { inputs: p, outputs: q } = shape;
  const kernel = parameters.subarray(shape.kernel, shape.bias);
  const bias = parameters.subarray(shape.bias, shape.bias + q);
  for (let b = 0; b < inputs.rows; b++) {
    const row = out.data.subarray(b * q, (b + 1) * q);
    row.set(bias);
    combineRowsInto(row, inputs.data, b * p, 1, p, kernel);
  }
}

/** row ← row + Σₖ factors[first + k · stride] · matrix[k, :], for a matrix of `count` rows as wide as `row`. */
function combineRowsInto(
  row: Float64Array,
  factors: Float64Array,
  first: number,
  stride: number,
  count: number,
  matrix: Float64Array,
): void {
  const width = row.length;
  let k = 0;
  for (; k + 3 < count; k += 4) {
    const f0 = factors[first + k * stride]!;
    const f1 = factors[first + (k + 1) * stride]!;
    const f2 = factors[first + (k + 2) * stride]!;
    const f3 = factors[first + (k + 3) * stride]!;
    const r0 = k * width;
    const r1 = r0 + width;
    const r2 = r1 + width;
    const r3 = r2 + width;
    for (let j = 0; j < width; j++) {
      row[j]! += f0 * matrix[r0 + j]! + f1 * matrix[r1 + j]! + (f2 * matrix[r2 + j]! + f3 * matrix[r3 + j]!);
    }
  }
  for (; k < count; k++) {
    const f = factors[first + k * stride]!;
    for (let j = 0; j < width; j++) row[j]! += f * matrix[k * width + j]!;
  }
}

/** ∂/∂W ← inputsᵀ · affineBar, ∂/∂b ← Σ_rows affineBar. */
function layerGradientInto(gradient: Float64Array, inputs: Batch, affineBar: Batch, shape: LayerShape): void {
  const { inputs: p, outputs: q, kernel, bias } = shape;
  for (let i = 0; i < p; i++) {
    const row = gradient.subarray(kernel + i * q, kernel + (i + 1) * q);
    combineRowsInto(row, inputs.data, i, p, inputs.rows, affineBar.data);
  }
  for (let b = 0; b < affineBar.rows; b++) {
    for (let j = 0; j < q; j++) gradient[bias + j]! += affineBar.data[b * q + j]!;
  }
}

/** out ← affineBar · Wᵀ. */
function inputBarInto(out: Batch, affineBar: Batch, parameters: Float64Array, shape: LayerShape): void {
  const { inputs: p, outputs: q } = shape;
  const kernel = parameters.subarray(shape.kernel, shape.bias);
  for (let b = 0; b < out.rows; b++) {
    for (let i = 0; i < p; i++) {
      let even = 0;
      let odd = 0;
      let j = 0;
      for (; j + 1 < q; j += 2) {
        even += affineBar.data[b * q + j]! * kernel[i * q + j]!;
        odd += affineBar.data[b * q + j + 1]! * kernel[i * q + j + 1]!;
      }
      if (j < q) even += affineBar.data[b * q + j]! * kernel[i * q + j]!;
      out.data[b * p + i] = even + odd;
    }
  }
}

function activateInto(values: Float64Array, activation: NetworkSpec['activation']): void {
  if (activation === 'tanh') {
    for (let i = 0; i < values.length; i++) values[i] = Math.tanh(values[i]!);
  } else {
    // Not Math.max: a NaN must stay visible, and `NaN > 0` is false.
    for (let i = 0; i < values.length; i++) if (values[i]! < 0) values[i] = 0;
  }
}

/** bar ← bar ∘ φ′, φ′ written in terms of the activated values h. */
function activationPullback(bar: Float64Array, h: Float64Array, activation: NetworkSpec['activation']): void {
  if (activation === 'tanh') {
    for (let i = 0; i < bar.length; i++) bar[i]! *= 1 - h[i]! * h[i]!;
  } else {
    for (let i = 0; i < bar.length; i++) if (!(h[i]! > 0)) bar[i] = 0;
  }
}
