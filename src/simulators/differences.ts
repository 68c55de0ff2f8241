import { type Batch, batch, row } from '../core/batch.ts';
import { InverseClaimsError } from '../core/errors.ts';
import { type Axis, type SimulatorLike, width } from '../core/problem.ts';

/** Relative step of central differences: the cube root of ε balances rounding against curvature. */
const STEP = Math.cbrt(Number.EPSILON);

/** What a simulator needs before it has derivatives. */
export type ForwardOnly = Pick<SimulatorLike, 'name' | 'input' | 'identifiers' | 'output' | 'forward' | 'rowsPerCall'>;

/**
 * A simulator whose pullback is made of central differences, for who has only values:
 *
 *     x̄ⱼ = Σᵢ ȳᵢ (Fᵢ(x + hⱼ eⱼ) − Fᵢ(x − hⱼ eⱼ)) / (2 hⱼ),    hⱼ = ∛ε · max(|xⱼ|, scaleⱼ)
 *
 * 2n evaluations per gradient. Where F is smooth on the scale given, relative errors are some 1e-10; across a jump or a kink
 * they are anything, and where F is flat the gradient is exactly 0.
 *
 * @param simulator  `forward` takes any number of rows
 * @param scale      (n), > 0: typical sizes of the unknowns; 1 unless given. Other lengths throw `shape-mismatch`
 * @see Nocedal & Wright, "Numerical Optimization", 2nd ed. (2006), section 8.1.
 * @example
 * const axis = (name: string) => [{ name, length: 1, unit: '1' }];
 * const cube = { name: 'cube', input: axis('x'), identifiers: [], output: axis('y'),
 *   forward: (x: Batch) => batch(x.rows, 1, x.data.map((each) => each ** 3)) };
 * const { pullback } = withDifferences(cube).vjp(batch(1, 1, Float64Array.of(2)), batch(1, 0));
 * pullback(batch(1, 1, Float64Array.of(1))).data[0]?.toFixed(6); // => '12.000000'
 */
export function withDifferences(simulator: ForwardOnly, scale?: readonly number[]): SimulatorLike {
  const { name, input, identifiers, output, rowsPerCall, forward } = simulator;
  const n = width(input);
  const sizes = scale ?? new Array<number>(n).fill(1);
  if (sizes.length !== n || !sizes.every((size) => size > 0 && Number.isFinite(size))) {
    throw new InverseClaimsError('shape-mismatch', {
      where: `withDifferences: "scale" of ${name}`,
      expected: `${n} numbers > 0`,
      received: `[${sizes.join(', ')}]`,
    });
  }
  return {
    name,
    input,
    identifiers,
    output,
    ...(rowsPerCall === undefined ? {} : { rowsPerCall }),
    forward: (x, gamma) => forward(x, gamma),
    vjp: (x, gamma) => ({
      y: forward(x, gamma),
      pullback: (yBar) => pulledBack(forward, sizes, x, gamma, yBar),
    }),
  };
}

function pulledBack(
  forward: ForwardOnly['forward'],
  sizes: readonly number[],
  x: Batch,
  gamma: Batch,
  yBar: Batch,
): Batch {
  const xBar = batch(x.rows, x.cols);
  for (let j = 0; j < x.cols; j++) {
    const moved = (sign: number): Batch => {
      const there = batch(x.rows, x.cols, x.data.slice());
      for (let b = 0; b < x.rows; b++) {
        const at = b * x.cols + j;
        there.data[at] =
          (x.data[at] as number) + sign * STEP * Math.max(Math.abs(x.data[at] as number), sizes[j] as number);
      }
      return there;
    };
    const [up, down] = [moved(1), moved(-1)];
    const [high, low] = [forward(up, gamma), forward(down, gamma)];
    for (let b = 0; b < x.rows; b++) {
      const at = b * x.cols + j;
      const apart = (up.data[at] as number) - (down.data[at] as number);
      const cotangent = row(yBar, b);
      let sum = 0;
      for (let i = 0; i < cotangent.length; i++) {
        sum += (cotangent[i] as number) * ((row(high, b)[i] as number) - (row(low, b)[i] as number));
      }
      xBar.data[at] = sum / apart;
    }
  }
  return xBar;
}

/** y = f(x) of one point as the forward map of many: (B, n) → (B, m). What f returns is checked against m. */
export function rowByRow(name: string, f: (x: Float64Array) => unknown, outputs: number): ForwardOnly['forward'] {
  return (x) => {
    const y = batch(x.rows, outputs);
    for (let b = 0; b < x.rows; b++) row(y, b).set(numbersOf(name, f(row(x, b).slice()), outputs));
    return y;
  };
}

/** The numbers that a function returned: a number, an array or a typed array; else throws `simulator-contract`. */
export function numbersOf(name: string, returned: unknown, outputs?: number): ArrayLike<number> {
  const list: unknown = typeof returned === 'number' ? [returned] : returned;
  const isList = Array.isArray(list) || (ArrayBuffer.isView(list) && !(list instanceof DataView));
  const values = isList ? Array.from(list as ArrayLike<unknown>) : [];
  if (isList && values.length > 0 && values.every((each) => typeof each === 'number')) {
    if (outputs === undefined || values.length === outputs) return values as number[];
  }
  const promised = typeof (returned as { then?: unknown } | null)?.then === 'function';
  throw new InverseClaimsError('simulator-contract', {
    where: `${name}: f(x)`,
    expected: outputs === undefined ? 'a list of numbers' : `${outputs} numbers, as at another point`,
    received: promised ? 'a promise' : isList ? `${values.length} entries` : String(returned),
  });
}

/** An axis per coordinate of a plain function. */
export const outputAxis = (length: number): readonly Axis[] => [{ name: 'y', length, unit: '1' }];
