import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const vitest = fileURLToPath(new URL('../../../node_modules/vitest/vitest.mjs', import.meta.url));
const fixtures = fileURLToPath(new URL('.', import.meta.url));

export interface Printed {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the tests of one fixture in a vitest of their own. */
export function runFixture(fixture: string, ...options: readonly string[]): Promise<Printed> {
  const program = [vitest, 'run', `${fixture}.fixture.ts`, '--root', fixtures, '--config', 'fixture.config.ts'];
  // What this vitest has put into the environment would make the other one take itself for a worker.
  const outside = Object.entries(process.env).filter(([name]) => !/^(VITEST|TEST$|NODE_ENV$|FORCE_COLOR$)/.test(name));
  const env = { ...Object.fromEntries(outside), NO_COLOR: '1' };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [...program, ...options], { env }, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode, stdout, stderr }),
    );
  });
}
