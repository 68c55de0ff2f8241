import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { findChromium, reasonToSkip } from './chromium.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'inverse-claims-chromium-'));
afterAll(() => rmSync(folder, { recursive: true }));

function program(name: string, mode = 0o755): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, '');
  chmodSync(file, mode);
  return file;
}

it('is the one that is named', () => {
  const file = program('mine/my-browser');
  expect(findChromium({ CHROMIUM: file, PATH: '' })).toBe(file);
  expect(() => findChromium({ CHROMIUM: path.join(folder, 'absent') })).toThrow('is no program');
});

it('is the first on the path', () => {
  const file = program('second/chromium-browser');
  mkdirSync(path.join(folder, 'first'), { recursive: true });
  const PATH = [path.join(folder, 'first'), path.join(folder, 'second')].join(path.delimiter);
  expect(findChromium({ PATH })).toBe(file);
});

it.runIf(process.platform === 'linux')('may be absent, which is said or refused', () => {
  expect(reasonToSkip({ PATH: folder })).toMatch(/^there is no Chromium: get one with "apt-get install chromium"/);
  expect(() => reasonToSkip({ PATH: folder, REQUIRE_BROWSER: '1' })).toThrow('REQUIRE_BROWSER=1, but there is no');
});
