import { join } from 'node:path';
import { numberText } from '../report/number-text.ts';
import { outcomeText } from '../report/outcome-text.ts';
import { OUTCOMES, SIGNS } from '../report/outcomes.ts';
import type { Report, ReportClaim, ReportEvidence } from '../report/schema.ts';

/** The numbers behind a verdict in one short text. */
export function evidenceText(evidence: ReportEvidence | undefined): string {
  if (evidence === undefined) return '';
  switch (evidence.kind) {
    case 'cases':
      return `${numberText(evidence.tried)} cases`;
    case 'counterexample':
      return `counterexample ${evidence.shrunk}`.slice(0, 60);
    case 'sequence':
      return (
        `${numberText(evidence.mean, 3)} in [${numberText(evidence.lower, 3)}, ${numberText(evidence.upper, 3)}], ` +
        `${numberText(evidence.trials)} trials`
      );
    case 'cells':
      return evidence.cells
        .map((cell) => `${cell.label} ${numberText(cell.mean, 3)} (${numberText(cell.theory, 3)})`)
        .join(', ');
  }
}

/** What ends `verify`: one line per claim, why those that are not green are not, the counts and where the report is. */
export function verdictTable(report: Report, directory: string): string {
  const idWidth = Math.max(...report.claims.map((claim) => claim.id.length));
  const rows = report.claims.map(
    (claim) => `${outcomeText(claim.outcome)}  ${claim.id.padEnd(idWidth)}  ${evidenceText(claim.evidence)}`,
  );
  const open = report.claims.filter((claim) => claim.outcome !== 'supported').map(explainOpen);
  const counts = OUTCOMES.filter((outcome) => report.counts[outcome] > 0).map(
    (outcome) => `${report.counts[outcome]} ${outcome}`,
  );
  return [
    ...rows,
    ...(open.length === 0 ? [] : ['', ...open]),
    '',
    `${counts.join(', ')}; error spent at most ${numberText(report.ledger.alphaSum, 3)}; ${report.timings.totalSeconds.toFixed(0)} s`,
    `Report: ${join(directory, 'index.html')}`,
  ].join('\n');
}

function explainOpen(claim: ReportClaim): string {
  return `${SIGNS[claim.outcome]} ${claim.id}: ${claim.words}\n  again: ${claim.replay}`;
}
