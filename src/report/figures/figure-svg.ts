import type { Figure } from '../../core/figure.ts';
import { composedFigure } from './composed-figure.ts';
import { lineChart } from './line-chart.ts';

/** A figure as one standalone SVG file: see `composedFigure`. */
export async function figureSvg(figure: Figure): Promise<string> {
  return composedFigure(figure, await Promise.all(figure.panels.map((panel) => lineChart(panel, { theme: 'paper' }))));
}
