import { describe, expect, it } from 'vitest';
import { compareMeasurements } from './comparison.ts';
import type { Measurement } from './measurement.ts';

const N = 512;
const list = <T>(value: (i: number) => T): T[] => Array.from({ length: N }, (_, i) => value(i));
const base: Measurement = {
  solver: 's',
  family: 'wave-packet',
  toTarget: list((i) => 10 + (i % 7)),
  evaluations: list((i) => 12 + (i % 7)),
  excess: list((i) => 1 + (i % 5)),
  solved: list(() => 1),
  violations: 0,
};
const verdictOf = (head: Partial<Measurement>, before: Partial<Measurement> = {}) => {
  const { verdicts, exitCode } = compareMeasurements([{ ...base, ...before }], [{ ...base, ...head }]);
  return { ...verdicts[0], exitCode };
};
const measureOf = (head: Partial<Measurement>, name: string) =>
  verdictOf(head).measures?.find(({ measure }) => measure === name);
const dearer = (factor: number, every = 1) => ({
  toTarget: base.toTarget.map((e, i) => (i % every === 0 ? factor * (e as number) : e)),
});

describe('compareMeasurements', () => {
  it('excludes a regression where nothing changed', () => {
    expect(verdictOf({})).toMatchObject({ outcome: 'excluded', because: 'identical on all 512', exitCode: 0 });
  });

  it('proves one that is everywhere, and says how large it is', () => {
    expect(verdictOf(dearer(1.05))).toMatchObject({
      outcome: 'proved',
      because: 'evaluations: proved worse',
      exitCode: 1,
    });
    const measure = measureOf(dearer(1.05), 'evaluations');
    expect(measure?.change).toBeCloseTo(5, 6);
    expect(measure).toMatchObject({ worse: 512, better: 0, tied: 0 });
    expect(measure?.lower).toBeGreaterThan(2);
    expect(measure?.upper).toBeGreaterThan(5);
  });

  it('says so where what is proved is within the margin', () => {
    // One problem in nine a fifth dearer is 2 %, spread thinly; a hundredth dearer everywhere is below the margin.
    const small = verdictOf({ excess: base.excess.map((loss) => 1.2 * (loss as number)) });
    expect(small).toMatchObject({ outcome: 'proved', because: 'loss: proved worse' });
    const tiny = measureOf(dearer(1.0005), 'evaluations');
    expect(tiny?.outcome).toBe('excluded');
    expect(tiny?.upper).toBeLessThan(2);
  });

  it('is undecided where a few problems are much dearer, and says what would settle it', () => {
    const verdict = verdictOf(dearer(2, 40));
    expect(verdict).toMatchObject({ outcome: 'undecided', exitCode: 2 });
    expect(verdict.because).toMatch(/^evaluations: neither proved nor excluded; about \d+ units would settle it/);
  });

  it('clips what changes by more than a factor of two, and ties what neither side solves', () => {
    const one = (value: number | null) => ({ toTarget: base.toTarget.map((e, i) => (i === 0 ? value : e)) });
    const change = measureOf(one(1000), 'evaluations')?.change;
    expect(change).toBeCloseTo(100 * (2 ** (1 / N) - 1), 9);
    expect(measureOf(one(null), 'evaluations')?.change).toBe(change);
    expect(verdictOf(one(null), one(null)).because).toBe('identical on all 512');
    expect(measureOf({ toTarget: one(1).toTarget }, 'evaluations')?.change).toBeLessThan(0);
  });

  it('does not count losses that are both far below what counts as solved', () => {
    const nothing = { excess: list(() => 1e-9) };
    const { outcome, because } = verdictOf({ excess: list(() => 1e-6) }, nothing);
    expect({ outcome, because }).toEqual({ outcome: 'excluded', because: 'identical on all 512' });
  });

  it('proves fewer problems solved, in points', () => {
    const fewer = measureOf({ solved: list((i) => (i % 5 === 0 ? 0 : 1)) }, 'solved');
    expect(fewer).toMatchObject({ outcome: 'proved', worse: 103, better: 0, margin: 5 });
    expect(fewer?.change).toBeCloseTo((100 * 103) / 512, 9);
  });

  it('needs no numbers where a solver errs, breaks certificates, or is gone', () => {
    expect(verdictOf({ error: 'it threw' })).toMatchObject({ outcome: 'proved', because: 'errs: it threw' });
    expect(verdictOf({ error: 'it threw' }, { error: 'before' })).toMatchObject({ outcome: 'undecided' });
    expect(verdictOf({}, { error: 'before' })).toMatchObject({ outcome: 'undecided' });
    expect(verdictOf({ violations: 2 }, { violations: 1 })).toMatchObject({
      outcome: 'proved',
      because: '2 certificates broken, 1 before',
    });
    expect(verdictOf({ violations: 1 }, { violations: 1 })).toMatchObject({ outcome: 'excluded' });
    expect(compareMeasurements([base], [])).toMatchObject({ exitCode: 1, verdicts: [{ outcome: 'proved' }] });
    expect(compareMeasurements([], [base])).toMatchObject({ exitCode: 2, verdicts: [{ outcome: 'undecided' }] });
  });

  it('spends its error on all measures together', () => {
    const many = Array.from({ length: 50 }, (_, k) => ({ ...base, solver: `s${k}` }));
    const worse = { ...base, ...dearer(1.05) };
    const width = (others: readonly Measurement[]) => {
      const { verdicts } = compareMeasurements([base, ...others], [worse, ...others]);
      const measure = verdicts[0]?.measures[0];
      return (measure?.upper ?? 0) - (measure?.lower ?? 0);
    };
    expect(width(many)).toBeGreaterThan(width([]));
  });

  it('refuses other numbers of units', () => {
    expect(() => verdictOf({ solved: [1], toTarget: [1], excess: [1] })).toThrow('gate: s on wave-packet');
  });
});
