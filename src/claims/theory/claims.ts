import type { KillMatrixDefinition } from '../../../properties/kill-matrix.ts';
import { mutantsAreRefuted } from '../../../properties/mutants-are-refuted.ts';
import { chaosMutants } from '../../../properties/theory/chaos-mutants.ts';
import { tangentKernelKillMatrix } from '../../../properties/theory/kernel-mutants.ts';
import { landscapeMutants } from '../../../properties/theory/landscape-mutants.ts';
import { noiseKillMatrix } from '../../../properties/theory/noise-mutants.ts';
import { votingKillMatrix } from '../../../properties/theory/voting-mutants.ts';
import { zeroGradientMutants } from '../../../properties/theory/zero-gradients-mutants.ts';
import type { Claim, LawClaim } from '../../core/claim.ts';
import { chaosClaims } from './chaos-claims.ts';
import { kernelClaims } from './kernel-claims.ts';
import { landscapeClaims } from './landscape-claims.ts';
import { noiseAveragingClaims } from './noise-claims.ts';
import { OURS } from './statements.ts';
import { votingClaims } from './voting-claims.ts';
import { zeroGradientClaims } from './zero-gradient-claims.ts';

/** `theory.<name>-mutants-are-refuted`: no wrong version of the formulas passes the checks of the group. */
function mutantClaim<Subject>(name: string, definition: KillMatrixDefinition<Subject>): LawClaim {
  const { mutants, checks } = definition;
  return {
    id: `theory.${name}-mutants-are-refuted`,
    kind: 'law',
    tier: 'quick',
    statement: `Every wrong version of these formulas is refuted by an identity or by simulation, and the right one by none: ${definition.title}.`,
    regime: `${mutants.length} wrong versions (signs, factors, lost square roots, dimensions off by one, dropped terms, wrong tails) against ${checks.length} checks, none of which looks up reference values.`,
    source: OURS,
    ...mutantsAreRefuted(definition),
  };
}

const claims: readonly Claim[] = [
  ...noiseAveragingClaims,
  mutantClaim('noise-averaging', noiseKillMatrix),
  ...votingClaims,
  mutantClaim('voting', votingKillMatrix),
  ...landscapeClaims,
  mutantClaim('landscapes', landscapeMutants),
  ...kernelClaims,
  mutantClaim('tangent-kernel', tangentKernelKillMatrix),
  ...zeroGradientClaims,
  mutantClaim('zero-gradients', zeroGradientMutants),
  ...chaosClaims,
  mutantClaim('chaos', chaosMutants),
];

/** Cells are shares in [0, 1], as every formula claim needs them. */
const SHARES = 'Cells show an alignment A as the share (1 + A)/2, with its budget and resolution halved.';

/** The theory of gradient alignment: identities, bounds and limits as laws, closed forms against simulation. */
export const theoryClaims: readonly Claim[] = claims.map((claim) =>
  claim.kind === 'formula' ? { ...claim, regime: `${claim.regime} ${SHARES}` } : claim,
);
