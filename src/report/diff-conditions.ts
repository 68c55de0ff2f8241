import type { Report } from './schema.ts';

/** Something under which both reports were made, and which differs. */
export interface ConditionChange {
  readonly condition: 'seed' | 'backend' | 'tier' | 'selection' | 'version' | 'code' | 'node' | 'platform';
  readonly before: string;
  readonly after: string;
}

/** Conditions that verdicts on the same claim depend on; what else was asked does not change them. */
const DECISIVE: ReadonlySet<ConditionChange['condition']> = new Set(['seed', 'backend', 'code', 'node', 'platform']);

const READERS: readonly (readonly [ConditionChange['condition'], (report: Report) => string])[] = [
  ['seed', ({ seed }) => String(seed)],
  ['backend', ({ backend }) => backend.name],
  ['tier', ({ tier }) => tier],
  ['selection', ({ selection: { claims } }) => (claims.length === 0 ? 'every claim' : claims.join(', '))],
  ['version', ({ environment }) => environment.version],
  ['code', ({ environment }) => environment.codeHash],
  ['node', ({ environment }) => environment.node],
  ['platform', ({ environment: { platform, arch } }) => `${platform} ${arch}`],
];

/** What was not the same for both reports. */
export function conditionChanges(before: Report, after: Report): readonly ConditionChange[] {
  return READERS.map(([condition, read]) => ({ condition, before: read(before), after: read(after) })).filter(
    (change) => change.before !== change.after,
  );
}

/** True where nothing differs that a verdict depends on, so that verdicts on the same claim should be equal. */
export function shouldAgree(changes: readonly ConditionChange[]): boolean {
  return !changes.some(({ condition }) => DECISIVE.has(condition));
}
