import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { catalogue, selectClaims } from '../claims/catalogue.ts';
import { type Journal, originMismatch, readJournal } from '../claims/journal.ts';
import { requireWhole, unionOf } from '../claims/part.ts';
import type { TrialContext } from '../core/claim.ts';
import { InverseClaimsError } from '../core/errors.ts';
import type { BackendName } from '../core/solver.ts';
import { loadBackend } from '../networks/backend.ts';
import { JOURNAL, openCampaign } from './campaign.ts';
import { openKnownFailures, saveFailures } from './known-failures.ts';
import { readEarlier } from './report-file.ts';
import type { Terminal } from './terminal.ts';
import { headerOf, report, requireJobs } from './verify.ts';

export interface MergeFlags {
  readonly out: string;
  readonly jobs: number;
  readonly json: boolean;
  /** Earlier report, or its folder, to compare with. */
  readonly against?: string;
}

function readPart(path: string): Journal {
  const file = statSync(path, { throwIfNoEntry: false })?.isDirectory() ? join(path, JOURNAL) : path;
  const missing = (received: string): InverseClaimsError =>
    new InverseClaimsError('missing-file', {
      where: `merge: ${path}`,
      expected: 'a folder that verify --shard wrote, or its journal',
      received,
    });
  if (statSync(file, { throwIfNoEntry: false }) === undefined) throw missing(`no file ${file}`);
  const journal = readJournal(file);
  if (journal === undefined) throw missing(`a journal that ends inside its first line`);
  return journal;
}

/**
 * `merge part …`: takes the union of the parts' journals and judges again. Trials that no part computed are computed
 * here, so that the report is the one of an undivided run, byte for byte, its timings apart.
 */
export async function merge(paths: readonly string[], flags: MergeFlags, terminal: Terminal): Promise<number> {
  requireJobs('merge', flags.jobs);
  const journals = paths.map(readPart);
  requireWhole(journals);
  // The first part speaks for the campaign: an undivided run would have found the same backend in the same way.
  const first = journals.find(({ header }) => header.part.index === 1) as Journal;
  if (journals.some(({ path }) => resolve(path) === resolve(join(flags.out, JOURNAL)))) {
    throw new InverseClaimsError('unwritable', {
      where: 'merge: --out',
      expected: 'a folder that is not one of the parts',
      received: flags.out,
    });
  }
  const { tier, selection, seed, backend, tried } = first.header;
  const context: TrialContext = { seed, backend: backend as BackendName };
  const header = headerOf(selection, tier, context, tried);
  const mismatch = originMismatch(first.header, header);
  if (mismatch !== undefined) {
    throw new InverseClaimsError('invalid-report', {
      where: 'merge',
      expected: 'parts computed by this code on this Node version',
      received: mismatch,
      hint: 'merge with the version of inverse-claims that computed the parts',
    });
  }
  const earlier = await readEarlier(flags.against);
  await loadBackend(context.backend);
  const known = unionOf(journals);
  const failures = openKnownFailures({ replayCache: true, keep: false });
  const campaign = await openCampaign({ ...flags, header, known, resume: false, cache: false });
  try {
    for (const { path, torn } of journals) if (torn) terminal.stderr.write(`dropped a torn last line of ${path}\n`);
    const claims = selectClaims(catalogue, selection, tier);
    return await report({ claims, context, header, campaign, failures, terminal, ...flags, ...earlier });
  } finally {
    saveFailures(failures, (text) => terminal.stderr.write(text));
    await campaign.close();
  }
}
