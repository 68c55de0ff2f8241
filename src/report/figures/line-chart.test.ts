import { describe, expect, it } from 'vitest';
import type { Panel } from '../../core/figure.ts';
import { hostileInput } from '../testing/hostile.ts';
import { sampleFigure } from '../testing/sample-report.ts';
import { xmlDefect } from '../testing/well-formed.ts';
import { figureCsv } from './figure-csv.ts';
import { figureSvg } from './figure-svg.ts';
import { lineChart } from './line-chart.ts';
import { lineStyle } from './palette.ts';

const panel = sampleFigure().panels[0] as Panel;
const linear = { label: 'x', scale: 'linear' } as const;
const plain = (series: Panel['series']): Panel => ({ title: 't', x: linear, y: linear, series });

/** The d attributes of lines and bands, in order. */
const paths = (svg: string) => [...svg.matchAll(/<path d="([^"]*)"[^>]*\/>/g)].map((match) => match[1] ?? '');

describe('lineChart', () => {
  it('draws the same bytes again, also after other charts', async () => {
    const first = await lineChart(panel, { theme: 'paper' });
    await lineChart(plain([{ name: 'other', x: [0, 1], y: [0, 1] }]), { theme: 'paper' });
    expect(await lineChart(panel, { theme: 'paper' })).toBe(first);
    expect(xmlDefect(first)).toBe(undefined);
  });

  it('labels lines and horizontal references beside the frame', async () => {
    const svg = await lineChart(panel, { theme: 'paper' });
    for (const label of ['BFGS', 'joint network', 'solved', 'iteration', 'loss']) expect(svg).toContain(`>${label}<`);
  });

  it('names every tick of a log axis that has room, else the powers of ten', async () => {
    const texts = async (from: number, to: number) => {
      const given = {
        title: '',
        x: { label: 'x', scale: 'log' },
        y: linear,
        series: [{ name: '', x: [from, to], y: [7, 8] }],
      };
      const svg = await lineChart(given as Panel, { theme: 'paper' });
      return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((match) => match[1]);
    };
    expect(await texts(16, 128)).toEqual(expect.arrayContaining(['20', '50', '100']));
    const narrow = await texts(0.00011, 0.099);
    expect(narrow).toEqual(expect.arrayContaining(['10⁻³']));
    expect(narrow).not.toContain('2·10⁻³');
  });

  it('leaves a gap where a value is null, and on a log axis where it is not positive', async () => {
    const linesOf = async (y: readonly (number | null)[], scale: 'linear' | 'log') => {
      const given = { title: 't', x: linear, y: { label: 'y', scale }, series: [{ name: '', x: [0, 1, 2, 3, 4], y }] };
      return paths(await lineChart(given, { theme: 'paper' }))
        .at(-1)
        ?.match(/M/g)?.length;
    };
    expect(await linesOf([1, 2, 3, 4, 5], 'linear')).toBe(1);
    expect(await linesOf([1, 2, null, 4, 5], 'linear')).toBe(2);
    expect(await linesOf([1, 2, 0, 4, 5], 'log')).toBe(2);
    expect(await linesOf([1, 2, -3, 4, 5], 'linear')).toBe(1);
  });

  it('never writes a coordinate that is not a number', async () => {
    const log = { label: 'l', scale: 'log' } as const;
    const odd: Panel = {
      title: 'odd',
      x: log,
      y: log,
      series: [
        { name: 'zeros', x: [0, 1, 2], y: [0, 0, 0], low: [0, null, -1], high: [1, 2, 3] },
        { name: 'one point', x: [5], y: [5] },
        { name: 'nothing', x: [], y: [] },
      ],
      references: [
        { axis: 'x', value: 0, label: 'zero' },
        { axis: 'y', value: -1, label: 'below' },
      ],
    };
    for (const given of [odd, plain([]), plain([{ name: 'flat', x: [1, 1], y: [2, 2] }])]) {
      const svg = await lineChart(given, { theme: 'page' });
      expect(svg).not.toMatch(/NaN|Infinity|undefined/);
      expect(xmlDefect(svg)).toBe(undefined);
    }
  });

  it('draws what is measured as points with bars in the color of its line, without a second label', async () => {
    const measured = {
      name: 'seen',
      x: [1, 2],
      y: [0.4, null],
      low: [0.3, null],
      high: [0.6, null],
      pointsOf: 'curve',
    };
    const other = { name: 'other', x: [0, 3], y: [1, 0] };
    const svg = await lineChart(plain([other, measured, { name: 'curve', x: [0, 3], y: [0, 1] }]), { theme: 'paper' });
    const color = lineStyle(1, 'paper').color;
    const dots = [...svg.matchAll(/<circle [^>]*>/g)].map(([circle]) => circle);
    expect(dots).toHaveLength(1);
    expect(svg).toMatch(new RegExp(`fill="${color}"[^>]*><circle`));
    expect(svg).toContain('>curve<');
    expect(svg).not.toContain('>seen<');
    expect(svg.match(/stroke-width="1.6"/g)).toHaveLength(2);
    const bars = new RegExp(`<g [^>]*stroke="${color}"[^>]*>((?:<line [^>]*>)+)</g>`).exec(svg)?.[1] ?? '';
    expect(bars.match(/<line /g)).toHaveLength(1);
  });

  it('labels points whose line is missing, in a color of their own', async () => {
    const stray = { name: 'stray', x: [1], y: [0.5], pointsOf: 'nothing' };
    const svg = await lineChart(plain([{ name: 'line', x: [0, 3], y: [0, 1] }, stray]), { theme: 'paper' });
    expect(svg).toContain('>stray<');
    expect(svg).toContain(`fill="${lineStyle(1, 'paper').color}"`);
  });

  it('takes colors from the page or fixes them, never both', async () => {
    expect(await lineChart(panel, { theme: 'page' })).not.toMatch(/#[0-9a-f]{6}/);
    expect(await lineChart(panel, { theme: 'paper' })).not.toContain('var(');
  });

  it('writes the label of a vertical reference right of it, and left where the chart ends', async () => {
    const anchorOf = async (value: number) => {
      const references = [{ axis: 'x', value, label: 'a long label' }] as const;
      const given = { ...plain([{ name: '', x: [0, 1], y: [0, 1] }]), references };
      return /text-anchor="(\w+)"[^>]*><text[^>]*>a long label</.exec(await lineChart(given, { theme: 'paper' }))?.[1];
    };
    expect(await anchorOf(0.5)).toBe('start');
    expect(await anchorOf(0.95)).toBe('end');
  });

  it('grows where many labels need the room', async () => {
    const series = Array.from({ length: 30 }, (_, k) => ({ name: `series ${k}`, x: [0, 1], y: [0, 1] }));
    const height = Number(/ height="(\d+)"/.exec(await lineChart(plain(series), { theme: 'paper' }))?.[1]);
    expect(height).toBeGreaterThan(30 * 12);
  });
});

describe('figureSvg', () => {
  it('is one well-formed document with title, caption and all panels', async () => {
    const figure = sampleFigure({ panels: [panel, { ...panel, title: 'second' }, { ...panel, title: 'third' }] });
    const svg = await figureSvg(figure);
    expect(xmlDefect(svg)).toBe(undefined);
    expect(svg.match(/<svg /g)).toHaveLength(4);
    expect(svg).toContain('<desc>Median loss over iterations.</desc>');
    expect(await figureSvg(figure)).toBe(svg);
  });

  it('stays well-formed whatever the texts are', async () => {
    for (const figure of hostileInput().figures) expect(xmlDefect(await figureSvg(figure))).toBe(undefined);
  });
});

describe('figureCsv', () => {
  it('has one line per point with all digits, and empty fields where there is no value', () => {
    const csv = figureCsv(sampleFigure()).split('\n');
    expect(csv[0]).toBe('panel,series,x,y,low,high');
    expect(csv).toContain('Wave packet,BFGS,1,0.1,0.05,0.2');
    expect(csv).toContain('Wave packet,BFGS,2,,,');
    expect(csv).toHaveLength(1 + 8 + 1);
  });

  it('quotes what would break a line', () => {
    const figure = sampleFigure({
      panels: [{ ...panel, title: 'a, "b"\nc', series: [{ name: 's', x: [1], y: [2] }] }],
    });
    expect(figureCsv(figure)).toBe('panel,series,x,y,low,high\n"a, ""b""\nc",s,1,2,,\n');
  });
});

describe('steps', () => {
  it('go on level to the next point and jump there, line and band alike', async () => {
    const series = { name: '', x: [0, 1, 2], y: [0, 0.5, 1], low: [0, 0.4, 0.9], high: [0.2, 0.6, 1] };
    const drawn = paths(await lineChart(plain([{ ...series, steps: true }]), { theme: 'paper' })).slice(-2);
    const points = (path: string) =>
      path
        .slice(1)
        .split(/[LZ]/)
        .filter(Boolean)
        .map((pair) => pair.split(',').map(Number));
    for (const path of drawn) {
      const corners = points(path);
      // Each piece is level or upright, so two corners next to each other share a coordinate.
      for (const [k, [x, y]] of corners.slice(1).entries()) {
        expect([corners[k]?.[0] === x, corners[k]?.[1] === y]).toContain(true);
      }
    }
    const line = points(drawn[1] ?? '');
    expect(line).toHaveLength(5);
    // Level first: the second corner is below the second point, at the height of the first.
    expect(line[1]?.[1]).toBe(line[0]?.[1]);
    expect(line[1]?.[0]).toBe(line[2]?.[0]);
  });
});
