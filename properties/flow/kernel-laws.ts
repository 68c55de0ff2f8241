import fc from 'fast-check';
import { type Batch, batch, row } from '../../src/core/batch.ts';
import { incompressibleFlow } from '../../src/simulators/incompressible-flow.ts';
import { direction, powerOfTwo } from '../arbitraries.ts';
import { brokenFlows, type FlowFactory } from '../broken/flow.ts';
import { type Law, law } from '../law.ts';
import { difference } from '../simulator-case.ts';
import { batchEqualsRowsLaw } from '../simulator-laws.ts';
import { type FlowCase, flowCases } from './cases.ts';
import { common } from './trajectories.ts';

/** Everything that a kernel computes for the rows of a case, by name. */
function computed({ simulator, x, identifiers, salt }: FlowCase): Record<string, Batch> {
  const { y, pullback } = simulator.vjp(x, identifiers);
  return {
    'm(T)': simulator.forward(x, identifiers),
    'm(T) of vjp': y,
    pullback: pullback(direction(y.rows, y.cols, 'yBar', salt)),
    vorticity: batch(1, y.cols, simulator.trajectory(row(x, 0), row(identifiers, 0)).at(-1)!.vorticity),
  };
}

/** flow.kernel-equals-reference: values, pullbacks and trajectories of the kernel and of its plain twin, bit for bit. */
export function flowKernelEqualsReference(): Law<FlowFactory> {
  return law<FlowFactory, FlowCase>({
    ...common,
    cases: 40,
    arbitrary: (factory) =>
      fc.constantFrom(16, 32).chain((points) => flowCases(factory, { points, rows: 5, steps: 3 })),
    twin: { what: 'a kernel that rounds to single precision', subject: brokenFlows['single-precision'] },
    violation: (of) => {
      const reference = of.factory({ ...of.options, kernel: 'reference' });
      return difference(computed(of), computed({ ...of, simulator: reference }), 0);
    },
  });
}

/** flow.checkpoints-change-nothing: pullbacks from one tape and from segments of it are the same, bit for bit. */
export function flowCheckpointsChangeNothing(): Law<FlowFactory> {
  return law<FlowFactory, FlowCase>({
    ...common,
    cases: 12,
    // A step of two rows takes 59 kB at 32 points: 17 of them, or 8 groups of two steps, in the shortest tape there is.
    arbitrary: (factory) => flowCases(factory, { points: 32, shortest: 18, steps: 20, rows: 5 }),
    twin: {
      what: 'a pullback over half of the run where a tape is too short',
      subject: brokenFlows['segments-forgotten'],
    },
    violation: (of) => {
      const short = of.factory({ ...of.options, tapeBytes: 2 ** 20 });
      return difference(computed({ ...of, simulator: short }), computed(of), 0);
    },
  });
}

/** What may be wrong with a row of unknowns: too large by far, or not finite. */
const spoils = fc.oneof(
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
  powerOfTwo(10, 1023),
);

/** flow.rows-are-independent: also beside rows that overflow or are not finite. */
export function flowRowsAreIndependent(): Law<FlowFactory> {
  return batchEqualsRowsLaw({
    cases: 40,
    subject: incompressibleFlow as FlowFactory,
    twin: { what: 'a second row that takes some of the first', subject: brokenFlows['rows-touch'] },
    arbitrary: (factory) =>
      fc
        .tuple(flowCases(factory, { rows: 4 }), fc.option(fc.record({ entry: fc.nat(63), value: spoils })))
        .map(([of, spoil]) => {
          if (spoil === null) return of;
          const x = batch(of.x.rows, of.x.cols, of.x.data.slice());
          x.data[spoil.entry % x.data.length] = spoil.value;
          return { ...of, x, label: `${of.label}, entry ${spoil.entry} made ${spoil.value}` };
        }),
  });
}
