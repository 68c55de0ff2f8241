import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { brokenWavePacket } from '../../properties/broken/wave-packet.ts';
import { wavePacketAdjointIsExact } from '../../properties/wave-packet/laws.ts';
import type { LawSearch, Verdict } from '../core/claim.ts';
import { InverseClaimsError } from '../core/errors.ts';
import { catalogue } from './catalogue.ts';
import { openFailures, readCounterexamples, type StoredCounterexample } from './failures.ts';
import { judgeWithKnownFailures } from './replayed-law.ts';

const entry = (claim: string, seed: number, path: string): StoredCounterexample => ({
  claim,
  seed,
  cases: 10,
  path,
  shrunk: '[0]',
  message: 'm',
});
const file = (...counterexamples: unknown[]): string => JSON.stringify({ schemaVersion: '1', counterexamples });

function folderWith(files: Readonly<Record<string, string>>): { readonly cache: string; readonly kept: string } {
  const folder = mkdtempSync(join(tmpdir(), 'inverse-claims-failures-'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return { cache: join(folder, 'cache'), kept: join(folder, 'kept') };
}

const [a1, a2, b1] = [entry('t.a', 1, '3:1'), entry('t.a', 2, '0'), entry('t.b', 1, '5')];

describe('openFailures', () => {
  it('holds nothing where there are no files, and writes none where nothing was learned', () => {
    const files = folderWith({});
    const failures = openFailures(files);
    expect(failures.of('t.a')).toEqual([]);
    failures.save();
    expect([existsSync(files.cache), existsSync(files.kept)]).toEqual([false, false]);
  });

  it('tells the counterexamples of a claim, regression cases first, each once, in one order', () => {
    const files = folderWith({ cache: file(a2, b1, a1), kept: file(a2) });
    expect(openFailures(files).of('t.a')).toEqual([a2, a1]);
    expect(openFailures({ ...files, replayCache: false }).of('t.a')).toEqual([a2]);
  });

  it('writes what is found to the cache, and to the kept file only when asked', () => {
    const files = folderWith({ kept: file(b1) });
    for (const keep of [false, true]) {
      const failures = openFailures({ ...files, keep });
      failures.found(a2);
      failures.found(a1);
      failures.save();
      expect(readCounterexamples(files.cache)).toEqual([a1, a2]);
      expect(readCounterexamples(files.kept)).toEqual(keep ? [a1, a2, b1] : [b1]);
    }
    expect(readdirSync(join(files.cache, '..')).sort()).toEqual(['cache', 'kept']);
  });

  it('drops what passes from the cache, never from the kept file', () => {
    const files = folderWith({ cache: file(a1, b1), kept: file(a1, a2) });
    const failures = openFailures({ ...files, keep: true });
    failures.passed(a1);
    failures.passed(a2);
    failures.save();
    expect(readCounterexamples(files.cache)).toEqual([b1]);
    expect(readCounterexamples(files.kept)).toEqual([a1, a2]);
  });

  it('keeps what another process has written meanwhile', () => {
    const files = folderWith({});
    const [one, two] = [openFailures(files), openFailures(files)];
    one.found(a1);
    two.found(b1);
    one.save();
    two.save();
    expect(readCounterexamples(files.cache)).toEqual([a1, b1]);
  });

  it.each([
    ['cut off', '{"schemaVersion": "1", "counter', /JSON/],
    ['empty', '', /JSON/],
    ['of another version', JSON.stringify({ schemaVersion: '2', counterexamples: [] }), /schemaVersion/],
    ['without a path', file({ ...a1, path: undefined }), /counterexamples\/0/],
    ['with a path that is none', file({ ...a1, path: '3:x' }), /counterexamples\/0\/path/],
    ['with a seed out of range', file({ ...a1, seed: 2 ** 48 }), /counterexamples\/0\/seed/],
  ])('refuses a file that is %s by its name, and leaves it as it is', (_what, content, message) => {
    const files = folderWith({ cache: content });
    const attempt = () => openFailures(files);
    expect(attempt).toThrow(InverseClaimsError);
    expect(attempt).toThrow(message);
    expect(attempt).toThrow(files.cache);
    expect(readFileSync(files.cache, 'utf8')).toBe(content);
  });

  it('does not overwrite a file that was damaged after it was read', () => {
    const files = folderWith({ cache: file(a1) });
    const failures = openFailures(files);
    failures.found(b1);
    writeFileSync(files.cache, 'garbage');
    expect(() => failures.save()).toThrow(/JSON/);
    expect(readFileSync(files.cache, 'utf8')).toBe('garbage');
  });
});

const refuted = ({ seed, path }: LawSearch, shrunk = '[0]'): Verdict => ({
  outcome: 'refuted',
  reason: 'found',
  evidence: { kind: 'counterexample', seed, path: path ?? '9:9', shrunk, message: 'm' },
});
const supported: Verdict = {
  outcome: 'supported',
  reason: 'fine',
  evidence: { kind: 'cases', tried: 10, rejected: 0, seed: 5 },
};

describe('judgeWithKnownFailures', () => {
  const search = { seed: 5, cases: 10 };
  const judge = async (files: ReturnType<typeof folderWith>, perform: (wanted: LawSearch) => Verdict) => {
    const failures = openFailures(files);
    const asked: LawSearch[] = [];
    const verdict = await judgeWithKnownFailures({ id: 't.a' }, search, failures, async (wanted) => {
      asked.push(wanted);
      return perform(wanted);
    });
    failures.save();
    return { verdict, asked };
  };

  it('replays what is known first, and searches no more where it still fails', async () => {
    const files = folderWith({ cache: file(a1, a2) });
    const { verdict, asked } = await judge(files, refuted);
    expect(asked).toEqual([{ seed: 1, cases: 10, path: '3:1' }]);
    expect(verdict).toMatchObject({ outcome: 'refuted', evidence: { seed: 1, path: '3:1' } });
    expect('reason' in verdict && verdict.reason).toMatch(/from the database still fails/);
    expect(readCounterexamples(files.cache)).toEqual([a1, a2]);
  });

  it('drops what passes or names no case any more, and then searches', async () => {
    const files = folderWith({ cache: file(a1, a2, b1) });
    const { verdict, asked } = await judge(files, ({ seed, path }) => {
      if (path === undefined) return supported;
      if (seed === 1)
        throw new Error(
          'law: "path": expected a path printed with a counterexample of this law and seed, received "3:1".',
        );
      return { outcome: 'undecided', needs: 'n', evidence: supported.evidence };
    });
    expect(asked.map(({ path }) => path)).toEqual(['3:1', '0', undefined]);
    expect(verdict).toEqual(supported);
    expect(readCounterexamples(files.cache)).toEqual([b1]);
  });

  it('keeps a counterexample whose replay broke for another reason, and lets the reason through', async () => {
    const files = folderWith({ cache: file(a1) });
    const broken = judge(files, ({ path }) => {
      if (path !== undefined) throw new Error('worker ran out of memory');
      return supported;
    });
    await expect(broken).rejects.toThrow(/out of memory/);
    expect(readCounterexamples(files.cache)).toEqual([a1]);
  });

  it('remembers what a search finds', async () => {
    const files = folderWith({});
    await judge(files, refuted);
    expect(readCounterexamples(files.cache)).toEqual([{ ...entry('t.a', 5, '9:9') }]);
  });
});

describe('fixtures/counterexamples.json', () => {
  const kept = readCounterexamples('fixtures/counterexamples.json');

  it.each(kept.map((each) => [each.claim, each] as const))('%s passes on what once refuted it', (id, known) => {
    const claim = catalogue.claim(id);
    const verdict = claim.kind === 'law' ? claim.check(known) : undefined;
    expect(verdict).toMatchObject({ outcome: 'undecided', evidence: { tried: 1, rejected: 0 } });
  });

  it('still names the case it was found on: a broken packet is refuted with it', () => {
    const known = kept.find(({ claim }) => claim === 'wave-packet.adjoint-is-exact') as StoredCounterexample;
    const verdict = wavePacketAdjointIsExact().checkOn(brokenWavePacket('no-carrier'), known);
    expect(verdict).toMatchObject({ outcome: 'refuted', evidence: { path: known.path, shrunk: known.shrunk } });
  });
});
