import { describe, expect, it } from 'vitest';
import { tanhSinh } from './tanh-sinh.ts';

describe('tanhSinh', () => {
  it.each([
    ['a square root at one end', Math.sqrt, 0, 1, 2 / 3],
    ['roots at both ends', (x: number) => Math.sqrt(1 - x * x), -1, 1, Math.PI / 2],
    ['an arcsine', Math.asin, 0, 1, Math.PI / 2 - 1],
    ['x ln x', (x: number) => x * Math.log(x), 0, 1, -0.25],
    ['a root just outside', (x: number) => Math.sqrt(x + 1e-6), 0, 1, ((1 + 1e-6) ** 1.5 - 1e-9) / 1.5],
    ['a smooth function, backwards', Math.exp, 1, 0, 1 - Math.E],
  ])('integrates %s', (_name, f, low, high, exact) => {
    expect(Math.abs(tanhSinh(f, low, high) - exact)).toBeLessThan(2e-15);
  });

  it('gives 0 on an empty interval', () => {
    expect(tanhSinh(Math.exp, 3, 3)).toBe(0);
  });
});
