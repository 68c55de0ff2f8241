import type { CheckResult, DiagnosisResult, LawVerdict } from '../checks/checks.ts';
import type { Verdict } from '../core/claim.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { interval, number, percent } from '../diagnosis/numbers.ts';
import type { GateResult } from '../gate/comparison.ts';
import { gateText } from '../gate/gate-text.ts';
import { printable } from '../report/escape.ts';

/** Everything a check found out, for people. */
export function checkText({ warnings, verdicts, diagnosis }: CheckResult, problemSet: GateResult | undefined): string {
  return [
    lawsText(verdicts),
    ...warnings.map((warning) => `warning: ${warning}.\n`),
    ...(problemSet === undefined
      ? []
      : [
          `\nOn the gate's problem set, against BFGS of this library (this decides nothing):\n\n${gateText(problemSet)}`,
        ]),
    ...(diagnosis === undefined ? [] : [`\n${diagnosisText(diagnosis)}`]),
  ].join('');
}

/** One paragraph per law: outcome, statement, and what it rests on. */
function lawsText(verdicts: readonly LawVerdict[]): string {
  const width = Math.max(...verdicts.map(({ law }) => law.length));
  const lines = verdicts.map(
    ({ law, what, verdict }) =>
      `${verdict.outcome.padEnd(9)}  ${law.padEnd(width)}  ${what}\n${indented(detailOf(verdict))}`,
  );
  const counted = new Map<string, number>();
  for (const { verdict } of verdicts) counted.set(verdict.outcome, (counted.get(verdict.outcome) ?? 0) + 1);
  const summary = [...counted].map(([outcome, count]) => `${count} ${outcome}`).join(', ');
  return `${lines.join('')}\n${summary}.\n`;
}

function indented(text: string): string {
  return text === '' ? '' : `${text.replaceAll(/^/gm, '           ')}\n`;
}

function detailOf(verdict: Verdict): string {
  switch (verdict.outcome) {
    case 'errored':
      return verdict.message;
    case 'skipped':
      return verdict.reason;
    case 'undecided':
      return `needs ${verdict.needs}`;
    default:
      if (verdict.evidence.kind !== 'counterexample') return '';
      return `${verdict.evidence.shrunk}\n${verdict.evidence.message}`;
  }
}

function diagnosisText(result: DiagnosisResult): string {
  return 'failed' in result ? `Diagnosis ${printable(result.failed)}.\n` : diagnosisMarkdown(result.diagnosis);
}

/** The diagnosis in words: plain text that is Markdown as well. */
export function diagnosisMarkdown({
  problem,
  unknowns,
  observed,
  identifiers,
  seed,
  backend,
  training,
  findings,
  comparison,
  recommendation,
}: Diagnosis): string {
  const { use, advice, evidence, uncertainty } = recommendation;
  const rows = comparison.methods.map(
    ({ name, solved, medianLoss, evaluations }) =>
      `| ${[name, interval(solved, percent), number(medianLoss), number(evaluations)].join(' | ')} |`,
  );
  const list = (items: readonly string[]): string => items.map((item) => `- ${item}`).join('\n');
  const { problems, iterations, learningRate, hidden, exampleWeights } = training;
  return `## Diagnosis of ${printable(problem)}

${unknowns} unknowns, ${identifiers} identifiers, ${observed} observed numbers; seed ${seed}, networks on ${backend}.
Brackets are 95 % confidence intervals, each for itself.

${findings.map(({ name, text }) => `**${name}.** ${text}`).join('\n\n')}

### ${comparison.trainings} trainings of ${problems} problems each

| method | problems solved | median loss | evaluations per problem |
|---|---|---|---|
${rows.join('\n')}

Networks: ${hidden.join('-')}, tanh, Adam, ${iterations} steps on all problems, learning rate ${learningRate}, ${exampleWeights}; the best step answers.
Multi-start BFGS may spend as many evaluations as network and refinement together, and stops at a thousandth of what counts as solved.

### Recommendation: ${use}

${advice}

Evidence:

${list(evidence)}

Uncertainty:

${list(uncertainty)}
`;
}
