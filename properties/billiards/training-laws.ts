import fc from 'fast-check';
import type { InverseProblem } from '../../src/core/problem.ts';
import { billiardsProblem, billiardsTable } from '../../src/simulators/billiards-problem.ts';
import { type JointNetworkOptions, jointNetwork } from '../../src/solvers/joint-network.ts';
import { run } from '../../src/solvers/run.ts';
import { dyadic } from '../arbitraries.ts';
import { brokenBilliards } from '../broken/billiards.ts';
import { type Law, law } from '../law.ts';

/** Steps after which every parameter must be what it was. */
const STEPS = 5;

/** Makes the networks of the law: laws stand below the networks of the library. */
type NetworkFactory = JointNetworkOptions['makeNetwork'];

/** The problems that are trained on, true or broken, and the networks. */
export interface Trained {
  readonly problem: InverseProblem;
  readonly makeNetwork: NetworkFactory;
}

interface DeadStart extends Trained {
  /** Speed at which the untrained network shoots, on average. */
  readonly speed: number;
  readonly direction: number;
  readonly problems: number;
  readonly seed: number;
}

/** A network that keeps its parameters when it is thrown away. */
function remembering(makeNetwork: NetworkFactory, parameters: Float64Array[]): NetworkFactory {
  return (spec, seed) => {
    const network = makeNetwork(spec, seed);
    parameters.push(network.parameters());
    return {
      ...network,
      dispose: () => {
        parameters.push(network.parameters());
        network.dispose();
      },
    };
  };
}

function violation({ problem, makeNetwork, speed, direction, problems, seed }: DeadStart): string | undefined {
  const { task } = problem.draw(problems, seed);
  const kept: Float64Array[] = [];
  const solver = jointNetwork({
    makeNetwork: remembering(makeNetwork, kept),
    backend: 'float64',
    hidden: [8],
    activation: 'relu',
    iterations: STEPS,
    batchSize: problems,
    output: { offset: [speed * Math.cos(direction), speed * Math.sin(direction)], scale: 1 / 64 },
  });
  run(problem, solver, task, seed);
  const [before, after] = kept as [Float64Array, Float64Array];
  const changed = before.findIndex((value, i) => !Object.is(value, after[i]));
  return changed < 0 ? undefined : `parameter ${changed} went from ${before[changed]} to ${after[changed]}`;
}

/**
 * billiards.dead-start-stays-dead: where every shot of the untrained network misses, because it is too slow to arrive or
 * goes backwards, training through the simulator leaves every parameter as it was, bit for bit.
 *
 * @param makeNetwork  float64 networks
 */
export function billiardsDeadStartStaysDead(makeNetwork: NetworkFactory): Law<Trained> {
  const problem = billiardsProblem('single');
  const simulator = brokenBilliards('leak')('single', billiardsTable);
  const slow = fc.record({ speed: dyadic(0, 1 / 8), direction: dyadic(-3, 3, 8) });
  const backwards = fc.record({ speed: dyadic(1 / 4, 3), direction: fc.constant(Math.PI) });
  return law<Trained, DeadStart>({
    cases: 100,
    subject: { problem, makeNetwork },
    twin: {
      what: 'a simulator whose misses pull with a gradient of 1e-9',
      subject: { problem: { ...problem, simulator }, makeNetwork },
    },
    arbitrary: (subject) =>
      fc
        .record({ shot: fc.oneof(slow, backwards), problems: fc.integer({ min: 1, max: 16 }), seed: fc.nat(1000) })
        .map(({ shot, problems, seed }) => ({ ...subject, ...shot, problems, seed })),
    violation,
    show: ({ speed, direction, problems, seed }) =>
      `${problems} problems of seed ${seed}, shots with speed ${speed} in direction ${direction}`,
  });
}
