import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Facts, StatisticalClaim, TrialSource, Verdict } from '../core/claim.ts';
import { stream } from '../core/random.ts';
import { judge } from '../verdicts/judge.ts';
import { catalogueOf } from './catalogue.ts';
import { checkedLine } from './checked-lines.ts';
import { verifyClaims } from './engine.ts';
import { type EvidenceContext, epochAlpha, openEvidence } from './evidence.ts';
import { inProcess } from './workers.ts';

const path = (): string => join(mkdtempSync(join(tmpdir(), 'inverse-claims-evidence-')), 'evidence.jsonl');
const night = (seed: number, code = 'c1'): EvidenceContext => ({
  seed,
  backend: 'float64',
  code,
  node: '20',
  machine: 'm',
});

function coin(id: string, frequency: number): TrialSource {
  return {
    id,
    unit: 'problem',
    what: 'a coin',
    chunk: 2,
    meanings: { heads: { label: 'heads', unit: '1' } },
    run: async ({ seed }, first, count) =>
      Array.from({ length: count }, (_, i) => ({ heads: stream(seed, id, first + i).uniform() < frequency ? 1 : 0 })),
  };
}

const heads = (facts: Facts): number => facts.heads as number;
const claim: StatisticalClaim = {
  id: 'night.coin',
  kind: 'statistical',
  tier: 'quick',
  statement: 's',
  regime: 'r',
  source: { where: 'ours' },
  theta0: 0.5,
  theta1: 0.9,
  alpha: 1e-3,
  maxTrials: 5,
  measurement: { trials: coin('night.always', 1), value: heads },
  control: { what: 'tails', trials: coin('night.never', 0), value: heads },
};

async function verdictOf(file: string, context: EvidenceContext, of: StatisticalClaim = claim): Promise<Verdict> {
  const { results } = await verifyClaims({
    claims: [of],
    context: { seed: context.seed, backend: 'float64' },
    workers: inProcess(catalogueOf([of])),
    evidence: openEvidence(file, context),
  });
  return results[0]?.verdict as Verdict;
}

const trialsOf = (verdict: Verdict): number =>
  'evidence' in verdict && verdict.evidence.kind === 'sequence' ? verdict.evidence.trials : Number.NaN;

describe('evidence over nights', () => {
  it('decides over several nights what no single one could, and then asks for no more', async () => {
    const file = path();
    const nights: Verdict[] = [];
    for (const seed of [1, 2, 3, 4]) nights.push(await verdictOf(file, night(seed)));
    expect(nights.map((verdict) => verdict.outcome)).toEqual(['undecided', 'undecided', 'supported', 'supported']);
    expect(nights.map(trialsOf)).toEqual([5, 10, trialsOf(nights[3] as Verdict), trialsOf(nights[3] as Verdict)]);
    const all = Array.from({ length: 40 }, () => 1);
    const together = judge(all, { kind: 'statistical', theta0: 0.5, theta1: 0.9, alpha: epochAlpha(1e-3, 1) });
    expect(trialsOf(nights[3] as Verdict)).toBe(together.decidedAt);
  });

  it('counts a seed once, and goes on where a night with that seed was cut short', async () => {
    const file = path();
    await verdictOf(file, night(1));
    const again = await verdictOf(file, night(1));
    const seen = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => JSON.parse(line.slice(13)));
    expect(seen.map(({ seed, k }) => [seed, k])).toEqual(Array.from({ length: 10 }, (_, k) => [1, k]));
    expect(trialsOf(again)).toBe(10);
  });

  it('keeps the trials of a night that was cut short, up to a torn line', async () => {
    const file = path();
    await verdictOf(file, night(1));
    truncateSync(file, readFileSync(file).length - 10);
    expect(openEvidence(file, night(2)).sequence('night.coin', 'q')).toMatchObject({ epoch: 2, earlier: [] });
    expect(trialsOf(await verdictOf(file, night(2)))).toBe(9);
  });

  it('starts a new epoch at a smaller error when the code or the question changes, and returns to the old one with it', async () => {
    const file = path();
    await verdictOf(file, night(1, 'c1'));
    expect(trialsOf(await verdictOf(file, night(2, 'c2')))).toBe(5);
    expect(trialsOf(await verdictOf(file, night(3, 'c1')))).toBe(10);
    expect(trialsOf(await verdictOf(file, night(4, 'c1'), { ...claim, theta0: 0.55 }))).toBe(5);
    const opened = openEvidence(file, night(5, 'c3')).sequence('night.coin', 'another question');
    expect(opened).toMatchObject({ epoch: 4, earlier: [], seeds: 0, from: 0 });
  });

  it('spends no more than alpha over all epochs', () => {
    let spent = 0;
    for (let epoch = 1; epoch <= 100_000; epoch++) spent += epochAlpha(1e-5, epoch);
    expect(spent).toBeLessThan(1e-5);
    expect(spent).toBeGreaterThan(0.9999e-5);
  });

  it('refuses a file in which a trial is missing, repeated or changed', async () => {
    for (const edit of [
      (lines: string[]) => lines.filter((_, index) => index !== 2),
      (lines: string[]) => [...lines, lines[2] as string],
      (lines: string[]) => lines.map((line, index) => (index === 2 ? line.replace('"value":1', '"value":0') : line)),
    ]) {
      const file = path();
      await verdictOf(file, night(1));
      const lines = readFileSync(file, 'utf8').trim().split('\n');
      const edited = `${edit(lines).join('\n')}\n`;
      writeFileSync(file, edited);
      expect(() => openEvidence(file, night(2))).toThrow(/evidence .*expected/);
      expect(readFileSync(file, 'utf8')).toBe(edited);
    }
    const foreign = path();
    appendFileSync(foreign, 'night,value\n');
    expect(() => openEvidence(foreign, night(1))).toThrow(/line 1/);
  });

  it('never touches a file of others without a line end, however short, and mends a torn header', () => {
    const header = checkedLine({ evidence: 1 });
    for (const content of ['thesis', '0', `${header.slice(0, -1)} `, checkedLine({ journal: 1 }).slice(0, -1)]) {
      const file = path();
      writeFileSync(file, content);
      expect(() => openEvidence(file, night(1))).toThrow(expect.objectContaining({ code: 'invalid-report' }));
      expect(readFileSync(file, 'utf8')).toBe(content);
    }
    for (let length = 0; length <= header.length; length++) {
      const file = path();
      writeFileSync(file, header.slice(0, length));
      openEvidence(file, night(1));
      expect(readFileSync(file, 'utf8')).toBe(header);
    }
  });

  it('takes no more trials of any test after one could not be written', () => {
    const file = path();
    const evidence = openEvidence(file, night(1));
    rmSync(file);
    mkdirSync(file);
    expect(() => evidence.sequence('a', 'q').append(1)).toThrow('EISDIR');
    rmdirSync(file);
    expect(() => evidence.sequence('b', 'q').append(1)).toThrow('EISDIR');
  });
});
