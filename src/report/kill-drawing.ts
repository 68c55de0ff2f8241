import type { KillDrawing } from './figures/kill-svg.ts';
import type { ReportKillMatrix } from './kill-schema.ts';

/** What is drawn of a kill matrix, right versions first. */
export function killDrawing({ title, caption, checks, correct, mutants }: ReportKillMatrix): KillDrawing {
  const rows = (versions: ReportKillMatrix['mutants'], isRight: boolean) =>
    versions.map(({ name, killedAt }) => ({ name, isRight, killedAt }));
  return {
    title,
    caption,
    checks: checks.map(({ name }) => name),
    rows: [...rows(correct, true), ...rows(mutants, false)],
  };
}
