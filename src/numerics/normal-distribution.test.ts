import { describe, expect, it } from 'vitest';
import { logNormalCdf, normalCdf, normalDensity } from './normal-distribution.ts';

const relative = (value: number, exact: number): number => Math.abs(value / exact - 1);

describe('the normal distribution', () => {
  it('has known values and symmetry', () => {
    expect(relative(normalCdf(1), 0.8413447460685429)).toBeLessThan(1e-15);
    expect(relative(normalCdf(-5), 2.866515718791939e-7)).toBeLessThan(1e-14);
    expect(relative(normalCdf(-37), 5.725571222524575e-300)).toBeLessThan(1e-12);
    for (const x of [0.1, 1, 3, 6]) expect(normalCdf(x) + normalCdf(-x)).toBeCloseTo(1, 15);
    expect([-Infinity, 0, Infinity].map(normalCdf)).toEqual([0, 0.5, 1]);
    expect([-Infinity, Infinity].map(normalDensity)).toEqual([0, 0]);
    expect(relative(normalDensity(2), Math.exp(-2) / Math.sqrt(2 * Math.PI))).toBeLessThan(1e-15);
  });

  it('has a logarithm that is the logarithm, and goes on where Φ ends', () => {
    for (const x of [-37, -20, -8.5, -8, -7.9, -3, -0.5, 0, 0.5, 2]) {
      expect(relative(logNormalCdf(x), Math.log(normalCdf(x)))).toBeLessThan(3e-15);
    }
    expect(relative(logNormalCdf(8), -6.220960574271785e-16)).toBeLessThan(1e-14);
    // Mills' ratio at 200 is (1 − 1/200² + 3/200⁴)/200 to twelve digits.
    const mills = (1 - 1 / 200 ** 2 + 3 / 200 ** 4) / 200;
    expect(relative(logNormalCdf(-200), -20000 + Math.log(mills / Math.sqrt(2 * Math.PI)))).toBeLessThan(1e-15);
    expect([-Infinity, -1e200, Infinity].map(logNormalCdf)).toEqual([-Infinity, -Infinity, -0]);
  });

  it('does not take NaN', () => {
    for (const f of [normalCdf, normalDensity, logNormalCdf]) expect(() => f(Number.NaN)).toThrow('received NaN');
  });
});
