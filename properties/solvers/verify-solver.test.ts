import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../src/core/claim.ts';
import { InverseClaimsError } from '../../src/core/errors.ts';
import { rightSolvers } from '../broken/solver-versions.ts';
import { counterexample } from '../counterexample.ts';
import { solverLaws } from './laws.ts';
import { type MinimizeLike, minimizeSubject } from './subject.ts';
import { verifySolver } from './verify-solver.ts';

const minimize = minimizeSubject().minimize;
const SEED = 20_240_607;

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof InverseClaimsError) return error.code;
    throw error;
  }
  return 'no error';
}

function onlyVerdict(subject: MinimizeLike, law: string, cases = 60): Verdict {
  const [only] = verifySolver(subject, { cases, seed: SEED, laws: [law] }).verdicts;
  return (only as { verdict: Verdict }).verdict;
}

function messageOf(verdict: Verdict): string {
  return verdict.outcome === 'refuted' && verdict.evidence.kind === 'counterexample' ? verdict.evidence.message : '';
}

describe('verifySolver', () => {
  it('supports minimize of this library, and says what it skips', () => {
    const { verdicts, passed, cases } = verifySolver(minimize, { seed: SEED });
    expect(cases).toBe(300);
    expect(passed).toBe(true);
    expect(verdicts.map(({ law }) => law)).toEqual(solverLaws.map(({ name }) => name));
    const skipped = verdicts.filter(({ verdict }) => verdict.outcome === 'skipped');
    expect(skipped.map(({ law }) => law)).toEqual(['exact-termination']);
  });

  it('checks exact line searches where they are offered', () => {
    const exact = rightSolvers[0]?.subject.minimize as MinimizeLike;
    const options = { cases: 100, seed: SEED, laws: ['exact-termination', 'strong-wolfe'], exactLineSearch: true };
    const outcomes = verifySolver(exact, options).verdicts.map(({ verdict }) => verdict.outcome);
    expect(outcomes).toEqual(['supported', 'supported']);
  });

  it('gives the same verification for the same seed, as plain data', () => {
    const options = { cases: 20, seed: 5 };
    const once = verifySolver(minimize, options);
    expect(verifySolver(minimize, options)).toEqual(once);
    expect(JSON.parse(JSON.stringify(once))).toEqual(once);
  });

  it('skips what a minimizer does not tell, with the reason', () => {
    const silent: MinimizeLike = (fun, x0, options) => {
      const { x, value } = minimize(fun, x0, { ...options, observe: () => {} });
      return { x, value };
    };
    const { verdicts, passed } = verifySolver(silent, { cases: 20, seed: SEED });
    const reasons = verdicts.flatMap(({ verdict }) => (verdict.outcome === 'skipped' ? [verdict.reason] : []));
    expect(reasons.filter((reason) => reason.includes('converged'))).toHaveLength(4);
    expect(reasons.filter((reason) => reason.includes('evaluations'))).toHaveLength(1);
    expect(reasons.filter((reason) => reason.includes('steps'))).toHaveLength(1);
    expect(passed).toBe(true);
  });
});

describe('a minimizer that does not do as documented', () => {
  const answering = (result: unknown): MinimizeLike => (() => result) as unknown as MinimizeLike;

  it.each([
    ['nothing', undefined, '"result": expected an object, received undefined'],
    ['no value', { x: [0] }, '"value": expected a number, received undefined'],
    ['x of another length', { x: [], value: 0 }, '"x": expected a vector of 1 numbers'],
    ['x of something else', { x: ['0'], value: 0 }, '"x": expected a vector of 1 numbers'],
    ['converged as text', { x: [0], value: 0, converged: 'yes' }, '"converged": expected a boolean, received yes'],
    ['a fraction of evaluations', { x: [0], value: 0, evaluations: 0.5 }, '"evaluations": expected an integer'],
  ])('is refuted with the field: %s', (_, result, message) => {
    // Shrunk cases have one variable.
    const verdict = onlyVerdict(answering(result), 'never-uphill');
    expect(messageOf(verdict)).toContain(message);
  });

  it('is refuted with NaN', () => {
    const undefinedEverywhere = answering({ x: [Number.NaN], value: Number.NaN });
    expect(messageOf(onlyVerdict(undefinedEverywhere, 'value-of-point'))).toBe('x is [NaN]');
  });

  it('is refuted where it throws, while the other laws go on', () => {
    const throwing: MinimizeLike = () => {
      throw new RangeError('out of ideas');
    };
    const { verdicts, passed } = verifySolver(throwing, { cases: 20, seed: SEED });
    expect(passed).toBe(false);
    expect(messageOf(verdicts[0]?.verdict as Verdict)).toBe('it threw: out of ideas');
    expect(verdicts).toHaveLength(solverLaws.length);
    // Refusing what cannot be started is no false success, and no evaluation is none too many.
    const fine = verdicts.filter(({ verdict }) => verdict.outcome === 'supported').map(({ law }) => law);
    expect(fine).toEqual(expect.arrayContaining(['budget-is-kept', 'no-false-success']));
  });

  it('is stopped where it never ends', () => {
    const endless: MinimizeLike = (fun, x0) => {
      for (;;) {
        try {
          fun(x0);
        } catch (error) {
          throw new Error('wrapped', { cause: error });
        }
      }
    };
    expect(messageOf(onlyVerdict(endless, 'budget-is-kept'))).toMatch(/^it was stopped after \d+ calls/);
  });

  it('is refuted where it makes one call too many', () => {
    const greedy: MinimizeLike = (fun, x0, options) => {
      for (let k = 0; k < options.maxEvaluations; k++) fun(x0);
      return { x: x0, value: fun(x0).value };
    };
    const once: MinimizeLike = (fun, x0) => ({ x: x0, value: fun(x0).value });
    expect(messageOf(onlyVerdict(greedy, 'budget-is-kept'))).toMatch(/^2 calls of the function, 1 permitted$/);
    expect(onlyVerdict(once, 'budget-is-kept').outcome).toBe('supported');
  });

  it('is refuted where it stays at the start and says nothing about it', () => {
    const idle: MinimizeLike = (fun, x0) => ({ x: x0, value: fun(x0).value });
    expect(onlyVerdict(idle, 'value-of-point').outcome).toBe('supported');
    for (const law of ['smooth-is-solved', 'undefined-regions-are-left', 'units-of-place', 'quadratics-in-time']) {
      expect(messageOf(onlyVerdict(idle, law))).toMatch(/^‖∇f‖∞ is .* after 1 evaluations, tolerance/);
    }
  });

  it('is refuted with a malformed step', () => {
    const malformed: MinimizeLike = (fun, x0, options) => {
      options.observe({ step: 1 } as never);
      return minimize(fun, x0, options);
    };
    expect(messageOf(onlyVerdict(malformed, 'value-of-point'))).toContain('"observe.direction"');
  });
});

describe('bad input', () => {
  it.each([
    ['solver-protocol', () => verifySolver(null as never)],
    ['out-of-range', () => verifySolver(minimize, { cases: 0 })],
    ['not-finite', () => verifySolver(minimize, { cases: Number.NaN })],
    ['out-of-range', () => verifySolver(minimize, { seed: -1 })],
    ['out-of-range', () => verifySolver(minimize, { laws: [] })],
    ['unknown-name', () => verifySolver(minimize, { laws: ['value-of-piont'] })],
  ])('throws %s', (code, action) => {
    expect(codeOf(action)).toBe(code);
  });
});

describe('the laws themselves', () => {
  it.each(solverLaws)('$name refutes its twin, and the counterexample replays', ({ law }) => {
    const search = { seed: SEED, cases: law.cases };
    const { path, shrunk, message } = counterexample(law.brokenTwin.check(search));
    expect(law.brokenTwin.check({ ...search, path })).toMatchObject({
      outcome: 'refuted',
      evidence: { shrunk, message },
    });
  });
});
