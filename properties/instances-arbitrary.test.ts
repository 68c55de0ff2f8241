import fc from 'fast-check';
import { expect, it } from 'vitest';
import { wavePacketProblem } from '../src/simulators/wave-packet-problem.ts';
import { instancesOf } from './instances-arbitrary.ts';

const problem = wavePacketProblem('B');

it('instances are those of the problem', () => {
  for (const { task, reference, label } of fc.sample(instancesOf(problem, 3, 7), { seed: 1, numRuns: 20 })) {
    const first = Number(/instance (\d+)$/.exec(label)?.[1]);
    expect(task.start.rows).toBeLessThanOrEqual(3);
    const again = problem.draw(task.start.rows, 7, first);
    expect(again.task.observed.data).toEqual(task.observed.data);
    expect(again.reference.truth.data).toEqual(reference.truth.data);
  }
});

it('shrink to few and early ones', () => {
  const { counterexample } = fc.check(
    fc.property(instancesOf(problem, 8, 7), ({ task }) => task.start.rows < 2),
    { seed: 1 },
  );
  expect(counterexample?.[0].label).toBe(`${problem.id}, seed 7, 2 from instance 0`);
});

it.each([0, 1.5, Number.NaN])('refuses at most %d', (most) => {
  expect(() => instancesOf(problem, most, 1)).toThrow('instancesOf: "most"');
});
