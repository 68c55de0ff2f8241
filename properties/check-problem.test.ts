import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { execute } from '../src/commands/program.ts';

const folder = mkdtempSync(join(tmpdir(), 'inverse-claims-problem-'));
const small = [
  '--cases',
  '10',
  '--jobs',
  '2',
  '--probes',
  '64',
  '--trainings',
  '2',
  '--problems',
  '8',
  '--iterations',
  '5',
];

async function check(args: readonly string[]) {
  const written = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') => ({ write: (text: string) => (written[name] += text) });
  const code = await execute(['check', ...args, ...small, '--backend', 'float64'], {
    stdout: stream('stdout'),
    stderr: stream('stderr'),
  });
  return { code, ...written };
}

function module(name: string, text: string): string {
  const path = join(folder, `${name}.mjs`);
  writeFileSync(path, text);
  return path;
}

const PRIOR = `export const prior = [{ name: 'x', unit: '1', distribution: { kind: 'uniform', low: 0.5, high: 2 } }];`;
/** A problem with a batch of one unknown, y = x², that a module may break. */
const square = (parts: Record<string, string> = {}): string => {
  const { forward = '(x) => map(x, (v) => v * v)', draw = '', extra = PRIOR } = parts;
  return `
const map = ({ rows, cols, data }, f) => ({ rows, cols, data: Float64Array.from(data, f) });
const axis = (name) => [{ name, length: 1, unit: '1' }];
const forward = ${forward};
const simulator = {
  name: 'square', input: axis('x'), identifiers: [], output: axis('y'), forward,
  vjp: (x) => ({ y: forward(x), pullback: (yBar) => map(yBar, (v, b) => 2 * v * x.data[b]) }),
};
export const problem = { id: 'square', simulator ${draw} };
${extra}`;
};

describe('check of a problem', () => {
  it('diagnoses it, with words, numbers and figures in a folder', async () => {
    const out = join(folder, 'out');
    const { code, stdout } = await check([module('square', square()), '--out', out]);
    expect(code).toBe(0);
    expect(stdout).toContain('## Diagnosis of square');
    expect(stdout).toMatch(/\*\*zero gradients\.\*\* 0 % \[0 %, [0-9.]+ %\] of 64 starts/);
    expect(stdout).toContain('### Recommendation: ');
    expect(readFileSync(join(out, 'diagnosis.md'), 'utf8')).toContain('**basin.**');
    expect(JSON.parse(readFileSync(join(out, 'diagnosis.json'), 'utf8')).problem).toBe('square');
    for (const name of ['landscape', 'alignment', 'runtime']) {
      expect(readFileSync(join(out, `figure-diagnosis-${name}.svg`), 'utf8')).toContain('<svg');
      expect(existsSync(join(out, `figure-diagnosis-${name}.csv`))).toBe(true);
    }
  }, 60_000);

  it('says the same twice, and as JSON', async () => {
    const path = module('twice', square());
    const [first, second] = [await check([path, '--json']), await check([path, '--json'])];
    expect(second.stdout).toBe(first.stdout);
    const { kind, diagnosis } = JSON.parse(first.stdout);
    expect(kind).toBe('problem');
    expect(diagnosis.diagnosis.comparison.trainings).toBe(2);
  }, 60_000);

  it('diagnoses nothing whose gradients are wrong', async () => {
    const path = module('wrong', square().replace('2 * v * x', '3 * v * x'));
    const { code, stdout } = await check([path]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/refuted +taylor-slope/);
    expect(stdout).toContain('Diagnosis not made: taylor-slope must hold first.');
  }, 60_000);

  it('makes only the laws where that is wanted', async () => {
    const { code, stdout } = await check([module('laws', square()), '--no-diagnosis']);
    expect(code).toBe(0);
    expect(stdout).not.toContain('Diagnosis');
  }, 60_000);

  it.each([
    ['promises', { forward: 'async (x) => x' }, 'forward returns a promise'],
    ['NaN', { forward: '(x) => map(x, (v) => (v > 1.5 ? NaN : v * v))' }, 'is NaN'],
    ['throws', { forward: "(x) => { throw new Error('out of range'); }" }, 'out of range'],
    [
      'another shape',
      { forward: '(x) => ({ rows: x.rows, cols: 2, data: new Float64Array(2 * x.rows) })' },
      'cols 2|, 2\\)',
    ],
    ['instances of nothing', { draw: ', draw: () => undefined', extra: '' }, 'draw returns nothing'],
  ])(
    'finds %s, and does not diagnose',
    async (name, parts, message) => {
      const { code, stdout } = await check([module(name.replaceAll(' ', '-'), square(parts))]);
      expect(code).toBe(1);
      expect(stdout).toMatch(new RegExp(message));
      expect(stdout).toContain('Diagnosis not made');
    },
    60_000,
  );

  it('ends a simulator that never returns, law by law', async () => {
    const path = module('endless', square({ forward: '(x) => { for (;;); }' }));
    const { code, stdout } = await check([path, '--time-limit', '3']);
    expect(code).toBe(1);
    expect(stdout).toContain('not finished after 3 s: the thread was ended');
    // The laws of the misfit need instances, and those need the simulator: nothing here is green.
    expect(stdout).not.toContain('supported');
  }, 240_000);

  it('names the training that fails', async () => {
    const late = `(() => { let calls = 0; return (x) => { calls += 1; if (x.rows === 8 && calls > 1) throw new Error('tired'); return map(x, (v) => v * v); }; })()`;
    const { code, stdout } = await check([module('tired', square({ forward: late }))]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/Diagnosis (training 0|gradients and landscape): tired\./);
  }, 60_000);

  it('asks for a prior', async () => {
    const { code, stderr } = await check([module('no-prior', square({ extra: '' }))]);
    expect(code).toBe(64);
    expect(stderr).toContain('where its hidden solutions come from');
  }, 60_000);
});

describe('check of a plain function', () => {
  it('makes differences of numbers, and says so', async () => {
    const text = `export function f([x]) { return [Math.sin(3 * x), x * x]; }\n${PRIOR}`;
    const { code, stdout } = await check([module('plain', text)]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/skipped +taylor-slope/);
    expect(stdout).toContain('warning: derivatives are central differences of f');
    expect(stdout).toContain('## Diagnosis of f');
  }, 60_000);

  it('takes derivatives of TensorFlow.js where it is written in tensors', async () => {
    const tf = fileURLToPath(new URL('../node_modules/@tensorflow/tfjs/dist/tf.node.js', import.meta.url));
    const text = `import tf from ${JSON.stringify(tf)};\nexport function f(x) { return tf.concat([tf.sin(x), tf.square(x)]); }\n${PRIOR}`;
    const { code, stdout } = await check([module('tensors', text)]);
    expect(stdout).toContain('warning: derivatives are made by TensorFlow.js');
    expect(code).toBe(0);
    expect(stdout).toContain('## Diagnosis of f');
  }, 120_000);

  it.each([
    ['promise', 'export const f = async () => [1];', 'a promise'],
    ['text', "export const f = () => 'one';", 'a list of numbers'],
    ['throwing', "export const f = () => { throw new Error('own'); };", 'own'],
  ])(
    'refuses a %s',
    async (name, text, message) => {
      const { code, stderr } = await check([module(`f-${name}`, `${text}\n${PRIOR}`)]);
      expect(code).toBe(64);
      expect(stderr).toContain(message);
    },
    60_000,
  );
});
