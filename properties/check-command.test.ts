import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { execute } from '../src/commands/program.ts';

const folder = mkdtempSync(join(tmpdir(), 'inverse-claims-check-'));

function module(name: string, text: string): string {
  const path = join(folder, `${name}.mjs`);
  writeFileSync(path, text);
  return path;
}

/** BFGS with backtracking, in plain JavaScript, as somebody may have written it. */
const HONEST = `
const dot = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0);
const size = (a) => Math.max(...a.map(Math.abs));
export function minimize(fun, x0, { maxEvaluations, gradientTolerance }) {
  const n = x0.length;
  let evaluations = 0;
  const at = (x) => {
    evaluations += 1;
    const { value, gradient } = fun(Float64Array.from(x));
    const g = Array.from(gradient);
    return Number.isFinite(value) && g.every(Number.isFinite) ? { x, value, g } : { x, value: Infinity, g };
  };
  const identity = () => Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => (i === j ? 1 : 0)));
  let here = at(Array.from(x0));
  const answer = (converged) => ({ x: here.x, value: here.value, converged, evaluations });
  if (here.value === Infinity) return answer(false);
  let h = identity();
  for (let fresh = true; ; ) {
    if (size(here.g) <= gradientTolerance) return answer(true);
    let p = h.map((row) => -dot(row, here.g));
    if (fresh || !(dot(p, here.g) < 0)) {
      h = identity();
      p = here.g.map((value) => -value * Math.min(1, 1 / size(here.g)));
      fresh = true;
    }
    let there;
    for (let step = 1; ; step /= 2) {
      const x = here.x.map((value, i) => value + step * p[i]);
      if (evaluations >= maxEvaluations || x.every((value, i) => value === here.x[i])) break;
      const trial = at(x);
      if (trial.value <= here.value + 1e-4 * step * dot(p, here.g)) { there = trial; break; }
    }
    if (there === undefined) {
      if (fresh || evaluations >= maxEvaluations) return answer(false);
      fresh = true;
      continue;
    }
    const s = there.x.map((value, i) => value - here.x[i]);
    const y = there.g.map((value, i) => value - here.g[i]);
    const ys = dot(y, s);
    if (ys > 1e-10 * Math.sqrt(dot(y, y) * dot(s, s))) {
      if (fresh) h = h.map((row) => row.map((value) => (value * ys) / dot(y, y)));
      const hy = h.map((row) => dot(row, y));
      const c = (1 + dot(y, hy) / ys) / ys;
      h = h.map((row, i) => row.map((value, j) => value + c * s[i] * s[j] - (s[i] * hy[j] + hy[i] * s[j]) / ys));
      fresh = false;
    }
    here = there;
  }
}`;
const ENDLESS = 'export default (fun, x0) => { if (x0.length > 1) for (;;); return { x: x0, value: fun(x0).value }; }';

async function check(path: string, ...flags: readonly string[]) {
  const written = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') => ({ write: (text: string) => (written[name] += text) });
  const args = ['check', path, '--cases', '10', '--jobs', '2', '--no-problem-set', ...flags];
  const code = await execute(args, { stdout: stream('stdout'), stderr: stream('stderr') });
  return { code, ...written };
}

describe('check', () => {
  it('puts every law to a minimizer of a module, and says which do not apply', async () => {
    const { code, stdout } = await check(module('honest', HONEST));
    expect(stdout).toMatch(/\n15 supported, 2 skipped\.\n$/);
    expect(stdout).toContain('it does not report its steps');
    expect(code).toBe(0);
  });

  it('shows a counterexample of what is not so, as JSON too', async () => {
    const path = module('boastful', HONEST.replace('value: here.value', 'value: 0'));
    const { code, stdout } = await check(path, '--json');
    const { verdicts } = JSON.parse(stdout);
    const found = verdicts.find((each: { law: string }) => each.law === 'value-of-point');
    expect(found.verdict).toMatchObject({ outcome: 'refuted', evidence: { kind: 'counterexample' } });
    expect(code).toBe(1);
  });

  it('ends a minimizer that never ends, and goes on', async () => {
    const { code, stdout } = await check(module('endless', ENDLESS), '--time-limit', '2');
    expect(stdout).toMatch(/errored {4}[\w-]+.*\n {11}not finished after 2 s: the thread was ended/);
    expect(code).toBe(1);
  });

  it.each([
    ['a file that does not exist', join(folder, 'none.mjs'), /expected an ES module that exports a minimizer/],
    ['a module without a minimizer', module('empty', 'export const a = 1;'), /received exports a\./],
    ['a module that throws', module('throws', 'throw new Error("boom");'), /received boom\./],
    ['a module that is no JavaScript', module('text', 'hello there'), /expected an ES module that can be loaded/],
  ])('refuses %s', async (_what, path, message) => {
    const { code, stderr } = await check(path);
    expect(stderr).toMatch(message);
    expect(code).toBe(64);
  });

  it('ends a module that never stops loading', async () => {
    const { code, stderr } = await check(module('loading', 'for (;;);'), '--time-limit', '2');
    expect(stderr).toMatch(/one that was still loading after 2 s/);
    expect(code).toBe(64);
  });

  it.each([
    ['--cases', '0'],
    ['--time-limit', '-1'],
    ['--seed', '1.5'],
  ])('refuses %s %s', async (flag, value) => {
    const { code, stderr } = await check(module('honest', HONEST), flag, value);
    expect(stderr).toContain(`check: ${flag}`);
    expect(code).toBe(64);
  });
});
