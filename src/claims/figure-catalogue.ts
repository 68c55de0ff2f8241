import type { Claim } from '../core/claim.ts';
import { unknownName } from '../core/errors.ts';
import { billiardsFigures } from './billiards/figures.ts';
import { phiflowComparison } from './billiards/phiflow-comparison.ts';
import { billiardsRuntimes } from './billiards/runtime-figure.ts';
import type { FigureSource } from './figure-source.ts';
import { flowCellFigures } from './flow/cell-figures.ts';
import { flowFields } from './flow/field-figure.ts';
import { flowComparedFigures } from './flow/inverse-figures.ts';
import { flowRuntimes } from './flow/runtime-figure.ts';
import { heldOutFigures } from './held-out-figures.ts';
import { cellFigures } from './kuramoto-sivashinsky/cell-figures.ts';
import { growthFigureSource } from './kuramoto-sivashinsky/growth-figure.ts';
import { comparedMethodsFigures } from './kuramoto-sivashinsky/inverse-figures.ts';
import { landscapeFigures } from './kuramoto-sivashinsky/landscape-figures.ts';
import { kuramotoSivashinskyRuntimes } from './kuramoto-sivashinsky/runtime-figure.ts';
import { theoryFigures } from './theory/figures.ts';
import { wavePacketFigures } from './wave-packet/figures.ts';
import { wavePacketRuntimes } from './wave-packet/runtime-figure.ts';

/** All figures the library can compute. */
export const figureSources: readonly FigureSource[] = [
  ...theoryFigures,
  ...wavePacketFigures,
  wavePacketRuntimes,
  ...billiardsFigures,
  billiardsRuntimes,
  phiflowComparison,
  ...landscapeFigures,
  growthFigureSource,
  comparedMethodsFigures,
  kuramotoSivashinskyRuntimes,
  ...cellFigures,
  flowFields,
  flowComparedFigures,
  flowRuntimes,
  ...flowCellFigures,
  ...heldOutFigures,
];

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

/** The source of the figure with that id, '2a' for instance; throws `unknown-name` otherwise. */
export function sourceOfFigure(id: string): FigureSource {
  const found = figureSources.find((source) => source.figures.includes(id));
  if (found !== undefined) return found;
  throw unknownName(
    'figure',
    id,
    figureSources.flatMap((source) => source.figures),
  );
}

/** The figures that illustrate one of the claims. */
export function figuresBeside(claims: readonly Claim[]): readonly FigureSource[] {
  return figureSources.filter((source) => claims.some((claim) => source.beside.includes(claim.id)));
}
