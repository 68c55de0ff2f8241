import { describe, expect, it } from 'vitest';
import { batch, batchOfRows } from '../../src/core/batch.ts';
import { examplesIn, promisedResults } from './docstrings.ts';
import { falseResults, type Scope } from './examples.ts';

const library: Scope = { batch, batchOfRows };

/** As in a file that sees `batch` and `batchOfRows`, and that may import them from the library. */
const check = (source: string): Promise<readonly string[]> =>
  falseResults(source, library, async (name) => (name === 'inverse-claims' ? library : undefined));

describe('examples of a docstring', () => {
  it('takes every result of a docstring, up to the next tag', () => {
    const text = [
      'const glob = "src/**/*.ts";',
      '/**',
      ' * Twice.',
      ' *',
      ' * @example',
      ' * const two = twice(1);',
      ' * two; // => 2',
      ' * twice(',
      ' *   two,',
      ' * );',
      ' * // => 4',
      ' * @see nothing; // => 0',
      ' */',
    ].join('\n');
    const source = 'const two = twice(1);\ntwo; // => 2\ntwice(\n  two,\n);\n// => 4';
    expect(examplesIn({ path: 'a.ts', text })).toEqual([{ where: 'a.ts:6', source }]);
    expect(promisedResults({ path: 'a.ts', text })).toBe(3);
    expect(examplesIn({ path: 'a.ts', text: '/** @example one(); // => 1 */' })).toEqual([
      { where: 'a.ts:2', source: 'one(); // => 1' },
    ]);
  });
});

describe('results of examples', () => {
  it.each([
    'batchOfRows([[1, 2], [3, 4]]).data; // => Float64Array [1, 2, 3, 4]',
    'batch(1, 2); // => { rows: 1, cols: 2, data: Float64Array [0, 0] }',
    '[0.1 + 0.2, Number.NaN, "a"]; // => [0.30000000000000004, NaN, \'a\']',
    '1 / 3; // => 0.333…',
    'const row: number[] = [7]; // => [7]\nrow[0]! + 1; // => 8',
    'await Promise.resolve(3); // => 3',
    'console.log("said"); // => "said"',
    "import { type Batch, batch as zeros } from 'inverse-claims';\nzeros(0, 3).cols; // => 3",
    "import * as all from 'inverse-claims';\nObject.keys(all); // => ['batch', 'batchOfRows']",
  ])('accepts %j', async (source) => {
    expect(await check(source)).toEqual([]);
  });

  it.each([
    'batchOfRows([[1, 2]]).data; // => Float64Array [1, 3]',
    'batchOfRows([[1, 2]]).data; // => Float32Array [1, 2]',
    'batchOfRows([[1, 2]]).data; // => [1, 2]',
    '0.1 + 0.2; // => 0.3',
    '1 / 3; // => 0.334…',
    '"1"; // => 1',
    '({ a: 1, b: 2 }); // => { a: 1 }',
    '1; // => 2\n2; // => 2',
    'const one = 1; // => 2',
    'console.log(1); // => undefined',
  ])('finds one false result in %j', async (source) => {
    expect(await check(source)).toHaveLength(1);
  });

  it.each([
    ['doubled(1); // => 2', 'doubled is not defined'],
    ['const [a, b] = [1, 2]; // => 1', 'no value stands before'],
    ['// => 1\n1;', 'before or inside a statement'],
    ['batch( // => 1\n1, 1);', 'before or inside a statement'],
    ['batch(1; // => 1', 'expected'],
    ["import { bathc } from 'inverse-claims';\n1; // => 1", 'does not export bathc'],
    ["import { mean } from 'simple-statistics';\n1; // => 1", 'cannot be imported'],
    ['batch(-1, 1); // => 1', 'expected an integer'],
  ])('stops at %j', async (source, message) => {
    await expect(check(source)).rejects.toThrow(message);
  });
});
