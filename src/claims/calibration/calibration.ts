import { boundedCalibration } from '../../verdicts/bounded-calibration.ts';
import type { Calibration } from '../../verdicts/calibration-faults.ts';
import { calibrationTable } from '../../verdicts/calibration-table.ts';

/** The calibration of the engine of this version; takes a few seconds and depends on nothing else. */
export function calibration(): Calibration {
  return { events: calibrationTable(), bounded: boundedCalibration() };
}
