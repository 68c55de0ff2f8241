import { describe, expect, it } from 'vitest';
import { InverseClaimsError } from '../core/errors.ts';
import { type KuramotoSivashinskyOptions, requireKuramotoSivashinsky } from './kuramoto-sivashinsky-options.ts';

const GOOD: KuramotoSivashinskyOptions = { length: 22, points: 64, horizon: 5 };

/** The error that options of any type lead to. */
function refusal(options: unknown): InverseClaimsError {
  try {
    requireKuramotoSivashinsky('test', options as KuramotoSivashinskyOptions);
  } catch (error) {
    if (error instanceof InverseClaimsError) return error;
    throw error;
  }
  throw new Error('not refused');
}

describe('options of the Kuramoto-Sivashinsky equation', () => {
  it('have defaults', () => {
    const { step, steps, forcing, unknowns, modes, precision, kernel, tapeBytes } = requireKuramotoSivashinsky(
      'test',
      GOOD,
    );
    expect({ step, steps, unknowns, modes, precision, kernel, tapeBytes }).toEqual({
      step: 0.25,
      steps: 20,
      unknowns: 'parameters',
      modes: 3,
      precision: 'float64',
      kernel: 'auto',
      tapeBytes: 2 ** 25,
    });
    expect(forcing).toEqual(Float64Array.from({ length: 64 }, (_, x) => Math.cos((2 * Math.PI * x) / 64)));
  });

  it('name forcings, or hold their values', () => {
    const given = Array.from({ length: 128 }, (_, x) => x / 128);
    const forcingOf = (forcing: KuramotoSivashinskyOptions['forcing'] & object) =>
      requireKuramotoSivashinsky('test', { length: 60, points: 128, horizon: 1, forcing }).forcing;
    expect([...forcingOf(given)]).toEqual(given);
    const named = (forcing: 'none' | 'mix') =>
      requireKuramotoSivashinsky('test', { length: 60, points: 128, horizon: 1, forcing }).forcing;
    expect(named('none').every((value) => value === 0)).toBe(true);
    const angle = (2 * Math.PI * 5) / 128;
    expect(named('mix')[5]).toBeCloseTo(Math.cos(4 * angle) + 0.5 * Math.sin(5 * angle), 14);
  });

  const numbers = ['length', 'points', 'step', 'horizon', 'modes', 'tapeBytes'] as const;
  it.each(numbers.flatMap((name) => [Number.NaN, Number.POSITIVE_INFINITY].map((value) => [name, value] as const)))(
    'refuse "%s" of %d',
    (name, value) => {
      const error = refusal({ ...GOOD, [name]: value });
      expect(error.code).toBe('not-finite');
      expect(error.message).toContain(`test: "${name}"`);
    },
  );

  it.each([
    ['length', 0],
    ['length', 1e-30],
    ['length', -22],
    ['points', 48],
    ['points', 4],
    ['points', 8192],
    ['points', 64.5],
    ['step', 0],
    ['step', -0.25],
    ['step', 0.51],
    ['horizon', 0],
    ['horizon', -5],
    ['horizon', 5.1],
    ['horizon', 0.1],
    ['modes', 0],
    ['modes', 32],
    ['modes', 1.5],
    ['tapeBytes', 1024],
    ['tapeBytes', 2 ** 31],
  ])('refuse "%s" of %d', (name, value) => {
    const error = refusal({ ...GOOD, [name]: value });
    expect(error.code).toBe('out-of-range');
    expect(error.message).toContain(`test: "${name}"`);
    expect(error.message).toContain(String(value));
  });

  it('refuse a grid that does not resolve the domain, and say which would', () => {
    const { code, message } = refusal({ length: 60, points: 64, horizon: 5 });
    expect(code).toBe('out-of-range');
    expect(message).toMatch(/wave numbers up to 2\.8/);
    expect(message).toMatch(/64 points on a length of 60, up to 2\.20/);
    expect(message).toMatch(/take 128 points/);
  });

  it('refuse more than a million steps', () => {
    const { code, message } = refusal({ ...GOOD, horizon: 300_000 });
    expect(code).toBe('out-of-range');
    expect(message).toMatch(/at most 1000000 steps, received 1200000 of 0\.25/);
  });

  it('refuse an option that there is not', () => {
    const { code, message } = refusal({ ...GOOD, dt: 0.125 });
    expect(code).toBe('unknown-option');
    expect(message).toMatch(/"dt"/);
  });

  it('refuse a length that no grid resolves', () => {
    expect(refusal({ length: 1e6, points: 4096, horizon: 5 }).message).toMatch(/no grid that is allowed/);
  });

  it('say which horizon is a whole number of steps', () => {
    expect(refusal({ ...GOOD, horizon: 5.1 }).message).toMatch(/whole number of steps of 0\.25.*take 5/s);
  });

  it.each(['unknowns', 'precision', 'kernel', 'forcing'])('refuse a name of "%s" that nothing has', (name) => {
    const error = refusal({ ...GOOD, [name]: 'nonsense' });
    expect(error.code).toBe('unknown-name');
    expect(error.message).toContain(`test: "${name}"`);
  });

  it('refuse a forcing of another length, or with a value that is not finite', () => {
    expect(refusal({ ...GOOD, forcing: new Float64Array(63) })).toMatchObject({ code: 'shape-mismatch' });
    const values = new Float64Array(64);
    values[7] = Number.NaN;
    const error = refusal({ ...GOOD, forcing: values });
    expect(error.code).toBe('not-finite');
    expect(error.message).toContain('"forcing"[7]');
  });

  it.each([
    ['no length', { ...GOOD, length: undefined }],
    ['a text for a number', { ...GOOD, points: '64' }],
    ['a number for a name', { ...GOOD, kernel: 3 }],
    ['a number for a forcing', { ...GOOD, forcing: 3 }],
    ['null for a forcing', { ...GOOD, forcing: null }],
    ['nothing', undefined],
    ['null', null],
  ])('refuse %s', (_, options) => {
    expect(refusal(options)).toBeInstanceOf(InverseClaimsError);
  });
});
