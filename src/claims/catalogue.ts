import type { Claim, TrialSource } from '../core/claim.ts';
import { InverseClaimsError, unknownName } from '../core/errors.ts';
import { isNamed, isSelected } from '../core/selection.ts';
import { billiardsClaims } from './billiards/claims.ts';
import { billiardTableLaws } from './billiards/table-laws.ts';
import { engineClaims } from './calibration/claims.ts';
import { figureSources } from './figure-catalogue.ts';
import { flowClaims } from './flow/claims.ts';
import { inverseClaims } from './kuramoto-sivashinsky/claims.ts';
import { gradientClaims } from './kuramoto-sivashinsky/gradient-claims.ts';
import { landscapeClaims } from './kuramoto-sivashinsky/landscape-claims.ts';
import { kuramotoSivashinskyLaws } from './kuramoto-sivashinsky/laws.ts';
import { lyapunovClaims } from './kuramoto-sivashinsky/lyapunov-claims.ts';
import { voteClaims } from './kuramoto-sivashinsky/vote-claims.ts';
import { solverClaims } from './solvers/claims.ts';
import { theoryClaims } from './theory/claims.ts';
import { wavePacketClaims } from './wave-packet/claims.ts';

/** Throws `duplicate-id` where two claims, or two different trial sources, share an id. */
function unique<T extends { readonly id: string }>(what: string, items: readonly T[]): ReadonlyMap<string, T> {
  const byId = new Map<string, T>();
  for (const item of items) {
    const known = byId.get(item.id);
    if (known !== undefined && known !== item) {
      throw new InverseClaimsError('duplicate-id', {
        where: what,
        expected: 'unique ids',
        received: `${item.id} twice`,
      });
    }
    byId.set(item.id, item);
  }
  return byId;
}

/** Every measurement of a claim, its control included. */
export function trialSources(claim: Claim): readonly TrialSource[] {
  switch (claim.kind) {
    case 'law':
      return [];
    case 'statistical':
      return [claim.measurement.trials, claim.control.trials];
    case 'formula':
      return claim.cells.map((cell) => cell.measurement.trials);
  }
}

/** A set of claims whose ids, and those of their trial sources, are unique. */
export interface Catalogue {
  readonly claims: readonly Claim[];
  claim(id: string): Claim;
  source(id: string): TrialSource;
}

/**
 * Checks ids at load, so that a shadowed claim or source cannot go unnoticed.
 *
 * @param shown  trial sources that figures show, whether a claim reads them or not
 */
export function catalogueOf(claims: readonly Claim[], shown: readonly TrialSource[] = []): Catalogue {
  const byId = unique('catalogue of claims', claims);
  if (byId.size !== claims.length) {
    throw new InverseClaimsError('duplicate-id', {
      where: 'catalogue of claims',
      expected: 'each claim once',
      received: `${claims.length} entries with ${byId.size} ids`,
    });
  }
  const sources = unique('trial sources of the catalogue', [...claims.flatMap(trialSources), ...shown]);
  const lookUp = <T>(what: string, items: ReadonlyMap<string, T>, id: string): T => {
    const item = items.get(id);
    if (item === undefined) throw unknownName(what, id, [...items.keys()]);
    return item;
  };
  return {
    claims,
    claim: (id) => lookUp('claim', byId, id),
    source: (id) => lookUp('trial source', sources, id),
  };
}

const CLAIMS: readonly Claim[] = [
  ...engineClaims,
  ...solverClaims,
  ...theoryClaims,
  ...billiardsClaims,
  ...billiardTableLaws,
  ...wavePacketClaims,
  ...kuramotoSivashinskyLaws,
  ...lyapunovClaims,
  ...gradientClaims,
  ...landscapeClaims,
  ...voteClaims,
  ...inverseClaims,
  ...flowClaims,
];

/** All claims the library knows. */
export const catalogue: Catalogue = catalogueOf(
  CLAIMS,
  figureSources.flatMap(({ trials = [] }) => trials.map(({ source }) => source)),
);

/**
 * The claims named by ids or by prefixes that end at a dot (`wave-packet`), in catalogue order; all of them where
 * nothing is named. `quick` leaves the full tier out. Throws `unknown-name` with the nearest id for a name that matches nothing.
 */
export function selectClaims(from: Catalogue, names: readonly string[], tier: 'quick' | 'full'): readonly Claim[] {
  for (const name of names) {
    if (!from.claims.some(({ id }) => isNamed(id, name))) {
      const groups = from.claims.map((claim) => claim.id.slice(0, claim.id.indexOf('.')));
      throw unknownName('claim or prefix', name, [...from.claims.map((claim) => claim.id), ...new Set(groups)]);
    }
  }
  return from.claims.filter((claim) => isSelected(claim, { names, tier }));
}
