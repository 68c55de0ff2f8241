import { closeSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { InverseClaimsError } from '../core/errors.ts';

interface Owner {
  readonly pid: number;
  readonly host: string;
}

/** Keeps a second process out of what this one writes. */
export interface Lock {
  release(): void;
}

function readOwner(path: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Owner;
  } catch {
    return undefined;
  }
}

/** False only where the owner surely ended: a process of this machine that is no longer there. */
function mayBeAlive(owner: Owner | undefined): boolean {
  if (owner === undefined || owner.host !== hostname()) return owner !== undefined;
  try {
    process.kill(owner.pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** Takes an output folder; see `takeLock`. */
export function lockFolder(folder: string): Lock {
  return takeLock(join(folder, '.lock'), `output folder ${folder}`);
}

/**
 * Takes the lock file at `path` for this process; throws `unwritable`, naming the other one, where a second process
 * holds it. The lock of a process that was killed is taken over.
 */
export function takeLock(path: string, where: string): Lock {
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const file = openSync(path, 'wx');
      writeSync(file, JSON.stringify({ pid: process.pid, host: hostname() } satisfies Owner));
      closeSync(file);
      return { release: () => unlinkSync(path) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const owner = readOwner(path);
    if (mayBeAlive(owner)) {
      throw new InverseClaimsError('unwritable', {
        where,
        expected: 'that no other verification is writing to it',
        received: `one held by process ${owner?.pid} on ${owner?.host}`,
        hint: `choose another place, or remove ${path} if that process is gone`,
      });
    }
    unlinkSync(path);
  }
  throw new InverseClaimsError('unwritable', {
    where,
    expected: 'that it can be locked',
    received: `a lock that comes back at ${path}`,
  });
}
