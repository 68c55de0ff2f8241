import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { batchOfRows } from '../core/batch.ts';
import { type CommandOptions, commandSimulator } from './command-simulator.ts';

const program = fileURLToPath(new URL('./testing/program.mjs', import.meta.url));
const x = batchOfRows([[3], [4]]);
const gamma = batchOfRows([[2], [2]]);

function started(fault = '', options: CommandOptions = {}) {
  const simulator = commandSimulator(`"${process.execPath}" "${program}" ${fault}`, {
    timeLimit: 5,
    startLimit: 20,
    ...options,
  });
  onTestFinished(() => simulator.close());
  return simulator;
}
/** Processes that run the program with the fault. */
const running = (fault: string): number =>
  execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes('testing/program.mjs') && line.trim().endsWith(fault) && !line.includes('/bin/sh'))
    .length;

describe('a simulator that is a program', () => {
  it('says what it is', () => {
    const { name, input, identifiers, output, derivatives, description } = started();
    expect([name, derivatives]).toEqual(['scaled-powers', 'exact']);
    expect([input[0]?.name, identifiers[0]?.name, output[0]?.length]).toEqual(['x', 'γ', 2]);
    expect(description.input[0]).toMatchObject({ low: [-2], high: [2] });
  });

  it('is asked row by row, for values and both derivatives', () => {
    const simulator = started();
    expect([...simulator.forward(x, gamma).data]).toEqual([6, 18, 8, 32]);
    const { y, pullback } = simulator.vjp(x, gamma);
    expect([...y.data]).toEqual([6, 18, 8, 32]);
    expect([
      ...pullback(
        batchOfRows([
          [1, 0],
          [0, 1],
        ]),
      ).data,
    ]).toEqual([2, 16]);
    expect([...simulator.jvp(x, gamma, batchOfRows([[1], [0.5]])).data]).toEqual([2, 12, 1, 8]);
    expect(simulator.forward(batchOfRows([], 1), batchOfRows([], 1)).rows).toBe(0);
  });

  it('carries every number bit for bit', () => {
    const special = [Number.NaN, Number.POSITIVE_INFINITY, -0, 5e-324, 0.1 + 0.2];
    const column = batchOfRows(special.map((value) => [value]));
    const ones = batchOfRows(special.map(() => [1]));
    const { data } = started().forward(column, ones);
    expect(special.map((_, b) => data[2 * b])).toEqual(special);
  });

  it('may answer that it cannot, and is asked again', () => {
    const simulator = started('cannot-once');
    expect(() => simulator.forward(x, gamma)).toThrow(
      expect.objectContaining({ code: 'objective-failed', message: expect.stringContaining('not yet') }),
    );
    expect([...simulator.forward(x, gamma).data]).toEqual([6, 18, 8, 32]);
  });

  it('refuses points of another shape before it asks', () => {
    const simulator = started();
    expect(() => simulator.forward(batchOfRows([[1, 2]]), gamma)).toThrow(
      expect.objectContaining({ code: 'shape-mismatch' }),
    );
    expect(() => simulator.jvp(x, gamma, batchOfRows([[1]]))).toThrow(
      expect.objectContaining({ code: 'shape-mismatch' }),
    );
  });

  it('ends when it is closed, and answers no more', async () => {
    const simulator = started('');
    simulator.forward(x, gamma);
    simulator.close();
    simulator.close();
    expect(() => simulator.forward(x, gamma)).toThrow(expect.objectContaining({ code: 'program-failed' }));
  });
});

describe('a program that cannot be used', () => {
  it.each([
    ['dies-at-start', 'program-failed', 'no license found'],
    ['talks-first', 'simulator-contract', 'handshake'],
    ['future', 'simulator-contract', '1, the version of this library, received 99'],
    ['silent', 'program-failed', 'within 1 s'],
  ])('%s', (fault, code, message) => {
    expect(() => started(fault, { startLimit: fault === 'silent' ? 1 : 20 })).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    );
  });

  it('is absent', () => {
    expect(() => commandSimulator('no-such-program-anywhere')).toThrow(
      expect.objectContaining({ code: 'program-failed', message: expect.stringContaining('on the PATH') }),
    );
    expect(() => commandSimulator('true', { cwd: '/no/such/folder' })).toThrow(
      expect.objectContaining({ code: 'missing-file' }),
    );
    expect(() => commandSimulator('true', { timeLimit: 0 })).toThrow('"timeLimit"');
  });
});

describe('a program that misbehaves', () => {
  it.each([
    ['prints', 'simulator-contract', 'step 1'],
    ['wrong-magic', 'simulator-contract', 'forward of 2 rows'],
    ['other-id', 'simulator-contract', 'the answer to request 1, received that to request 2'],
    ['other-operation', 'simulator-contract', 'an answer to forward, received jvp'],
    ['huge', 'simulator-contract', 'bytes'],
    ['wrong-shape', 'shape-mismatch', '(2, 2), received (2, 3)'],
    ['dies-midway', 'program-failed', 'out of memory in step 7'],
    ['stops-midway', 'program-failed', 'a part of it'],
    ['never-answers', 'program-failed', 'within 2 s, received nothing'],
  ])('%s: is ended, and the call that caused it is named, then and later', (fault, code, message) => {
    const simulator = started(fault, { timeLimit: 2 });
    const failure = expect.objectContaining({ code, message: expect.stringContaining(message) });
    expect(() => simulator.forward(x, gamma)).toThrow(failure);
    expect(() => simulator.jvp(x, gamma, x)).toThrow(failure);
  });

  it('is not left running', async () => {
    const simulator = started('never-answers', { timeLimit: 1 });
    expect(running('never-answers')).toBeGreaterThan(0);
    expect(() => simulator.forward(x, gamma)).toThrow();
    for (let k = 0; k < 50 && running('never-answers') > 0; k++)
      await new Promise((resolve) => setTimeout(resolve, 100));
    expect(running('never-answers')).toBe(0);
  });

  it('answers twice: the second call is told', () => {
    const simulator = started('answers-twice', { timeLimit: 2 });
    expect([...simulator.forward(x, gamma).data]).toEqual([6, 18, 8, 32]);
    expect(() => simulator.forward(x, gamma)).toThrow(expect.objectContaining({ code: 'simulator-contract' }));
  });

  it('answers NaN: that is an answer', () => {
    expect(started('nan').forward(x, gamma).data[0]).toBeNaN();
  });
});
