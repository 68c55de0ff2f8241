import type { Outcome } from '../core/claim.ts';
import { counts, ledger } from '../report/build.ts';
import { byGroup } from '../report/claim-groups.ts';
import { numberText } from '../report/number-text.ts';
import { outcomeText } from '../report/outcome-text.ts';
import { headline } from '../report/outcomes.ts';
import { shortened, trialsText } from '../report/verdict-table.ts';
import { type ClaimMeta, isGreen } from './claim-meta.ts';
import { oneLine } from './one-line.ts';

/** More claims than fit on a screen: those that are supported are then counted by group. */
const MOST_ROWS = 40;
const LONGEST_ID = 60;
const LONGEST_TEXT = 70;

/** What a reader must see first comes first. */
const ORDER: readonly Outcome[] = ['refuted', 'errored', 'undecided', 'skipped', 'supported'];

type Cells = readonly [outcome: string, name: string, text: string, trials: string];

/** The claims of a run, one in a line, those that are not supported first; then how many there are and the error spent. */
export function claimsTable(claims: readonly ClaimMeta[]): string {
  const open = claims.filter((claim) => !isGreen(claim)).sort(byOutcome);
  const green = claims.filter(isGreen).sort(byOutcome);
  const rows = [...open.map(row), ...(claims.length > MOST_ROWS ? countedByGroup(green) : green.map(row))];
  const { alphaSum, judged } = ledger(claims);
  return [
    ...aligned(rows),
    '',
    `${headline(counts(claims))} Error spent on ${judged} of them: at most ${numberText(alphaSum, 3)}.`,
  ].join('\n');
}

function byOutcome(one: ClaimMeta, other: ClaimMeta): number {
  return ORDER.indexOf(one.outcome) - ORDER.indexOf(other.outcome) || (one.id < other.id ? -1 : 1);
}

function row(claim: ClaimMeta): Cells {
  const { outcome } = claim.control;
  const control = isGreen(claim) || claim.outcome !== 'supported' ? '' : `; its control is ${outcome}`;
  const text = shortened(oneLine(claim.text + control), LONGEST_TEXT);
  return [outcomeText(claim.outcome), shortened(oneLine(claim.id), LONGEST_ID), text, trialsText(claim.trials)];
}

function countedByGroup(green: readonly ClaimMeta[]): readonly Cells[] {
  return [...byGroup(green)].map(([group, { length }]) => [
    outcomeText('supported'),
    shortened(oneLine(group), LONGEST_ID),
    `${length} ${length === 1 ? 'claim' : 'claims'}`,
    '',
  ]);
}

/** The cells in columns, the numbers of trials at the right of theirs. */
function aligned(rows: readonly Cells[]): readonly string[] {
  const width = (column: 1 | 2 | 3) => Math.max(...rows.map((cells) => cells[column].length));
  const widths = [width(1), width(2), width(3)] as const;
  return rows.map(([outcome, name, text, trials]) =>
    `${outcome}  ${name.padEnd(widths[0])}  ${text.padEnd(widths[1])}  ${trials.padStart(widths[2])}`.trimEnd(),
  );
}
