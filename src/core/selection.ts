/** What a person asked to be judged: names given (none: everything), and which tier. */
export interface Selection {
  readonly names: readonly string[];
  readonly tier: 'quick' | 'full';
}

/**
 * True where the name is the claim's id or a prefix of it that ends at a dot.
 *
 * @example
 * isNamed('wave-packet.minima-count', 'wave-packet'); // => true
 * isNamed('wave-packet.minima-count', 'wave'); // => false
 */
export function isNamed(id: string, name: string): boolean {
  return id === name || id.startsWith(name.endsWith('.') ? name : `${name}.`);
}

/**
 * True where the selection covers the claim: no names cover all of the tier, `quick` leaves the full tier out, and a claim
 * named in full is wanted whatever its tier.
 *
 * @example
 * isSelected({ id: 'ks.tails', tier: 'full' }, { names: ['ks'], tier: 'quick' }); // => false
 * isSelected({ id: 'ks.tails', tier: 'full' }, { names: ['ks.tails'], tier: 'quick' }); // => true
 */
export function isSelected(
  claim: { readonly id: string; readonly tier: Selection['tier'] },
  { names, tier }: Selection,
): boolean {
  if (names.length > 0 && !names.some((name) => isNamed(claim.id, name))) return false;
  return tier === 'full' || claim.tier === 'quick' || names.includes(claim.id);
}
