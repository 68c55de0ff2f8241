import { badge, toneClass } from './badge.ts';
import { anchor, byGroup, groupOf, groupTitle } from './claim-groups.ts';
import { escapeHtml } from './escape.ts';
import { intervalBar, intervalText } from './interval-bar.ts';
import { numberText } from './number-text.ts';
import type { Report, ReportClaim } from './schema.ts';
import { farthestCell, thresholds } from './thresholds.ts';

/** All verdicts on one page, by group. Roles are spelled out because small screens show rows as cards. */
export function verdictTable(report: Report): string {
  const groups = [...byGroup(report.claims)].map(
    ([group, claims]) => `<tbody role="rowgroup">
<tr role="row" class="group"><th role="rowheader" scope="rowgroup" colspan="6">${escapeHtml(groupTitle(group))}</th></tr>
${claims.map(tableRow).join('\n')}
</tbody>`,
  );
  return `<section id="verdicts" aria-labelledby="verdicts-title">
<h2 id="verdicts-title">Verdicts</h2>
<div id="tools" class="tools" hidden></div>
<table role="table" class="verdicts" data-csv="verdicts">
<caption>Each claim with its evidence. Bars span 0 to 1 with the thresholds θ₀ and θ₁ as ticks; for formulas, the surroundings of the theoretical value with its tolerance shaded.</caption>
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Outcome</th><th role="columnheader" scope="col">Claim</th><th role="columnheader" scope="col">Estimate and interval</th><th role="columnheader" scope="col" class="number">Trials</th><th role="columnheader" scope="col" class="number">α</th><th role="columnheader" scope="col">Control</th></tr></thead>
${groups.join('\n')}
</table>
</section>`;
}

function tableRow(claim: ReportClaim): string {
  const link = `<a href="#${anchor(claim.id)}">${escapeHtml(claim.id)}</a>`;
  const alpha = claim.alpha === null ? '<span class="muted">none</span>' : numberText(claim.alpha);
  return `<tr role="row" class="${toneClass(claim.outcome)}" data-outcome="${claim.outcome}" data-group="${escapeHtml(groupOf(claim.id))}" data-kind="${claim.kind}" data-claim="${anchor(claim.id)}">
<td role="cell">${badge(claim.outcome)}</td>
<td role="cell" class="claim-cell">${link}<span class="statement">${escapeHtml(claim.statement)}</span></td>
<td role="cell" data-label="Evidence">${evidenceCell(claim)}</td>
<td role="cell" class="number" data-label="Trials">${trialsText(trialCount(claim))}</td>
<td role="cell" class="number" data-label="α">${alpha}</td>
<td role="cell" data-label="Control" class="control-cell"><span class="${controlClass(claim)}">${claim.control.outcome}</span></td>
</tr>`;
}

/** A control must be refuted: that is the unremarkable case, and everything else is marked. */
export function controlClass(claim: ReportClaim): string {
  return claim.control.outcome === 'refuted' ? 'muted' : 'remarkable';
}

/** How many trials, cases or trials over all cells the verdict rests on; null where they were not counted. */
export function trialCount({ evidence }: Pick<ReportClaim, 'evidence'>): number | null {
  switch (evidence?.kind) {
    case 'sequence':
      return evidence.trials;
    case 'cells':
      return evidence.cells.reduce((sum, cell) => sum + cell.trials, 0);
    case 'cases':
      return evidence.tried;
    default:
      return null;
  }
}

/** The number of trials as it is printed. */
export function trialsText(trials: number | null): string {
  return trials === null ? '–' : numberText(trials);
}

function evidenceCell(claim: ReportClaim): string {
  const limits = thresholds(claim);
  const { evidence } = claim;
  switch (evidence?.kind) {
    case 'sequence':
      return `${intervalBar(evidence, { thresholds: limits, size: 'small' })}<span class="figure">${intervalText(evidence, limits.marks)}</span>`;
    case 'cells': {
      const cell = farthestCell(evidence.cells);
      if (cell === undefined) return '<span class="muted">no cells</span>';
      const bar = intervalBar(cell, { thresholds: limits, theory: cell.theory, size: 'small' });
      const gap = numberText(Math.abs((cell.mean ?? cell.theory) - cell.theory), 2);
      return `${bar}<span class="figure">${evidence.cells.length} cells, |mean − theory| ≤ ${gap}</span>`;
    }
    default:
      return `<span class="${evidence === undefined ? 'muted' : ''}">${escapeHtml(shortened(evidenceText(claim), 140))}</span>`;
  }
}

/** The evidence in one line of plain text. */
export function evidenceText(claim: ReportClaim): string {
  const { evidence } = claim;
  switch (evidence?.kind) {
    case 'sequence':
      return intervalText(evidence, thresholds(claim).marks);
    case 'cells': {
      const cell = farthestCell(evidence.cells);
      const gap = cell === undefined ? 'n/a' : numberText(Math.abs((cell.mean ?? cell.theory) - cell.theory), 2);
      return `${evidence.cells.length} cells, |mean − theory| ≤ ${gap}`;
    }
    case 'cases':
      return `no counterexample in ${numberText(evidence.tried)} cases`;
    case 'counterexample':
      return `counterexample: ${evidence.shrunk}`;
    default:
      return claim.reason ?? claim.message ?? 'no evidence';
  }
}

/** The text, cut with an ellipsis where it is longer than `longest` characters. */
export function shortened(text: string, longest: number): string {
  const characters = [...text];
  return characters.length <= longest ? text : `${characters.slice(0, longest - 1).join('')}…`;
}
