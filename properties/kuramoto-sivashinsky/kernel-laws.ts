import fc from 'fast-check';
import { type Batch, batch, row } from '../../src/core/batch.ts';
import { type KuramotoSivashinskySimulator, kuramotoSivashinsky } from '../../src/simulators/kuramoto-sivashinsky.ts';
import type { Trajectories } from '../../src/simulators/kuramoto-sivashinsky-rollout.ts';
import { direction, powerOfTwo } from '../arbitraries.ts';
import { brokenKuramotoSivashinsky, type KuramotoSivashinskyFactory } from '../broken/kuramoto-sivashinsky.ts';
import { type Law, law } from '../law.ts';
import { difference, showCase } from '../simulator-case.ts';
import { batchEqualsRowsLaw } from '../simulator-laws.ts';
import { GRIDS, type KuramotoSivashinskyCase, rolloutCases } from './cases.ts';

/** Everything that a kernel computes for the rows of a case, by name. */
function computed(simulator: KuramotoSivashinskySimulator, of: KuramotoSivashinskyCase): Record<string, Batch> {
  const { x, identifiers, u0, rows, salt } = of;
  const { y, pullback } = simulator.vjp(x, identifiers);
  const column = (values: Batch, j: number): Float64Array =>
    Float64Array.from({ length: values.rows }, (_, b) => row(values, b)[j]!);
  const along = direction(x.rows, 2, 'parameters', salt);
  const from: Trajectories = {
    u: u0,
    alpha: Float64Array.from(rows, ({ alpha }) => alpha),
    beta: Float64Array.from(rows, ({ beta }) => beta),
  };
  const tangent = simulator.rollout.jvp(from, {
    u: direction(u0.rows, u0.cols, 'state', salt),
    alpha: column(along, 0),
    beta: column(along, 1),
  });
  return {
    'u(T)': simulator.forward(x, identifiers),
    'u(T) of vjp': y,
    pullback: pullback(direction(y.rows, y.cols, 'yBar', salt)),
    'u(T) of jvp': tangent.u,
    tangent: tangent.uDot,
  };
}

/** ks.kernel-equals-reference: values, pullbacks and tangents of the kernel and of its plain twin, bit for bit. */
export function ksKernelEqualsReference(): Law<KuramotoSivashinskyFactory> {
  return law({
    cases: 100,
    subject: kuramotoSivashinsky,
    twin: { what: 'a kernel in single precision', subject: brokenKuramotoSivashinsky('single-precision') },
    arbitrary: (factory) => rolloutCases(factory, { horizon: 10, rows: 5 }),
    violation: (of: KuramotoSivashinskyCase) => {
      const reference = of.factory({ ...of.options, kernel: 'reference' });
      return difference(computed(of.simulator, of), computed(reference, of), 0);
    },
    show: showCase,
  });
}

/** 5e-4: of 5842 rows up to time 5 the worst value was 1.3e-5 off, the worst pullback 1.8e-4, relative to the largest entry. */
const SINGLE_TOLERANCE = 2 ** -11;

/** ks.single-precision-is-close: what networks are trained on, over horizons that chaos leaves alone. */
export function ksSinglePrecisionIsClose(): Law<KuramotoSivashinskyFactory> {
  return law({
    cases: 100,
    subject: kuramotoSivashinsky,
    twin: { what: 'single precision with ten bits', subject: brokenKuramotoSivashinsky('half-precision') },
    arbitrary: (factory) => rolloutCases(factory, { horizon: 5, rows: 5 }),
    violation: (of: KuramotoSivashinskyCase) => {
      const single = of.factory({ ...of.options, precision: 'float32' });
      return difference(computed(single, of), computed(of.simulator, of), SINGLE_TOLERANCE);
    },
    show: showCase,
  });
}

/** What may be wrong with a row of unknowns: too large by far, or not finite. */
const spoils = fc.oneof(
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
  powerOfTwo(10, 1023),
);

/** Some entries of some rows spoilt. */
function spoiltCases(factory: KuramotoSivashinskyFactory): fc.Arbitrary<KuramotoSivashinskyCase> {
  const limits = { grids: GRIDS.slice(0, 3), horizon: 5, rows: 4, unknowns: ['parameters'] } as const;
  const spoilt = fc.array(fc.record({ row: fc.nat(3), column: fc.nat(63), value: spoils }), { maxLength: 2 });
  return fc.tuple(rolloutCases(factory, limits), spoilt).map(([of, spoiling]) => {
    const [x, identifiers] = [of.x, of.identifiers].map((values) =>
      batch(values.rows, values.cols, values.data.slice()),
    );
    for (const { row: b, column, value } of spoiling) {
      if (b >= of.x.rows) continue;
      const target = column % 3 === 0 ? row(x!, b) : row(identifiers!, b);
      target[column % target.length] = value;
    }
    const label = `${of.label}, spoilt ${spoiling.map((one) => `row ${one.row} entry ${one.column} ${one.value}`).join(', ')}`;
    return { ...of, x: x!, identifiers: identifiers!, label };
  });
}

/** ks.rows-are-independent: also beside rows that overflow or are not finite. */
export function ksRowsAreIndependent(): Law<KuramotoSivashinskyFactory> {
  return batchEqualsRowsLaw({
    cases: 150,
    subject: kuramotoSivashinsky,
    twin: {
      what: 'two rows in one complex transform, where one that overflows takes the other along',
      subject: brokenKuramotoSivashinsky('pairs-share-a-transform'),
    },
    arbitrary: spoiltCases,
  });
}

/** ks.checkpoints-change-nothing: pullbacks from one tape and from segments of it are the same, bit for bit. */
export function ksCheckpointsChangeNothing(): Law<KuramotoSivashinskyFactory> {
  return law({
    cases: 30,
    subject: kuramotoSivashinsky,
    twin: {
      what: 'a pullback that goes back over one step only where a tape is too short',
      subject: brokenKuramotoSivashinsky('segments-forgotten'),
    },
    arbitrary: (factory) =>
      rolloutCases(factory, { grids: GRIDS.slice(2), step: fc.constant(1 / 4), shortest: 40, horizon: 100, rows: 5 }),
    violation: (of: KuramotoSivashinskyCase) => {
      const short = of.factory({ ...of.options, tapeBytes: 2 ** 20 });
      return difference(computed(short, of), computed(of.simulator, of), 0);
    },
    show: showCase,
  });
}
