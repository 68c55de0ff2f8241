import { randomUUID } from 'node:crypto';
import { appendFile, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InverseClaimsError } from '../core/errors.ts';
import { renderCtrf } from './ctrf.ts';
import { compareReports, type ReportDiff } from './diff.ts';
import { figureFiles } from './figure-files.ts';
import { renderHtml } from './html.ts';
import { reportJson } from './json.ts';
import { renderJunit } from './junit.ts';
import { renderMarkdown, SUMMARY_LIMIT } from './markdown.ts';
import { parseReport } from './read.ts';
import type { Report } from './schema.ts';
import { svgBadge } from './svg-badge.ts';
import { unwritable } from './unwritable.ts';

const PAGES = ['report.json', 'index.html', 'summary.md', 'junit.xml', 'ctrf-report.json', 'badge.svg'] as const;

/** Files in the making are in a folder whose name begins like this; its end makes it nobody else's. */
const PARTIAL = '.partial-';

/**
 * Makes sure that a report can be written there, before the long work begins: creates the directory and its parents.
 *
 * Throws `unwritable` where that fails, and where the directory holds files with the names of a report that are not one:
 * they are never overwritten.
 */
export async function requireWritable(directory: string): Promise<void> {
  const probe = join(directory, `.probe-${randomUUID()}`);
  try {
    await mkdir(directory, { recursive: true });
    await writeFile(probe, '');
    await rm(probe);
  } catch (error) {
    throw unwritable(directory, error);
  }
  await requireOurs(directory);
}

/** What a report is written with. */
export interface WriteOptions {
  /** An earlier report: page and summary then say what changed since. report.json stays as it is. */
  readonly against?: Report;
}

/**
 * Writes report.json, index.html, summary.md, junit.xml, ctrf-report.json, badge.svg and, per figure, kill matrix and calibration, figures/*.svg and *.csv.
 *
 * Everything is rendered before anything is written, then written beside its destination and moved there file by file,
 * so that no file is ever half-written. Figures of the report that was there before are removed. Throws like `requireWritable`,
 * and also where there are figures of the same names but no report that they could belong to.
 */
export async function writeReport(report: Report, directory: string, options: WriteOptions = {}): Promise<void> {
  await requireWritable(directory);
  const files = await renderAll(report, changesSince(options, report));
  await requireNoForeignFigures(directory, [...files.keys()]);
  const stale = (await knownFigures(directory)).filter((name) => !files.has(name));
  const partial = await partialFolder(directory);
  try {
    for (const [name, content] of files) {
      await mkdir(dirname(join(partial, name)), { recursive: true });
      await writeFile(join(partial, name), content);
    }
    for (const name of files.keys()) {
      await mkdir(dirname(join(directory, name)), { recursive: true });
      await rename(join(partial, name), join(directory, name));
    }
    for (const name of stale) await rm(join(directory, name), { force: true });
  } catch (error) {
    throw unwritable(directory, error);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

/**
 * Appends the Markdown summary to a file such as the one $GITHUB_STEP_SUMMARY names, cut with a note where the file would
 * otherwise exceed 1 MiB. Throws `unwritable`.
 */
export async function appendSummary(report: Report, path: string, options: WriteOptions = {}): Promise<void> {
  const note = '\n\nThe summary was cut here; index.html has all of it.\n';
  try {
    const present = await stat(path).then(
      (file) => file.size,
      () => 0,
    );
    const room = SUMMARY_LIMIT - 1 - present - Buffer.byteLength(note);
    const text = `\n${renderMarkdown(report, changesSince(options, report))}`;
    if (Buffer.byteLength(text) <= room) await appendFile(path, text);
    else if (room > 0) await appendFile(path, wholeLines(text, room) + note);
  } catch (error) {
    throw unwritable(path, error);
  }
}

function changesSince({ against }: WriteOptions, report: Report): { readonly changes?: ReportDiff } {
  return against === undefined ? {} : { changes: compareReports(against, report) };
}

/** report.json comes first: a directory that holds it is ours even if the process is killed before the rest is there. */
async function renderAll(
  report: Report,
  changes: { readonly changes?: ReportDiff },
): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>([['report.json', reportJson(report)]]);
  files.set('index.html', renderHtml(report, changes));
  files.set('summary.md', renderMarkdown(report, changes));
  files.set('junit.xml', renderJunit(report));
  files.set('ctrf-report.json', renderCtrf(report));
  files.set('badge.svg', svgBadge(report));
  for (const { name, svg, csv } of figureFiles(report)) {
    files.set(`figures/${name}.svg`, await svg());
    files.set(`figures/${name}.csv`, csv());
  }
  return files;
}

/** As many whole lines as fit into that many bytes of UTF-8. */
function wholeLines(text: string, bytes: number): string {
  const cut = Buffer.from(text).subarray(0, bytes).toString('utf8');
  return cut.slice(0, cut.lastIndexOf('\n') + 1);
}

async function present(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function requireOurs(directory: string): Promise<void> {
  const found: string[] = [];
  for (const name of PAGES) if (await present(join(directory, name))) found.push(name);
  if (found.length === 0 || (await holdsReport(directory))) return;
  throw new InverseClaimsError('unwritable', {
    where: directory,
    expected: 'a directory without files of others named like a report',
    received: `${found.join(', ')} that "inverse-claims" did not write, or that is damaged`,
    hint: 'choose another directory, or move the files away.',
  });
}

async function requireNoForeignFigures(directory: string, names: readonly string[]): Promise<void> {
  if (await holdsReport(directory)) return;
  for (const name of names) {
    if (!(await present(join(directory, name)))) continue;
    throw new InverseClaimsError('unwritable', {
      where: directory,
      expected: 'a directory without files of others named like the figures of a report',
      received: `${name}, and no report that it belongs to`,
      hint: 'choose another directory, or move the file away.',
    });
  }
}

async function partialFolder(directory: string): Promise<string> {
  try {
    return await mkdtemp(join(directory, PARTIAL));
  } catch (error) {
    throw unwritable(directory, error);
  }
}

/** True for a report of this or any other version. */
async function holdsReport(directory: string): Promise<boolean> {
  try {
    const value: unknown = JSON.parse(await readFile(join(directory, 'report.json'), 'utf8'));
    return typeof value === 'object' && value !== null && 'schemaVersion' in value && 'ledger' in value;
  } catch {
    return false;
  }
}

/** Figure files that the report in the directory names; none where there is no readable report. */
async function knownFigures(directory: string): Promise<readonly string[]> {
  const path = join(directory, 'report.json');
  try {
    const files = figureFiles(parseReport(path, await readFile(path, 'utf8')));
    return files.flatMap(({ name }) => [`figures/${name}.svg`, `figures/${name}.csv`]);
  } catch {
    return [];
  }
}
