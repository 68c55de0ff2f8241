import fc from 'fast-check';
import { type Batch, batch, row } from '../../src/core/batch.ts';
import { kuramotoSivashinsky } from '../../src/simulators/kuramoto-sivashinsky.ts';
import type { KuramotoSivashinskyForcing } from '../../src/simulators/kuramoto-sivashinsky-options.ts';
import { dyadic } from '../arbitraries.ts';
import { brokenKuramotoSivashinsky, type KuramotoSivashinskyFactory } from '../broken/kuramoto-sivashinsky.ts';
import { type Law, law } from '../law.ts';
import { firstInRows, showCase } from '../simulator-case.ts';
import { GRIDS, type KuramotoSivashinskyCase, parametersOf, rolloutCases } from './cases.ts';

/** Roundings of u, whose entries reach 10, grown for up to five time units. */
const ROUNDING = 1e-10;

/** Values on the grid, each from the index of a point. */
function mapped(states: Batch, of: (u: Float64Array, x: number) => number): Batch {
  const result = batch(states.rows, states.cols);
  for (let b = 0; b < states.rows; b++) {
    const u = row(states, b);
    row(result, b).forEach((_, x, target) => {
      target[x] = of(u, x);
    });
  }
  return result;
}

/** u(T) from other states, under another forcing. */
function from(of: KuramotoSivashinskyCase, u0: Batch, forcing: KuramotoSivashinskyForcing): Batch {
  return of.factory({ ...of.options, forcing }).forward(parametersOf(of.rows), u0);
}

function apart(what: string, found: Batch, expected: Batch, tolerance: number): string | undefined {
  return firstInRows(found.rows, (b) => {
    const right = row(expected, b);
    const wrong = row(found, b).findIndex((value, x) => !(Math.abs(value - right[x]!) <= tolerance));
    return wrong < 0 ? undefined : `${what}: u_${wrong}(T) is ${row(found, b)[wrong]} instead of ${right[wrong]}`;
  });
}

/** A roll-out and two small numbers: whole points of a shift, and a constant in sixteenths. */
interface Moved {
  readonly of: KuramotoSivashinskyCase;
  readonly shift: number;
  readonly constant: number;
}

function movedCases(
  factory: KuramotoSivashinskyFactory,
  limits: Parameters<typeof rolloutCases>[1],
): fc.Arbitrary<Moved> {
  return fc.record({
    of: rolloutCases(factory, limits),
    shift: fc.integer({ min: 1, max: 7 }),
    constant: dyadic(-1, 1, 16),
  });
}

const show = ({ of, shift, constant }: Moved): string => `${showCase(of)}, shift ${shift}, constant ${constant}`;

const KNOWN_STATE = { unknowns: ['parameters'], horizon: 5 } as const;

const mean = (u: Float64Array): number => u.reduce((sum, value) => sum + value, 0) / u.length;

/** ks.mean-is-conserved: the mean of u moves by α T times that of the forcing, and by nothing else. */
export function ksMeanIsConserved(): Law<KuramotoSivashinskyFactory> {
  return law({
    cases: 200,
    subject: kuramotoSivashinsky,
    twin: { what: 'a mean that decays', subject: brokenKuramotoSivashinsky('mean-decays') },
    arbitrary: (factory) => movedCases(factory, KNOWN_STATE),
    violation: ({ of, shift, constant }: Moved) => {
      const { forcing, horizon } = of.simulator.options;
      const push = constant / shift;
      const u0 = mapped(of.u0, (u, x) => u[x]! + constant);
      const u = from(
        of,
        u0,
        forcing.map((value) => value + push),
      );
      return firstInRows(u.rows, (b) => {
        const expected = constant + of.rows[b]!.alpha * push * horizon;
        const found = mean(row(u, b));
        return Math.abs(found - expected) <= ROUNDING ? undefined : `the mean is ${found} instead of ${expected}`;
      });
    },
    show,
  });
}

/** ks.translation-and-reflection: moved or mirrored, state and forcing give the moved or mirrored end. */
export function ksTranslationAndReflection(): Law<KuramotoSivashinskyFactory> {
  return law({
    cases: 200,
    subject: kuramotoSivashinsky,
    twin: {
      what: 'a term of third order, which waves to the right feel otherwise',
      subject: brokenKuramotoSivashinsky('dispersion'),
    },
    arbitrary: (factory) => movedCases(factory, KNOWN_STATE),
    violation: ({ of, shift }: Moved) => {
      const { forcing, points } = of.simulator.options;
      const here = of.simulator.forward(of.x, of.u0);
      const translated = (u: Float64Array, x: number): number => u[(x + shift) % points]!;
      // −u(−x) solves the equation that −G(−x) drives.
      const mirrored = (u: Float64Array, x: number): number => -u[(points - x) % points]!;
      const along = (to: typeof translated): Batch =>
        from(
          of,
          mapped(of.u0, to),
          forcing.map((_, x) => to(forcing, x)),
        );
      return (
        apart('moved', along(translated), mapped(here, translated), ROUNDING) ??
        apart('mirrored', along(mirrored), mapped(here, mirrored), ROUNDING)
      );
    },
    show,
  });
}

/** Time steps of 1/64 leave 1e-6 of a wave that a mean of up to 3 carries along; measured. */
const CARRIED = 1e-4;

/** ks.galilean: a constant c added at the beginning is there at the end, and has carried everything c T further. */
export function ksGalilean(): Law<KuramotoSivashinskyFactory> {
  return law({
    cases: 100,
    subject: kuramotoSivashinsky,
    twin: { what: 'advection at twice the speed', subject: brokenKuramotoSivashinsky('advection-twice') },
    arbitrary: (factory) =>
      movedCases(factory, {
        ...KNOWN_STATE,
        grids: GRIDS.slice(2),
        forcings: ['none'],
        step: fc.constant(1 / 64),
        shortest: 1,
        horizon: 2,
      }),
    violation: ({ of, shift }: Moved) => {
      const { length, points, horizon } = of.simulator.options;
      const speed = (shift * length) / (points * horizon);
      const carried = from(
        of,
        mapped(of.u0, (u, x) => u[x]! + speed),
        'none',
      );
      const here = of.simulator.forward(of.x, of.u0);
      return apart(
        'carried',
        carried,
        mapped(here, (u, x) => speed + u[(x - shift + points) % points]!),
        CARRIED,
      );
    },
    show,
  });
}
