import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue } from '../claims/catalogue.ts';
import { DEFAULT_SEED } from '../claims/defaults.ts';
import type { Claim, Source } from '../core/claim.ts';
import { readReport } from '../report/read.ts';
import { earliestDecision } from '../verdicts/decision-times.ts';
import { evidenceText } from './table.ts';

/** `explain <claim>`: one claim in words, with its plan and its last verdict in the report folder. */
export async function explain(id: string, reports: string): Promise<string> {
  const claim = catalogue.claim(id);
  return [
    claim.id,
    '',
    `Statement  ${claim.statement}`,
    `Regime     ${claim.regime}`,
    `Source     ${sourceText(claim.source)}`,
    `Decided    ${planText(claim)}`,
    `Control    ${claim.kind === 'law' ? claim.brokenTwin.what : claim.control.what}: must be refuted`,
    `Last       ${await lastVerdict(id, reports)}`,
    `Again      npx inverse-claims replay ${id} --seed ${DEFAULT_SEED}`,
  ].join('\n');
}

function sourceText(source: Source): string {
  const quote = source.quote === undefined ? '' : `: "${source.quote}"`;
  return `${source.reference ?? (source.where === 'ours' ? 'ours' : `${source.where} of arXiv 2408.08119`)}${quote}`;
}

function planText(claim: Claim): string {
  switch (claim.kind) {
    case 'law':
      return claim.exhaustive === true
        ? `by checking each of the ${claim.cases} cases there are`
        : `by a search for a counterexample among ${claim.cases} random cases`;
    case 'statistical':
      return (
        `by a sequential test over ${claim.measurement.trials.unit}s: supported above ${claim.theta0}, refuted below ` +
        `${claim.theta1}, α = ${claim.alpha}, at most ${claim.maxTrials} trials; the earliest possible support is after ` +
        `${earliestDecision(claim.theta0, claim.alpha)}`
      );
    case 'formula':
      return (
        `by confidence sequences, one per cell (${claim.cells.map((cell) => `${cell.label}: ${cell.theory.toFixed(4)}`).join(', ')}): ` +
        `bias budget ${claim.bias}, resolution ${claim.resolution}, α = ${claim.alpha}, at most ${claim.maxTrials} trials each`
      );
  }
}

async function lastVerdict(id: string, reports: string): Promise<string> {
  const path = join(reports, 'report.json');
  if (!existsSync(path)) return `none: there is no ${path}`;
  const report = await readReport(path);
  const claim = report.claims.find((candidate) => candidate.id === id);
  if (claim === undefined) return `not in ${path}`;
  return `${claim.outcome}, seed ${report.seed}, ${report.backend.name}: ${evidenceText(claim.evidence)}`;
}
