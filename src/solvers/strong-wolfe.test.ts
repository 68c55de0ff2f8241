import { describe, expect, it } from 'vitest';
import { InverseClaimsError } from '../core/errors.ts';
import { type LinePoint, searchLine } from './line-search.ts';
import {
  decreasesEnough,
  flattensEnough,
  requireWolfe,
  type SearchLimits,
  strongWolfe,
  USUAL_LIMITS,
  USUAL_WOLFE,
  type WolfeConstants,
} from './strong-wolfe.ts';

type Line = (step: number) => { readonly value: number; readonly slope: number };

type Result =
  | { readonly ok: true; readonly point: LinePoint }
  | { readonly ok: false; readonly why: string; readonly best: LinePoint | undefined };

/** Runs the search on φ; `best` is the trial that the search called its lowest. */
function search(
  line: Line,
  firstStep = 1,
  constants: WolfeConstants = USUAL_WOLFE,
  limits: SearchLimits = USUAL_LIMITS,
  resolution = 0,
): { result: Result; start: LinePoint; trials: readonly LinePoint[] } {
  const inner = strongWolfe(constants, limits);
  let told = -1;
  let lowest = -1;
  const tell = (value: number, slope: number): number => {
    const next = inner.tell(value, slope);
    told += 1;
    if (inner.isLowest()) lowest = told;
    return next;
  };
  const { outcome, start, trials } = searchLine(
    {
      guarantee: inner.guarantee,
      begin: (...start) => inner.begin(...start),
      tell,
      isLowest: () => inner.isLowest(),
      outcome: () => inner.outcome(),
    },
    line,
    firstStep,
    resolution,
  );
  if (outcome === 'accepted') return { result: { ok: true, point: trials.at(-1) as LinePoint }, start, trials };
  return { result: { ok: false, why: outcome, best: trials[lowest] }, start, trials };
}

/** The test functions of Moré & Thuente, ACM Trans. Math. Software 20 (1994) 286, section 5, with their constants. */
const yanai = (b1: number, b2: number): Line => {
  const gamma = (b: number): number => Math.sqrt(1 + b * b) - b;
  return (a) => {
    const [p, q] = [Math.hypot(1 - a, b2), Math.hypot(a, b1)];
    return {
      value: gamma(b1) * p + gamma(b2) * q,
      slope: (-gamma(b1) * (1 - a)) / p + (gamma(b2) * a) / q,
    };
  };
};
const moreThuente: { name: string; line: Line; c1: number; c2: number }[] = [
  {
    name: 'function 1',
    line: (a) => ({ value: -a / (a * a + 2), slope: (a * a - 2) / (a * a + 2) ** 2 }),
    c1: 1e-3,
    c2: 0.1,
  },
  {
    name: 'function 2',
    line: (a) => ({
      value: (a + 0.004) ** 5 - 2 * (a + 0.004) ** 4,
      slope: 5 * (a + 0.004) ** 4 - 8 * (a + 0.004) ** 3,
    }),
    c1: 0.1,
    c2: 0.11,
  },
  { name: 'function 4', line: yanai(1e-3, 1e-3), c1: 1e-3, c2: 1.1e-3 },
  { name: 'function 5', line: yanai(0.01, 1e-3), c1: 1e-3, c2: 1.1e-3 },
  { name: 'function 6', line: yanai(1e-3, 0.01), c1: 1e-3, c2: 1.1e-3 },
];
/** They report at most 14 trials; ours may take a few more because it bisects where theirs interpolates. */
const MOST_TRIALS = 25;

const parabola: Line = (a) => ({ value: (1 - a) ** 2, slope: 2 * (a - 1) });

describe('strongWolfe', () => {
  it('accepts the first trial where it fulfills both conditions', () => {
    const { result, trials } = search(parabola);
    expect(trials).toHaveLength(1);
    expect(result).toEqual({ ok: true, point: { step: 1, value: 0, slope: 0 } });
  });

  it.each(moreThuente)('fulfills the given, strict constants on $name of Moré & Thuente', ({ line, c1, c2 }) => {
    for (const firstStep of [1e-3, 1e-1, 1e1, 1e3]) {
      const { result, start, trials } = search(line, firstStep, { c1, c2 });
      expect(result.ok, `first step ${firstStep}`).toBe(true);
      if (!result.ok) continue;
      expect(result.point.value).toBeLessThanOrEqual(start.value + c1 * result.point.step * start.slope);
      expect(Math.abs(result.point.slope)).toBeLessThanOrEqual(c2 * Math.abs(start.slope));
      expect(trials.length).toBeLessThanOrEqual(MOST_TRIALS);
    }
  });

  it('never asks for the same step twice', () => {
    const lines: Line[] = [parabola, (a) => ({ value: Math.abs(a - 0.3), slope: Math.sign(a - 0.3) || 1 })];
    for (const { line } of [...moreThuente, ...lines.map((line) => ({ line }))]) {
      for (const firstStep of [1e-8, 0.7, 1e4]) {
        const steps = search(line, firstStep, { c1: 1e-4, c2: 1e-3 }).trials.map(({ step }) => step);
        expect(new Set(steps).size).toBe(steps.length);
        expect(steps.every((step) => step > 0 && Number.isFinite(step))).toBe(true);
      }
    }
  });

  it('works in a bracket whose upper end is the smaller step', () => {
    // The first trial lies beyond the minimum and is lower than the start, so the bracket runs from 1.5 down to 0 and
    // a signed width would be negative.
    const { result, trials } = search(parabola, 1.5, { c1: 1e-4, c2: 0.1 });
    expect(trials.map(({ step }) => step)).toEqual([1.5, 1]);
    expect(result).toEqual({ ok: true, point: { step: 1, value: 0, slope: 0 } });
  });

  it('keeps the lowest trial as one end of the bracket', () => {
    const wolfe = strongWolfe({ c1: 1e-4, c2: 0.1 });
    wolfe.begin(0, -1, 1, 0);
    const second = wolfe.tell(-0.5, 0.2);
    // A hump between both: lower than the start, higher than the trial at 1, and rising toward it.
    const third = wolfe.tell(-0.4, 0.3);
    expect(third).toBeGreaterThan(second);
    expect(third).toBeLessThan(1);
  });

  it('zooms with the configured constants and not with the usual ones', () => {
    const wiggly: Line = (a) => ({
      value: (a - 1) ** 2 + 0.05 * Math.sin(12 * a),
      slope: 2 * (a - 1) + 0.6 * Math.cos(12 * a),
    });
    let differs = false;
    for (const firstStep of [0.2, 1.5, 3, 8]) {
      const strict = search(wiggly, firstStep, { c1: 0.2, c2: 0.21 });
      if (!strict.result.ok) throw new Error('the strict search found no step');
      expect(decreasesEnough(strict.start, strict.result.point, 0.2)).toBe(true);
      expect(flattensEnough(strict.start, strict.result.point, 0.21)).toBe(true);
      differs ||= strict.trials.length !== search(wiggly, firstStep).trials.length;
    }
    expect(differs).toBe(true);
  });
});

describe('strongWolfe, where it has to fail or to recover', () => {
  it.each([
    ['an ascent direction', 1],
    ['a flat function', 0],
    ['a slope that is not a number', Number.NaN],
  ])('refuses %s without a trial', (_name, slope) => {
    const wolfe = strongWolfe();
    expect(wolfe.begin(0, slope, 1, 0)).toBeNaN();
    expect(wolfe.outcome()).toBe('not-a-descent-direction');
    expect(wolfe.isLowest()).toBe(false);
  });

  it('can be used again, whatever the search before left behind', () => {
    const wolfe = strongWolfe();
    const fresh = (line: Line, firstStep: number) => searchLine(strongWolfe(), line, firstStep);
    const lines: readonly (readonly [Line, number])[] = [
      [parabola, 1e3],
      [(a) => ({ value: -a, slope: -1 }), 1],
      [(a) => ({ value: Math.abs(a - 0.3), slope: a < 0.3 ? -1 : 1 }), 1],
      [parabola, 1],
      [(a) => ({ value: a, slope: 1 }), 1],
      [parabola, 1e-12],
    ];
    for (const [line, firstStep] of lines) expect(searchLine(wolfe, line, firstStep)).toEqual(fresh(line, firstStep));
  });

  it('shrinks from a first trial that is not a number', () => {
    const line: Line = (a) => (a > 0.01 ? { value: Number.NaN, slope: Number.NaN } : parabola(100 * a));
    const scaled: Line = (a) => ({ value: line(a).value, slope: 100 * line(a).slope });
    const { result, trials } = search(scaled);
    expect(trials[0]!.value).toBe(Number.POSITIVE_INFINITY);
    expect(result.ok && result.point.step).toBeLessThanOrEqual(0.01);
  });

  it('shrinks to a fifth where the far end is infinite, since there is nothing to interpolate', () => {
    const { trials } = search((a) => ({ value: a > 0.005 ? Number.POSITIVE_INFINITY : -a, slope: -1 }));
    expect(trials.slice(0, 4).map(({ step }) => step)).toEqual([1, 0.2, 0.2 * 0.2, 0.2 * 0.2 * 0.2]);
  });

  it('finds the minimum beside a wall of infinite values', () => {
    const wall: Line = (a) =>
      a < 2
        ? { value: -Math.log(2 - a) - 2 * a, slope: 1 / (2 - a) - 2 }
        : { value: Number.POSITIVE_INFINITY, slope: 0 };
    for (const firstStep of [1e-4, 1, 5, 1e6]) {
      const { result } = search(wall, firstStep, { c1: 1e-4, c2: 0.1 });
      expect(result.ok && Math.abs(result.point.step - 1.5)).toBeLessThan(0.2);
    }
  });

  it('gives up where everything but the start is infinite', () => {
    const { result, trials } = search((a) =>
      a === 0 ? { value: 0, slope: -1 } : { value: Number.POSITIVE_INFINITY, slope: 0 },
    );
    expect(result).toEqual({ ok: false, why: 'zoom-exhausted', best: undefined });
    expect(trials.length).toBeLessThanOrEqual(USUAL_LIMITS.zooms + 1);
  });

  it('reports a function without lower bound, and keeps the lowest trial', () => {
    const { result, trials } = search((a) => ({ value: -a, slope: -1 }));
    expect(result).toEqual({ ok: false, why: 'no-bracket', best: trials.at(-1) });
    expect(trials).toHaveLength(USUAL_LIMITS.expansions + 1);
    expect(trials.at(-1)!.step).toBeGreaterThan(1e25);
  });

  it('exhausts the zoom at a kink, and does not throw its best trial away', () => {
    const kink: Line = (a) => ({ value: Math.abs(a - 0.3), slope: a < 0.3 ? -1 : 1 });
    const { result, trials } = search(kink);
    if (result.ok) throw new Error('a kink cannot fulfill the curvature condition');
    expect(result.why).toBe('zoom-exhausted');
    expect(result.best?.value).toBe(Math.min(...trials.map(({ value }) => value)));
    expect(result.best?.value).toBeLessThan(1e-9);
  });

  it('stops zooming where steps no longer change the point', () => {
    const kink: Line = (a) => ({ value: Math.abs(a - 0.3), slope: a < 0.3 ? -1 : 1 });
    const coarse = search(kink, 1, USUAL_WOLFE, USUAL_LIMITS, 1e-2);
    expect(coarse.result.ok).toBe(false);
    expect(coarse.trials.length).toBeLessThan(search(kink).trials.length);
  });

  it('bisects where interpolation crawls', () => {
    // Beyond the valley at 0.95 the function jumps to 1e300, so the cubic always points at the near end: a tenth of
    // the bracket per trial would take 22 trials.
    const cliff: Line = (a) => {
      const beyond = Math.max(0, a - 0.9);
      return a > 0.999 ? { value: 1e300, slope: 1e300 } : { value: -a + 10 * beyond ** 2, slope: -1 + 20 * beyond };
    };
    const { result, trials } = search(cliff);
    expect(result.ok).toBe(true);
    expect(trials.length).toBeLessThanOrEqual(12);
  });

  it('honors its limits exactly', () => {
    const limits = { expansions: 3, zooms: 4 };
    expect(search((a) => ({ value: -a, slope: -1 }), 1, USUAL_WOLFE, limits).trials).toHaveLength(4);
    const infinite: Line = (a) => ({ value: a === 0 ? 0 : Number.POSITIVE_INFINITY, slope: a === 0 ? -1 : 0 });
    expect(search(infinite, 1, USUAL_WOLFE, limits).trials).toHaveLength(5);
  });

  it('expands far from a first step that is far too short', () => {
    const { result, trials } = search(parabola, 1e-12);
    expect(result.ok).toBe(true);
    expect(trials.length).toBeLessThanOrEqual(25);
  });

  it('does not depend on the units of f or of the step', () => {
    const line = moreThuente[0]!.line;
    const plain = search(line, 0.25);
    const [f, a] = [2 ** -40, 2 ** 20];
    const scaled = search(
      (step) => ({ value: f * line(step * a).value, slope: f * a * line(step * a).slope }),
      0.25 / a,
    );
    expect(scaled.trials.map(({ step }) => step * a)).toEqual(plain.trials.map(({ step }) => step));
  });
});

describe('requireWolfe', () => {
  it.each([
    [0, 0.9],
    [0.5, 0.5],
    [0.5, 0.4],
    [1e-4, 1],
    [Number.NaN, 0.9],
    [1e-4, Number.NaN],
  ])('rejects c1 = %s, c2 = %s', (c1, c2) => {
    expect(() => requireWolfe('bfgs', { c1, c2 })).toThrow(InverseClaimsError);
  });

  it('names the option, the permitted interval and a usual value', () => {
    expect(() => requireWolfe('bfgs', { c1: 1e-4, c2: 1 })).toThrow(
      'bfgs: "wolfe.c2": expected a number in (c1, 1) = (0.0001, 1), received 1. Hint: 0.9 is usual for quasi-Newton methods',
    );
  });
});
