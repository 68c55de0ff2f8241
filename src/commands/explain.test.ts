import { describe, expect, it } from 'vitest';
import { catalogue } from '../claims/catalogue.ts';
import { explain } from './explain.ts';

const THEORY = 'theory.noise-averaging-monte-carlo';
const OTHER = 'wave-packet.minima-count';

/** The cells of the lines that are rows of the table. */
const tableOf = (text: string): readonly (readonly string[])[] =>
  text
    .split('\n')
    .filter((line) => /^ {11} *(d|\d+) {3}/.test(line))
    .map((line) => line.trim().split(/ {3,}/));

describe('explain', () => {
  it('tells statement, plan and control of a claim, and no prediction where there is no theory', async () => {
    const text = await explain(OTHER, '/nowhere');
    expect(text).toContain(catalogue.claim(OTHER).statement);
    expect(text).toContain('none: there is no /nowhere');
    expect(text).not.toContain('Predicts');
  });

  it('predicts how a training starts, for claims about the theory', async () => {
    expect(tableOf(await explain(THEORY, '/nowhere'))).toEqual([
      ['d', 'n = 1', 'n = 16', 'n = 256', 'for 0.9'],
      ['1', '0.2358', '0.7699', '1.0000', '31'],
      ['2', '0.1859', '0.6378', '0.9775', '67'],
      ['10', '0.0922', '0.3495', '0.8420', '441'],
    ]);
  });

  it('predicts for the training it is told of', async () => {
    const training = { d: 2, signal: 0.6, sigma: 2, n: 16, miss: 0.5, coupling: 0.5 };
    const text = await explain(THEORY, '/nowhere', training);
    expect(tableOf(text)).toEqual([
      ['d', 'n = 16', 'for 0.9'],
      ['2', '0.4746', '136'],
    ]);
    expect(text).toContain('|s| = 0.6, σ = 2, zero gradients with probability 0.5, coupling 0.5');
  });

  it('says why no number of examples is enough', async () => {
    const text = await explain(THEORY, '/nowhere', { d: 1, n: 4, coupling: 0 });
    expect(tableOf(text)[1]).toEqual(['1', '0.2358', '∞']);
    expect(text).toContain('examples that are not coupled gain nothing from each other');
  });

  it('refuses a training beside claims that predict nothing, and one that cannot be', async () => {
    await expect(explain(OTHER, '/nowhere', { miss: 0.5 })).rejects.toMatchObject({ code: 'unknown-option' });
    await expect(explain(THEORY, '/nowhere', { n: 0.5 })).rejects.toMatchObject({ code: 'out-of-range' });
  });
});
