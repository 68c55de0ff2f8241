import fc from 'fast-check';
import { type Batch, batch } from '../../src/core/batch.ts';
import { type Simulator, type SimulatorLike, width } from '../../src/core/problem.ts';
import { direction } from '../arbitraries.ts';
import { type Law, law } from '../law.ts';
import { type SimulatorCase, showCase } from '../simulator-case.ts';
import { adjointLaw, batchEqualsRowsLaw, jvpMatchesDifferencesLaw, taylorSlopeLaw } from '../simulator-laws.ts';
import { contractViolation } from './contract-law.ts';
import { casesOf, drawnPoints, type SimulatorSubject } from './subject.ts';

/** A law put to simulators of users. */
export interface NamedSimulatorLaw {
  readonly name: string;
  readonly what: string;
  readonly law: Law<SimulatorSubject>;
  /** Why it cannot be put to the simulator, or undefined where it can. */
  skip?(simulator: SimulatorLike): string | undefined;
}

/** y = x, whose twin says that its derivative is 2: every law here must be able to hold and to fail. */
const identity = (factor: number): SimulatorSubject => {
  const scaled = ({ rows, cols, data }: Batch, by: number): Batch =>
    batch(
      rows,
      cols,
      data.map((value) => by * value),
    );
  const simulator: Simulator = {
    name: 'identity',
    input: [{ name: 'x', length: 1, unit: '1' }],
    identifiers: [],
    output: [{ name: 'y', length: 1, unit: '1' }],
    forward: (x) => scaled(x, 1),
    vjp: (x) => ({ y: scaled(x, 1), pullback: (yBar) => scaled(yBar, factor) }),
    jvp: (_x, _identifiers, xDot) => scaled(xDot, 1),
  };
  return { simulator };
};
const common = {
  cases: 200,
  subject: identity(1),
  twin: { what: 'a pullback that is twice too long', subject: identity(2) },
  arbitrary: casesOf,
};

const noJvp = ({ jvp }: SimulatorLike): string | undefined =>
  jvp === undefined ? 'the simulator has no jvp, the derivative in forward mode' : undefined;

function sameAnswerViolation({ simulator, x, identifiers, salt }: SimulatorCase): string | undefined {
  const yBar = direction(x.rows, width(simulator.output), 'yBar', salt);
  const answer = (): readonly number[] => [
    ...simulator.forward(x, identifiers).data,
    ...simulator.vjp(x, identifiers).pullback(yBar).data,
  ];
  const [first, second] = [answer(), answer()];
  const changed = first.findIndex((value, i) => !Object.is(value, second[i]));
  return changed < 0
    ? undefined
    : `number ${changed} of value and gradient is ${first[changed]}, then ${second[changed]}`;
}

/** Points at which an input must show an effect somewhere. */
const SOMEWHERE = 64;
/** A larger ratio of effects than this leaves 64-bit arithmetic and solvers little to work with. */
const WIDEST = 1e6;

/** Root mean square over drawn points and random cotangents of the gradient with regard to each input. */
function effects(subject: SimulatorSubject, seed: number): readonly number[] {
  const { x, identifiers } = drawnPoints(subject, SOMEWHERE, seed);
  const { simulator } = subject;
  const yBar = direction(x.rows, width(simulator.output), 'yBar', seed);
  const gradient = simulator.vjp(x, identifiers).pullback(yBar);
  return Array.from({ length: x.cols }, (_, j) => {
    const squares = Array.from({ length: x.rows }, (_unused, b) => (gradient.data[b * x.cols + j] as number) ** 2);
    return Math.sqrt(squares.reduce((sum, value) => sum + value, 0) / x.rows);
  });
}

interface InputCase {
  readonly subject: SimulatorSubject;
  readonly input: number;
  readonly salt: number;
}

const inputCases = (subject: SimulatorSubject): fc.Arbitrary<InputCase> =>
  fc.record({
    subject: fc.constant(subject),
    input: fc.nat(width(subject.simulator.input) - 1),
    salt: fc.nat(9),
  });
const showInput = ({ input, salt }: InputCase): string => `input ${input}, salt ${salt}`;

/** Everything a simulator with derivatives is asked to keep, in the order in which it is best repaired. */
export const simulatorLaws: readonly NamedSimulatorLaw[] = [
  {
    name: 'contract',
    what: 'results have their shapes and are finite at points of the prior, and arguments stay as they are',
    law: law({ ...common, violation: contractViolation, show: showCase }),
  },
  {
    name: 'same-question-same-answer',
    what: 'the same point gives the same value and gradient, bit for bit',
    law: law({ ...common, violation: sameAnswerViolation, show: showCase }),
  },
  {
    name: 'taylor-slope',
    what: 'the gradient is that of the value: what is left after it falls like h²',
    law: taylorSlopeLaw(common),
  },
  {
    name: 'adjoint',
    what: 'reverse and forward mode are transposes: ⟨ȳ, J ẋ⟩ = ⟨Jᵀ ȳ, ẋ⟩',
    law: adjointLaw({ ...common, tolerance: 1e-10 }),
    skip: noJvp,
  },
  {
    name: 'jvp-is-the-derivative',
    what: 'forward mode agrees with differences of the value',
    law: jvpMatchesDifferencesLaw({ ...common, tolerance: 1e-6, selfEstimated: true }),
    skip: noJvp,
  },
  {
    name: 'batch-equals-rows',
    what: 'a row gives the same alone and beside others',
    law: batchEqualsRowsLaw({ ...common, tolerance: 1e-12 }),
    skip: noJvp,
  },
  {
    name: 'no-dead-inputs',
    what: `every input changes the output at some of ${SOMEWHERE} points of the prior`,
    law: law<SimulatorSubject, InputCase>({
      ...common,
      cases: 50,
      arbitrary: inputCases,
      violation: ({ subject, input, salt }) =>
        effects(subject, salt)[input] === 0
          ? `the gradient with regard to input ${input} is 0 at all of them`
          : undefined,
      show: showInput,
    }),
  },
  {
    name: 'scale-sanity',
    what: 'no input moves the output a million times as much as another one',
    law: law<SimulatorSubject, InputCase>({
      ...common,
      cases: 20,
      arbitrary: inputCases,
      violation: ({ subject, input, salt }) => {
        const all = effects(subject, salt);
        const [own, largest] = [all[input] as number, Math.max(...all)];
        if (own === 0 || largest <= WIDEST * own) return undefined;
        return `input ${all.indexOf(largest)} has ${(largest / own).toExponential(1)} times the effect of input ${input}: use other units`;
      },
      show: showInput,
    }),
  },
];
