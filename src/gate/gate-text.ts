import { escapeMarkdown, printable } from '../report/escape.ts';
import type { GateOutcome, GateResult, GateVerdict, MeasureVerdict } from './comparison.ts';

const SHAPES: Readonly<Record<GateOutcome, string>> = { proved: '✘', excluded: '✔', undecided: '?' };

/** Signed, with as many digits as an interval needs. */
function percent(value: number): string {
  const rounded = Math.abs(value) < 0.05 ? value.toFixed(2) : value.toFixed(1);
  return `${value > 0 ? '+' : ''}${Number(rounded) === 0 ? '0' : rounded.replace('-', '−')}`;
}

function measureText({ measure, change, lower, upper, worse, better, tied, signTest }: MeasureVerdict): string {
  const unit = measure === 'solved' ? 'points fewer' : '%';
  const p = signTest < 1e-4 ? signTest.toExponential(0) : signTest.toFixed(4);
  return `${measure} ${percent(change)} [${percent(lower)}, ${percent(upper)}] ${unit}; ${worse} worse, ${tied} tied, ${better} better, sign test p = ${p}`;
}

/** In one sentence. */
export function gateHeadline({ verdicts, alpha }: GateResult): string {
  const count = (wanted: GateOutcome): number => verdicts.filter(({ outcome }) => outcome === wanted).length;
  const [proved, undecided] = [count('proved'), count('undecided')];
  if (verdicts.length === 0) return 'Nothing was compared: no evidence.';
  const settled = `${count('excluded')} of ${verdicts.length} comparisons exclude a regression`;
  const rest = [
    ...(proved === 0 ? [] : [`${proved} ${proved === 1 ? 'proves' : 'prove'} one`]),
    ...(undecided === 0 ? [] : [`${undecided} ${undecided === 1 ? 'is' : 'are'} undecided`]),
  ];
  return `${[settled, ...rest].join(', ')}; error of all of them together at most ${alpha} in either direction.`;
}

const ORDER: readonly GateOutcome[] = ['proved', 'undecided', 'excluded'];
const sorted = (verdicts: readonly GateVerdict[]): readonly GateVerdict[] =>
  ORDER.flatMap((wanted) => verdicts.filter(({ outcome }) => outcome === wanted));

/** A verdict per line, what is not excluded first and with its numbers. */
export function gateText(result: GateResult): string {
  const verdicts = sorted(result.verdicts);
  const width = Math.max(0, ...verdicts.map(({ solver, family }) => solver.length + family.length + 4));
  const lines = verdicts.map((verdict) => {
    const { outcome, solver, family, because, measures } = verdict;
    const why = printable(because.replaceAll(/\s+/g, ' '));
    const head = `${SHAPES[outcome]} ${outcome.padEnd(9)}  ${printable(`${solver} on ${family}`).padEnd(width)}  ${why}`;
    const changed = measures.filter(({ worse, better }) => worse + better > 0);
    return [head, ...changed.map((each) => `             ${measureText(each)}`)].join('\n');
  });
  return `${[...lines, '', gateHeadline(result)].join('\n')}\n`;
}

/** The same as Markdown. */
export function gateMarkdown(result: GateResult): string {
  const rows = sorted(result.verdicts).flatMap(({ outcome, solver, family, because, measures }) => {
    const changed = measures.filter(({ worse, better }) => worse + better > 0).map(measureText);
    const cells = [`${SHAPES[outcome]} ${outcome}`, solver, family, [because, ...changed].join('; ')];
    return [`| ${cells.map(escapeMarkdown).join(' | ')} |`];
  });
  return `## Regression gate\n\n${escapeMarkdown(gateHeadline(result))}\n\n| outcome | solver | family | change |\n|---|---|---|---|\n${rows.join('\n')}\n`;
}
