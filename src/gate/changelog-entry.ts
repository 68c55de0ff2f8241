import { InverseClaimsError } from '../core/errors.ts';

/**
 * A changelog with an entry about a new baseline under its first heading "Verdicts".
 *
 * Throws `out-of-range` where the reason is empty, and `missing-file` where there is no such heading.
 *
 * @example
 * withEntry('### Verdicts\n- old\n', 'c0ffee', 'a better line search');
 * // => '### Verdicts\n- Baseline c0ffee of the gate: a better line search\n- old\n'
 */
export function withEntry(changelog: string, digest: string, why: string): string {
  const reason = why.replaceAll(/\s+/g, ' ').trim();
  if (reason === '') {
    throw new InverseClaimsError('out-of-range', {
      where: 'gate: --why',
      expected: 'the reason for a new baseline, for CHANGELOG.md',
      received: 'nothing',
    });
  }
  const heading = /^### Verdicts\n/m.exec(changelog);
  if (heading === null) {
    throw new InverseClaimsError('missing-file', {
      where: 'gate: CHANGELOG.md',
      expected: 'a heading "### Verdicts", under which a new baseline is explained',
      received: 'none',
    });
  }
  const at = heading.index + heading[0].length;
  return `${changelog.slice(0, at)}- Baseline ${digest} of the gate: ${reason}\n${changelog.slice(at)}`;
}
