import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../core/errors.ts';
import type { FieldImage, Panel } from '../../core/figure.ts';
import { buildReport } from '../build.ts';
import { readFigureData } from '../figure-data.ts';
import { renderHtml } from '../html.ts';
import { reportJson } from '../json.ts';
import { parseReport } from '../read.ts';
import { HOSTILE, hostileInput } from '../testing/hostile.ts';
import { picturesOf } from '../testing/read-png.ts';
import { sampleField, sampleFigure, sampleInput } from '../testing/sample-report.ts';
import { xmlDefect } from '../testing/well-formed.ts';
import { figureCsv } from './figure-csv.ts';
import { figureSvg } from './figure-svg.ts';
import { lineChart } from './line-chart.ts';

const axis = (label: string) => ({ label, scale: 'linear' }) as const;
const panelOf = (changes: Partial<FieldImage> = {}): Panel => ({
  title: 'waves',
  x: axis('time'),
  y: axis('place'),
  image: sampleField(changes),
  series: [],
});
const chart = (changes: Partial<FieldImage> = {}) => lineChart(panelOf(changes), { theme: 'paper' });

/** A row of cells. */
const FLAT = [0, 0, 0] as const;

type Color = readonly number[];

/** The cells from the top left on, the colors of the bar from the left on, and where both are, px. */
async function drawn(changes: Partial<FieldImage> = {}) {
  const svg = await chart(changes);
  const [field, bar] = picturesOf(svg);
  if (field === undefined || bar === undefined) throw new Error('two pictures are missing');
  return { svg, field, bar, cells: field.pixels, colors: bar.pixels[0] as readonly Color[] };
}

/** Where a tick or number is, px: what its text is moved by, and what its group is. */
function placeOf(svg: string, text: string): readonly [x: number, y: number] {
  const found = new RegExp(
    `<g transform="translate\\(([^,]*),([^)]*)\\)"[^>]*>(?:<text[^>]*>[^<]*</text>)*?<text[^>]*translate\\(([^,]*),([^)]*)\\)[^>]*>${text}</text>`,
  ).exec(svg);
  const [left = 0, top = 0, x = 0, y = 0] = found?.slice(1).map(Number) ?? [];
  return [left + x, top + y];
}

/** The color of a value in [−2, 2] by its place on the bar. */
const onBar = (colors: readonly Color[], value: number) => colors[Math.round(((value + 2) / 4) * (colors.length - 1))];

describe('a field behind the lines', () => {
  it('has every value in its cell: columns from the left, rows from the bottom up', async () => {
    const { cells, colors } = await drawn({
      rows: [
        [-2, -1, 0],
        [0.5, 1, 2],
      ],
    });
    expect(cells).toEqual([
      [0.5, 1, 2].map((value) => onBar(colors, value)),
      [-2, -1, 0].map((value) => onBar(colors, value)),
    ]);
    expect(new Set(cells.flat().map(String)).size).toBe(6);
  });

  it('is blue below 0, red above, and nearly white at 0, alike on both sides', async () => {
    const { colors } = await drawn();
    const middle = (colors.length - 1) / 2;
    expect(Number.isInteger(middle)).toBe(true);
    expect(Math.min(...(colors[middle] as Color))).toBeGreaterThan(225);
    const light = (color: Color | undefined) => (color ?? []).reduce((sum, part) => sum + part, 0);
    colors.forEach(([red = 0, , blue = 0], k) => {
      if (k < middle - 4) expect(blue).toBeGreaterThan(red);
      if (k > middle + 4) expect(red).toBeGreaterThan(blue);
      expect(light(colors[k])).toBeLessThanOrEqual(light(colors[middle]) + 12);
      expect(Math.abs(light(colors[k]) - light(colors.at(-1 - k)))).toBeLessThan(120);
    });
  });

  it('names the ends and the middle of its colors where they are on the bar', async () => {
    const { svg, bar } = await drawn({
      color: { label: 'speed', limit: 3.25 },
      rows: [Array(3).fill(3.25), [0, 0, 0]],
    });
    const [width, left] = ['width', 'x'].map((name) => Number(bar.attribute(name))) as [number, number];
    const shift = Number(/translate\((-?\d+),-?\d+\)"><image[^>]*height="8"/.exec(svg)?.[1]);
    expect(placeOf(svg, '−3.25')[0]).toBe(left + shift);
    expect(placeOf(svg, '0')[0]).not.toBe(left + shift + width / 2); // the first "0" is a tick of the axes
    expect(svg.match(/<text transform="[^"]*" y="0.71em">0<\/text>/g)).toHaveLength(2);
    expect(placeOf(svg, '3.25')[0]).toBe(left + shift + width);
    expect(placeOf(svg, 'speed')[0]).toBeLessThan(left + shift);
  });

  it('has its cells around their centers on both axes', async () => {
    const { svg, field } = await drawn();
    const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((name) => Number(field.attribute(name))) as [
      number,
      number,
      number,
      number,
    ];
    expect(field.attribute('preserveAspectRatio')).toBe('none');
    expect(field.attribute('image-rendering')).toBe('pixelated');
    expect(placeOf(svg, '10')[0]).toBeCloseTo(x + width / 2, 1);
    expect(placeOf(svg, '20')[0]).toBeCloseTo(x + (width * 5) / 6, 1);
    expect(placeOf(svg, '1')[1]).toBeCloseTo(y + height / 4, 1);
  });

  it('keeps its place where lines and references make the axes longer', async () => {
    const longer = { ...panelOf(), series: [{ name: 'path', x: [-10, 55], y: [0, 3] }] };
    const svg = await lineChart(longer, { theme: 'paper' });
    const [field] = picturesOf(svg);
    const width = Number(field?.attribute('width'));
    expect(placeOf(svg, '40')[0] - placeOf(svg, '20')[0]).toBeCloseTo((width * 2) / 3, 1);
    expect(Number(field?.attribute('x')) + (width * 5) / 6).toBeCloseTo(placeOf(svg, '20')[0], 1);
    expect(Number(field?.attribute('y')) + Number(field?.attribute('height')) / 4).toBeCloseTo(placeOf(svg, '1')[1], 1);
    expect(svg.indexOf('<image')).toBeLessThan(svg.indexOf('stroke-width="1.6"'));
    expect(svg).toContain('>path<');
  });

  it('shows cells without a finite value in a gray that is no color of the bar', async () => {
    const { cells, colors } = await drawn({
      rows: [
        [null, 0, 0],
        [Number.NaN, Infinity, 0],
      ],
    });
    const gaps = [cells[1]?.[0], cells[0]?.[0], cells[0]?.[1]];
    expect(new Set(gaps.map(String))).toEqual(new Set(['138,143,148']));
    expect(colors.map(String)).not.toContain('138,143,148');
    expect(cells[1]?.[1]).toEqual(cells[0]?.[2]);
  });

  it.each<[ErrorCode, string, Partial<FieldImage>]>([
    ['shape-mismatch', 'image.rows"', { rows: [FLAT] }],
    ['shape-mismatch', 'image.rows[1]"', { rows: [FLAT, [0, 0]] }],
    ['shape-mismatch', 'image.y"', { y: [0], rows: [FLAT] }],
    ['out-of-range', 'image.x"[1]', { x: [0, 5, 20] }],
    ['out-of-range', 'image.y"[0]', { y: [1, 0] }],
    ['not-finite', 'image.x"[2]', { x: [0, 10, Number.NaN] }],
    [
      'out-of-range',
      'image.rows[0][2]"',
      {
        rows: [[0, 0, 2.001], FLAT],
      },
    ],
    [
      'out-of-range',
      'image.rows[1][0]"',
      {
        rows: [FLAT, [-2.001, 0, 0]],
      },
    ],
    ['out-of-range', 'image.color.limit"', { color: { label: 'u', limit: 0 } }],
    ['not-finite', 'image.color.limit"', { color: { label: 'u', limit: Infinity } }],
  ])('refuses with %s and the place %s', async (code, place, changes) => {
    await expect(chart(changes)).rejects.toMatchObject({ code, details: { where: `panel "waves": "${place}` } });
  });

  it('refuses logarithmic axes', async () => {
    const log = { ...panelOf(), x: { label: 'time', scale: 'log' } } as const;
    await expect(lineChart(log, { theme: 'paper' })).rejects.toMatchObject({
      code: 'out-of-range',
      details: { where: 'panel "waves": "x.scale"', received: 'log' },
    });
  });

  it('is well-formed and the same for the same input, with the colors of the page for its texts', async () => {
    expect(await chart()).toBe(await chart());
    for (const theme of ['paper', 'page'] as const) {
      const svg = await lineChart(panelOf(), { theme });
      expect(xmlDefect(svg)).toBe(undefined);
      expect(svg).not.toMatch(theme === 'page' ? /#[0-9a-f]{6}/ : /var\(/);
      expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    }
  });

  it('escapes its texts', async () => {
    const hostile = hostileInput().figures.flatMap(({ panels }) => panels.filter(({ image }) => image !== undefined));
    expect(hostile.length).toBeGreaterThan(0);
    for (const panel of hostile) {
      expect(panel.image?.color.label).toBe(HOSTILE);
      const svg = await lineChart(panel, { theme: 'paper' });
      expect(xmlDefect(svg)).toBe(undefined);
      expect(svg).not.toContain('<script');
    }
  });
});

describe('figures with a field', () => {
  const figure = sampleFigure({ panels: [panelOf(), ...sampleFigure().panels] });

  it('have every cell in the CSV, in a column that other figures do not have', () => {
    const csv = figureCsv(figure).split('\n');
    expect(csv.slice(0, 7)).toEqual([
      'panel,series,x,y,low,high,value',
      'waves,u,0,0,,,-2',
      'waves,u,10,0,,,-1',
      'waves,u,20,0,,,0',
      'waves,u,0,1,,,1',
      'waves,u,10,1,,,2',
      'waves,u,20,1,,,',
    ]);
    expect(csv).toContain('Wave packet,BFGS,1,0.1,0.05,0.2,');
  });

  it('are whole in one file', async () => {
    expect(xmlDefect(await figureSvg(figure))).toBe(undefined);
    expect(picturesOf(await figureSvg(figure))).toHaveLength(2);
  });

  it('come back from a report as they were, with gaps where values are not finite', () => {
    const odd = panelOf({
      rows: [
        [0, Number.NaN, 1],
        [Infinity, null, -1],
      ],
    });
    const report = buildReport(sampleInput({ figures: [{ ...figure, panels: [panelOf(), odd] }] }));
    const [first, second] = parseReport('here', reportJson(report)).figures[0]?.panels ?? [];
    expect(first).toEqual(panelOf());
    expect(second?.image?.rows).toEqual([
      [0, null, 1],
      [null, null, -1],
    ]);
  });

  it('are shown by a page that allows no pictures but its own', async () => {
    const html = renderHtml(buildReport(sampleInput({ figures: [figure] })));
    const data = /<script type="text\/plain" id="figure-data">([^<]*)</.exec(html)?.[1] ?? '';
    const images = Object.values(readFigureData(data)).flatMap(({ panels }) => panels.map(({ image }) => image?.rows));
    expect(images).toContainEqual(sampleField().rows);
    expect(/Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1]).toContain('img-src data:;');
  });
});
