/** Part of a claim's id before the first dot. */
export function groupOf(id: string): string {
  const dot = id.indexOf('.');
  return dot <= 0 ? id : id.slice(0, dot);
}

/** Groups whose heading is not simply their name. */
const PROPER_NAMES: ReadonlyMap<string, string> = new Map([['kuramoto-sivashinsky', 'Kuramoto–Sivashinsky']]);

/**
 * A group's name as a heading.
 *
 * @example
 * groupTitle('wave-packet'); // => 'Wave packet'
 */
export function groupTitle(group: string): string {
  const name = PROPER_NAMES.get(group);
  if (name !== undefined) return name;
  const words = group.replaceAll('-', ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Claims by group, groups and claims in their order of first appearance. */
export function byGroup<Item extends { readonly id: string }>(
  claims: readonly Item[],
): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const claim of claims) {
    const group = groupOf(claim.id);
    const members = groups.get(group);
    if (members === undefined) groups.set(group, [claim]);
    else members.push(claim);
  }
  return groups;
}

/**
 * The id of a claim's section, and of its address after `#`: different for different claims, safe for any.
 *
 * @example
 * anchor('flow.a b'); // => 'claim-flow.a_20_b'
 */
export function anchor(id: string): string {
  return `claim-${id.replace(/[^A-Za-z0-9.-]/g, (character) => `_${character.charCodeAt(0).toString(16)}_`)}`;
}
