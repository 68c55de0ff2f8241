import { execFile } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { InverseClaimsError, messageOf } from '../core/errors.ts';
import { type Baseline, readBaseline } from './baseline.ts';

const execute = promisify(execFile);
/** Minutes that measuring the other side may take. */
const LONGEST = 15 * 60_000;

/** What must be made before a checkout of this repository runs. */
const BUILDS = ['src/kernels/assembly/build.mjs', 'src/report/page/build.mjs'];

/**
 * Measures another version of the library on the same problems: a folder that holds one, or a commit of the repository
 * around `folder`, checked out beside it for that time and removed again whatever happens. It uses the packages
 * installed here.
 *
 * Throws `unknown-name` where there is neither, and `worker-failed` where that version cannot be measured.
 */
export async function measureBase(base: string, folder: string, solvers: readonly string[]): Promise<Baseline> {
  if (isFolder(path.resolve(folder, base))) return measureIn(path.resolve(folder, base), base, solvers);
  const commit = await execute('git', ['rev-parse', '--verify', '--quiet', `${base}^{commit}`], { cwd: folder }).catch(
    () => {
      throw new InverseClaimsError('unknown-name', {
        where: 'gate: --base',
        expected: `a folder, or a commit of the repository around ${folder}`,
        received: base,
      });
    },
  );
  const place = await mkdtemp(path.join(tmpdir(), 'inverse-claims-gate-'));
  const checkout = path.join(place, 'base');
  try {
    await execute('git', ['worktree', 'add', '--detach', checkout, commit.stdout.trim()], { cwd: folder });
    await symlink(path.join(folder, 'node_modules'), path.join(checkout, 'node_modules'), 'dir');
    for (const build of BUILDS) {
      if (existsSync(path.join(checkout, build))) await execute(process.execPath, [build], { cwd: checkout });
    }
    return await measureIn(checkout, base, solvers);
  } catch (error) {
    throw failed(base, error);
  } finally {
    await execute('git', ['worktree', 'remove', '--force', checkout], { cwd: folder }).catch(() => undefined);
    await rm(place, { recursive: true, force: true });
  }
}

async function measureIn(root: string, base: string, solvers: readonly string[]): Promise<Baseline> {
  const place = await mkdtemp(path.join(tmpdir(), 'inverse-claims-gate-'));
  const file = path.join(place, 'measured.json');
  const program = existsSync(path.join(root, 'src/cli.ts'))
    ? ['--import', 'tsx', path.join(root, 'src/cli.ts')]
    : [path.join(root, 'dist/src/cli.js')];
  try {
    await execute(
      process.execPath,
      [...program, 'gate', ...solvers.flatMap((name) => ['--solver', name]), '--measure', file],
      {
        cwd: root,
        timeout: LONGEST,
        maxBuffer: 2 ** 24,
      },
    );
    return await readBaseline(file);
  } catch (error) {
    throw failed(base, error);
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

function failed(base: string, error: unknown): InverseClaimsError {
  if (error instanceof InverseClaimsError && error.code === 'worker-failed') return error;
  return new InverseClaimsError('worker-failed', {
    where: `gate: --base ${base}`,
    expected: 'a version of the library that can be measured by "gate --measure"',
    received: messageOf(error).trim().split('\n').slice(0, 3).join(' '),
  });
}

function isFolder(place: string): boolean {
  return existsSync(place) && statSync(place).isDirectory();
}
