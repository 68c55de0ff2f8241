import { brokenFlows, type FlowFactory } from '../broken/flow.ts';
import { type Law, law } from '../law.ts';
import { firstInRows } from '../simulator-case.ts';
import { type FlowCase, flowCases } from './cases.ts';
import { common, trajectoryOf } from './trajectories.ts';

/** Steps that are compared with one an eighth of the first. */
const STEPS = [1 / 20, 1 / 40, 1 / 160] as const;

/** 3.4: a scheme of third order has 3. */
const LEAST_ORDER = 3.4;

/** Distances that rounding alone makes. */
const ROUNDING = 1e-12;

/** flow.order-four-in-time: halving the step divides the distance from a run with steps an eighth as long by 2^3.4 and more, or leaves rounding. */
export function flowOrderFourInTime(): Law<FlowFactory> {
  return law<FlowFactory, FlowCase>({
    ...common,
    cases: 30,
    arbitrary: (factory) => flowCases(factory, { steps: 3 }),
    twin: { what: 'an error of second order in the step', subject: brokenFlows['second-order'] },
    violation: (of) =>
      firstInRows(of.x.rows, (b) => {
        const [coarse, half, fine] = STEPS.map((step) => {
          const simulator = of.factory({ ...of.options, step });
          return trajectoryOf({ ...of, simulator }, b).at(-1)!.marker;
        }) as [Float64Array, Float64Array, Float64Array];
        const distance = (from: Float64Array): number => Math.hypot(...from.map((value, i) => value - fine[i]!));
        const [before, after] = [distance(coarse), distance(half)];
        if (after < ROUNDING * Math.hypot(...fine)) return undefined;
        const order = Math.log2(before / after);
        return order >= LEAST_ORDER ? undefined : `distances ${before} and ${after}: order ${order.toFixed(2)}`;
      }),
  });
}
