import fc from 'fast-check';
import { type Batch, batch, batchOfRows } from '../../src/core/batch.ts';
import { InverseClaimsError } from '../../src/core/errors.ts';
import { type Prior, requirePrior, samplePrior } from '../../src/core/prior.ts';
import { type Axis, type InverseProblem, type Simulator, type SimulatorLike, width } from '../../src/core/problem.ts';
import { stream } from '../../src/core/random.ts';
import { batchArbitrary } from '../batch-arbitrary.ts';
import { priorArbitrary } from '../prior-arbitrary.ts';
import type { SimulatorCase } from '../simulator-case.ts';
import { wellScaledVector } from '../vector-arbitrary.ts';

/** What is verified: a simulator, and where. */
export interface SimulatorSubject {
  readonly simulator: SimulatorLike;
  /** Points at which it is used, one distribution per coordinate of x; multiples of 1/16 in [−16, 16] unless given. */
  readonly prior?: Prior;
  /** The same for γ. */
  readonly identifiers?: Prior;
  /** Where there is no prior: points between start and hidden solution of instances, with their γ. */
  readonly draw?: InverseProblem['draw'];
}

const MOST_ROWS = 3;

/** Throws `simulator-contract` unless the subject has the parts of a simulator, and priors of its widths. */
export function requireSubject(where: string, subject: SimulatorSubject): void {
  const { simulator } = subject;
  const missing = ['forward', 'vjp'].filter((name) => typeof (simulator as never)?.[name] !== 'function');
  const axes = ['input', 'identifiers', 'output'].filter((name) => !areAxes((simulator as never)?.[name]));
  if (missing.length > 0 || axes.length > 0) {
    const lacks = [...missing.map((name) => `no function "${name}"`), ...axes.map((name) => `no axes "${name}"`)];
    throw new InverseClaimsError('simulator-contract', {
      where,
      expected: 'a simulator: { name, input, identifiers, output, forward, vjp } with axes { name, length, unit }',
      received: `one with ${lacks.join(', ')}`,
    });
  }
  requireWidth(`${where}: "prior"`, subject.prior, simulator.input);
  requireWidth(`${where}: "identifiers"`, subject.identifiers, simulator.identifiers);
}

function areAxes(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every((axis) => Number.isInteger((axis as Axis)?.length) && (axis as Axis).length >= 1)
  );
}

function requireWidth(where: string, prior: Prior | undefined, axes: readonly Axis[]): void {
  if (prior === undefined) return;
  requirePrior(where, prior);
  if (prior.length === width(axes)) return;
  throw new InverseClaimsError('shape-mismatch', {
    where,
    expected: `a distribution for each of ${width(axes)} coordinates`,
    received: String(prior.length),
  });
}

/** 1 to 3 points of the prior side by side, shrinking to one point and simple numbers. */
export function casesOf({ simulator, prior, identifiers, draw }: SimulatorSubject): fc.Arbitrary<SimulatorCase> {
  const [n, c] = [width(simulator.input), width(simulator.identifiers)];
  const point =
    prior === undefined && draw !== undefined
      ? pointOfInstance(draw)
      : fc
          .tuple(pointOf(prior, n), pointOf(identifiers, c))
          .map(([x, gamma]) => [...Array.from(x), ...Array.from(gamma)]);
  return fc.record({ rows: batchArbitrary(point, n + c, MOST_ROWS), salt: fc.nat(999) }).map(({ rows, salt }) => {
    const part = (from: number, cols: number): Batch =>
      batchOfRows(
        Array.from({ length: rows.rows }, (_, b) => rows.data.slice(b * (n + c) + from, b * (n + c) + from + cols)),
        cols,
      );
    const [x, gamma] = [part(0, n), part(n, c)];
    return { simulator: simulator as Simulator, x, identifiers: gamma, salt, label: labelOf(x, gamma) };
  });
}

function pointOf(prior: Prior | undefined, length: number): fc.Arbitrary<ArrayLike<number>> {
  if (length === 0) return fc.constant([]);
  return prior === undefined ? wellScaledVector(length) : priorArbitrary(prior);
}

/** Instances that points are taken from. */
const INSTANCES = 1000;
const INSTANCE_SEED = 0;

/** x = truth + t (start − truth) and γ of an instance; shrinks to the hidden solution of the first one. */
function pointOfInstance(draw: InverseProblem['draw']): fc.Arbitrary<readonly number[]> {
  return fc
    .record({ instance: fc.nat(INSTANCES - 1), t: fc.nat(16) })
    .map(({ instance, t }) => pointOn(draw, INSTANCE_SEED, instance, t / 16));
}

function pointOn(draw: InverseProblem['draw'], seed: number, instance: number, t: number): readonly number[] {
  const { task, reference } = draw(1, seed, instance);
  const [truth, start] = [reference.truth.data, task.start.data];
  return [...truth.map((value, j) => value + t * ((start[j] as number) - value)), ...task.identifiers.data];
}

/** The points in one line. */
function labelOf(x: Batch, gamma: Batch): string {
  const rows = ({ rows, cols, data }: Batch): string =>
    Array.from({ length: rows }, (_, b) => `[${[...data.slice(b * cols, (b + 1) * cols)].join(', ')}]`).join(' ');
  return gamma.cols === 0 ? `x = ${rows(x)}` : `x = ${rows(x)}, γ = ${rows(gamma)}`;
}

/** Independent draws of x and γ, for laws about what holds somewhere. */
export function drawnPoints(
  { simulator, prior, identifiers, draw: instances }: SimulatorSubject,
  count: number,
  seed: number,
): { readonly x: Batch; readonly identifiers: Batch } {
  if (prior === undefined && instances !== undefined) {
    const n = width(simulator.input);
    const points = Array.from({ length: count }, (_, b) =>
      pointOn(instances, seed, b, stream(seed, 'verify-simulator/way', b).uniform()),
    );
    return {
      x: batchOfRows(
        points.map((point) => point.slice(0, n)),
        n,
      ),
      identifiers: batchOfRows(
        points.map((point) => point.slice(n)),
        width(simulator.identifiers),
      ),
    };
  }
  const draw = (which: Prior | undefined, cols: number, purpose: string): Batch => {
    const result = batch(count, cols);
    for (let b = 0; b < count; b++) {
      const random = stream(seed, `verify-simulator/${purpose}`, b);
      const point =
        which === undefined ? Array.from({ length: cols }, () => random.between(-16, 16)) : samplePrior(which, random);
      result.data.set(point, b * cols);
    }
    return result;
  };
  return {
    x: draw(prior, width(simulator.input), 'x'),
    identifiers: draw(identifiers, width(simulator.identifiers), 'identifiers'),
  };
}
