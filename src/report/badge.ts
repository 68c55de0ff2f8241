import type { Outcome } from '../core/claim.ts';
import { TONES } from './outcomes.ts';

/** One shape per outcome: circle, square, diamond, open circle, octagon; told apart without color. */
const SHAPES: Readonly<Record<Outcome, string>> = {
  supported: '<circle cx="8" cy="8" r="7.5"/><path class="cut" d="M4.5 8.3l2.4 2.4 4.6-5"/>',
  refuted: '<rect x="0.8" y="0.8" width="14.4" height="14.4" rx="2"/><path class="cut" d="M5 5l6 6M11 5l-6 6"/>',
  undecided: '<path d="M8 0L16 8 8 16 0 8z"/><path class="cut" d="M8 4.2v4.3M8 10.9v.4"/>',
  skipped: '<circle class="hollow" cx="8" cy="8" r="6.6"/><path class="stroke" d="M5 8h6"/>',
  errored: '<path d="M4.9.6h6.2l4.3 4.3v6.2l-4.3 4.3H4.9L.6 11.1V4.9z"/><path class="cut" d="M8 3.8v5M8 11.6v.4"/>',
};

/** Shape definitions, once per page. */
export function shapeDefinitions(): string {
  const symbols = Object.entries(SHAPES).map(
    ([outcome, shape]) => `<symbol id="shape-${outcome}" viewBox="0 0 16 16">${shape}</symbol>`,
  );
  return `<svg width="0" height="0" class="definitions" aria-hidden="true"><defs>${symbols.join('')}</defs></svg>`;
}

/** Shape of an outcome; decoration beside its word. */
export function shape(outcome: Outcome): string {
  return `<svg class="shape" width="16" height="16" aria-hidden="true"><use href="#shape-${outcome}"/></svg>`;
}

/** Class that colors an element by outcome. */
export function toneClass(outcome: Outcome): string {
  return `tone-${TONES[outcome]}`;
}

/** Outcome as shape and word. */
export function badge(outcome: Outcome): string {
  return `<span class="badge ${toneClass(outcome)}">${shape(outcome)}${outcome}</span>`;
}
