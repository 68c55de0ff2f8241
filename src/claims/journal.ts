import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import {
  type Appender,
  appender,
  beginsCheckedLine,
  checkedLine,
  cutFile,
  damagedLine,
  parsedLine,
  readCheckedLines,
  readGoodLines,
  sharedAppender,
} from './checked-lines.ts';
import type { JobResult } from './jobs.ts';
import type { Finished } from './workers.ts';

/** What a journal's results depend on: results of another origin are not evidence for this run. */
export interface Origin {
  readonly seed: number;
  readonly backend: string;
  /** Hash of the code that computed the results. */
  readonly code: string;
  readonly node: string;
  /** Operating system and processor: their mathematical functions may differ in the last digit. */
  readonly machine: string;
}

/** First line of a journal: its origin, what was asked, and which part of a campaign it is. */
export interface JournalHeader extends Origin {
  readonly journal: 1;
  readonly tier: 'quick' | 'full';
  /** Names given on the command line; none: all of the tier. */
  readonly selection: readonly string[];
  /** Backends in the order tried, with the reasons of those that could not be used. */
  readonly tried: readonly { readonly name: string; readonly ok: boolean; readonly reason?: string }[];
  /** 1-based index and number of parts; 1 of 1 where the campaign was not split. */
  readonly part: { readonly index: number; readonly of: number };
}

/** Every further line: one finished job. */
interface JournalEntry {
  readonly key: string;
  readonly finished: Finished<JobResult>;
}

/** A journal as read: whole, but for a torn last line. */
export interface Journal {
  readonly path: string;
  readonly header: JournalHeader;
  readonly entries: ReadonlyMap<string, Finished<JobResult>>;
  /** Length in bytes of the undamaged part. */
  readonly length: number;
  /** True if a last line was incomplete and dropped. */
  readonly torn: boolean;
}

function isHeader(value: unknown): value is JournalHeader {
  return typeof value === 'object' && value !== null && 'journal' in value && value.journal === 1;
}

const isTornHeader = (text: string): boolean => beginsCheckedLine(text, '{"journal":1');

/** True for a file that begins like a journal, whole or torn in its first line, however damaged the rest is. */
export function isJournal(path: string): boolean {
  try {
    const text = readFileSync(path, 'utf8');
    const end = text.indexOf('\n');
    return end < 0 ? isTornHeader(text) : isHeader(parsedLine(text.slice(0, end)));
  } catch {
    return false;
  }
}

/**
 * Reads a journal. A last line without its end, torn by a crash in the middle of a write, is dropped; damage anywhere
 * else is `invalid-report`, and so is a file that is not a journal. The file is not changed.
 *
 * @returns undefined where not even the header was written whole
 */
export function readJournal(path: string): Journal | undefined {
  const { values, length, torn } = readCheckedLines(`journal ${path}`, path, isTornHeader);
  if (values.length === 0) return undefined;
  const [header, ...rest] = values;
  if (!isHeader(header)) throw damagedLine(`journal ${path}`, 1);
  const entries = new Map((rest as JournalEntry[]).map(({ key, finished }) => [key, finished]));
  return { path, header, entries, length, torn };
}

/** Why results of the journal are not those of the origin, or undefined where they are. */
export function originMismatch(journal: Origin, origin: Origin): string | undefined {
  const differing = (['seed', 'backend', 'code', 'node', 'machine'] as const).filter(
    (key) => journal[key] !== origin[key],
  );
  const parts = differing.map((key) => `${key} ${journal[key]} instead of ${origin[key]}`);
  return parts.length === 0 ? undefined : parts.join(', ');
}

/** Where finished jobs are written as they finish. */
export interface JournalWriter {
  append(key: string, finished: Finished<JobResult>): void;
}

const writerOf = (file: Appender): JournalWriter => ({
  append: (key, finished) => file.append({ key, finished } satisfies JournalEntry),
});

/** Starts a journal: a new file, replacing one of the same name. */
export function startJournal(path: string, header: JournalHeader): JournalWriter {
  // A torn first line is known by its beginning.
  const { journal, ...rest } = header;
  writeFileSync(path, checkedLine({ journal, ...rest }));
  return writerOf(appender(path));
}

/** Continues a journal after its undamaged part. */
export function continueJournal(journal: Journal): JournalWriter {
  if (journal.torn) cutFile(journal.path, journal.length);
  return writerOf(appender(journal.path));
}

interface Cache {
  readonly entries: Journal['entries'];
  readonly writer: JournalWriter;
}

const NO_CACHE: Cache = { entries: new Map(), writer: { append: () => undefined } };

/**
 * A journal used as a cache of results, which several processes may read and extend at the same time. Nothing in it is
 * ever cut or replaced: damaged lines are passed over, and a torn last one is ended first. The file must be named
 * after its origin, so that no process can add results of other code to it; a foreign header makes it unusable, and so
 * does a place that cannot be written to: a lost cache only costs time, so nothing is thrown.
 */
export function openCache(path: string, header: JournalHeader): Cache {
  try {
    return readCache(path, header) ?? NO_CACHE;
  } catch {
    return NO_CACHE;
  }
}

function readCache(path: string, header: JournalHeader): Cache | undefined {
  mkdirSync(dirname(path), { recursive: true });
  if (!existsSync(path)) appendFileSync(path, checkedLine(header));
  const { values, torn } = readGoodLines(path);
  const [first, ...rest] = values;
  if (!isHeader(first) || originMismatch(first, header) !== undefined) return undefined;
  if (torn) appendFileSync(path, '\n');
  const entries = (rest as (JournalEntry | JournalHeader)[]).flatMap((value): [string, JournalEntry['finished']][] =>
    'key' in value ? [[value.key, value.finished]] : [],
  );
  return { entries: new Map(entries), writer: writerOf(sharedAppender(path)) };
}
