import type { Verdict } from '../core/claim.ts';

/** One cell of a formula claim and the verdict on it. */
export interface JudgedCell {
  readonly label: string;
  readonly theory: number;
  readonly verdict: Verdict;
}

/**
 * All cells must be supported; one refuted cell refutes. Each cell spends α / (number of cells), so that a false
 * refutation anywhere costs at most α; a false support is a false support of some cell, which costs less still.
 */
export function conjunction(cells: readonly JudgedCell[]): Verdict {
  const evidence = {
    kind: 'cells' as const,
    cells: cells.flatMap(({ label, theory, verdict }) =>
      'evidence' in verdict && verdict.evidence.kind === 'sequence' ? [{ label, theory, ...verdict.evidence }] : [],
    ),
  };
  const reasons = (outcome: 'supported' | 'refuted'): string =>
    cells
      .flatMap(({ label, verdict }) => (verdict.outcome === outcome ? [`${label}: ${verdict.reason}`] : []))
      .join('; ');
  if (cells.some(({ verdict }) => verdict.outcome === 'refuted')) {
    return { outcome: 'refuted', reason: reasons('refuted'), evidence };
  }
  if (cells.length > 0 && cells.every(({ verdict }) => verdict.outcome === 'supported')) {
    return { outcome: 'supported', reason: reasons('supported'), evidence };
  }
  const open = cells.flatMap(({ label, verdict }) =>
    verdict.outcome === 'undecided' ? [`${label}: ${verdict.needs}`] : [],
  );
  return { outcome: 'undecided', evidence, needs: open.join('; ') };
}

/**
 * The verdict on the control of a claim with cells: refuted only where every cell's wrong theory is. One that is
 * supported supports the control, because there the test cannot tell right from wrong.
 */
export function controlOfCells(cells: readonly JudgedCell[]): Verdict {
  const all = conjunction(cells);
  if (cells.length > 0 && cells.every(({ verdict }) => verdict.outcome === 'refuted')) return all;
  const passed = cells.filter(({ verdict }) => verdict.outcome === 'supported');
  const labels = (of: readonly JudgedCell[]): string => of.map(({ label }) => label).join(', ');
  if (!('evidence' in all)) return all;
  if (passed.length > 0) {
    return { outcome: 'supported', reason: `the wrong theory fits cell ${labels(passed)}`, evidence: all.evidence };
  }
  const open = cells.filter(({ verdict }) => verdict.outcome !== 'refuted');
  return {
    outcome: 'undecided',
    evidence: all.evidence,
    needs: `the wrong theory refuted in cell ${labels(open)} too`,
  };
}
