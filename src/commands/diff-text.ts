import pc from 'picocolors';
import type { ReportDiff } from '../report/diff.ts';
import { type DiffCell, type DiffRow, type DiffTable, diffTables } from '../report/diff-tables.ts';
import { diffHeadline, diffNotes, identityText } from '../report/diff-words.ts';
import { printable } from '../report/escape.ts';
import { outcomeText } from '../report/outcome-text.ts';
import { shortened } from '../report/verdict-table.ts';

export interface DiffTextOptions {
  /** Rows shown of tables that a reader can do without; all of them unless given. */
  readonly detailRows?: number;
}

/** A comparison of two reports for a terminal: a sentence, then what changed, the most important first. */
export function diffText(diff: ReportDiff, { detailRows = Number.POSITIVE_INFINITY }: DiffTextOptions = {}): string {
  const { before, after } = diff.reports;
  const blocks = [
    [pc.bold(diffHeadline(diff)), `  before: ${line(identityText(before))}`, `  after:  ${line(identityText(after))}`],
    ...diffTables(diff).map((table) => tableLines(table, table.detail ? detailRows : Number.POSITIVE_INFINITY)),
    ...diffNotes(diff).map((note) => [line(note, 1000)]),
  ];
  return blocks.map((block) => block.join('\n')).join('\n\n');
}

/** One line without characters that steer a terminal, of bounded length. */
function line(text: string, longest = 400): string {
  return shortened(printable(text).replace(/[\t\n\r ]+/g, ' '), longest);
}

function tableLines(table: DiffTable, most: number): readonly string[] {
  const rows = table.rows.slice(0, most);
  const left = table.rows.length - rows.length;
  const texts = rows.map(({ cells }) => cells.map(plainText));
  const widths = table.columns.map((column, k) =>
    Math.max(column.length, ...texts.map((cells) => cells[k]?.length ?? 0)),
  );
  const header = table.columns.map((column, k) => column.padEnd(widths[k] ?? 0)).join('  ');
  return [
    pc.bold(table.title),
    pc.dim(table.note),
    pc.dim(`  ${header.trimEnd()}`),
    ...rows.flatMap((row) => rowLines(row, widths)),
    ...(left === 0 ? [] : [pc.dim(`  … and ${left} more`)]),
  ];
}

function rowLines({ cells, sentences }: DiffRow, widths: readonly number[]): readonly string[] {
  const texts = cells.map((cell, k) => painted(cell) + ' '.repeat((widths[k] ?? 0) - plainText(cell).length));
  return [
    `  ${texts.join('  ').trimEnd()}`,
    ...sentences.map(({ name, text }) => `    ${pc.dim(`${name}:`)} ${line(text)}`),
  ];
}

function painted(cell: DiffCell): string {
  switch (cell.kind) {
    case 'outcome':
      return outcomeText(cell.outcome);
    case 'outcomes':
      return `${outcomeText(cell.before)} → ${outcomeText(cell.after)}`;
    default:
      return plainText(cell);
  }
}

/** The cell without colors: what its width is measured on. */
function plainText(cell: DiffCell): string {
  switch (cell.kind) {
    case 'outcome':
      return bare(cell.outcome);
    case 'outcomes':
      return `${bare(cell.before)} → ${bare(cell.after)}`;
    case 'claim':
      return line(cell.cell === undefined ? cell.id : `${cell.id}: ${cell.cell}`, 120);
    default:
      return line(cell.text, 60);
  }
}

/** As wide as `outcomeText`: a sign, a space and the longest word. */
function bare(outcome: string): string {
  return `  ${outcome.padEnd(9)}`;
}
