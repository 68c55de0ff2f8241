import { describe, expect, it } from 'vitest';
import { requireKuramotoSivashinsky } from '../simulators/kuramoto-sivashinsky-options.ts';
import { kuramotoSivashinskyTables } from '../simulators/kuramoto-sivashinsky-tables.ts';
import type { KuramotoSivashinskyEngine } from './kuramoto-sivashinsky-engine.ts';
import { kuramotoSivashinskyReference } from './kuramoto-sivashinsky-reference.ts';
import { hasSimd, kuramotoSivashinskySimd } from './kuramoto-sivashinsky-simd.ts';

const STEPS = 12;

const tables = (points: number) =>
  kuramotoSivashinskyTables(
    requireKuramotoSivashinsky('test', { length: (points / 64) * 20, points, horizon: 1, forcing: 'mix' }),
  );

/** Smooth numbers of a lane. */
const wave = (points: number, lane: number, phase: number): Float64Array =>
  Float64Array.from({ length: points }, (_, x) => Math.sin((2 * Math.PI * (lane + 1) * x) / points + phase) + lane / 4);

interface Lane {
  readonly u: Float64Array;
  readonly alpha: number;
  readonly beta: number;
}

const laneOf = (points: number, lane: number): Lane => ({
  u: wave(points, lane, 0.3),
  alpha: 0.5 - lane / 3,
  beta: 0.7 + lane / 5,
});

/** Lanes side by side, those that are missing flat. */
function together(engine: KuramotoSivashinskyEngine, lanes: readonly Lane[], points: number) {
  const u = new Float64Array(engine.lanes * points);
  lanes.forEach((lane, k) => {
    u.set(lane.u, k * points);
  });
  const each = (of: (lane: Lane) => number, missing: number): Float64Array =>
    Float64Array.from({ length: engine.lanes }, (_, k) => (lanes[k] === undefined ? missing : of(lanes[k])));
  return { u, alpha: each((lane) => lane.alpha, 0), beta: each((lane) => lane.beta, 1) };
}

/** Everything that an engine computes for its lanes, lane by lane. */
function computed(engine: KuramotoSivashinskyEngine, lanes: readonly Lane[], points: number) {
  const from = together(engine, lanes, points);
  const along = together(
    engine,
    lanes.map(({ u, alpha, beta }) => ({ u, alpha: beta, beta: alpha })),
    points,
  );
  const [u, uBar, uDot] = [0, 1, 2].map(() => new Float64Array(engine.lanes * points)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const [alphaBar, betaBar] = [new Float64Array(engine.lanes), new Float64Array(engine.lanes)];
  engine.reserve(STEPS, 1, 0);
  engine.setParameters(from.alpha, from.beta);
  engine.setState(from.u);
  engine.advance(STEPS, 0);
  engine.getState(u);
  engine.setCotangent(along.u);
  engine.retreat(STEPS, 0);
  engine.getCotangent(uBar, alphaBar, betaBar);
  engine.setTangent(along.u, along.alpha, along.beta);
  engine.follow(STEPS, 0);
  engine.getTangent(uDot);
  const part = (values: Float64Array, k: number): number[] => [...values.subarray(k * points, (k + 1) * points)];
  return lanes.map((_, k) => ({
    u: part(u, k),
    uBar: part(uBar, k),
    uDot: part(uDot, k),
    parameters: [alphaBar[k], betaBar[k]],
  }));
}

const simd = (points: number) => kuramotoSivashinskySimd(tables(points), 'float64');
const single = (points: number) => kuramotoSivashinskySimd(tables(points), 'float32');
const reference = (points: number) => kuramotoSivashinskyReference(tables(points));

describe.each([8, 16, 32, 64, 128, 256])('the kernel on %i points', (points) => {
  const lanes = [0, 1].map((lane) => laneOf(points, lane));

  it('equals its twin bit for bit', () => {
    const alone = lanes.map((lane) => computed(reference(points), [lane], points)[0]);
    expect(computed(simd(points), lanes, points)).toEqual(alone);
  });
});

// On fewer points every wave dies out within these steps, and nothing is left to compare.
describe.each([32, 64, 128, 256])('the kernel in single precision on %i points', (points) => {
  it('is near its twin', () => {
    const four = [0, 1, 2, 3].map((lane) => laneOf(points, lane));
    const found = computed(single(points), four, points);
    four.forEach((lane, k) => {
      const expected = computed(reference(points), [lane], points)[0]!;
      for (const name of ['u', 'uBar', 'uDot', 'parameters'] as const) {
        const [got, right] = [found[k]![name], expected[name]] as [number[], number[]];
        const largest = Math.max(...right.map(Math.abs));
        const differences = got.map((value, i) => Math.abs(value - right[i]!));
        expect(Math.max(...differences)).toBeLessThan(2e-4 * largest);
      }
    });
  });
});

describe('the kernel', () => {
  const points = 32;
  const lanes = [0, 1].map((lane) => laneOf(points, lane));

  it('runs here: otherwise these tests compare nothing', () => {
    expect(hasSimd()).toBe(true);
  });

  it('keeps a lane that overflows to itself', () => {
    const spoilt = { ...lanes[0]!, u: wave(points, 0, 0).map((value) => 1e200 * value) };
    const [healthy] = computed(reference(points), [lanes[1]!], points);
    const [broken, beside] = computed(simd(points), [spoilt, lanes[1]!], points);
    expect(broken!.u.some(Number.isFinite)).toBe(false);
    expect(beside).toEqual(healthy);
  });

  it.each(['simd', 'reference'] as const)('gives the same with a tape, without, and from a kept state: %s', (kind) => {
    const engine = kind === 'simd' ? simd(points) : reference(points);
    const from = together(engine, lanes.slice(0, engine.lanes), points);
    const end = (run: () => void): Float64Array => {
      const u = new Float64Array(engine.lanes * points);
      engine.reserve(STEPS, 1, 2);
      engine.setParameters(from.alpha, from.beta);
      engine.setState(from.u);
      run();
      engine.getState(u);
      return u;
    };
    const taped = end(() => engine.advance(STEPS, 0));
    expect(end(() => engine.advance(STEPS))).toEqual(taped);
    const resumed = end(() => {
      engine.advance(5);
      engine.keep(1);
      engine.advance(3, 0);
      engine.restore(1);
      engine.advance(STEPS - 5);
    });
    expect(resumed).toEqual(taped);
  });

  it.each([simd, reference])('goes on with more memory', (engineOf) => {
    const engine = engineOf(points);
    const before = computed(engine, lanes.slice(0, engine.lanes), points);
    engine.reserve(500, 3, 10);
    expect(computed(engine, lanes.slice(0, engine.lanes), points)).toEqual(before);
  });

  it.each([simd, reference])('starts each backward sweep from zero', (engineOf) => {
    const engine = engineOf(points);
    const once = computed(engine, lanes.slice(0, engine.lanes), points);
    expect(computed(engine, lanes.slice(0, engine.lanes), points)).toEqual(once);
  });
});
