import type { Outcome } from '../core/claim.ts';
import type { ReportDiff } from './diff.ts';
import type { CostChange } from './diff-cost.ts';
import type { IntervalChange } from './diff-intervals.ts';
import { CONDITIONS, changeText, countText, intervalTexts } from './diff-words.ts';
import { numberText, secondsText } from './number-text.ts';

/** What stands in a table about changes; renderers give it its form. */
export type DiffCell =
  | { readonly kind: 'text' | 'number'; readonly text: string }
  /** The later report has the claim unless it is missing. */
  | { readonly kind: 'claim'; readonly id: string; readonly cell?: string; readonly missing?: true }
  | { readonly kind: 'outcome'; readonly outcome: Outcome }
  | { readonly kind: 'outcomes'; readonly before: Outcome; readonly after: Outcome };

export interface DiffRow {
  readonly cells: readonly DiffCell[];
  /** Longer texts about the row, each with its name. */
  readonly sentences: readonly { readonly name: string; readonly text: string }[];
}

export interface DiffTable {
  readonly title: string;
  readonly note: string;
  readonly columns: readonly string[];
  readonly rows: readonly DiffRow[];
  /** True where a reader can do without: renderers may fold it, or show its beginning. */
  readonly detail: boolean;
}

/** The tables of a comparison in the order in which they matter; those without rows are left out. */
export function diffTables(diff: ReportDiff): readonly DiffTable[] {
  const tables = [
    conditions(diff),
    verdicts(diff),
    gone(diff),
    appeared(diff),
    statements(diff),
    apart(diff),
    shifted(diff),
    totals(diff),
    costChanges(diff),
  ];
  return tables.filter(({ rows }) => rows.length > 0);
}

const text = (value: string): DiffCell => ({ kind: 'text', text: value });
const number = (value: string): DiffCell => ({ kind: 'number', text: value });
const sentence = (name: string, value: string) => (value === '' ? [] : [{ name, text: value }]);

function conditions({ conditions }: ReportDiff): DiffTable {
  return {
    title: 'Made under different conditions',
    note: 'What was not the same for both reports.',
    columns: ['Condition', 'Before', 'After'],
    rows: conditions.map(({ condition, before, after }) => ({
      cells: [text(CONDITIONS[condition].name), text(before), text(after)],
      sentences: sentence('Means', CONDITIONS[condition].means),
    })),
    detail: false,
  };
}

function verdicts({ verdicts }: ReportDiff): DiffTable {
  return {
    title: 'Verdicts that changed',
    note: 'Lost support first.',
    columns: ['Before and after', 'Claim'],
    rows: verdicts.map(({ id, before, after, why, words, restated }) => ({
      cells: [
        { kind: 'outcomes', before, after },
        { kind: 'claim', id },
      ],
      sentences: [
        ...sentence('Caution', restated ? 'the claim is another one than before, see below' : ''),
        ...sentence(after === 'undecided' ? 'Needs' : 'Why', why),
        ...sentence('In words', words),
      ],
    })),
    detail: false,
  };
}

function gone({ missing }: ReportDiff): DiffTable {
  return {
    title: 'Claims that are gone',
    note: 'The later report covers them, yet does not have them: removed, renamed, or moved to another tier.',
    columns: ['Before', 'Claim'],
    rows: missing
      .filter(({ why }) => why === 'gone')
      .map(({ id, before }) => ({
        cells: [
          { kind: 'outcome', outcome: before },
          { kind: 'claim', id, missing: true },
        ],
        sentences: [],
      })),
    detail: false,
  };
}

function appeared({ appeared }: ReportDiff): DiffTable {
  return {
    title: 'New claims',
    note: 'In the later report only.',
    columns: ['After', 'Claim'],
    rows: appeared.map(({ id, outcome }) => ({
      cells: [
        { kind: 'outcome', outcome },
        { kind: 'claim', id },
      ],
      sentences: [],
    })),
    detail: true,
  };
}

function statements({ statements }: ReportDiff): DiffTable {
  return {
    title: 'Claims that say something else now',
    note:
      'Statement, regime, plan or control is another one, so both verdicts are about different statements: that they ' +
      'agree, or do not, says nothing about a change of the code.',
    columns: ['Claim', 'What'],
    rows: statements.flatMap(({ id, parts }) =>
      parts.map(({ part, before, after }) => ({
        cells: [{ kind: 'claim', id } as const, text(part)],
        sentences: [
          ...sentence('Before', before === null ? 'none' : String(before)),
          ...sentence('After', after === null ? 'none' : String(after)),
        ],
      })),
    ),
    detail: false,
  };
}

function intervals(
  changes: readonly IntervalChange[],
  { statements }: ReportDiff,
  words: Omit<DiffTable, 'columns' | 'rows'>,
): DiffTable {
  const restated = new Set(statements.map(({ id }) => id));
  return {
    ...words,
    columns: ['Claim', 'Before', 'After', 'Width'],
    rows: changes.map((change) => {
      const { id, cell, width } = change;
      const caution = restated.has(id) ? 'of different statements, see above' : '';
      return {
        cells: [
          { kind: 'claim', id, ...(cell === undefined ? {} : { cell }) },
          ...intervalTexts(change).map(number),
          number(changeText(width.before, width.after, (value) => numberText(value, 3))),
        ],
        sentences: sentence('Caution', caution),
      };
    }),
  };
}

function apart(diff: ReportDiff): DiffTable {
  return intervals(diff.movedApart, diff, {
    title: 'Intervals that moved apart',
    note:
      'Mean [interval]. The interval has no number in common with the earlier one: had both reports measured the same ' +
      'quantity, that would happen with a probability of at most the sum of the errors of both intervals.',
    detail: false,
  });
}

function shifted(diff: ReportDiff): DiffTable {
  return intervals(diff.shifted, diff, {
    title: 'Intervals that changed and still overlap',
    note: `Mean [interval] of ${countText(diff.shifted.length, 'test')}, the largest shift first.`,
    detail: true,
  });
}

function totals({ costs, compared }: ReportDiff): DiffTable {
  const { trials, cases, evaluations, workerSeconds, totalSeconds, reusedJobs } = costs;
  const counts = [
    ['Trials', trials],
    ['Cases of laws', cases],
    ['Simulator evaluations', evaluations],
    ['Jobs reused', reusedJobs],
  ] as const;
  const seconds = [
    ['Seconds of workers', workerSeconds],
    ['Seconds in all', totalSeconds],
  ] as const;
  const rows = [
    ...counts.map(([name, { before, after }]) => [name, before, after, changeText(before, after)] as const),
    ...seconds.map(
      ([name, { before, after }]) => [name, before, after, changeText(before, after, secondsText)] as const,
    ),
  ].filter(([, before, after]) => before !== after);
  return {
    title: 'Cost',
    note:
      `Trials, cases and evaluations of ${countText(compared, 'claim')} in both reports; trials that claims share count for ` +
      'each. Seconds and jobs of the whole reports; seconds depend on the machine, and on what else it did: an indication only.',
    columns: ['What', 'Before and after'],
    rows: rows.map(([name, , , change]) => ({ cells: [text(name), number(change)], sentences: [] })),
    detail: false,
  };
}

/** Rows on cost that are shown; seconds apart, which would otherwise fill them. */
const COST_ROWS = 10;

function costChanges({ costs: { changes } }: ReportDiff): DiffTable {
  const ofSeconds = ({ what }: CostChange): boolean => what === 'seconds';
  const counted = changes.filter((change) => !ofSeconds(change)).slice(0, COST_ROWS);
  const timed = changes.filter(ofSeconds).slice(0, COST_ROWS / 2);
  return {
    title: 'Largest changes of cost',
    note: 'By claim; seconds of workers by trial source or law. The largest ratios first.',
    columns: ['Claim or source', 'What', 'Before and after'],
    rows: [...counted, ...timed].map(({ id, what, before, after }) => ({
      cells: [
        text(id),
        text(what),
        number(changeText(before, after, what === 'seconds' ? secondsText : (value) => numberText(value))),
      ],
      sentences: [],
    })),
    detail: true,
  };
}
