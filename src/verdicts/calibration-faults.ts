import type { BoundedRow } from './bounded-calibration.ts';
import type { CalibrationRow } from './calibration-table.ts';

/** Standard errors by which an estimated rate must exceed α to count against the engine. */
const BEYOND_CHANCE = 5;

/** Both halves of the calibration. */
export interface Calibration {
  readonly events: readonly CalibrationRow[];
  readonly bounded: readonly BoundedRow[];
}

/**
 * What is wrong with a calibration, one sentence each; nothing where the engine keeps its levels and the calibration
 * shows that it would notice: peeking exceeds α in every row, and QuickCheck's schedule in some.
 */
export function calibrationFaults({ events, bounded }: Calibration): readonly string[] {
  const faults: string[] = [];
  for (const { nullMean, alpha, error, peeking } of events) {
    const at = `at null mean ${nullMean}, α = ${alpha}`;
    if (!(error.above <= alpha)) faults.push(`A wrong support has probability ${error.above} ${at}.`);
    if (!(error.below <= alpha)) faults.push(`A wrong refutation has probability ${error.below} ${at}.`);
    if (!(Math.max(peeking.above, peeking.below) > alpha)) faults.push(`Peeking is not caught ${at}.`);
  }
  if (!events.some(({ alpha, quickCheck }) => quickCheck > alpha)) {
    faults.push("QuickCheck's schedule is caught nowhere.");
  }
  for (const { distribution, alpha, repetitions, engine, peeking } of bounded) {
    const at = `for samples ${distribution}, α = ${alpha}`;
    const chance = BEYOND_CHANCE * Math.sqrt((alpha * (1 - alpha)) / repetitions);
    if (!(engine.rate <= alpha + chance)) faults.push(`A wrong support has frequency ${engine.rate} ${at}.`);
    if (!(peeking.rate > alpha + chance)) faults.push(`Peeking is not caught ${at}.`);
  }
  return faults;
}
