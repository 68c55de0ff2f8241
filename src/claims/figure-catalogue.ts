import type { Claim } from '../core/claim.ts';
import { unknownName } from '../core/errors.ts';
import { type FigureSource, wavePacketFigures } from './wave-packet/figures.ts';

/** All figures the library can compute. */
export const figureSources: readonly FigureSource[] = wavePacketFigures;

/** The source of the named figure; throws `unknown-name` otherwise. */
export function figureSource(id: string): FigureSource {
  const found = figureSources.find((source) => source.id === id);
  if (found === undefined)
    throw unknownName(
      'figure',
      id,
      figureSources.map((source) => source.id),
    );
  return found;
}

/** Figures shown beside the claims: those of every group that has a judged comparison, not only laws, in the selection. */
export function figuresBeside(claims: readonly Claim[]): readonly FigureSource[] {
  const groups = new Set(claims.filter((claim) => claim.kind !== 'law').map((claim) => claim.id.split('.')[0]));
  return figureSources.filter((source) => groups.has(source.group));
}
