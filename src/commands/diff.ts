import { compareReports, type ReportDiff } from '../report/diff.ts';
import { diffMarkdown } from '../report/diff-markdown.ts';
import { readReport } from '../report/read.ts';
import { diffText } from './diff-text.ts';
import { reportFile } from './report-file.ts';

export type DiffFormat = 'text' | 'markdown' | 'json';

/**
 * `diff <old> <new>`: what changed between two reports, each a file or the folder of one. Exit code 1 where a claim that was
 * supported is not any more, else 0.
 */
export async function diff(
  before: string,
  after: string,
  format: DiffFormat,
): Promise<{ readonly text: string; readonly code: 0 | 1 }> {
  const changes = compareReports(await readReport(reportFile(before)), await readReport(reportFile(after)));
  return { text: rendered(changes, format), code: changes.lost.length > 0 ? 1 : 0 };
}

function rendered(changes: ReportDiff, format: DiffFormat): string {
  switch (format) {
    case 'text':
      return diffText(changes);
    case 'markdown':
      return diffMarkdown(changes).trimEnd();
    case 'json':
      return JSON.stringify(changes, null, 2);
  }
}
