import type { ClaimResult } from '../../core/claim.ts';
import { buildReport, type ReportInput } from '../build.ts';
import type { Report } from '../schema.ts';
import { SAMPLE_SEQUENCE, sampleInput, sampleResult } from './sample-report.ts';

/** A report of claims that are supported, by id, each with its changes. */
export function reportOf(
  claims: Readonly<Record<string, Partial<ClaimResult>>>,
  changes: Partial<ReportInput> = {},
): Report {
  const results = Object.entries(claims).map(([id, change]) => sampleResult('supported', { id, ...change }));
  return buildReport(sampleInput({ results, figures: [], ...changes }));
}

/** The verdict of a claim that is supported with this mean and interval. */
export function measured(mean: number, lower: number, upper: number, trials = 21): ClaimResult['verdict'] {
  return { outcome: 'supported', reason: 'r', evidence: { ...SAMPLE_SEQUENCE, mean, lower, upper, trials } };
}

/** The verdict of a formula with a cell for each label: its theory, and its mean ± 0.1. */
export function cells(
  of: readonly (readonly [label: string, theory: number, mean: number])[],
  trials = 21,
): ClaimResult['verdict'] {
  const each = of.map(([label, theory, mean]) => ({
    ...SAMPLE_SEQUENCE,
    label,
    theory,
    trials,
    mean,
    lower: mean - 0.1,
    upper: mean + 0.1,
  }));
  return { outcome: 'supported', reason: 'r', evidence: { kind: 'cells', cells: each } };
}
