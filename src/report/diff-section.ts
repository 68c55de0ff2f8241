import { badge } from './badge.ts';
import { anchor } from './claim-groups.ts';
import type { ReportDiff } from './diff.ts';
import { type DiffCell, type DiffRow, type DiffTable, diffTables } from './diff-tables.ts';
import { diffHeadline, diffNotes, identityText } from './diff-words.ts';
import { escapeHtml } from './escape.ts';

/** What changed since an earlier report, as a section of the page of the later one, whose claims it links to. */
export function diffSection(diff: ReportDiff): string {
  return `<section id="changes" aria-labelledby="changes-title"><h2 id="changes-title">Changes</h2>
<p class="words"><strong>${escapeHtml(diffHeadline(diff))}</strong></p>
<p class="words muted">Compared with an earlier report: ${escapeHtml(identityText(diff.reports.before))}.</p>
${[...diffTables(diff).map(plate), ...diffNotes(diff).map(paragraph)].join('\n')}
</section>`;
}

function paragraph(text: string): string {
  return `<p class="words muted">${escapeHtml(text)}</p>`;
}

/** The note stands outside the region that scrolls sideways, so that it is never cut off. */
function plate({ title, note, columns, rows, detail }: DiffTable): string {
  const head = columns.map((column, k) => `<th scope="col"${numberClass(rows[0]?.cells[k])}>${column}</th>`).join('');
  const table = `<div class="scroll" role="region" tabindex="0" aria-label="Table, scrolls sideways"><table class="changes" aria-label="${title}"><thead><tr>${head}</tr></thead>
<tbody>${rows.map(bodyRow).join('\n')}</tbody></table></div>`;
  const caption = `<figcaption>${escapeHtml(note)}</figcaption>`;
  return detail
    ? `<details class="plate changes-plate"><summary>${title} (${rows.length})</summary>${caption}${table}</details>`
    : `<figure class="plate changes-plate"><h3>${title}</h3>\n${caption}\n${table}</figure>`;
}

function numberClass(cell: DiffCell | undefined): string {
  return cell?.kind === 'number' ? ' class="number"' : '';
}

/** Sentences stand below the last cell that is not a number. */
function bodyRow({ cells, sentences }: DiffRow): string {
  const wordy = cells.reduce((last, cell, k) => (cell.kind === 'number' ? last : k), 0);
  const below = sentences.map(
    ({ name, text }) => `<span class="statement"><span class="muted">${name}:</span> ${escapeHtml(text)}</span>`,
  );
  const html = cells.map(
    (cell, k) => `<td${numberClass(cell)}>${cellHtml(cell)}${k === wordy ? below.join('') : ''}</td>`,
  );
  return `<tr>${html.join('')}</tr>`;
}

function cellHtml(cell: DiffCell): string {
  switch (cell.kind) {
    case 'outcome':
      return badge(cell.outcome);
    case 'outcomes':
      return `${badge(cell.before)} → ${badge(cell.after)}`;
    case 'claim': {
      const label = cell.cell === undefined ? '' : `: ${escapeHtml(cell.cell)}`;
      const id = escapeHtml(cell.id);
      return cell.missing === true ? `${id}${label}` : `<a href="#${anchor(cell.id)}">${id}</a>${label}`;
    }
    default:
      return escapeHtml(cell.text);
  }
}
