import type { Outcome } from '../core/claim.ts';
import type { ReportDiff } from './diff.ts';
import { diffMarkdown } from './diff-markdown.ts';
import { codeSpan, escapeMarkdown } from './escape.ts';
import { within } from './markdown-budget.ts';
import { numberText } from './number-text.ts';
import { headline, OUTCOMES, SIGNS } from './outcomes.ts';
import { backendText } from './overview.ts';
import type { Report, ReportClaim } from './schema.ts';
import { evidenceText, shortened, trialCount, trialsText } from './verdict-table.ts';

/** Size GitHub accepts for all summaries of one step, in bytes; an upload above it is dropped as a whole. */
export const SUMMARY_LIMIT = 1024 * 1024;

/** Bytes for changes, for the table, and for everything; the rest of the limit is left to what else the step writes. */
const CHANGES_BUDGET = 200_000;
const TABLE_BUDGET = 450_000;
const TOTAL_BUDGET = 950_000;

/** What lacks support, worst first: where not all of it fits, the worst is there. */
const PENDING: readonly Outcome[] = ['refuted', 'errored', 'undecided'];

/**
 * A report as Markdown, at most 950 000 bytes: the result in the first line, counts, what changed since an earlier report
 * where one was compared, a table of claims, then every claim that is not green, worst first.
 */
export function renderMarkdown(report: Report, { changes }: { readonly changes?: ReportDiff } = {}): string {
  const counted = OUTCOMES.map((outcome) => `${SIGNS[outcome]} ${report.counts[outcome]} ${outcome}`).join(' · ');
  const head = [
    `# inverse-claims: ${headline(report.counts)}`,
    '',
    counted,
    '',
    `Seed ${report.seed} · backend ${text(backendText(report), 400)} · ${report.tier} tier · version ${text(report.environment.version, 60)} · Node.js ${text(report.environment.node, 60)}`,
    '',
    text(report.ledger.meaning, 2000),
    '',
  ].join('\n');
  const rows = report.claims.map(row);
  const table = within(rows, TABLE_BUDGET, (left) => `\n${left} more claims are in report.json and index.html.\n`);
  const header = '| outcome | claim | statement | evidence | trials | α | control |\n|---|---|---|---|--:|--:|---|\n';
  const having = (outcome: Outcome) => report.claims.filter((claim) => claim.outcome === outcome);
  const pending = PENDING.flatMap(having).map(details);
  const changed = changes === undefined ? '' : `${diffMarkdown(changes, CHANGES_BUDGET)}\n## Verdicts\n\n`;
  const top = `${head}\n${changed}${rows.length === 0 ? '' : header}${table}\n`;
  const room = TOTAL_BUDGET - Buffer.byteLength(top);
  const rest = within(pending, room, (left) => `\n${left} more claims without support are in index.html.\n`);
  return rest === '' ? top : `${top}## Not supported\n\n${rest}`;
}

function text(value: string, longest: number): string {
  return escapeMarkdown(shortened(value, longest));
}

function row(claim: ReportClaim): string {
  const cells = [
    `${SIGNS[claim.outcome]} ${claim.outcome}`,
    text(claim.id, 80),
    text(claim.statement, 160),
    text(evidenceText(claim), 80),
    trialsText(trialCount(claim)),
    claim.alpha === null ? 'none' : numberText(claim.alpha),
    claim.control.outcome,
  ];
  return `| ${cells.join(' | ')} |\n`;
}

function details(claim: ReportClaim): string {
  const because = claim.reason ?? claim.needs ?? claim.message ?? '';
  const name = claim.outcome === 'undecided' ? 'what would settle it' : 'why';
  const lines = [
    `### ${SIGNS[claim.outcome]} ${claim.outcome}: ${text(claim.id, 80)}`,
    '',
    text(claim.statement, 400),
    '',
    `- in words: ${text(claim.words, 400)}`,
    ...(claim.numbers === '' ? [] : [`- in numbers: ${text(claim.numbers, 800)}`]),
    `- ${name}: ${text(because, 400)}`,
    `- evidence: ${text(evidenceText(claim), 400)}`,
    `- regime: ${text(claim.regime, 300)}`,
    `- control (${text(claim.control.what, 200)}): ${claim.control.outcome}`,
    `- run it again: ${codeSpan(shortened(claim.replay, 600))}`,
  ];
  return `${lines.join('\n')}\n\n`;
}
