import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { measureBase } from './base-side.ts';
import { baselineOf } from './baseline.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'inverse-claims-base-'));
const repository = path.join(folder, 'repository');
const git = (...words: readonly string[]): string =>
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...words], { cwd: repository, encoding: 'utf8' });

/** A version of the library that writes this text where it is asked to measure, and what it was asked for. */
function version(text: string, ending = ''): void {
  mkdirSync(path.join(repository, 'src'), { recursive: true });
  const program = `import { writeFileSync } from 'node:fs';
const words: string[] = process.argv.slice(2);
${ending}
writeFileSync(words[words.indexOf('--measure') + 1] as string, ${JSON.stringify(text)});
writeFileSync(${JSON.stringify(path.join(folder, 'asked.json'))}, JSON.stringify(words));
`;
  writeFileSync(path.join(repository, 'src/cli.ts'), program);
}

const first = baselineOf([], 'first version');
const second = baselineOf([], 'second version');

beforeAll(() => {
  mkdirSync(repository);
  git('init', '--quiet');
  symlinkSync(fileURLToPath(new URL('../../node_modules', import.meta.url)), path.join(repository, 'node_modules'));
  writeFileSync(path.join(repository, '.gitignore'), 'node_modules\n');
  version(JSON.stringify(first));
  git('add', '.');
  git('commit', '--quiet', '-m', 'first');
  version('', 'console.error("it cannot"); process.exit(3);');
  git('add', '.');
  git('commit', '--quiet', '-m', 'broken');
  version(JSON.stringify(second));
});
afterAll(() => rmSync(folder, { recursive: true }));

const leftovers = (): readonly string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith('inverse-claims-gate-'));

describe('another version', () => {
  it('is a commit, checked out for that time only', async () => {
    const before = leftovers();
    expect(await measureBase('HEAD~1', repository, ['bfgs', 'adam'])).toEqual(first);
    expect(git('worktree', 'list').trim().split('\n')).toHaveLength(1);
    expect(leftovers()).toEqual(before);
    const asked = execFileSync('cat', [path.join(folder, 'asked.json')], { encoding: 'utf8' });
    expect(JSON.parse(asked).slice(0, 5)).toEqual(['gate', '--solver', 'bfgs', '--solver', 'adam']);
  }, 60_000);

  it('is a folder, as it is', async () => {
    expect(await measureBase('.', repository, [])).toEqual(second);
  }, 60_000);

  it('that fails is said, and its checkout removed', async () => {
    const before = leftovers();
    await expect(measureBase('HEAD', repository, [])).rejects.toThrow(
      expect.objectContaining({ code: 'worker-failed', message: expect.stringContaining('it cannot') }),
    );
    expect(git('worktree', 'list').trim().split('\n')).toHaveLength(1);
    expect(leftovers()).toEqual(before);
  }, 60_000);

  it('that is neither is refused', async () => {
    await expect(measureBase('no-such-thing', repository, [])).rejects.toThrow(
      expect.objectContaining({ code: 'unknown-name' }),
    );
  });
});
