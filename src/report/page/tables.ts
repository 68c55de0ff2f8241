import { csvLine } from '../figures/csv-line.ts';
import { download } from './download.ts';
import { all, button } from './elements.ts';

/** A button above every table that is named, or among the tools of its section, which hands out its shown rows as CSV. */
export function addTableDownloads(): void {
  for (const table of all<HTMLTableElement>('table[data-csv]')) {
    const name = `${table.dataset.csv ?? 'table'}.csv`;
    const control = button('CSV', () => download(name, 'text/csv', tableCsv(table)));
    control.className = 'export';
    control.setAttribute('aria-label', `Download the table as ${name}`);
    const tools = table.closest('section')?.querySelector('.tools:not([hidden])');
    if (tools == null) (table.closest('.scroll') ?? table).before(control);
    else tools.append(control);
  }
}

/** The text of every shown cell, row by row. */
function tableCsv(table: HTMLTableElement): string {
  const rows = [...table.rows].filter((row) => row.closest('[hidden]') === null && row.cells.length > 1);
  return rows.map((row) => csvLine([...row.cells].map(cellText))).join('');
}

/** What stands in a cell, its parts apart. */
function cellText(cell: HTMLTableCellElement): string {
  const parts =
    cell.dataset.csv === undefined ? [...cell.childNodes].map((node) => node.textContent ?? '') : [cell.dataset.csv];
  return parts
    .map((part) => part.replace(/\s+/g, ' ').trim())
    .filter((part) => part !== '')
    .join(' | ');
}
