import type { ReportDiff } from './diff.ts';
import { type DiffCell, type DiffRow, type DiffTable, diffTables } from './diff-tables.ts';
import { diffHeadline, diffNotes, identityText } from './diff-words.ts';
import { escapeMarkdown } from './escape.ts';
import { within } from './markdown-budget.ts';
import { SIGNS } from './outcomes.ts';
import { shortened } from './verdict-table.ts';

/** Bytes unless told otherwise: GitHub drops a summary above 1 MiB as a whole. */
const BUDGET = 950_000;

/** What changed from one report to another as Markdown under a heading "Changes", at most `budget` bytes long. */
export function diffMarkdown(diff: ReportDiff, budget = BUDGET): string {
  const { before, after } = diff.reports;
  const head = [
    '## Changes',
    '',
    `**${diffHeadline(diff)}**`,
    '',
    `- before: ${text(identityText(before))}`,
    `- after: ${text(identityText(after))}`,
    '',
    ...diffNotes(diff).flatMap((note) => [text(note, 1000), '']),
  ].join('\n');
  let markdown = `${head}\n`;
  for (const table of diffTables(diff)) markdown += tableMarkdown(table, budget - Buffer.byteLength(markdown));
  return markdown;
}

/** A table with as many rows as fit; a title with a count where none does, and nothing where not even that. */
function tableMarkdown({ title, note, columns, rows }: DiffTable, budget: number): string {
  const top = `### ${title}\n\n${note}\n\n`;
  const header = `| ${columns.join(' | ')} |\n|${'---|'.repeat(columns.length)}\n`;
  const room = budget - Buffer.byteLength(top + header);
  if (room < 400) return '';
  const left = (count: number) => `\n${count} more are in the comparison as JSON.\n`;
  return `${top}${header}${within(rows.map(rowMarkdown), room, left)}\n`;
}

/** Sentences stand below the last cell, so that a row stays a row. */
function rowMarkdown({ cells, sentences }: DiffRow): string {
  const texts = cells.map(cellMarkdown);
  const below = sentences.map(({ name, text: value }) => `<br>${name}: ${text(value)}`);
  return `| ${texts.join(' | ')}${below.join('')} |\n`;
}

function cellMarkdown(cell: DiffCell): string {
  switch (cell.kind) {
    case 'outcome':
      return `${SIGNS[cell.outcome]} ${cell.outcome}`;
    case 'outcomes':
      return `${SIGNS[cell.before]} ${cell.before} → ${SIGNS[cell.after]} ${cell.after}`;
    case 'claim':
      return text(cell.cell === undefined ? cell.id : `${cell.id}: ${cell.cell}`, 160);
    default:
      return text(cell.text, 160);
  }
}

function text(value: string, longest = 400): string {
  return escapeMarkdown(shortened(value, longest));
}
