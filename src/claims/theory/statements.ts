import type { LawClaim, Source } from '../../core/claim.ts';

/** The forms in which claims about the theory are written. */

export const OURS: Source = { where: 'ours' };

export const literature = (reference: string): Source => ({ where: 'literature', reference });

/** An alignment in [−1, 1] as the share (1 + alignment)/2 in [0, 1] that formula claims are about. */
export const share = (alignment: number): number => (1 + alignment) / 2;

type LawParts = Pick<LawClaim, 'cases' | 'check' | 'brokenTwin'>;

/** The claim `theory.<name>` that a law holds. */
export const lawClaim = (
  name: string,
  statement: string,
  regime: string,
  law: LawParts,
  source: Source = OURS,
): LawClaim => ({ id: `theory.${name}`, kind: 'law', tier: 'quick', statement, regime, source, ...law });
