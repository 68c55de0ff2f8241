import { calibration } from '../claims/calibration/calibration.ts';
import { numberText } from '../report/number-text.ts';
import type { BoundedRow, Frequency } from '../verdicts/bounded-calibration.ts';
import { type Calibration, calibrationFaults } from '../verdicts/calibration-faults.ts';
import type { CalibrationRow } from '../verdicts/calibration-table.ts';

/** `calibrate`: the calibration as a table or as JSON, and exit code 0 if it has no fault, else 1. */
export function calibrate(
  json: boolean,
  table: Calibration = calibration(),
): { readonly text: string; readonly code: 0 | 1 } {
  const faults = calibrationFaults(table);
  return { text: json ? JSON.stringify(table) : calibrationText(table, faults), code: faults.length === 0 ? 0 : 1 };
}

const EVENTS = `0/1 trials whose true mean is exactly m: exact probability of ever showing, wrongly, "above m" or
"below m" within the horizon, looking after every trial. Beside it, at the same α:
  peek    Wilson score interval made for one look, looked at after every trial; the worse direction
  QC      QuickCheck's checkCoverage at certainty 1/α, wrongly rejecting: compare with "below"
Trials to show "above m": the earliest possible, which an event that always happens takes; and the
median where the true share of failures is a tenth, or half, of 1 - m. ! marks what is above α.`;

const BOUNDED = `Other samples in [0, 1]: share of simulated sequences that ever show "above m", wrongly, ± its
standard error. peek: a normal interval made for one look, looked at after every sample from the
30th on.`;

const VERDICT = 'The engine keeps every level; peeking exceeds it in every row, and QuickCheck in those marked.';

/** The calibration as plain text of at most 100 columns. */
export function calibrationText({ events, bounded }: Calibration, faults: readonly string[]): string {
  return [
    EVENTS,
    '',
    ...aligned([
      ['m', 'α', 'above', 'below', 'peek', 'QC', 'earliest', 'a tenth', 'half', 'horizon'],
      ...events.map(eventCells),
    ]),
    '',
    BOUNDED,
    '',
    ...aligned([['samples', 'm', 'α', 'engine', 'peek', 'sequences', 'samples each'], ...bounded.map(boundedCells)]),
    '',
    ...(faults.length === 0 ? [VERDICT] : faults),
  ].join('\n');
}

const marked = (value: number, alpha: number): string => `${numberText(value, 2)}${value > alpha ? '!' : ' '}`;

function eventCells({ nullMean, alpha, horizon, error, peeking, quickCheck, ...times }: CalibrationRow): string[] {
  const probabilities = [error.above, error.below, Math.max(peeking.above, peeking.below), quickCheck];
  const trials = [times.earliest, times.medianTrials.tenth, times.medianTrials.midway, horizon];
  return [
    numberText(nullMean),
    numberText(alpha),
    ...probabilities.map((value) => marked(value, alpha)),
    ...trials.map((value) => (value === null ? 'more' : numberText(value))),
  ];
}

function boundedCells({ distribution, mean, alpha, engine, peeking, repetitions, horizon }: BoundedRow): string[] {
  const share = ({ rate, standardError }: Frequency): string =>
    `${rate.toFixed(4)} ± ${standardError.toFixed(4)}${rate > alpha ? '!' : ' '}`;
  return [
    distribution,
    numberText(mean),
    numberText(alpha),
    share(engine),
    share(peeking),
    numberText(repetitions),
    numberText(horizon),
  ];
}

/** Columns two spaces apart, flush right. */
function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((text, column) => text.padStart(widths[column] ?? 0)).join('  '));
}
