import type { Figure } from '../../core/figure.ts';
import { escapeXml } from '../escape.ts';
import { inks } from './palette.ts';

const GAP = 24;
const TITLE_HEIGHT = 20;

/** Panels side by side: two for one or two rows of a paper's width, three where that leaves no hole. */
function columns(panels: number): number {
  return panels % 3 === 0 ? 3 : Math.min(2, panels);
}

/**
 * A figure as one standalone SVG file on white, its panels in rows, readable at two columns of a paper.
 * The caption is its description; the same figure and charts give the same bytes.
 *
 * @param charts  one per panel, drawn for paper
 */
export function composedFigure(figure: Figure, charts: readonly string[]): string {
  const { ink, back } = inks('paper');
  const panels = figure.panels.map(({ title }, k) => ({ title, svg: charts[k] ?? '' }));
  const perRow = Math.max(1, columns(panels.length));
  const body: string[] = [];
  let width = 2 * GAP;
  let y = GAP;
  for (let first = 0; first < panels.length; first += perRow) {
    const row = panels.slice(first, first + perRow);
    let x = GAP;
    for (const { title, svg } of row) {
      body.push(`<text x="${x}" y="${y + 10}" font-size="12" font-weight="600">${escapeXml(title)}</text>`);
      body.push(svg.replace('<svg ', `<svg x="${x}" y="${y + TITLE_HEIGHT}" `));
      x += size(svg, 'width') + GAP;
    }
    width = Math.max(width, x);
    y += TITLE_HEIGHT + Math.max(...row.map(({ svg }) => size(svg, 'height'))) + GAP;
  }
  const box = `width="${width}" height="${y}" viewBox="0 0 ${width} ${y}"`;
  const font = `font-family="system-ui, sans-serif" fill="${ink}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${box} ${font} role="img">`,
    `<title>${escapeXml(figure.title)}</title>`,
    `<desc>${escapeXml(figure.caption)}</desc>`,
    `<rect width="${width}" height="${y}" fill="${back}"/>`,
    ...body,
    '</svg>\n',
  ].join('\n');
}

function size(svg: string, name: 'width' | 'height'): number {
  return Number(new RegExp(` ${name}="([\\d.]+)"`).exec(svg)?.[1] ?? 0);
}
