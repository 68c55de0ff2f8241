import fc from 'fast-check';
import { type Batch, batch, row } from '../../src/core/batch.ts';
import type { InverseProblem, Misfit, Reference, SimulatorLike, Task } from '../../src/core/problem.ts';
import { width } from '../../src/core/problem.ts';
import { childSeed } from '../../src/core/random.ts';
import { taylorSlope } from '../../src/numerics/taylor-slope.ts';
import { dot } from '../../src/numerics/vector.ts';
import { halfSquaredError } from '../../src/simulators/half-squared-error.ts';
import { direction } from '../arbitraries.ts';
import { assume, type Law, law } from '../law.ts';

/** An inverse problem whose simulator may lack a forward-mode derivative. */
export type ProblemSubject = Omit<InverseProblem, 'simulator'> & { readonly simulator: SimulatorLike };

/** A law put to problems of users. */
export interface NamedProblemLaw {
  readonly name: string;
  readonly what: string;
  readonly law: Law<ProblemSubject>;
}

interface ProblemCase {
  readonly problem: ProblemSubject;
  readonly count: number;
  readonly first: number;
  readonly seed: number;
}

/** Find x from y* = x; its twins draw, or measure, something wrong. */
function findIt(change: Partial<Pick<InverseProblem, 'draw' | 'misfit'>>): ProblemSubject {
  const axis = (name: string) => [{ name, length: 1, unit: '1' }];
  const problem: ProblemSubject = {
    id: 'identity',
    simulator: {
      name: 'identity',
      input: axis('x'),
      identifiers: [],
      output: axis('y'),
      forward: (x) => batch(x.rows, 1, x.data.slice()),
      vjp: (x) => ({ y: batch(x.rows, 1, x.data.slice()), pullback: (yBar) => yBar }),
    },
    misfit: halfSquaredError,
    draw: (count, seed, first = 0) => {
      const truth = batch(
        count,
        1,
        Float64Array.from({ length: count }, (_, b) => 1 + (childSeed(seed, 'identity', first + b) % 97) / 97),
      );
      const start = batch(count, 1);
      return {
        task: { problem: 'identity', start, observed: truth, identifiers: batch(count, 0) },
        reference: { truth },
      };
    },
  };
  return { ...problem, ...change };
}

const right = findIt({});
const common = {
  cases: 100,
  subject: right,
  arbitrary: (problem: ProblemSubject): fc.Arbitrary<ProblemCase> =>
    fc.record({
      problem: fc.constant(problem),
      count: fc.integer({ min: 1, max: 4 }),
      first: fc.nat(99),
      seed: fc.nat(999),
    }),
  show: ({ problem, count, first, seed }: ProblemCase): string =>
    `${problem.id}.draw(${count}, ${seed}${first === 0 ? '' : `, ${first}`})`,
};

type Drawn = { readonly task: Task; readonly reference: Reference };

/** Name, batch and width of everything that is drawn. */
function partsOf(
  { simulator }: ProblemSubject,
  { task, reference }: Drawn,
): readonly (readonly [string, Batch, number])[] {
  return [
    ['task.start', task?.start, width(simulator.input)],
    ['task.observed', task?.observed, width(simulator.output)],
    ['task.identifiers', task?.identifiers, width(simulator.identifiers)],
    ['reference.truth', reference?.truth, width(simulator.input)],
  ];
}

function contractViolation({ problem, count, first, seed }: ProblemCase): string | undefined {
  const drawn = problem.draw(count, seed, first) as Drawn | undefined;
  if (typeof (drawn as { then?: unknown } | undefined)?.then === 'function') return 'draw returns a promise';
  if (drawn === undefined) return 'draw returns nothing';
  for (const [name, part, cols] of partsOf(problem, drawn)) {
    if (!(part?.data instanceof Float64Array)) return `${name} is no batch { rows, cols, data: Float64Array }`;
    if (part.rows !== count || part.cols !== cols || part.data.length !== count * cols) {
      return `${name} has shape (${part.rows}, ${part.cols}) with ${part.data.length} numbers, expected (${count}, ${cols})`;
    }
    const wrong = part.data.findIndex((value) => !Number.isFinite(value));
    if (wrong >= 0) return `${name}: number ${wrong} is ${part.data[wrong]}`;
  }
  return undefined;
}

function piecesViolation({ problem, count, first, seed }: ProblemCase): string | undefined {
  const whole = problem.draw(first + count, seed);
  const piece = problem.draw(count, seed, first);
  for (const [k, [name, part, cols]] of partsOf(problem, piece).entries()) {
    const all = partsOf(problem, whole)[k]?.[1] as Batch;
    const changed = part.data.findIndex((value, i) => !Object.is(value, all.data[first * cols + i]));
    if (changed < 0) continue;
    const instance = first + Math.floor(changed / cols);
    return `${name} of instance ${instance} is ${all.data[first * cols + changed]} among ${first + count}, ${part.data[changed]} among ${count}`;
  }
  return undefined;
}

const STEPS = Array.from({ length: 24 }, (_, k) => 2 ** (-k - 2));

/** The misfit at observations that are moved, along a direction. */
function misfitViolation({ problem, count, first, seed }: ProblemCase): string | undefined {
  const { observed } = problem.draw(count, seed, first).task;
  const size = 1 + Math.max(...observed.data.map(Math.abs));
  const [away, v] = ['away', 'v'].map((name) => direction(observed.rows, observed.cols, name, seed)) as [Batch, Batch];
  const at = (h: number) => {
    const moved = observed.data.map(
      (value, i) => value + size * ((away.data[i] as number) + h * (v.data[i] as number)),
    );
    return problem.misfit.evaluate(batch(observed.rows, observed.cols, moved), observed);
  };
  const { value, gradient } = at(0);
  const losses = STEPS.map((h) => at(h).value);
  for (let b = 0; b < observed.rows; b++) {
    const [here, along] = [value[b] as number, size * dot(row(gradient, b), row(v, b))];
    if (!Number.isFinite(here) || !Number.isFinite(along)) return `row ${b}: misfit ${here} with slope ${along}`;
    const remainders = STEPS.map((h, k) => Math.abs((losses[k]?.[b] as number) - here - h * along));
    const rounding = 64 * observed.cols * Number.EPSILON * (Math.abs(here) + Math.abs(along));
    const found = taylorSlope(STEPS, remainders, new Float64Array(STEPS.length).fill(rounding));
    assume(found.kind !== 'unresolved');
    if (found.kind === 'slope' && found.slope < 1.9) {
      return `row ${b}: the misfit's gradient is wrong: the remainder falls like h^${found.slope.toFixed(2)}`;
    }
  }
  return undefined;
}

const doubled: Misfit = {
  name: 'gradient twice too long',
  evaluate: (y, target) => {
    const { value, gradient } = halfSquaredError.evaluate(y, target);
    return {
      value,
      gradient: batch(
        gradient.rows,
        gradient.cols,
        gradient.data.map((each) => 2 * each),
      ),
    };
  },
};

/** What a problem is asked to keep before anything is measured on it. */
export const problemLaws: readonly NamedProblemLaw[] = [
  {
    name: 'instances',
    what: 'draw gives start, observation, identifiers and hidden solution in their shapes, all finite',
    law: law<ProblemSubject, ProblemCase>({
      ...common,
      twin: {
        what: 'starts that are NaN',
        subject: findIt({
          draw: (count, seed, first) => {
            const { task, reference } = right.draw(count, seed, first);
            return { task: { ...task, start: batch(count, 1, new Float64Array(count).fill(Number.NaN)) }, reference };
          },
        }),
      },
      violation: contractViolation,
    }),
  },
  {
    name: 'instances-in-pieces',
    what: 'instance i of a seed is the same whether it is drawn alone or among others',
    law: law<ProblemSubject, ProblemCase>({
      ...common,
      twin: { what: 'first is ignored', subject: findIt({ draw: (count, seed) => right.draw(count, seed) }) },
      violation: piecesViolation,
    }),
  },
  {
    name: 'misfit-slope',
    what: 'the gradient of the misfit is that of its value: what is left after it falls like h²',
    law: law<ProblemSubject, ProblemCase>({
      ...common,
      twin: { what: 'a gradient that is twice too long', subject: findIt({ misfit: doubled }) },
      violation: misfitViolation,
    }),
  },
];
