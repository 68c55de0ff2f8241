import { catalogue, selectClaims } from '../claims/catalogue.ts';

/** `list [claim or prefix …]`: id, kind, tier and statement of each claim, one paragraph each. */
export function list(names: readonly string[]): string {
  return selectClaims(catalogue, names, 'full')
    .map((claim) => `${claim.id}  (${claim.kind}, ${claim.tier})\n    ${claim.statement}`)
    .join('\n');
}
