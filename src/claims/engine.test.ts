import { describe, expect, it } from 'vitest';
import type { Claim, Facts, LawClaim, StatisticalClaim, TrialSource, Verdict } from '../core/claim.ts';
import { stream } from '../core/random.ts';
import { catalogueOf } from './catalogue.ts';
import { conjunction, controlOfCells } from './conjunction.ts';
import { verifyClaims } from './engine.ts';
import { fact } from './facts.ts';
import { performJob } from './jobs.ts';
import { inProcess, timed, type Workers } from './workers.ts';

/** Coin flips with the given frequency; counts the calls made to it. */
function coin(id: string, frequency: number, chunk = 7): TrialSource & { readonly calls: number[] } {
  const calls: number[] = [];
  return {
    id,
    unit: 'problem',
    what: 'a coin',
    chunk,
    meanings: { heads: { label: 'heads', unit: '1' } },
    calls,
    run: async ({ seed }, first, count) => {
      calls.push(first);
      return Array.from({ length: count }, (_, i) => ({
        heads: stream(seed, id, first + i).uniform() < frequency ? 1 : 0,
      }));
    },
  };
}

const heads = (facts: Facts): number => facts.heads as number;

function statistical(
  id: string,
  trials: TrialSource,
  control: TrialSource,
  more: Partial<StatisticalClaim> = {},
): StatisticalClaim {
  return {
    id,
    kind: 'statistical',
    tier: 'quick',
    statement: 's',
    regime: 'r',
    source: { where: 'ours' },
    theta0: 0.5,
    theta1: 0.9,
    alpha: 1e-5,
    maxTrials: 200,
    measurement: { trials, value: heads },
    control: { what: 'another coin', trials: control, value: heads },
    ...more,
  };
}

function law(id: string, verdict: Verdict, twin: Verdict): LawClaim {
  return {
    id,
    kind: 'law',
    tier: 'quick',
    statement: 's',
    regime: 'r',
    source: { where: 'ours' },
    cases: 10,
    check: () => verdict,
    brokenTwin: { what: 'a faulty one', check: () => twin },
  };
}

const context = { seed: 5, backend: 'float64' } as const;
const supported: Verdict = {
  outcome: 'supported',
  reason: 'fine',
  evidence: { kind: 'cases', tried: 10, rejected: 0, seed: 5 },
};
const refuted: Verdict = {
  outcome: 'refuted',
  reason: 'found',
  evidence: { kind: 'counterexample', seed: 5, path: '3:1', shrunk: '[0]', message: 'm' },
};

async function outcomes(...claims: Claim[]): Promise<string[]> {
  const { results } = await verifyClaims({ claims, context, workers: inProcess(catalogueOf(claims)) });
  return results.map((result) => result.verdict.outcome);
}

describe('verifyClaims', () => {
  const always = coin('test.always', 1);
  const never = coin('test.never', 0);
  const fair = coin('test.fair', 0.7);

  it('supports what always happens, refutes what never does, and leaves undecided what the budget cannot settle', async () => {
    expect(
      await outcomes(
        statistical('t.always', always, never),
        statistical('t.never', never, never),
        statistical('t.open', fair, never, { maxTrials: 19 }),
      ),
    ).toEqual(['supported', 'refuted', 'undecided']);
  });

  it('is errored when the control passes, and undecided when the control is', async () => {
    expect(await outcomes(statistical('t.a', always, coin('test.too', 1)))).toEqual(['errored']);
    expect(await outcomes(statistical('t.b', always, fair, { maxTrials: 22 }))).toEqual(['undecided']);
    expect(
      await outcomes(law('t.c', supported, supported), law('t.d', supported, refuted), law('t.e', refuted, refuted)),
    ).toEqual(['errored', 'supported', 'refuted']);
  });

  it('goes on with the other claims when one throws, and names the reason', async () => {
    const broken: TrialSource = {
      ...coin('test.broken', 1),
      run: async () => {
        throw new Error('simulator exploded');
      },
    };
    const wrong: TrialSource = {
      ...coin('test.wrong', 1),
      run: async (_c, _f, count) => Array(count).fill({ heads: Number.NaN }),
    };
    const claims = [
      statistical('t.broken', broken, never),
      statistical('t.wrong', wrong, never),
      statistical('t.fine', always, never),
    ];
    const { results } = await verifyClaims({ claims, context, workers: inProcess(catalogueOf(claims)) });
    expect(results.map((result) => result.verdict.outcome)).toEqual(['errored', 'errored', 'supported']);
    expect(results[0]?.words).toContain('simulator exploded');
  });

  it('computes each trial once for all claims that read the source, and stops after the decision', async () => {
    const shared = coin('test.shared', 1);
    const claims = [statistical('t.one', shared, never), statistical('t.two', shared, never)];
    await verifyClaims({ claims, context, workers: inProcess(catalogueOf(claims)) });
    expect(new Set(shared.calls).size).toBe(shared.calls.length);
    expect(shared.calls.length * 7).toBeLessThan(35);
  });

  it('gives the same results whoever finishes first and however many workers there are', async () => {
    const claims = [
      statistical('t.p', coin('test.p', 0.97, 3), coin('test.q', 0.2, 2)),
      statistical('t.r', coin('test.r', 0.7, 5), coin('test.s', 0.1, 4), { maxTrials: 400 }),
    ];
    const against = catalogueOf(claims);
    const shuffled = (parallel: number): Workers => {
      let jobs = 0;
      return {
        parallel,
        perform: async (job) => {
          jobs += 1;
          await new Promise((resolve) => setTimeout(resolve, (jobs * 7) % 5));
          return timed(() => performJob(job, against));
        },
        close: async () => undefined,
      };
    };
    const alone = await verifyClaims({ claims, context, workers: inProcess(against) });
    for (const parallel of [2, 5]) {
      const many = await verifyClaims({ claims, context, workers: shuffled(parallel) });
      expect(many.results).toEqual(alone.results);
    }
  });

  it('reports progress up to the last claim', async () => {
    const claims = [statistical('t.x', coin('test.x', 1), never)];
    const seen: number[] = [];
    await verifyClaims({
      claims,
      context,
      workers: inProcess(catalogueOf(claims)),
      onProgress: (progress) => seen.push(progress.decided),
    });
    expect(seen.at(-1)).toBe(1);
    expect(seen[0]).toBe(0);
  });
});

describe('conjunction', () => {
  const cell = (label: string, verdict: Verdict) => ({ label, theory: 0.5, verdict });
  const open: Verdict = {
    outcome: 'undecided',
    needs: 'more',
    evidence: { kind: 'cases', tried: 0, rejected: 0, seed: 0 },
  };

  it('needs every cell, is refuted by one, and says which are open', () => {
    expect(conjunction([cell('a', supported), cell('b', supported)]).outcome).toBe('supported');
    expect(conjunction([cell('a', supported), cell('b', refuted), cell('c', open)]).outcome).toBe('refuted');
    expect(conjunction([cell('a', supported), cell('b', open)])).toMatchObject({
      outcome: 'undecided',
      needs: 'b: more',
    });
    expect(conjunction([]).outcome).toBe('undecided');
  });
});

describe('catalogueOf', () => {
  it('refuses two claims, or two sources, of one id', () => {
    const one = statistical('t.same', coin('test.a', 1), coin('test.b', 0));
    expect(() => catalogueOf([one, { ...one }])).toThrow(/t\.same twice/);
    expect(() => catalogueOf([one, one])).toThrow(/each claim once/);
    expect(() => catalogueOf([one, statistical('t.other', coin('test.a', 1), one.control.trials)])).toThrow(
      /test\.a twice/,
    );
  });
});

describe('controlOfCells', () => {
  const cell = (label: string, verdict: Verdict) => ({ label, theory: 0.5, verdict });
  const open: Verdict = { ...supported, outcome: 'undecided', needs: 'more' };

  it('is refuted only where every cell is: one wrong theory that fits passes the control', () => {
    expect(controlOfCells([cell('a', refuted), cell('b', refuted)]).outcome).toBe('refuted');
    expect(controlOfCells([cell('a', refuted), cell('b', supported)])).toMatchObject({
      outcome: 'supported',
      reason: 'the wrong theory fits cell b',
    });
    expect(controlOfCells([cell('a', refuted), cell('b', open)]).outcome).toBe('undecided');
    expect(controlOfCells([]).outcome).toBe('undecided');
  });
});

describe('facts', () => {
  it('that are missing or NaN make a claim errored, where a comparison with them would refute it', async () => {
    const source = (value: number): TrialSource => ({
      ...coin(`test.fact-${value}`, 1),
      run: async (_context, _first, count) => Array(count).fill({ loss: value }),
    });
    const measured = (name: string) => (facts: Facts) => (fact(facts, name) < 1 ? 1 : 0);
    const verdicts = await outcomes(
      statistical('t.nan', source(Number.NaN), coin('test.no', 0), {
        measurement: { trials: source(Number.NaN), value: measured('loss') },
      }),
      statistical('t.missing', source(0), coin('test.no2', 0), {
        measurement: { trials: source(0), value: measured('lost') },
      }),
    );
    expect(verdicts).toEqual(['errored', 'errored']);
  });

  it('of too few trials make a claim errored', async () => {
    const short: TrialSource = { ...coin('test.short', 1), run: async () => [{ heads: 1 }] };
    expect(await outcomes(statistical('t.short', short, coin('test.no3', 0)))).toEqual(['errored']);
  });
});

describe('firstTrials', () => {
  it('are the judged ones, and computed only where these are fewer', async () => {
    const [source, control] = [coin('first.often', 0.95), coin('first.seldom', 0.05)];
    const claims = [statistical('first.claim', source, control)];
    const { firstTrials } = await verifyClaims({ claims, context, workers: inProcess(catalogueOf(claims)) });
    const judged = source.calls.length;
    expect(judged).toBeGreaterThan(1);
    const few = await firstTrials(source, 9);
    expect(few).toEqual((await coin('first.often', 0.95).run(context, 0, 14)).slice(0, 9));
    expect(source.calls).toHaveLength(judged);
    expect(await firstTrials(source, 7 * (judged + 2))).toHaveLength(7 * (judged + 2));
    expect(source.calls).toEqual(Array.from({ length: judged + 2 }, (_, k) => 7 * k));
  });
});
