import type { FormulaCell, Measurement, TrialSource } from '../../core/claim.ts';
import { fact } from '../facts.ts';
import { once } from './kernel-cells.ts';

/** What the claims about closed forms have in common: α each, and 0.02 in alignments seen with 32 draws a trial. */
export const FORMULA_TEST = {
  kind: 'formula',
  tier: 'quick',
  alpha: 1e-5,
  resolution: 0.01,
  maxTrials: 10_000,
} as const;

/** Rounding must not lead out of [0, 1], where all numbers of a test live. */
const unit = (value: number): number => Math.min(1, Math.max(0, value));

/** An alignment in [−1, 1] as a number in [0, 1]. */
const mapped = (alignment: number): number => unit((1 + alignment) / 2);

type CellMaker = (
  label: string,
  trials: TrialSource,
  name: string,
  theory: () => number,
  wrongTheory: () => number,
) => FormulaCell;

/**
 * Cells about a fact of trials, brought to [0, 1]. Integrals take longer than loading a catalogue should: they wait until
 * somebody reads them.
 */
function cellsOf(toShare: (value: number) => number): CellMaker {
  return (label, trials, name, right, wrong) => {
    const measurement: Measurement = { trials, value: (facts) => toShare(fact(facts, name)) };
    const [theory, wrongTheory] = [once(() => toShare(right())), once(() => toShare(wrong()))];
    return {
      label,
      measurement,
      get theory() {
        return theory();
      },
      get wrongTheory() {
        return wrongTheory();
      },
    };
  };
}

/** A cell about an alignment in [−1, 1], tested as (1 + alignment)/2. */
export const alignmentCell = cellsOf(mapped);

/** A cell about a fraction or a probability. */
export const fractionCell = cellsOf(unit);
