import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const ELSEWHERE = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

/** What to do where there is none. */
const GET_ONE = 'get one with "apt-get install chromium", or name one with CHROMIUM=/path/to/chromium';

/** A Chromium on this machine: the one that CHROMIUM names, else the first of the usual names on the PATH. */
export function findChromium(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const { CHROMIUM, PATH = '' } = environment;
  if (CHROMIUM !== undefined && CHROMIUM !== '') {
    if (isExecutable(CHROMIUM)) return CHROMIUM;
    throw new Error(`CHROMIUM=${CHROMIUM} is no program`);
  }
  const folders = PATH.split(path.delimiter).filter((folder) => folder !== '');
  const onPath = folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name)));
  return [...onPath, ...ELSEWHERE].find(isExecutable);
}

/**
 * Why tests in a browser are left out, or undefined where they run. With REQUIRE_BROWSER=1 they are never left out:
 * without a browser this throws.
 */
export function reasonToSkip(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  if (findChromium(environment) !== undefined) return undefined;
  const reason = `there is no Chromium: ${GET_ONE}`;
  if (environment.REQUIRE_BROWSER === '1') throw new Error(`REQUIRE_BROWSER=1, but ${reason}`);
  return reason;
}

export function launchChromium(): Promise<Browser> {
  const executablePath = findChromium(process.env);
  if (executablePath === undefined) throw new Error(GET_ONE);
  // Chromium refuses its sandbox to root; the only page it opens is ours.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath, args });
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
