import { hallOfBugs } from '../../properties/broken/hall-of-bugs.ts';
import { type KillMatrixDefinition, killMatrix } from '../../properties/kill-matrix.ts';
import { chaosMutants } from '../../properties/theory/chaos-mutants.ts';
import { tangentKernelKillMatrix } from '../../properties/theory/kernel-mutants.ts';
import { landscapeMutants } from '../../properties/theory/landscape-mutants.ts';
import { noiseKillMatrix } from '../../properties/theory/noise-mutants.ts';
import { votingKillMatrix } from '../../properties/theory/voting-mutants.ts';
import { zeroGradientMutants } from '../../properties/theory/zero-gradients-mutants.ts';
import type { Claim } from '../core/claim.ts';
import { unknownName } from '../core/errors.ts';
import type { KillMatrix } from '../core/kill-matrix.ts';

/** Wrong versions that are put before checks: shows that the checks can fail. */
export interface KillSource {
  readonly id: string;
  /** Claims whose checks these are: it is computed where one of them is judged. */
  readonly beside: readonly string[];
  compute(seed: number): KillMatrix;
}

function killsOf<Subject>(definition: KillMatrixDefinition<Subject>, beside: string): KillSource {
  return { id: definition.id, beside: [beside], compute: (seed) => killMatrix(definition, seed) };
}

/** All kill matrices the library can compute. */
export const killSources: readonly KillSource[] = [
  killsOf(hallOfBugs, 'solvers.published-bugs-are-found'),
  killsOf(noiseKillMatrix, 'theory.noise-averaging-mutants-are-refuted'),
  killsOf(votingKillMatrix, 'theory.voting-mutants-are-refuted'),
  killsOf(landscapeMutants, 'theory.landscapes-mutants-are-refuted'),
  killsOf(tangentKernelKillMatrix, 'theory.tangent-kernel-mutants-are-refuted'),
  killsOf(zeroGradientMutants, 'theory.zero-gradients-mutants-are-refuted'),
  killsOf(chaosMutants, 'theory.chaos-mutants-are-refuted'),
];

/** The named source; throws `unknown-name` otherwise. */
export function killSource(id: string): KillSource {
  const found = killSources.find((source) => source.id === id);
  if (found !== undefined) return found;
  throw unknownName(
    'kill matrix',
    id,
    killSources.map((source) => source.id),
  );
}

/** The kill matrices that belong to one of the claims. */
export function killsBeside(claims: readonly Claim[]): readonly KillSource[] {
  return killSources.filter((source) => claims.some((claim) => source.beside.includes(claim.id)));
}
