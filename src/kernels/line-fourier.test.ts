import { describe, expect, it } from 'vitest';
import { stream } from '../core/random.ts';
import { linePlan, toGrid, toModes } from './line-fourier.ts';

const random = stream(11, 'test/line');
const noise = (count: number) => Float64Array.from({ length: count }, () => random.normal());
const largest = (values: Float64Array) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

describe.each([16, 32, 64, 128])('a line of %d points', (points) => {
  const plan = linePlan(points);
  const { most, order } = plan;
  const kept = Array.from({ length: points }, (_, k) => k <= most || k >= points - most);
  /** Waves in the line itself; what lies above K is made of something that must not be read. */
  const line = noise(2 * points).map((value, i) => (kept[i >> 1] ? value : Number.NaN));
  const onLine = (numbers: Float64Array) => ({ numbers, low: 0, high: 0, stride: 2 });

  it('has every point in one place', () => {
    expect(Array.from(order).sort((a, b) => a - b)).toEqual([...Array(points).keys()]);
  });

  it('is the defining sum at each point', () => {
    const z = line.slice();
    toGrid(plan, onLine(z), z, 0);
    const sums = new Float64Array(2 * points);
    for (let place = 0; place < points; place++) {
      for (let k = 0; k < points; k++) {
        if (!kept[k]) continue;
        const phase = (2 * Math.PI * k * order[place]!) / points;
        const [c, s, re, im] = [Math.cos(phase), Math.sin(phase), line[2 * k]!, line[2 * k + 1]!];
        sums[2 * place]! += c * re - s * im;
        sums[2 * place + 1]! += c * im + s * re;
      }
    }
    expect(largest(z.map((value, i) => value - sums[i]!))).toBeLessThan(1e-12 * points);
  });

  it('goes back to N times the waves that it keeps, wherever they lie', () => {
    const stride = 6;
    const away = new Float64Array(stride * points);
    const waves = { numbers: away, low: 3, high: 3 - (points - 2 * most - 1) * stride, stride };
    for (let k = 0; k < points; k++) {
      if (!kept[k]) continue;
      const at = (k <= most ? waves.low : waves.high) + k * stride;
      away.set(line.subarray(2 * k, 2 * k + 2), at);
    }
    const before = away.slice();
    const z = new Float64Array(2 * points);
    toGrid(plan, waves, z, 0);
    toModes(plan, z, 0, waves);
    expect(largest(away.map((value, i) => value / points - before[i]!))).toBeLessThan(1e-14);
  });
});
