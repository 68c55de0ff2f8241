import { type Batch, batch, requireFinite, takeRows } from '../core/batch.ts';
import { InverseClaimsError } from '../core/errors.ts';
import type { Task } from '../core/problem.ts';
import type { Solver } from '../core/solver.ts';
import { type JointNetworkOptions, resolve } from './joint-network-options.ts';
import { networkSolver, type Objective } from './network-training.ts';

export interface SupervisedNetworkOptions extends JointNetworkOptions {
  /** Reference solutions (B, n) of the instances of a task, in their order: what the network imitates. */
  readonly references: (task: Task) => Batch;
}

/**
 * The same network as `jointNetwork`, trained on reference solutions instead of through the simulator.
 *
 *     L_i(x) = ½ ‖(x − x_i^ref) / scale‖²,  scale that of the network's output
 *
 * It asks for nothing but snapshots, so that it costs no evaluation; what the references cost is the caller's account.
 * `keepBest` and `exampleWeights` mean this L, computed and not asked for.
 * Where several solutions fit an observation, the network learns their mean. Options, streams and errors are those of
 * `jointNetwork`; references of another shape throw `shape-mismatch`, such as are not finite `not-finite`, when solving
 * starts.
 *
 * @example
 * const { backend, makeNetwork } = await loadBackend('auto');
 * const solver = supervisedNetwork({ makeNetwork, backend, references: (task) => task.start });
 * solver.name; // => 'supervised-network'
 */
export function supervisedNetwork({ references, ...options }: SupervisedNetworkOptions): Solver {
  const resolved = resolve(options, 'supervised-network');
  return networkSolver('supervised-network', resolved, (task) => {
    const targets = references(task);
    requireReferences(targets, task);
    requireScale(resolved.output.scale);
    return towards(targets, resolved.output.scale);
  });
}

/** L = ½ ‖(x − x^ref) / scale‖² and ∂L/∂x = (x − x^ref) / scale², without asking. */
function towards(targets: Batch, scale: number | ArrayLike<number>): Objective {
  const scaleOf = (column: number): number => (typeof scale === 'number' ? scale : (scale[column] as number));
  const losses: Objective['losses'] = function* (x, rows) {
    const wanted = takeRows(targets, rows);
    const result = new Float64Array(x.rows);
    x.data.forEach((value, i) => {
      result[Math.floor(i / x.cols)]! += 0.5 * ((value - wanted.data[i]!) / scaleOf(i % x.cols)) ** 2;
    });
    return result;
  };
  const gradient: Objective['gradient'] = function* (x, rows) {
    const wanted = takeRows(targets, rows);
    const xBar = x.data.map((value, i) => (value - wanted.data[i]!) / scaleOf(i % x.cols) ** 2);
    const told = yield* losses(x, rows);
    return told && { losses: told, xBar: batch(x.rows, x.cols, xBar) };
  };
  return { gradient, losses };
}

/** An output that cannot move cannot imitate, and has no error in its own units. */
function requireScale(scale: number | ArrayLike<number>): void {
  const zero = typeof scale === 'number' ? scale === 0 : Array.from(scale).includes(0);
  if (!zero) return;
  throw new InverseClaimsError('out-of-range', {
    where: 'supervised-network: "output.scale"',
    expected: 'numbers other than 0',
    received: '0',
  });
}

function requireReferences(targets: Batch, { start }: Task): void {
  if (targets.rows !== start.rows || targets.cols !== start.cols) {
    throw new InverseClaimsError('shape-mismatch', {
      where: 'supervised-network: "references"',
      expected: `shape (${start.rows}, ${start.cols})`,
      received: `(${targets.rows}, ${targets.cols})`,
    });
  }
  requireFinite('supervised-network: "references"', targets);
}
