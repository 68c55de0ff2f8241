import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, rmSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { InverseClaimsError } from '../core/errors.ts';

/** What a lock file says: no two locks that were ever taken say the same. */
interface Owner {
  readonly id: string;
  readonly pid: number;
  readonly host: string;
  /** When the process started, where the system tells: process numbers are used again. */
  readonly started?: string;
}

/** Keeps a second process out of what this one writes. */
export interface Lock {
  release(): void;
}

/** Ids of the locks that this process holds. */
const held = new Set<string>();

/** An unreadable lock younger than this may be one that is just being written, in milliseconds. */
const WRITING_TIME = 5000;

/** Errors of file systems without hard links. */
const NO_LINKS: readonly (string | undefined)[] = ['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK'];

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

/** The process's start in clock ticks since the system's: field 22 of /proc/pid/stat, counted after the command's name. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function parseOwner(text: string): Owner | undefined {
  try {
    const owner = JSON.parse(text) as Owner | null;
    return Number.isInteger(owner?.pid) && (owner?.pid ?? 0) > 0 && typeof owner?.host === 'string' ? owner : undefined;
  } catch {
    return undefined;
  }
}

/** False only where the owner surely ended: its process is no longer there, or its number is now another one's. */
function mayBeAlive({ id, pid, host, started }: Owner): boolean {
  if (host !== hostname()) return true;
  // A restarted container gives its process the number it had before.
  if (pid === process.pid) return held.has(id);
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (codeOf(error) === 'ESRCH') return false;
  }
  const present = startOf(pid);
  return present === undefined || started === undefined || present === started;
}

/** Makes the lock file, complete from the first moment on; false where there is one already. */
function publish(path: string, temporary: string, content: string): boolean {
  try {
    linkSync(temporary, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    if (!NO_LINKS.includes(codeOf(error))) throw error;
  }
  try {
    writeFileSync(path, content, { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Removes the lock file if it is still the one with that content. */
function removeLock(path: string, content: string | undefined): void {
  if (content === undefined || textOf(path) !== content) return;
  try {
    unlinkSync(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

/** Who holds the lock, in words, or undefined where it is left over; ages are by the clock of the file system. */
function holder(path: string, text: string | undefined, temporary: string): string | undefined {
  const owner = parseOwner(text ?? '');
  if (owner !== undefined) return mayBeAlive(owner) ? `process ${owner.pid} on ${owner.host}` : undefined;
  const since = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  const young = since !== undefined && Math.abs(statSync(temporary).mtimeMs - since) < WRITING_TIME;
  return young ? 'a process that is just taking it' : undefined;
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
  const id = randomUUID();
  const started = startOf(process.pid);
  const owner: Owner = { id, pid: process.pid, host: hostname(), ...(started === undefined ? {} : { started }) };
  const content = JSON.stringify(owner);
  const temporary = `${path}.${id}`;
  try {
    writeFileSync(temporary, content, { flag: 'wx' });
    publishOrTakeOver(path, where, temporary, content);
  } finally {
    rmSync(temporary, { force: true });
  }
  held.add(id);
  return {
    release: () => {
      held.delete(id);
      removeLock(path, content);
    },
  };
}

function publishOrTakeOver(path: string, where: string, temporary: string, content: string): void {
  for (let attempt = 0; attempt < 2; attempt++) {
    if (publish(path, temporary, content)) return;
    const text = textOf(path);
    const by = holder(path, text, temporary);
    if (by !== undefined) {
      throw new InverseClaimsError('unwritable', {
        where,
        expected: 'that no other verification is writing to it',
        received: `one held by ${by}`,
        hint: `choose another place, or remove ${path} if that process is gone`,
      });
    }
    removeLock(path, text);
  }
  throw new InverseClaimsError('unwritable', {
    where,
    expected: 'that it can be locked',
    received: `a lock that comes back at ${path}`,
  });
}
