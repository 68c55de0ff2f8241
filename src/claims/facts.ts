import { median } from 'simple-statistics';
import type { FactSummary, Facts, TrialSource } from '../core/claim.ts';
import { InverseClaimsError } from '../core/errors.ts';

/** The named fact; throws where it is missing or NaN, because every comparison with it would quietly be false. */
export function fact(facts: Facts, name: string): number {
  const value = facts[name];
  if (value !== undefined && !Number.isNaN(value)) return value;
  throw new InverseClaimsError('not-finite', {
    where: `fact "${name}"`,
    expected: 'a number',
    received: String(value),
  });
}

/** Mean, median and range of every fact over the judged trials, in the order in which the source declares them. */
export function factSummaries(source: TrialSource, trials: readonly Facts[], prefix = ''): readonly FactSummary[] {
  if (trials.length === 0) return [];
  return Object.entries(source.meanings).map(([name, { label, unit }]) => {
    const values = trials.map((facts) => fact(facts, name));
    return {
      name,
      label: `${prefix}${label}`,
      unit,
      trials: values.length,
      mean: values.reduce((sum, value) => sum + value, 0) / values.length,
      median: median(values),
      minimum: values.reduce((least, value) => Math.min(least, value)),
      maximum: values.reduce((most, value) => Math.max(most, value)),
    };
  });
}
