import { describe, expect, it } from 'vitest';
import { HOSTILE } from '../testing/hostile.ts';
import { xmlDefect } from '../testing/well-formed.ts';
import { type KillDrawing, killCsv, killSvg } from './kill-svg.ts';

const drawing: KillDrawing = {
  title: 'Squares',
  caption: 'Wrong squares against two laws.',
  checks: ['even', 'at two'],
  rows: [
    { name: 'square', isRight: true, killedAt: [null, null] },
    { name: 'cube', isRight: false, killedAt: [3, 1] },
    { name: 'absolute', isRight: false, killedAt: [null, null] },
  ],
};

/** Texts of the drawing, in order. */
const texts = (svg: string): readonly string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text ?? '');
const marked = (svg: string): readonly string[] =>
  [...svg.matchAll(/<text[^>]* font-weight="700"[^>]*>([^<]*)</g)].map(([, text]) => text ?? '');

describe('killSvg', () => {
  it('shows every version with the case that refuted it, and what the columns are', () => {
    expect(texts(killSvg(drawing))).toEqual([
      '1',
      '2',
      'square (right)',
      '·',
      '·',
      'cube',
      '3',
      '1',
      'absolute',
      '·',
      '·',
      '1  even',
      '2  at two',
    ]);
    expect(xmlDefect(killSvg(drawing))).toBeUndefined();
  });

  it('marks wrong versions that survive and right ones that do not', () => {
    expect(marked(killSvg(drawing))).toEqual(['absolute']);
    const refuted = { ...drawing, rows: [{ name: 'square', isRight: true, killedAt: [null, 2] }] };
    expect(marked(killSvg(refuted))).toEqual(['square (right)']);
  });

  it('is darker the earlier a version was refuted, and pale from the thousandth case on', () => {
    const opacities = (at: readonly number[]) => {
      const rows = at.map((killed) => ({ name: '', isRight: false, killedAt: [killed] }));
      return [...killSvg({ ...drawing, rows }).matchAll(/fill-opacity="([\d.]+)"/g)].map(([, value]) => Number(value));
    };
    expect(opacities([1, 10, 100, 1000, 50_000])).toEqual([0.5, 0.37, 0.23, 0.1, 0.1]);
  });

  it('holds everything inside its frame', () => {
    const wide = { ...drawing, checks: ['a check with quite a long name, longer than the table'], rows: [] };
    for (const svg of [killSvg(drawing), killSvg(wide)]) {
      const width = Number(/ width="(\d+)"/.exec(svg)?.[1]);
      const right = [...svg.matchAll(/<rect x="(\d+)"[^>]* width="(\d+)"/g)].map(([, x, w]) => Number(x) + Number(w));
      expect(Math.max(0, ...right)).toBeLessThanOrEqual(width);
    }
    expect(Number(/ width="(\d+)"/.exec(killSvg(wide))?.[1])).toBeGreaterThan(300);
  });

  it('lets no text become markup', () => {
    const rows = [{ name: HOSTILE, isRight: false, killedAt: [1] }];
    const svg = killSvg({ title: HOSTILE, caption: HOSTILE, checks: [HOSTILE], rows });
    expect(xmlDefect(svg)).toBeUndefined();
    expect(svg).not.toContain('<script');
  });
});

describe('killCsv', () => {
  it('has a version per line', () => {
    expect(killCsv(drawing)).toBe('version,kind,even,at two\nsquare,right,,\ncube,wrong,3,1\nabsolute,wrong,,\n');
  });
});
