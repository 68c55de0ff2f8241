import pc from 'picocolors';
import type { Outcome } from '../core/claim.ts';
import { SIGNS, TONES } from './outcomes.ts';

const paint = { green: pc.green, red: pc.red, amber: pc.yellow, grey: pc.dim } as const;

/** An outcome with its sign, in its color where the terminal has colors. */
export function outcomeText(outcome: Outcome): string {
  return paint[TONES[outcome]](`${SIGNS[outcome]} ${outcome.padEnd(9)}`);
}
