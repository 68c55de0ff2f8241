import { escapeHtml, fileName } from './escape.ts';
import { lineChart } from './figures/line-chart.ts';
import type { Report, ReportFigure } from './schema.ts';

/** File names of the figures without extension, in order; two figures never share one. */
export function figureNames(figures: readonly ReportFigure[]): readonly string[] {
  const taken = new Set<string>();
  return figures.map(({ id }) => {
    const name = fileName(id);
    let free = name;
    for (let k = 2; taken.has(free.toLowerCase()); k++) free = `${name}-${k}`;
    taken.add(free.toLowerCase());
    return free;
  });
}

/** All figures with captions and links to their files; nothing where there are none. */
export async function figureSection(report: Report): Promise<string> {
  if (report.figures.length === 0) return '';
  const names = figureNames(report.figures);
  const figures = await Promise.all(report.figures.map((figure, k) => figureHtml(figure, names[k] ?? '')));
  return `<section id="figures" aria-labelledby="figures-title"><h2 id="figures-title">Figures</h2>\n${figures.join('\n')}\n</section>`;
}

async function figureHtml(figure: ReportFigure, name: string): Promise<string> {
  const panels = await Promise.all(
    figure.panels.map(
      async (panel) =>
        `<div class="panel"><p class="panel-title">${escapeHtml(panel.title)}</p>${await lineChart(panel, { theme: 'page' })}</div>`,
    ),
  );
  return `<figure class="plate" id="figure-${name}"><h3>${escapeHtml(figure.title)}</h3>
<div class="panels${panels.length === 4 ? ' pairs' : ''}">${panels.join('')}</div>
<figcaption><strong>Figure ${escapeHtml(figure.id)}.</strong> ${escapeHtml(figure.caption)} <span class="files"><a href="figures/${name}.svg">SVG</a> <a href="figures/${name}.csv">CSV</a></span></figcaption></figure>`;
}
