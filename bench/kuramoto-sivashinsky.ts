import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import type { Task } from '../src/core/problem.ts';
import {
  kuramotoSivashinskyProblem,
  kuramotoSivashinskySettings,
} from '../src/simulators/kuramoto-sivashinsky-problem.ts';
import { rowEvaluator } from '../src/solvers/evaluate-rows.ts';

const SETTINGS = ['A', 'B'] as const;
const SIZES = [32, 256] as const;
/** All sides take turns, so that a slow moment of the machine meets each. */
const ROUNDS = 5;
/** Sums of losses and gradients agree to this where both sides compute the same; chaos multiplies roundings. */
const SAME_SUM = 1e-6;
/** Single precision: gradients at T = 25 are right to 2e-3. */
const SAME_SINGLE = 2e-3;
/** Gradients of each worker in the comparison of one with two. */
const WORKER_CALLS = 10;

interface Measured {
  readonly seconds: number;
  readonly loss: number;
  readonly gradient: number;
}

/**
 * Losses and gradients of Kuramoto-Sivashinsky trajectories in settings A and B: the SIMD kernel in both precisions, its
 * plain TypeScript twin, and torch with autograd, on the same problems, one thread each; then two workers against one.
 */
export async function benchKuramotoSivashinsky(): Promise<void> {
  print(`Kuramoto-Sivashinsky gradients, Node ${process.versions.node}, one thread, medians of ${ROUNDS} rounds`);
  for (const setting of SETTINGS) {
    for (const rows of SIZES) benchSetting(setting, rows);
  }
  for (const setting of SETTINGS) printMemory(setting);
  await benchWorkers();
}

/** Tape of one trajectory as stated, and what the memory outside the heap grew by for 256 gradients. */
function printMemory(setting: (typeof SETTINGS)[number]): void {
  const problem = kuramotoSivashinskyProblem(setting);
  const { task } = problem.draw(256, 1);
  const evaluate = rowEvaluator(problem, task);
  const rows = Int32Array.from({ length: task.start.rows }, (_, b) => b);
  const before = process.memoryUsage().external;
  evaluate(task.start, rows, 'gradient');
  const grown = process.memoryUsage().external - before;
  print(
    `  ${setting}, memory: ${problem.simulator.rollout.bytesPerTrajectory / 1e6} MB of tape for a trajectory, ` +
      `${(grown / 1e6).toPrecision(2)} MB taken for 256 gradients`,
  );
}

function benchSetting(setting: (typeof SETTINGS)[number], rows: number): void {
  const { task } = kuramotoSivashinskyProblem(setting).draw(rows, 1);
  const options = kuramotoSivashinskySettings[setting];
  const kinds = [
    ['SIMD float64', evaluator(setting, task, {})],
    ['SIMD float32', evaluator(setting, task, { precision: 'float32' })],
    ['plain TypeScript', evaluator(setting, task, { kernel: 'reference' })],
  ] as const;
  for (const [, evaluate] of kinds) evaluate();
  const ours = kinds.map((): Measured[] => []);
  const torch: (Measured | string)[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    kinds.forEach(([, evaluate], k) => {
      ours[k]!.push(evaluate());
    });
    torch.push(timeTorch(options, task));
  }
  const reference = median(ours[0]!.map(({ seconds }) => seconds));
  const line = (name: string, all: readonly Measured[]): string => {
    const seconds = median(all.map((each) => each.seconds));
    const ratio = median(all.map((each, k) => each.seconds / ours[0]![k]!.seconds));
    const tolerance = name === 'SIMD float32' ? SAME_SINGLE : SAME_SUM;
    const same = all.every((each) => agrees(each, ours[0]![0]!, tolerance));
    return `${name} ${(1e3 * seconds).toPrecision(3)} ms (${ratio.toPrecision(3)})${same ? '' : ' OTHER SUMS'}`;
  };
  const compared = torch.filter((each) => typeof each !== 'string');
  print(
    `  ${setting}, ${String(rows).padStart(3)} trajectories, ${((1e3 * reference) / rows).toPrecision(3)} ms each: ` +
      [
        ...kinds.map(([name], k) => line(name, ours[k]!)),
        compared.length > 0 ? line('torch', compared) : String(torch[0]),
      ].join(', '),
  );
}

type Variant = { readonly precision?: 'float32'; readonly kernel?: 'reference' };

/** Losses and gradients of all rows at the start, as solvers get them. */
function evaluator(setting: (typeof SETTINGS)[number], task: Task, variant: Variant): () => Measured {
  const problem = kuramotoSivashinskyProblem({ ...kuramotoSivashinskySettings[setting], ...variant });
  const evaluate = rowEvaluator(problem, task);
  const rows = Int32Array.from({ length: task.start.rows }, (_, b) => b);
  return () => {
    const start = performance.now();
    const { value, gradient } = evaluate(task.start, rows, 'gradient');
    const seconds = (performance.now() - start) / 1000;
    return { seconds, loss: sumOfSizes(value), gradient: sumOfSizes(gradient?.data ?? new Float64Array(0)) };
  };
}

const agrees = (a: Measured, b: Measured, tolerance: number): boolean =>
  Math.abs(a.loss - b.loss) <= tolerance * b.loss && Math.abs(a.gradient - b.gradient) <= tolerance * b.gradient;

/** One pass in torch, the first of a process left out, or why there is none. */
function timeTorch(
  { length, points, step = 0.25, horizon }: { length: number; points: number; step?: number; horizon: number },
  task: Task,
): Measured | string {
  const python = '/usr/bin/python3';
  if (spawnSync(python, ['-c', 'import torch']).status !== 0) return `torch skipped: ${python} cannot import it`;
  const folder = mkdtempSync(join(tmpdir(), 'kuramoto-sivashinsky-'));
  try {
    const file = join(folder, 'trajectories');
    writeFileSync(file, rowsOf(task));
    const script = fileURLToPath(new URL('./kuramoto_sivashinsky_torch.py', import.meta.url));
    const forcing = length === 22 ? 'cos1' : 'mix';
    const numbers = ['1', length, points, step, Math.round(horizon / step), task.start.rows].map(String);
    const { status, stdout, stderr } = spawnSync(python, [script, ...numbers, forcing, file], {
      encoding: 'utf8',
      env: { ...process.env, OMP_NUM_THREADS: '1', PYTHONDONTWRITEBYTECODE: '1' },
    });
    if (status !== 0) return `torch failed: ${stderr.trim().split('\n').at(-1)}`;
    const { seconds, loss, gradient } = JSON.parse(stdout) as { seconds: number[]; loss: number; gradient: number };
    return { seconds: seconds[0]!, loss, gradient };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function rowsOf({ start, identifiers, observed }: Task): Float64Array {
  const width = 2 + 2 * observed.cols;
  const rows = new Float64Array(start.rows * width);
  for (let b = 0; b < start.rows; b++) {
    rows.set(start.data.subarray(2 * b, 2 * b + 2), b * width);
    rows.set(identifiers.data.subarray(b * observed.cols, (b + 1) * observed.cols), b * width + 2);
    rows.set(observed.data.subarray(b * observed.cols, (b + 1) * observed.cols), b * width + 2 + observed.cols);
  }
  return rows;
}

/** The same work in one worker and in each of two at the same time. */
async function benchWorkers(): Promise<void> {
  const pool = new Piscina<number, void>({
    filename: new URL('./kuramoto-sivashinsky-worker.ts', import.meta.url).href,
    minThreads: 2,
    maxThreads: 2,
    concurrentTasksPerWorker: 1,
    execArgv: ['--import', 'tsx'],
  });
  const both = (calls: number): Promise<unknown> => Promise.all([pool.run(calls), pool.run(calls)]);
  await both(1);
  const ratios: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const one = await timed(() => pool.run(WORKER_CALLS));
    const two = await timed(() => both(WORKER_CALLS));
    ratios.push((2 * one) / two);
  }
  await pool.destroy();
  const rounds = ratios.map((ratio) => ratio.toFixed(2)).join(', ');
  print(`  two workers do ${median(ratios).toPrecision(3)} times the work of one (${rounds})`);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const sumOfSizes = (values: Float64Array): number => values.reduce((sum, value) => sum + Math.abs(value), 0);

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] as number;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
