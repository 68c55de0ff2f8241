import type { KillMatrix } from '../../core/kill-matrix.ts';

/** A right version, a wrong one that both checks refute, and one that survives. */
export const SAMPLE_MATRIX: KillMatrix = {
  id: 'sample.matrix',
  title: 'Squares',
  caption: 'Wrong squares against two laws.',
  checks: [
    { name: 'even', what: 'f(x) = f(−x)' },
    { name: 'at two', what: 'f(2) = 4' },
  ],
  correct: [{ name: 'square', what: 'x²', source: '', killedAt: [null, null] }],
  mutants: [
    { name: 'cube', what: 'x³', source: 'Somebody #12', killedAt: [3, 1] },
    { name: 'absolute', what: '|x|²', source: '', killedAt: [null, null] },
  ],
};
