import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type EvidenceFile, openEvidence } from '../claims/evidence.ts';
import {
  continueJournal,
  isJournal,
  type Journal,
  type JournalHeader,
  type JournalWriter,
  openCache,
  originMismatch,
  readJournal,
  startJournal,
} from '../claims/journal.ts';
import { type Lock, lockFolder, takeLock } from '../claims/lock.ts';
import { type RememberingWorkers, rememberingWorkers } from '../claims/remembering.ts';
import { type Finished, type Workers, workerPool } from '../claims/workers.ts';
import { InverseClaimsError } from '../core/errors.ts';
import { requireWritable } from '../report/write.ts';
import { trialCodeHash } from './environment.ts';

export const JOURNAL = 'journal.jsonl';
const PREVIOUS_JOURNAL = 'journal.previous.jsonl';
const CACHE_FOLDER = '.cache/inverse-claims';

export interface CampaignOptions {
  readonly out: string;
  readonly header: JournalHeader;
  readonly jobs: number;
  /** Continue the journal in `out` instead of setting it aside. */
  readonly resume: boolean;
  /** Reuse results of the same code, seed, backend and Node from earlier runs in this directory. */
  readonly cache: boolean;
  /** Finished jobs from other journals: those of the parts that are merged. */
  readonly known?: ReadonlyMap<string, Finished>;
  /** File in which the evidence of many runs grows. */
  readonly evidence?: string;
}

/** An output folder held by this process, and workers that write what they finish into its journal. */
export interface Campaign {
  readonly workers: Workers;
  /** What a person should know: a torn line, results reused. */
  readonly notes: readonly string[];
  readonly evidence?: EvidenceFile;
  /** Jobs answered from journals and the cache so far. */
  reused(): number;
  close(): Promise<void>;
}

/** Takes the folder, opens its journal and the cache, and starts the workers. Nothing is lost from here on. */
export async function openCampaign(options: CampaignOptions): Promise<Campaign> {
  const { out, header, jobs, known } = options;
  await requireWritable(out);
  mkdirSync(out, { recursive: true });
  const locks: Lock[] = [lockFolder(out)];
  const release = (): void => {
    for (const lock of locks.splice(0)) lock.release();
  };
  try {
    const evidence = options.evidence === undefined ? undefined : openSharedEvidence(options.evidence, header, locks);
    const { entries, writer, notes } = openJournal(out, header, options.resume);
    const cache = options.cache ? openCacheOf({ ...header, code: trialCodeHash() }) : undefined;
    // Last, so that nothing that can fail leaves threads behind.
    const pool = workerPool(jobs);
    const layers: RememberingWorkers[] = [];
    const remember = (workers: Workers, memory: ReadonlyMap<string, Finished>, to: JournalWriter): Workers => {
      const layer = rememberingWorkers(workers, memory, to);
      layers.push(layer);
      return layer;
    };
    let workers: Workers = pool;
    if (cache !== undefined) workers = remember(workers, cache.entries, cache.writer);
    if (known !== undefined) workers = remember(workers, known, { append: () => undefined });
    workers = remember(workers, entries, writer);
    return {
      workers,
      notes,
      ...(evidence === undefined ? {} : { evidence }),
      reused: () => layers.reduce((sum, layer) => sum + layer.reused, 0),
      close: async () => {
        await pool.close();
        release();
      },
    };
  } catch (error) {
    release();
    throw error;
  }
}

/** The evidence file, held by this process alone. */
function openSharedEvidence(
  path: string,
  { seed, backend, node, machine }: JournalHeader,
  locks: Lock[],
): EvidenceFile {
  mkdirSync(dirname(path), { recursive: true });
  locks.push(takeLock(`${path}.lock`, `evidence ${path}`));
  return openEvidence(path, { seed, backend, node, machine, code: trialCodeHash() });
}

interface OpenJournal {
  readonly entries: Journal['entries'];
  readonly writer: JournalWriter;
  readonly notes: readonly string[];
}

function openJournal(out: string, header: JournalHeader, resume: boolean): OpenJournal {
  const path = join(out, JOURNAL);
  const start = (notes: readonly string[]): OpenJournal => ({
    entries: new Map(),
    writer: startJournal(path, header),
    notes,
  });
  if (!existsSync(path)) return start(resume ? [`nothing to resume: there is no ${path}`] : []);
  if (!resume) {
    if (!isJournal(path)) {
      throw new InverseClaimsError('unwritable', {
        where: `output folder ${out}`,
        expected: 'no files of other programs where the report goes',
        received: `${path}, which is no journal of a verification`,
        hint: 'choose another --out, or move the file away',
      });
    }
    renameSync(path, join(out, PREVIOUS_JOURNAL));
    return start([]);
  }
  const journal = readJournal(path);
  if (journal === undefined) return start([`nothing to resume: ${path} ended inside its first line`]);
  const mismatch = originMismatch(journal.header, header) ?? questionMismatch(journal.header, header);
  if (mismatch !== undefined) {
    throw new InverseClaimsError('invalid-report', {
      where: `verify: --resume of ${path}`,
      expected: 'a journal of the same claims, tier, part, seed, backend, code, Node version and machine',
      received: mismatch,
      hint: 'run without --resume to start anew; the old journal is kept beside the new one',
    });
  }
  const torn = journal.torn ? [`dropped a torn last line of ${path}`] : [];
  return {
    entries: journal.entries,
    writer: continueJournal(journal),
    notes: [...torn, `resuming with ${journal.entries.size} finished jobs`],
  };
}

/** What was asked otherwise when the journal was begun: its header would say what is not so. */
function questionMismatch(journal: JournalHeader, header: JournalHeader): string | undefined {
  const question = ({ tier, selection, part }: JournalHeader): string =>
    `${selection.length === 0 ? 'all claims' : selection.join(' ')}, tier ${tier}, part ${part.index}/${part.of}`;
  return question(journal) === question(header) ? undefined : `${question(journal)} instead of ${question(header)}`;
}

/** One cache file per origin, so that results of different code never meet in one file. */
function openCacheOf(origin: JournalHeader): ReturnType<typeof openCache> {
  const { seed, backend, code, node, machine } = origin;
  return openCache(join(CACHE_FOLDER, `${seed}-${backend}-${code}-node${node}-${machine}.jsonl`), origin);
}
