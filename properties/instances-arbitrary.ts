import fc from 'fast-check';
import { requireNumber } from '../src/core/errors.ts';
import type { InverseProblem, Reference, Task } from '../src/core/problem.ts';

/** Some instances of a problem, to be solved together. */
export interface Instances {
  readonly task: Task;
  readonly reference: Reference;
  /** Which ones, in one line. */
  readonly label: string;
}

/**
 * 1 to `most` neighboring instances of a problem's sequence. Shrinks to fewer instances, then to earlier ones.
 *
 * For searches, not for estimates: instances are drawn with a bias towards the first ones.
 *
 * @param problem  any problem; `draw` is called once per case
 * @param most     integer >= 1; otherwise throws `out-of-range` or `not-finite`
 * @param seed     of the sequence of instances
 * @example
 * import fc from 'fast-check';
 * import { wavePacketProblem } from '../src/simulators/wave-packet-problem.ts';
 * const [first] = fc.sample(instancesOf(wavePacketProblem('B'), 3, 7), { seed: 1, numRuns: 1 });
 * first.task.start.rows <= 3; // => true
 */
export function instancesOf(problem: InverseProblem, most: number, seed: number): fc.Arbitrary<Instances> {
  requireNumber('instancesOf: "most"', most, { minimum: 1, integer: true });
  return fc.record({ count: fc.integer({ min: 1, max: most }), first: fc.nat(9999) }).map(({ count, first }) => ({
    ...problem.draw(count, seed, first),
    label: `${problem.id}, seed ${seed}, ${count} from instance ${first}`,
  }));
}
