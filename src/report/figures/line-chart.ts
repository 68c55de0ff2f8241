import type { Panel } from '../../core/figure.ts';
import { escapeXml } from '../escape.ts';
import { type Canvas, type ChartOptions, drawChart } from './draw-chart.ts';

/** Loads the plotting library once, and only when a chart is drawn: it takes far longer to load than a chart to draw. */
let canvas: Promise<Canvas> | undefined;

async function load(): Promise<Canvas> {
  const [plot, linkedom] = await Promise.all([import('@observablehq/plot'), import('linkedom')]);
  return { plot, document: linkedom.parseHTML('<!doctype html><html><body></body></html>').document };
}

/**
 * A chart as text, drawn without a browser: see `drawChart`. The same input gives the same bytes.
 *
 * Throws as `requireField` for a field that does not fit its axes.
 */
export async function lineChart(panel: Panel, options: ChartOptions): Promise<string> {
  canvas ??= load();
  const svg = drawChart(panel, options, await canvas).outerHTML;
  // The serializer leaves "<" in attributes, which XML forbids; the title is the only free text in one.
  const name = `role="img" aria-label="${escapeXml(panel.title)}"`;
  return svg.replace('<svg ', () => `<svg ${name} `);
}
