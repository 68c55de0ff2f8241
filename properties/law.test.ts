import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InverseClaimsError } from '../src/core/errors.ts';
import { dyadic } from './arbitraries.ts';
import { counterexample } from './counterexample.ts';
import { assume, law, type SearchDetails, searchLaw, verdictOfSearch } from './law.ts';

const search = { seed: 7, cases: 100 };
const below = (limit: number) => (x: number) => (x < limit ? undefined : `${x} is not below ${limit}`);

describe('searchLaw', () => {
  it('supports what it could not refute, and says in how many cases', () => {
    expect(searchLaw(dyadic(0, 8), below(9), search)).toEqual({
      outcome: 'supported',
      reason: 'not refuted in 100 cases',
      evidence: { kind: 'cases', tried: 100, rejected: 0, seed: 7 },
    });
  });

  it('refutes with the smallest counterexample and its message', () => {
    const found = counterexample(searchLaw(dyadic(0, 8), below(3), search));
    expect(found.shrunk).toBe('3');
    expect(found.message).toBe('3 is not below 3');
    expect(found.seed).toBe(7);
    expect(found.path).toMatch(/^\d+(:\d+)*$/);
  });

  it('shows cases in the words of the law', () => {
    const verdict = searchLaw(dyadic(0, 8), below(3), search, (x) => `x = ${x} meters`);
    expect(counterexample(verdict).shrunk).toBe('x = 3 meters');
  });

  it('replays a counterexample from seed and path', () => {
    const pairs = fc.array(dyadic(-8, 8), { maxLength: 6 });
    const violation = (values: number[]) => (values.filter((x) => x > 2).length < 2 ? undefined : 'two above 2');
    const found = counterexample(searchLaw(pairs, violation, search));
    expect(found.path).toContain(':');
    for (const cases of [1, 1000]) {
      const again = searchLaw(pairs, violation, { seed: 7, cases, path: found.path });
      expect(counterexample(again)).toEqual(found);
    }
  });

  it('looks at the case of the path only, and does not support when it no longer fails', () => {
    for (const path of ['0', '3', counterexample(searchLaw(dyadic(0, 8), below(3), search)).path]) {
      const seen: number[] = [];
      const replay = searchLaw(dyadic(0, 8), (x) => void seen.push(x) as undefined, { ...search, path });
      expect(seen).toHaveLength(1);
      expect(replay).toEqual({
        outcome: 'undecided',
        evidence: { kind: 'cases', tried: 1, rejected: 0, seed: 7 },
        needs: expect.stringContaining('no longer fails'),
      });
    }
  });

  it('takes whatever is thrown for a refutation, with its message', () => {
    const thrown = [
      new RangeError('out of memory'),
      new InverseClaimsError('out-of-range', { where: 'x', expected: 'y', received: 'z' }),
    ];
    for (const error of thrown) {
      const verdict = searchLaw(
        dyadic(0, 8),
        () => {
          throw error;
        },
        search,
      );
      expect(counterexample(verdict).message).toBe(error.message);
    }
    const text = searchLaw(
      dyadic(0, 8),
      () => {
        throw 'plain text';
      },
      search,
    );
    expect(counterexample(text).message).toBe('plain text');
  });

  it('takes an empty string for a violation, and a check that gives something else for a mistake', () => {
    expect(searchLaw(dyadic(0, 8), () => '', search).outcome).toBe('refuted');
    const asynchronous = (async () => undefined) as unknown as () => undefined;
    expect(counterexample(searchLaw(dyadic(0, 8), asynchronous, search)).message).toContain('gave no string');
  });

  it('is undecided when more than a tenth of the cases was rejected, and says how many', () => {
    const rejecting = (share: number) => {
      let count = 0;
      return () => void assume(count++ % 100 >= 100 * share) as undefined;
    };
    expect(searchLaw(dyadic(0, 8), rejecting(0.08), { seed: 1, cases: 920 })).toMatchObject({
      outcome: 'supported',
      evidence: { tried: 920, rejected: 80 },
    });
    expect(searchLaw(dyadic(0, 8), rejecting(0.12), { seed: 1, cases: 880 })).toMatchObject({
      outcome: 'undecided',
      evidence: { tried: 880, rejected: 120 },
      needs: expect.stringContaining('120 of 1000 were rejected'),
    });
  });

  it('gives up, undecided, where every case is rejected', () => {
    const verdict = searchLaw(dyadic(0, 8), () => void assume(false) as undefined, search);
    expect(verdict).toMatchObject({ outcome: 'undecided', evidence: { tried: 0 } });
  });

  it('refutes in spite of rejections', () => {
    const violation = (x: number) => {
      assume(x > 7);
      return 'wrong';
    };
    expect(searchLaw(dyadic(0, 8), violation, search).outcome).toBe('refuted');
  });

  it('gives the same verdict for the same search and looks elsewhere for another seed, high bits included', () => {
    const visited = (seed: number) => {
      const seen: number[] = [];
      searchLaw(dyadic(-1000, 1000), (x) => void seen.push(x) as undefined, { seed, cases: 20 });
      return seen;
    };
    expect(visited(5)).toEqual(visited(5));
    expect(visited(5)).not.toEqual(visited(6));
    expect(visited(5)).not.toEqual(visited(5 + 2 ** 40));
  });

  it('cuts texts that nobody would read', () => {
    const found = counterexample(
      searchLaw(
        dyadic(0, 8),
        () => 'x'.repeat(1e5),
        search,
        () => 'y'.repeat(1e5),
      ),
    );
    expect(found.message.length).toBeLessThan(2100);
    expect(found.shrunk.length).toBeLessThan(2100);
  });

  it('refuses searches without cases, seeds and paths that are none', () => {
    expect(() => searchLaw(dyadic(0, 8), below(9), { seed: 1, cases: 0 })).toThrow(/"cases"/);
    expect(() => searchLaw(dyadic(0, 8), below(9), { seed: -1, cases: 5 })).toThrow(/"seed"/);
    for (const path of ['', 'abc', '1:', '0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0']) {
      expect(() => searchLaw(dyadic(0, 8), below(3), { ...search, path })).toThrow(/law: "path"/);
    }
  });
});

describe('verdictOfSearch', () => {
  const details: SearchDetails<number> = {
    failed: false,
    interrupted: false,
    numRuns: 100,
    numSkips: 0,
    counterexample: null,
    counterexamplePath: null,
    errorInstance: null,
  };
  const outcome = (change: Partial<SearchDetails<number>>) =>
    verdictOfSearch({ ...details, ...change }, search, String).outcome;

  it('is green for a whole search without rejections only', () => {
    expect(outcome({})).toBe('supported');
    expect(outcome({ interrupted: true })).toBe('undecided');
    expect(outcome({ interrupted: true, failed: true })).toBe('undecided');
    expect(outcome({ failed: true })).toBe('undecided');
    expect(outcome({ numRuns: 0 })).toBe('undecided');
    expect(outcome({ numRuns: 90, numSkips: 10 })).toBe('supported');
    expect(outcome({ numRuns: 89, numSkips: 11 })).toBe('undecided');
  });

  it('is red for a counterexample, even of an interrupted search', () => {
    expect(outcome({ failed: true, counterexample: [1], counterexamplePath: '0' })).toBe('refuted');
    expect(outcome({ failed: true, interrupted: true, counterexample: [1], counterexamplePath: '0' })).toBe('refuted');
  });
});

describe('law', () => {
  it('does not take a twin that throws for one that violates the law', () => {
    const parts = law<number, { on: number; x: number }>({
      cases: 50,
      subject: 0,
      twin: { what: 'one that breaks the test', subject: 1 },
      arbitrary: (on) => fc.record({ on: fc.constant(on), x: dyadic(0, 8) }),
      violation: ({ on }) => {
        if (on === 1) throw new TypeError('not a function');
        return undefined;
      },
      show: ({ x }) => String(x),
    });
    expect(parts.check(search).outcome).toBe('supported');
    expect(parts.brokenTwin.check(search)).toEqual({ outcome: 'errored', message: 'the twin threw: not a function' });
  });

  it('puts one check to its subject, its twin and any other', () => {
    const smaller = law({
      cases: 50,
      subject: 9,
      twin: { what: 'limit inside the range', subject: 3 },
      arbitrary: (limit) => fc.record({ limit: fc.constant(limit), x: dyadic(0, 8) }),
      violation: ({ limit, x }) => below(limit)(x),
      show: ({ x }) => `x = ${x}`,
    });
    expect(smaller.cases).toBe(50);
    expect(smaller.check(search).outcome).toBe('supported');
    expect(smaller.brokenTwin.what).toBe('limit inside the range');
    expect(counterexample(smaller.brokenTwin.check(search)).shrunk).toBe('x = 3');
    expect(counterexample(smaller.checkOn(5, search)).shrunk).toBe('x = 5');
  });
});
