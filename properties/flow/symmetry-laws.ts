import { row } from '../../src/core/batch.ts';
import { brokenFlows, type FlowFactory } from '../broken/flow.ts';
import { type Law, law } from '../law.ts';
import { firstInRows } from '../simulator-case.ts';
import { type FlowCase, flowCases, POINTS } from './cases.ts';
import { common, different, trajectoryOf } from './trajectories.ts';

/** Values at other points: entry i comes from point from(x, y). */
function moved(values: Float64Array, from: (x: number, y: number) => readonly [number, number]): Float64Array {
  const at = (k: number): number => ((k % POINTS) + POINTS) % POINTS;
  return values.map((_, i) => {
    const [x, y] = from(i % POINTS, Math.floor(i / POINTS));
    return values[at(y) * POINTS + at(x)]!;
  });
}

/** flow.translation: vortices and marker moved by whole points give a result that is moved as much. */
export function flowTranslation(): Law<FlowFactory> {
  return law<FlowFactory, FlowCase>({
    ...common,
    cases: 40,
    arbitrary: (factory) => flowCases(factory, { unknowns: ['vortex'] }),
    twin: { what: 'a flow that knows where it is', subject: brokenFlows['knows-its-place'] },
    violation: (of) =>
      firstInRows(of.x.rows, (b) => {
        const [across, up] = [(of.salt % 3) + 1, of.salt % 5];
        const [x, y, strength] = row(of.x, b) as unknown as [number, number, number];
        const spacing = (2 * Math.PI) / POINTS;
        // Within a period: images further out are not summed.
        const wrapped = (value: number): number => value - 2 * Math.PI * Math.round(value / (2 * Math.PI));
        const there = Float64Array.of(wrapped(x + across * spacing), wrapped(y + up * spacing), strength);
        const shift = (values: Float64Array): Float64Array => moved(values, (i, j) => [i - across, j - up]);
        const here = trajectoryOf(of, b).at(-1)!.marker;
        const found = trajectoryOf(of, b, there, shift(row(of.identifiers, b))).at(-1)!.marker;
        return different(found, shift(here), 1e-10);
      }),
  });
}

/** flow.quarter-turn: everything turned by 90° gives a result that is turned as much. */
export function flowQuarterTurn(): Law<FlowFactory> {
  return law<FlowFactory, FlowCase>({
    ...common,
    cases: 40,
    arbitrary: (factory) => flowCases(factory, { unknowns: ['vortex'] }),
    twin: { what: 'a wind along x', subject: brokenFlows['wind-along-x'] },
    violation: (of) =>
      firstInRows(of.x.rows, (b) => {
        const [x, y, strength] = row(of.x, b) as unknown as [number, number, number];
        // (x, y) goes to (−y, x): the value at (X, Y) comes from (Y, −X), and −x_j is x_(N − j).
        const turn = (values: Float64Array): Float64Array => moved(values, (i, j) => [j, POINTS - i]);
        const here = trajectoryOf(of, b).at(-1)!.marker;
        const found = trajectoryOf(of, b, Float64Array.of(-y, x, strength), turn(row(of.identifiers, b))).at(
          -1,
        )!.marker;
        return different(found, turn(here), 1e-10);
      }),
  });
}
