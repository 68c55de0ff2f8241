import { escapeHtml } from './escape.ts';
import { figureFileNames } from './figure-file-names.ts';
import { fileLinks } from './file-links.ts';
import type { ReportKillMatrix } from './kill-schema.ts';
import type { Report } from './schema.ts';

type Row = ReportKillMatrix['mutants'][number];

/** Which wrong versions the checks refute, and that they spare the right ones; nothing where the report has none. */
export function killSection(report: Report): string {
  const { killMatrices = [] } = report;
  const names = figureFileNames(report).kills;
  if (killMatrices.length === 0) return '';
  return `<section id="kills" aria-labelledby="kills-title"><h2 id="kills-title">Wrong versions</h2>
<p class="words">A check that cannot fail shows nothing. Each row is a version of the code with one defect, put before every check; the number is that of the case which refuted it, a dot means that it survived that check. A defect that survives all of them would be <span class="remarkable">marked</span>, and so would a right version that is refuted.</p>
${killMatrices.map((matrix, k) => plate(matrix, names[k] as string)).join('\n')}
</section>`;
}

function plate(matrix: ReportKillMatrix, file: string): string {
  const { id, title, caption, checks, correct, mutants } = matrix;
  const killed = mutants.filter(isKilled).length;
  const columns = checks.map(
    ({ name }, k) =>
      `<th scope="col" class="number" title="${escapeHtml(name)}" data-csv="${escapeHtml(name)}">${k + 1}</th>`,
  );
  const rows = [
    ...correct.map((row) => bodyRow(row, isKilled(row), 'right')),
    ...mutants.map((row) => bodyRow(row, !isKilled(row), '')),
  ];
  const legend = checks.map(({ name, what }) => `<li><b>${escapeHtml(name)}</b>: ${escapeHtml(what)}</li>`);
  return `<figure class="plate calibration-plate" id="kills-${escapeHtml(id)}"><h3>${escapeHtml(title)}</h3>
<figcaption>${escapeHtml(caption)} Refuted: ${killed} of ${mutants.length}. ${fileLinks(file)}</figcaption>
<div class="scroll" role="region" tabindex="0" aria-label="Table, scrolls sideways"><table class="calibration" data-csv="${file}" data-kills="${escapeHtml(caption)}" aria-label="${escapeHtml(title)}"><thead><tr><th scope="col">Version</th>${columns.join('')}</tr></thead>
<tbody>${rows.join('\n')}</tbody></table></div>
<details><summary>The ${checks.length} checks, and what is wrong with each version</summary><ol>${legend.join('')}</ol><dl>${[...correct, ...mutants].map(explained).join('')}</dl></details></figure>`;
}

function isKilled({ killedAt }: Row): boolean {
  return killedAt.some((at) => at !== null);
}

function bodyRow({ name, killedAt }: Row, remarkable: boolean, kind: string): string {
  const cells = killedAt.map((at) => `<td class="number">${at === null ? '·' : at}</td>`);
  const label = remarkable ? `<span class="remarkable">${escapeHtml(name)}</span>` : escapeHtml(name);
  const note = kind === '' ? '' : ` <span class="muted">${kind}</span>`;
  return `<tr><th scope="row" data-csv="${escapeHtml(name)}"${kind === '' ? '' : ' data-right'}>${label}${note}</th>${cells.join('')}</tr>`;
}

function explained({ name, what, source }: Row): string {
  const published = source === '' ? '' : ` <span class="muted">${escapeHtml(source)}</span>`;
  return `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(what)}${published}</dd>`;
}
