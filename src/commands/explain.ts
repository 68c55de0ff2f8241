import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue } from '../claims/catalogue.ts';
import { DEFAULT_SEED } from '../claims/defaults.ts';
import { predictionTable, type TrainingQuestion } from '../claims/theory/prediction-table.ts';
import type { Claim, Source } from '../core/claim.ts';
import { InverseClaimsError } from '../core/errors.ts';
import { numberText } from '../report/number-text.ts';
import { readReport } from '../report/read.ts';
import { earliestDecision } from '../verdicts/decision-times.ts';
import { evidenceText } from './table.ts';

/** The claims that come with a prediction. */
const THEORY = 'theory.';

/**
 * `explain <claim>`: one claim in words, with its plan and its last verdict in the report folder; claims about the theory
 * with what the theory predicts for a training.
 */
export async function explain(id: string, reports: string, training: TrainingQuestion = {}): Promise<string> {
  const claim = catalogue.claim(id);
  const prediction = id.startsWith(THEORY) ? predictionLines(training) : noPrediction(id, training);
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
    ...prediction,
  ].join('\n');
}

/** Nothing; but who asks for a prediction is told which claims have one. */
function noPrediction(id: string, training: TrainingQuestion): readonly string[] {
  const asked = Object.entries(training).find(([, value]) => value !== undefined);
  if (asked === undefined) return [];
  throw new InverseClaimsError('unknown-option', {
    where: `explain: "--${asked[0]}"`,
    expected: 'a claim about the theory, theory.…',
    received: id,
    hint: 'the training of a prediction can only be described where one is made',
  });
}

/** How joint training starts by our theory, as a table. */
function predictionLines(training: TrainingQuestion): readonly string[] {
  const { asked, target, counts, rows } = predictionTable(training);
  const { signal, sigma, miss, coupling } = asked;
  const goal = `for ${target}`;
  const header = ['d', ...counts.map((n) => `n = ${numberText(n)}`), goal];
  const body = rows.map(({ d, alignments, examples }) => [
    numberText(d),
    ...alignments.map((value) => value.toFixed(4)),
    examples === undefined ? '≥ 2^53' : numberText(examples),
  ]);
  const widths = header.map((_, k) => Math.max(...[header, ...body].map((cells) => cells[k]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `           ${cells.map((cell, k) => cell.padStart(widths[k] ?? 0)).join('   ')}`;
  const reasons = new Set(rows.flatMap(({ reason }) => (reason === undefined ? [] : [reason])));
  return [
    `Predicts   the alignment of the first joint step of n examples in d dimensions, and how many reach ${target}:`,
    line(header),
    ...body.map(line),
    ...[...reasons].map((reason) => `           ${reason}`),
    `           |s| = ${numberText(signal)}, σ = ${numberText(sigma)}, zero gradients with probability ${numberText(miss)}, ` +
      `coupling ${numberText(coupling)}; change them, d and n with --signal, --sigma, --miss, --coupling, --d, --n`,
  ];
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
