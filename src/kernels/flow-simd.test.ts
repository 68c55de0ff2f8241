import { describe, expect, it } from 'vitest';
import { stream } from '../core/random.ts';
import type { FlowEngine } from './flow-engine.ts';
import { flowReference } from './flow-reference.ts';
import { flowSimd, hasFlowSimd } from './flow-simd.ts';
import { flowTables } from './flow-tables.ts';

const STEPS = 3;

/** Fields of a lane after some steps, and the cotangents of the beginning. */
function results(engine: FlowEngine, fields: Float64Array, bars: Float64Array) {
  const length = fields.length / engine.lanes;
  const [state, cotangent] = [new Float64Array(length * engine.lanes), new Float64Array(length * engine.lanes)];
  engine.reserve(STEPS, 2, 1);
  engine.setState(fields);
  engine.keep(0);
  engine.advance(STEPS);
  // Again, from the checkpoint onto the second tape.
  engine.restore(0);
  engine.advance(STEPS, 1);
  engine.getState(state);
  engine.setCotangent(bars);
  engine.retreat(STEPS, 1);
  engine.getCotangent(cotangent);
  return { state, cotangent };
}

describe.each([16, 32, 64, 128])('the SIMD kernel on %d points a side', (points) => {
  const tables = flowTables({ points, viscosity: 0.02, diffusivity: 0.01, step: 0.02 });
  const length = 2 * points * points;
  const random = stream(points, 'test/flow-simd');
  const noise = (): Float64Array => Float64Array.from({ length: 2 * length }, () => random.normal());
  const [fields, bars] = [noise(), noise()];

  it('gives the numbers of its plain twin in each lane, bit for bit', () => {
    expect(hasFlowSimd()).toBe(true);
    const found = results(flowSimd(tables), fields, bars);
    const reference = flowReference(tables);
    for (const lane of [0, 1]) {
      const part = (whole: Float64Array): Float64Array => whole.slice(lane * length, (lane + 1) * length);
      const expected = results(reference, part(fields), part(bars));
      expect(part(found.state)).toEqual(expected.state);
      expect(part(found.cotangent)).toEqual(expected.cotangent);
    }
  });
});
