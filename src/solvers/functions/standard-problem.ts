import { batch, batchOfRows, row } from '../../core/batch.ts';
import type { InverseProblem, Misfit, Simulator } from '../../core/problem.ts';
import { stream } from '../../core/random.ts';
import type { StandardFunction } from './standard-functions.ts';

/** ℓ(y, y*) = y − y* for one output, so that a simulator y = f(x) has the loss f with y* = 0. */
const difference: Misfit = Object.freeze({
  name: 'difference',
  evaluate: (y, target) => ({
    value: y.data.map((value, b) => value - target.data[b]!),
    gradient: batch(y.rows, 1, new Float64Array(y.rows).fill(1)),
  }),
} satisfies Misfit);

function functionSimulator({ name, minimizer, evaluate }: StandardFunction): Simulator {
  const n = minimizer.length;
  const at = (x: Parameters<Simulator['forward']>[0]) =>
    Array.from({ length: x.rows }, (_, b) => evaluate(row(x, b).slice()));
  return Object.freeze({
    name,
    input: [{ name: 'x', length: n, unit: '1' }],
    identifiers: [],
    output: [{ name: 'f', length: 1, unit: '1' }],
    forward: (x) =>
      batch(
        x.rows,
        1,
        Float64Array.from(at(x), ({ value }) => value),
      ),
    vjp: (x) => {
      const evaluated = at(x);
      return {
        y: batch(
          x.rows,
          1,
          Float64Array.from(evaluated, ({ value }) => value),
        ),
        pullback: (yBar) =>
          batchOfRows(
            evaluated.map(({ gradient }, b) => gradient.map((value) => yBar.data[b]! * value)),
            n,
          ),
      };
    },
    jvp: (x, _identifiers, xDot) => {
      const slopes = at(x).map(({ gradient }, b) =>
        gradient.reduce((sum, value, i) => sum + value * xDot.data[b * n + i]!, 0),
      );
      return batch(x.rows, 1, Float64Array.from(slopes));
    },
  } satisfies Simulator);
}

/**
 * A standard function as an inverse problem, the loss being the function itself: every solver and the runner can be
 * tried on known minima.
 *
 * Instance i starts at the i-th usual start; after those, every coordinate is drawn uniformly within 1 of the
 * minimizer, from (seed, 'standard-problem', i).
 *
 * @example
 * import { booth } from './standard-functions.ts';
 * standardProblem(booth).draw(2, 1).task.start.data; // => Float64Array [0, 0, -8, 9]
 */
export function standardProblem(fun: StandardFunction): InverseProblem {
  const id = `standard.${fun.name}`;
  const startOf = (seed: number, i: number): readonly number[] => {
    const random = stream(seed, 'standard-problem', i);
    return fun.starts[i] ?? fun.minimizer.map((value) => value + random.between(-1, 1));
  };
  return Object.freeze({
    id,
    simulator: functionSimulator(fun),
    misfit: difference,
    draw: (count, seed, first = 0) => ({
      task: {
        problem: id,
        start: batchOfRows(
          Array.from({ length: count }, (_, i) => startOf(seed, first + i)),
          fun.minimizer.length,
        ),
        observed: batch(count, 1),
        identifiers: batch(count, 0),
      },
      reference: {
        truth: batchOfRows(
          Array.from({ length: count }, () => fun.minimizer),
          fun.minimizer.length,
        ),
        globalLoss: new Float64Array(count).fill(fun.minimum),
      },
    }),
  } satisfies InverseProblem);
}
