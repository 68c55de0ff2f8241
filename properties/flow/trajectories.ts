import { row } from '../../src/core/batch.ts';
import type { FlowSnapshot } from '../../src/simulators/flow-rollout.ts';
import { incompressibleFlow } from '../../src/simulators/incompressible-flow.ts';
import type { FlowFactory } from '../broken/flow.ts';
import { showCase } from '../simulator-case.ts';
import { type FlowCase, flowCases } from './cases.ts';

/** What laws of the flow have in common unless they say otherwise. */
export const common = {
  subject: incompressibleFlow as FlowFactory,
  arbitrary: (factory: FlowFactory) => flowCases(factory),
  show: showCase,
};

/** All snapshots of a row of a case, from other unknowns or another marker where they are given. */
export function trajectoryOf(
  of: FlowCase,
  b: number,
  x = row(of.x, b),
  marker = row(of.identifiers, b),
): readonly FlowSnapshot[] {
  return of.simulator.trajectory(x, marker);
}

export const largest = (values: Float64Array): number =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/** The first value that is further off than `tolerance` times one and the largest. */
export function different(found: Float64Array, expected: Float64Array, tolerance: number): string | undefined {
  const size = 1 + largest(expected);
  const wrong = found.findIndex((value, i) => !(Math.abs(value - expected[i]!) <= tolerance * size));
  return wrong < 0 ? undefined : `${found[wrong]} at point ${wrong} instead of ${expected[wrong]}`;
}
