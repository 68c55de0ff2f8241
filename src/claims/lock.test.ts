import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lockFolder, takeLock } from './lock.ts';

const folder = (): string => mkdtempSync(join(tmpdir(), 'inverse-claims-lock-'));
const lockOf = (at: string): string => join(at, '.lock');
const foreign = (at: string, content: string): void => writeFileSync(lockOf(at), content);
const owner = (at: string): Record<string, unknown> => JSON.parse(readFileSync(lockOf(at), 'utf8'));
/** A process number that no system hands out. */
const NOBODY = 2 ** 30;

describe('a lock', () => {
  it('keeps this process itself out until it is released, by whatever path, and leaves no other file', () => {
    const at = folder();
    const lock = lockFolder(at);
    const alias = join(folder(), 'alias');
    symlinkSync(at, alias);
    for (const path of [at, alias]) {
      expect(() => lockFolder(path)).toThrow(`one held by process ${process.pid} on ${hostname()}`);
    }
    expect(readdirSync(at)).toEqual(['.lock']);
    lock.release();
    expect(readdirSync(at)).toEqual([]);
    lockFolder(at).release();
  });

  it('is taken over from a process that ended, and from an earlier one with the number of this one', () => {
    for (const pid of [NOBODY, process.pid]) {
      const at = folder();
      foreign(at, JSON.stringify({ pid, host: hostname() }));
      const lock = lockFolder(at);
      expect(owner(at).pid).toBe(process.pid);
      lock.release();
    }
  });

  it('of a living process stays held unless that process started at another time than the lock says', async () => {
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    try {
      await once(other, 'spawn');
      const at = folder();
      foreign(at, JSON.stringify({ pid: other.pid, host: hostname() }));
      expect(() => lockFolder(at)).toThrow(`process ${other.pid}`);
      if (!existsSync('/proc/self/stat')) return;
      foreign(at, JSON.stringify({ pid: other.pid, host: hostname(), started: '1' }));
      lockFolder(at).release();
    } finally {
      other.kill();
    }
  });

  it('says when its process started, where the system tells', () => {
    if (!existsSync('/proc/self/stat')) return;
    const at = folder();
    const lock = lockFolder(at);
    const field = execFileSync('awk', ['{ sub(/.*[)] /, ""); print $20 }', `/proc/${process.pid}/stat`]);
    expect(owner(at).started).toBe(String(field).trim());
    lock.release();
  });

  it('of another machine stays held, with a hint', () => {
    const at = folder();
    foreign(at, JSON.stringify({ pid: NOBODY, host: 'elsewhere' }));
    expect(() => lockFolder(at)).toThrow(`process ${NOBODY} on elsewhere. Hint: choose another place, or remove`);
  });

  it('that cannot be read is held while it is young, and left over when it is old', () => {
    for (const content of ['null', '', '{"pid', '[]', '{"pid":"1","host":1}', '{"pid":0,"host":"elsewhere"}']) {
      const at = folder();
      foreign(at, content);
      expect(() => takeLock(lockOf(at), 'w')).toThrow(expect.objectContaining({ code: 'unwritable' }));
      utimesSync(lockOf(at), 1e9, 1e9);
      const lock = takeLock(lockOf(at), 'w');
      expect(owner(at).pid).toBe(process.pid);
      lock.release();
    }
  });

  it('removes only itself when it is released, and may be gone by then', () => {
    const at = folder();
    const lock = lockFolder(at);
    const taken = JSON.stringify({ pid: NOBODY, host: 'elsewhere' });
    foreign(at, taken);
    lock.release();
    expect(readFileSync(lockOf(at), 'utf8')).toBe(taken);
    const gone = lockFolder(folder());
    gone.release();
    expect(() => gone.release()).not.toThrow();
  });
});
