import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Ajv } from 'ajv';
import type { FromSchema } from 'json-schema-to-ts';
import { InverseClaimsError, messageOf } from '../core/errors.ts';
import { jsonText } from '../report/json.ts';
import { complaint } from '../report/schema-complaint.ts';
import type { Measurement } from './measurement.ts';
import { PROBLEM_SET_SEED, PROBLEM_SET_VERSION } from './problem-set.ts';

const SCHEMA_VERSION = '1';
const text = { type: 'string' } as const;
const amount = { type: 'number', minimum: 0 } as const;
const amounts = { type: 'array', items: amount } as const;
const amountsOrNull = { type: 'array', items: { type: ['number', 'null'], minimum: 0 } } as const;

const schema = {
  type: 'object',
  properties: {
    schemaVersion: { const: SCHEMA_VERSION },
    problemSet: { type: 'integer', minimum: 1 },
    seed: { type: 'integer', minimum: 0 },
    node: text,
    why: text,
    digest: { type: 'string', pattern: '^[0-9a-f]{16}$' },
    measurements: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          solver: text,
          family: text,
          toTarget: amountsOrNull,
          evaluations: amounts,
          excess: amountsOrNull,
          solved: amounts,
          violations: { type: 'integer', minimum: 0 },
          error: text,
        },
        required: ['solver', 'family', 'toTarget', 'evaluations', 'excess', 'solved', 'violations'],
        additionalProperties: false,
      },
    },
  },
  required: ['schemaVersion', 'problemSet', 'seed', 'node', 'why', 'digest', 'measurements'],
  additionalProperties: false,
} as const;

/** What solvers did once: what the gate compares with. */
export type Baseline = FromSchema<typeof schema>;

/** SHA-256, first 16 hex digits, over everything that is compared. */
export function digestOf(measurements: readonly Measurement[], problemSet = PROBLEM_SET_VERSION): string {
  return createHash('sha256').update(jsonText({ problemSet, measurements })).digest('hex').slice(0, 16);
}

/** A baseline of these measurements. */
export function baselineOf(measurements: readonly Measurement[], why: string, node = process.version): Baseline {
  const plain = JSON.parse(jsonText({ measurements })) as Pick<Baseline, 'measurements'>;
  return {
    schemaVersion: SCHEMA_VERSION,
    problemSet: PROBLEM_SET_VERSION,
    seed: PROBLEM_SET_SEED,
    node,
    why,
    digest: digestOf(measurements),
    ...plain,
  };
}

/**
 * Reads a baseline. Throws `missing-file`, and `invalid-baseline` where it is no baseline (naming the first place that
 * fails by its JSON path), of another version of the schema or of the problems, or was changed by hand.
 */
export async function readBaseline(path: string): Promise<Baseline> {
  const content = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new InverseClaimsError('missing-file', {
      where: `gate: ${path}`,
      expected: 'a baseline',
      received: messageOf(error),
      hint: '"inverse-claims gate --update --why <text>" writes one.',
    });
  });
  const value = parsed(path, content);
  const { problemSet, measurements, digest } = value;
  if (problemSet !== PROBLEM_SET_VERSION) {
    throw invalid(path, `problems of version ${PROBLEM_SET_VERSION}`, `/problemSet is ${problemSet}`);
  }
  const computed = digestOf(measurements as readonly Measurement[], problemSet);
  if (computed !== digest)
    throw invalid(path, `/digest ${computed}, that of its measurements`, `${digest}: edited by hand?`);
  return value;
}

/** Writes a baseline; it is there whole or not at all. */
export async function writeBaseline(path: string, baseline: Baseline): Promise<void> {
  const partial = `${path}.${randomUUID()}.partial`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(partial, jsonText(baseline));
    await rename(partial, path);
  } catch (error) {
    throw new InverseClaimsError('unwritable', {
      where: path,
      expected: 'a file that can be written',
      received: messageOf(error),
    });
  }
}

function parsed(path: string, content: string): Baseline {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch (error) {
    throw invalid(path, 'a baseline in JSON', messageOf(error));
  }
  const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile<Baseline>(schema);
  if (validate(value)) return value;
  throw invalid(path, `a baseline of schema version ${SCHEMA_VERSION}`, complaint(validate.errors ?? [], value));
}

function invalid(path: string, expected: string, received: string): InverseClaimsError {
  const hint = 'write a new one with "inverse-claims gate --update --why <text>", or take it from version control.';
  return new InverseClaimsError('invalid-baseline', { where: `gate: ${path}`, expected, received, hint });
}
