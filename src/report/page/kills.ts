import { type KillDrawing, killSvg } from '../figures/kill-svg.ts';
import { download } from './download.ts';
import { all, button } from './elements.ts';

/** A button above every kill matrix that hands it out as SVG: what is written beside the page, from the cells of the table. */
export function addKillDownloads(): void {
  for (const table of all<HTMLTableElement>('table[data-kills]')) {
    const name = `${table.dataset.csv ?? 'kills'}.svg`;
    const control = button('SVG', () => download(name, 'image/svg+xml', killSvg(drawingOf(table))));
    control.className = 'export';
    control.setAttribute('aria-label', `Download the table as ${name}`);
    (table.closest('.scroll') ?? table).before(control);
  }
}

function drawingOf(table: HTMLTableElement): KillDrawing {
  const checks = [...table.querySelectorAll<HTMLElement>('thead th[data-csv]')].map((head) => head.dataset.csv ?? '');
  const rows = [...table.querySelectorAll('tbody tr')].map((row) => {
    const [name, ...cells] = [...row.querySelectorAll<HTMLElement>('th, td')];
    return {
      name: name?.dataset.csv ?? '',
      isRight: name?.dataset.right !== undefined,
      killedAt: cells.map(({ textContent }) => (textContent === '·' ? null : Number(textContent))),
    };
  });
  return { title: table.getAttribute('aria-label') ?? '', caption: table.dataset.kills ?? '', checks, rows };
}
