import fc from 'fast-check';
import { batchOfRows, row } from '../../src/core/batch.ts';
import { billiardTable, type TableMargins } from '../../src/simulators/billiard-table.ts';
import { dyadic } from '../arbitraries.ts';
import { type BilliardTableFactory, brokenBilliardTable, outputOf, startOf } from '../broken/billiard-table.ts';
import { assume, type Law, law } from '../law.ts';
import { firstInRows, showCase } from '../simulator-case.ts';
import { amplification, clearBy, courses, type TableCase, tableCases } from './table-cases.ts';
import { plainTable } from './table-plain.ts';

/** Two balls, one at rest, and nothing else: who is where is written down in one line. */
interface ImpactCase {
  readonly factory: BilliardTableFactory;
  readonly speed: number;
  readonly distance: number;
  /** Impact offset over 2R, in (−1, 1). */
  readonly offset: number;
  readonly angle: number;
  readonly restitution: number;
  readonly drag: number;
  readonly horizon: number;
}

const RADIUS = 1 / 16;

/** 2.3e-13, for numbers up to 16 and lines of centers that turn by up to 1/cos α = 2.9. */
const IMPACT_TOLERANCE = 2 ** -42;

/**
 * Ends after at most one impact, the cue ball along the first axis, the other ball at (d, h): with sin α = h/2R and the ways
 * ℓ = d − 2R cos α, r = V S − ℓ behind it, cue (ℓ, 0) + r (1, 0) − q n and ball (d, h) + q n, q = (1 + e)/2 r cos α.
 */
function impactEnd({ speed, distance, offset, restitution, drag, horizon }: ImpactCase): number[] {
  const seconds = drag === 0 ? horizon : -Math.expm1(-drag * horizon) / drag;
  const cosine = Math.sqrt(1 - offset * offset);
  const height = 2 * RADIUS * offset;
  const way = distance - 2 * RADIUS * cosine;
  const behind = speed * seconds - way;
  if (behind <= 0) return [speed * seconds, 0, distance, height];
  const handed = ((1 + restitution) / 2) * behind * cosine;
  return [way + behind - handed * cosine, -handed * offset, distance + handed * cosine, height + handed * offset];
}

function impactFault(each: ImpactCase): string | undefined {
  const { factory, speed, distance, offset, angle, restitution, drag, horizon } = each;
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const height = 2 * RADIUS * offset;
  const table = factory({ balls: 2, radius: RADIUS, restitution, drag, horizon });
  const end = table.forward(
    batchOfRows([[speed * c, speed * s]]),
    batchOfRows([[0, 0, c * distance - s * height, s * distance + c * height]]),
  ).data;
  const [x0, y0, x1, y1] = impactEnd(each) as [number, number, number, number];
  const expected = [c * x0 - s * y0, s * x0 + c * y0, c * x1 - s * y1, s * x1 + c * y1];
  const wrong = expected.findIndex((value, j) => !(Math.abs(end[j]! - value) <= IMPACT_TOLERANCE));
  return wrong < 0 ? undefined : `output ${wrong} is ${end[wrong]}, in closed form ${expected[wrong]}`;
}

/** billiards.table-agrees-with-one-impact: head-on and oblique, with and without drag, in all directions. */
export function tableAgreesWithOneImpact(): Law<BilliardTableFactory> {
  return law({
    cases: 2000,
    subject: billiardTable,
    twin: {
      what: 'a line of centers that is not normalized to 1',
      subject: brokenBilliardTable('normal-not-normalized'),
    },
    arbitrary: (factory: BilliardTableFactory): fc.Arbitrary<ImpactCase> =>
      fc.record({
        factory: fc.constant(factory),
        speed: dyadic(1 / 4, 4),
        distance: dyadic(1 / 4, 1),
        offset: fc.oneof(fc.constant(0), dyadic(-15 / 16, 15 / 16)),
        angle: dyadic(0, 6.25),
        restitution: dyadic(0, 1, 16),
        drag: fc.constantFrom(0, 2 ** -40, 0.25, 1, 4),
        horizon: dyadic(1 / 4, 2, 8),
      }),
    show: ({ factory: _, ...rest }) => JSON.stringify(rest),
    violation: impactFault,
  });
}

const DECIDED: TableMargins = { grazing: 2 ** -20, order: 2 ** -30, horizon: 2 ** -30 };

/** Roundings of the start, in units of ε, as amplified: exponents and logarithms of the plain table are among them. */
const ROUNDINGS = 1024;
const FORGOTTEN = 2 ** 20;

function plainFault(each: TableCase): string | undefined {
  const { simulator, options, x, identifiers } = each;
  // The margins are those of the true table, whatever the subject does.
  const histories = simulator.tableEvents(x, identifiers);
  assume(clearBy(histories, DECIDED));
  const growth = amplification(each);
  assume(growth.every((factor) => factor < FORGOTTEN));
  const ends = simulator.forward(x, identifiers);
  return firstInRows(x.rows, (b) => {
    const plain = plainTable(options, startOf(options, x, identifiers, b));
    if (plain === undefined) return 'the plain table has no end';
    const [sequence, expected] = [histories[b]!, plain].map(({ events }) => courses(events, options.balls));
    if (sequence !== expected) return `collisions ${sequence}; on the plain table ${expected}`;
    const allowed = ROUNDINGS * Number.EPSILON * (16 + growth[b]!);
    const late = plain.events.findIndex(({ time }, k) => !(Math.abs(time - histories[b]!.events[k]!.time) <= allowed));
    if (late >= 0) return `collision ${late} at ${histories[b]!.events[late]!.time}, not ${plain.events[late]!.time}`;
    const y = outputOf(plain.balls, options);
    const wrong = y.findIndex((value, j) => !(Math.abs(row(ends, b)[j]! - value) <= allowed));
    return wrong < 0 ? undefined : `output ${wrong} is ${row(ends, b)[wrong]}, on the plain table ${y[wrong]}`;
  });
}

/**
 * billiards.table-agrees-with-plain-table: with a simulation in time instead of arc time that shares no code. Restitution
 * 1/8 and more: at 0, balls stay at walls, and a rounding decides whether they hit them again.
 */
export function tableAgreesWithPlainTable(): Law<BilliardTableFactory> {
  return law({
    cases: 500,
    subject: billiardTable,
    twin: { what: 'ways of v t exp(−μt) in time t', subject: brokenBilliardTable('drag-on-the-way') },
    arbitrary: (factory: BilliardTableFactory) => tableCases(factory, { restitution: dyadic(1 / 8, 1, 8) }),
    show: showCase,
    violation: plainFault,
  });
}
