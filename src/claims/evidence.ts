import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { InverseClaimsError } from '../core/errors.ts';
import { appender, checkedLine, cutFile, damagedLine, readCheckedLines } from './checked-lines.ts';

/** One judged trial of one test, as the evidence file holds it. */
interface EvidenceRecord {
  /** Claim id, and the cell's label for formulas. */
  readonly test: string;
  /** Hash of everything the trial's distribution and the question depend on. */
  readonly key: string;
  readonly seed: number;
  /** Number of the trial under that seed: 0, 1, 2, … without gaps. */
  readonly k: number;
  readonly value: number;
}

/** The trials of one test over all nights, and where tonight's begin. */
export interface EvidenceSequence {
  /** Values of every trial recorded under the present key, all seeds, in the order judged. */
  readonly earlier: readonly number[];
  /** Seeds among them. */
  readonly seeds: number;
  /** First trial of tonight's seed that is not yet recorded: a seed counts once. */
  readonly from: number;
  /** 1 for the first key of this test, 2 after the first change, …: the k-th is judged at 6α/(π²k²). */
  readonly epoch: number;
  /** Records tonight's next trial at the moment it is judged, so that a night cut short counts too. */
  append(value: number): void;
}

/** Evidence that grows over runs with fresh seeds. */
export interface EvidenceFile {
  sequence(test: string, question: unknown): EvidenceSequence;
}

/** What every trial depends on besides the question: tonight's seed apart. */
export interface EvidenceContext {
  readonly seed: number;
  readonly backend: string;
  /** Hash of the code trials run on. */
  readonly code: string;
  readonly node: string;
  readonly machine: string;
}

/**
 * Error of the k-th epoch: 6α/(π²k²), which sums to α over all epochs, so that changing the code, however often and
 * for whatever reason, never spends more than the claim's α.
 *
 * @example
 * [1, 2, 3].map((k) => epochAlpha(1e-5, k).toExponential(2)); // => ['6.08e-6', '1.52e-6', '6.75e-7']
 */
export function epochAlpha(alpha: number, epoch: number): number {
  return (6 * alpha) / (Math.PI * epoch) ** 2;
}

const HEADER = { evidence: 1 } as const;

/** Records of the file, after dropping a torn last line; throws `invalid-report` for any other damage. */
function readRecords(path: string): EvidenceRecord[] {
  const where = `evidence ${path}`;
  const { values, length, torn } = readCheckedLines(where, path, (text) => checkedLine(HEADER).startsWith(text));
  const [header, ...records] = values as [unknown, ...EvidenceRecord[]];
  if (values.length > 0 && JSON.stringify(header) !== JSON.stringify(HEADER)) throw damagedLine(where, 1);
  if (torn) cutFile(path, length);
  if (values.length === 0) writeFileSync(path, checkedLine(HEADER));
  requireGapless(where, records);
  return records;
}

/** Under each (test, key, seed) trials must be 0, 1, 2, …: a trial that is left out or counted twice would be chosen. */
function requireGapless(where: string, records: readonly EvidenceRecord[]): void {
  const next = new Map<string, number>();
  records.forEach(({ test, key, seed, k }, index) => {
    const name = JSON.stringify([test, key, seed]);
    if (k !== (next.get(name) ?? 0)) {
      throw new InverseClaimsError('invalid-report', {
        where,
        expected: `trial ${next.get(name) ?? 0} of ${test} with seed ${seed} at line ${index + 2}`,
        received: `trial ${k}`,
        hint: 'evidence files are written by verify --evidence only; lines must not be removed or repeated',
      });
    }
    next.set(name, k + 1);
  });
}

/**
 * Opens an evidence file, which is made where there is none. The martingale of each test goes on from the trials of
 * earlier runs: all of them count, in the order they were judged; running maxima never enter. A change of claim,
 * settings, code, versions or backend starts a new epoch at a smaller error.
 */
export function openEvidence(path: string, context: EvidenceContext): EvidenceFile {
  mkdirSync(dirname(path), { recursive: true });
  if (!existsSync(path)) writeFileSync(path, checkedLine(HEADER));
  const records = readRecords(path);
  const file = appender(path);
  const { seed, ...rest } = context;
  return {
    sequence: (test, question) => {
      const key = createHash('sha256')
        .update(JSON.stringify([test, question, rest]))
        .digest('hex')
        .slice(0, 16);
      const ofTest = records.filter((record) => record.test === test);
      const keys = [...new Set(ofTest.map((record) => record.key))];
      const own = ofTest.filter((record) => record.key === key);
      const position = keys.indexOf(key);
      let k = own.filter((record) => record.seed === seed).length;
      return {
        earlier: own.map((record) => record.value),
        seeds: new Set(own.map((record) => record.seed)).size,
        from: k,
        epoch: (position < 0 ? keys.length : position) + 1,
        append: (value) => {
          file.append({ test, key, seed, k, value } satisfies EvidenceRecord);
          k += 1;
        },
      };
    },
  };
}
