import type { Figure, Panel, Series } from '../core/figure.ts';
import type { ReportBoundedRow, ReportCalibration, ReportEventRow } from './calibration-schema.ts';

/** The engine's own error beside that of usual procedures, each over its level α: 1 is what a test may spend. */
export function calibrationFigure({ events, bounded }: ReportCalibration): Figure {
  return {
    id: 'calibration',
    title: 'Error of the engine over its level',
    caption:
      'Probability of a wrong verdict divided by the level α, the largest over all null means of the tables, looking after every ' +
      'trial. Left: 0/1 trials, exact; Wilson intervals looked at after every trial, and the schedule of checkCoverage of ' +
      'QuickCheck, beside them. Right: other samples in [0, 1], simulated, bars of two standard errors; a normal interval looked ' +
      'at after every sample beside it. Above 1 a procedure errs more often than it says.',
    panels: [eventPanel(events), boundedPanel(bounded)].filter(({ series }) => series.length > 0),
  };
}

const ALLOWED = { axis: 'y', value: 1, label: 'allowed' } as const;
const axes = {
  x: { label: 'level α', scale: 'log' },
  y: { label: 'error / α', scale: 'log' },
} as const;

function eventPanel(rows: readonly ReportEventRow[]): Panel {
  const both = ({ above, below }: ReportEventRow['error']): number => Math.max(above, below);
  const series = (
    [
      ['engine', (row) => both(row.error)],
      ['peeking', (row) => both(row.peeking)],
      ['QuickCheck', (row) => row.quickCheck],
    ] as const satisfies readonly (readonly [string, (row: ReportEventRow) => number])[]
  ).map(([name, error]): Series => {
    const worst = worstByLevel(rows, (row) => error(row) / row.alpha);
    return { name, x: worst.map(({ alpha }) => alpha), y: worst.map(({ value }) => value) };
  });
  return { title: '0/1 trials', ...axes, series: rows.length === 0 ? [] : series, references: [ALLOWED] };
}

function boundedPanel(rows: readonly ReportBoundedRow[]): Panel {
  const series = (['engine', 'peeking'] as const).flatMap((name): Series[] => {
    const worst = worstByLevel(rows, (row) => row[name].rate / row.alpha);
    const x = worst.map(({ alpha }) => alpha);
    const bar = (sign: number) =>
      worst.map(({ row }) => (row[name].rate + 2 * sign * row[name].standardError) / row.alpha);
    return [
      { name, x, y: worst.map(({ value }) => value) },
      {
        name: `${name}, ± 2 standard errors`,
        pointsOf: name,
        x,
        y: worst.map(({ value }) => value),
        low: bar(-1),
        high: bar(1),
      },
    ];
  });
  return { title: 'other samples in [0, 1]', ...axes, series: rows.length === 0 ? [] : series, references: [ALLOWED] };
}

/** Per level, in ascending order, the row with the largest value. */
function worstByLevel<Row extends { readonly alpha: number }>(rows: readonly Row[], value: (row: Row) => number) {
  const levels = [...new Set(rows.map(({ alpha }) => alpha))].toSorted((a, b) => a - b);
  return levels.map((alpha) => {
    const those = rows.filter((row) => row.alpha === alpha);
    const row = those.reduce((worst, each) => (value(each) > value(worst) ? each : worst));
    return { alpha, row, value: value(row) };
  });
}
