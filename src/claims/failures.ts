import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Ajv } from 'ajv';
import type { FromSchema } from 'json-schema-to-ts';
import { InverseClaimsError, messageOf } from '../core/errors.ts';
import { LARGEST_SEED } from '../core/random.ts';

const text = { type: 'string' } as const;

const schema = {
  type: 'object',
  properties: {
    schemaVersion: { const: '1' },
    counterexamples: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          /** Id of the law. */
          claim: { type: 'string', minLength: 1 },
          /** Seed, cases and path replay it: `replay <claim> --seed <seed> --path <path>`. */
          seed: { type: 'integer', minimum: 0, maximum: LARGEST_SEED },
          cases: { type: 'integer', minimum: 1 },
          path: { type: 'string', pattern: '^\\d+(:\\d+)*$' },
          /** The case in one line, and what was wrong with it when it was found: for people. */
          shrunk: text,
          message: text,
        },
        required: ['claim', 'seed', 'cases', 'path', 'shrunk', 'message'],
        additionalProperties: false,
      },
    },
  },
  required: ['schemaVersion', 'counterexamples'],
  additionalProperties: false,
} as const;

type CounterexampleFile = FromSchema<typeof schema>;

/** A shrunk counterexample of a law and what replays it. */
export type StoredCounterexample = CounterexampleFile['counterexamples'][number];

/** Counterexamples that earlier searches found: replayed before a new search. Knows no files. */
export interface FailureDatabase {
  /** Those of a law, those kept as regression cases first; always in the same order. */
  of(claim: string): readonly StoredCounterexample[];
  /** A search has found it. */
  found(counterexample: StoredCounterexample): void;
  /** Its case no longer fails: it need not be replayed again, unless it is kept. */
  passed(counterexample: StoredCounterexample): void;
}

/** Holds nothing, remembers nothing. */
export const NO_FAILURES: FailureDatabase = { of: () => [], found: () => undefined, passed: () => undefined };

/** Where counterexamples are. A missing file holds none. */
export interface FailureFiles {
  /** Local and disposable: a case that passes again is dropped. */
  readonly cache?: string;
  /** Part of the project: every case stays. */
  readonly kept?: string;
  /** Replays what the cache holds; true unless given. What is found is written to it either way. */
  readonly replayCache?: boolean;
  /** Writes what is found to `kept`, too; false unless given. */
  readonly keep?: boolean;
}

const keyOf = ({ claim, seed, cases, path }: StoredCounterexample): string =>
  JSON.stringify([claim, seed, cases, path]);

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Each once, by claim, seed, cases and path. */
function ordered(counterexamples: Iterable<StoredCounterexample>): readonly StoredCounterexample[] {
  const byKey = new Map([...counterexamples].map((each) => [keyOf(each), each]));
  return [...byKey.values()].sort(
    (a, b) =>
      compare(a.claim, b.claim) || compare(a.seed, b.seed) || compare(a.cases, b.cases) || compare(a.path, b.path),
  );
}

const validate = new Ajv({ strict: true }).compile<CounterexampleFile>(schema);

function damaged(path: string, received: string): InverseClaimsError {
  return new InverseClaimsError('invalid-report', {
    where: path,
    expected: 'a file of counterexamples, schema version 1',
    received,
    hint: 'it is left as it is; repair it or move it away',
  });
}

/**
 * The counterexamples of a file, sorted, each once; none where there is no file.
 *
 * Throws `invalid-report`, naming the file and the place, where it is damaged or not such a file.
 */
export function readCounterexamples(path: string): readonly StoredCounterexample[] {
  let content: string;
  try {
    content = readFileSync(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    if (code === 'ENOENT') return [];
    throw damaged(path, code);
  }
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch (error) {
    throw damaged(path, messageOf(error));
  }
  if (validate(value)) return ordered(value.counterexamples);
  const [error] = validate.errors ?? [];
  throw damaged(path, `${error?.instancePath || 'the top level'} ${error?.message}`);
}

/** Replaces the file in one step: it is never half written. */
function writeCounterexamples(path: string, counterexamples: readonly StoredCounterexample[]): void {
  const file: CounterexampleFile = { schemaVersion: '1', counterexamples: [...counterexamples] };
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.partial`;
  writeFileSync(temporary, `${JSON.stringify(file, null, 2)}\n`);
  renameSync(temporary, path);
}

/** Applies changes to what the file holds now, which another process may have changed since; no change, no write. */
function update(path: string, found: readonly StoredCounterexample[], passed: ReadonlySet<string>): void {
  const before = readCounterexamples(path);
  const after = ordered([...before.filter((each) => !passed.has(keyOf(each))), ...found]);
  if (JSON.stringify(after) !== JSON.stringify(before)) writeCounterexamples(path, after);
}

/**
 * The counterexamples of the files, read now; `save` writes what was learned. Throws `invalid-report` where a file is
 * damaged, when it is read and again when it would be written: it is never overwritten.
 */
export function openFailures(files: FailureFiles): FailureDatabase & { save(): void } {
  const { cache, kept, replayCache = true, keep = false } = files;
  const regressions = kept === undefined ? [] : readCounterexamples(kept);
  const known = new Set(regressions.map(keyOf));
  // Read even where it is not replayed: a damaged file must be known of before hours of work.
  const cached = cache === undefined ? [] : readCounterexamples(cache).filter((each) => !known.has(keyOf(each)));
  const found: StoredCounterexample[] = [];
  const passed = new Set<string>();
  return {
    of: (claim) => [...regressions, ...(replayCache ? cached : [])].filter((each) => each.claim === claim),
    found: (counterexample) => {
      found.push(counterexample);
      passed.delete(keyOf(counterexample));
    },
    passed: (counterexample) => void passed.add(keyOf(counterexample)),
    save: () => {
      if (cache !== undefined) update(cache, found, passed);
      if (kept !== undefined && keep) update(kept, found, new Set());
    },
  };
}
