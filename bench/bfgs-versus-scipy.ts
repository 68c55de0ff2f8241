import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Task } from '../src/core/problem.ts';
import type { Run } from '../src/core/solver.ts';
import { wavePacketProblem, wavePacketSettings } from '../src/simulators/wave-packet-problem.ts';
import { bfgs } from '../src/solvers/bfgs.ts';
import { run } from '../src/solvers/run.ts';

const PROBLEMS = 1024;
const SEED = 1;
const GRADIENT_TOLERANCE = 1e-6;
const REPEATS = 7;
/** Runs before ours is timed: V8 compiles the loops on their way; Python has nothing to warm up. */
const WARM_UP = 20;
/** Two answers are the same minimum if their losses agree to this; different minima differ by whole units. */
const SAME_MINIMUM = 1e-6;

interface Timed {
  readonly version: string;
  readonly seconds: readonly number[];
  readonly losses: readonly number[];
  readonly evaluations: number;
}

/** BFGS on 1024 wave packets: ours in lock step against SciPy's one by one, same data, same gradients, one thread. */
export async function benchBfgs(): Promise<void> {
  const { task } = wavePacketProblem('B').draw(PROBLEMS, SEED);
  const ours = timeOurs(task);
  report(`lock-step BFGS, Node ${process.versions.node}`, ours);
  const theirs = timeScipy(task);
  if (theirs === undefined) {
    print('SciPy not found (tried python3 and /usr/bin/python3): nothing to compare with.');
    return;
  }
  report(`SciPy ${theirs.version} BFGS`, theirs);
  const ratio = median(theirs.seconds) / median(ours.seconds);
  const same = ours.losses.filter((loss, b) => Math.abs(loss - theirs.losses[b]!) < SAME_MINIMUM).length;
  print(`throughput ${ratio.toFixed(1)} times SciPy's; same minimum on ${same} of ${PROBLEMS} problems`);
}

function timeOurs(task: Task): Timed {
  const problem = wavePacketProblem('B');
  const solver = bfgs({ gradientTolerance: GRADIENT_TOLERANCE });
  const solve = (): Run => run(problem, solver, task, SEED);
  const coldStart = performance.now();
  let result = solve();
  print(`first run, nothing compiled yet: ${(performance.now() - coldStart).toFixed(1)} ms`);
  for (let i = 1; i < WARM_UP; i++) result = solve();
  const seconds = Array.from({ length: REPEATS }, () => {
    const begin = performance.now();
    result = solve();
    return (performance.now() - begin) / 1000;
  });
  const evaluations = result.rows.reduce((sum, row) => sum + row.evaluations.gradients, 0) / PROBLEMS;
  return { version: process.versions.node, seconds, losses: result.rows.map(({ loss }) => loss), evaluations };
}

function timeScipy(task: Task): Timed | undefined {
  const { sigma, period, center } = wavePacketSettings.B;
  const folder = mkdtempSync(join(tmpdir(), 'bfgs-versus-scipy-'));
  const file = join(folder, 'observed.f64');
  const { buffer, byteOffset, byteLength } = task.observed.data;
  writeFileSync(file, new Uint8Array(buffer, byteOffset, byteLength));
  const script = fileURLToPath(new URL('./bfgs_scipy.py', import.meta.url));
  const numbers = [PROBLEMS, sigma, period, center, GRADIENT_TOLERANCE, REPEATS].map(String);
  try {
    for (const python of ['python3', '/usr/bin/python3']) {
      const { status, stdout } = spawnSync(python, [script, file, ...numbers], {
        encoding: 'utf8',
        env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
      });
      if (status === 0) return JSON.parse(stdout) as Timed;
    }
    return undefined;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function report(name: string, { seconds, evaluations }: Timed): void {
  const milliseconds = median(seconds) * 1000;
  const each = evaluations.toFixed(2);
  print(
    `${name}: ${milliseconds.toFixed(1)} ms for ${PROBLEMS} problems (median of ${REPEATS}), ${each} evaluations each`,
  );
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] as number;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
