import { normalInputs, type SymmetricInputs, uniformInputs } from '../../../theory/symmetric-inputs.ts';
import type { FormulaCell, TrialSource } from '../../core/claim.ts';
import { fact } from '../facts.ts';
import { type DrawInput, fromAlignment } from './kernel-trials.ts';

/** Error spent by each claim, whatever else is selected. */
export const ALPHA = 1e-5;

/** Resolution of closed-form models and of networks: 0.02 and 0.05 in units of alignment. */
export const MODEL_RESOLUTION = 0.01;
export const NETWORK_RESOLUTION = 0.025;

export const inputsOf = (how: DrawInput): SymmetricInputs => (how === 'normal' ? normalInputs : uniformInputs());

/** The value, computed when it is first asked for: curves take longer than loading a catalogue should. */
export function once<T>(compute: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => {
    known ??= { value: compute() };
    return known.value;
  };
}

/** A cell from alignments in [−1, 1], computed when they are read. */
export function alignmentCell(
  label: string,
  trials: TrialSource,
  alignments: { readonly theory: () => number; readonly wrongTheory: () => number },
  name = 'aligned',
): FormulaCell {
  const theory = once(() => fromAlignment(alignments.theory()));
  const wrongTheory = once(() => fromAlignment(alignments.wrongTheory()));
  return {
    label,
    measurement: { trials, value: (facts) => fact(facts, name) },
    get theory() {
      return theory();
    },
    get wrongTheory() {
      return wrongTheory();
    },
  };
}
