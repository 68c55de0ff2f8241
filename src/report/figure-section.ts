import { chartPlace } from './chart-place.ts';
import { escapeHtml } from './escape.ts';
import { figureFileNames } from './figure-file-names.ts';
import { fileLinks } from './file-links.ts';
import { figureKey } from './page-data.ts';
import type { Report, ReportFigure } from './schema.ts';

/** All figures with captions and links to their files; nothing where there are none. */
export function figureSection(report: Report): string {
  if (report.figures.length === 0) return '';
  const names = figureFileNames(report).figures;
  const figures = report.figures.map((figure, k) => figureHtml(figure, names[k] ?? ''));
  return `<section id="figures" aria-labelledby="figures-title"><h2 id="figures-title">Figures</h2>
<noscript><p class="words">Charts are drawn by the script of this page; the same charts are in the folder figures.</p></noscript>
${figures.join('\n')}
</section>`;
}

function figureHtml({ id, title, caption }: ReportFigure, name: string): string {
  return `<figure class="plate" id="figure-${name}"><h3>${escapeHtml(title)}</h3>
${chartPlace(figureKey(name))}
<figcaption><strong>Figure ${escapeHtml(id)}.</strong> ${escapeHtml(caption)} ${fileLinks(name)}</figcaption></figure>`;
}
