import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import type { KillMatrix } from '../core/kill-matrix.ts';
import { buildReport } from './build.ts';
import { renderHtml } from './html.ts';
import { HOSTILE } from './testing/hostile.ts';
import { SAMPLE_MATRIX as matrix } from './testing/sample-matrix.ts';
import { sampleInput } from './testing/sample-report.ts';

async function section(killMatrices?: readonly KillMatrix[]) {
  const input = killMatrices === undefined ? sampleInput() : { ...sampleInput(), killMatrices };
  const { document } = parseHTML(await renderHtml(buildReport(input)));
  return document.querySelector('#kills');
}

const texts = (cells: Iterable<{ readonly textContent: string }>): readonly string[] =>
  [...cells].map(({ textContent }) => textContent);

describe('wrong versions in a report', () => {
  it('are absent where the input has none', async () => {
    expect(buildReport(sampleInput())).not.toHaveProperty('killMatrices');
    expect(await section()).toBeNull();
  });

  it('are shown with the case that refuted them, and with their source', async () => {
    const found = await section([matrix]);
    const cells = texts(found.querySelectorAll('tbody th, tbody td'));
    expect(cells).toEqual(['square right', '·', '·', 'cube', '3', '1', 'absolute', '·', '·']);
    expect(found.textContent).toContain('Refuted: 1 of 2.');
    expect(found.textContent).toContain('Somebody #12');
  });

  it('are marked where they survive, and right ones where they do not', async () => {
    const marked = async (of: KillMatrix) => texts((await section([of])).querySelectorAll('tbody .remarkable'));
    expect(await marked(matrix)).toEqual(['absolute']);
    const alarmed = { ...matrix, correct: [{ name: 'square', what: 'x²', source: '', killedAt: [2, null] }] };
    expect(await marked(alarmed)).toEqual(['square', 'absolute']);
  });

  it('escape every text', async () => {
    const row = { name: HOSTILE, what: HOSTILE, source: HOSTILE, killedAt: [1, null] };
    const checks = matrix.checks.map(() => ({ name: HOSTILE, what: HOSTILE }));
    const hostile = { id: HOSTILE, title: HOSTILE, caption: HOSTILE, checks, correct: [row], mutants: [row] };
    const found = await section([hostile]);
    expect(found.querySelectorAll('script, img')).toHaveLength(0);
    expect(found.textContent).toContain('<script>alert(1)</script>');
  });

  it('are refused where a case is no positive integer', () => {
    const broken = { ...matrix, mutants: [{ name: 'x', what: '', source: '', killedAt: [0, 1.5] }] };
    expect(() => buildReport({ ...sampleInput(), killMatrices: [broken] })).toThrow(/killMatrices/);
  });
});
