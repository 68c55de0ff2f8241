import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { columns, sideBySide } from '../src/core/batch.ts';
import type { Task } from '../src/core/problem.ts';
import type { FlowOptions } from '../src/simulators/flow-options.ts';
import { flowProblem } from '../src/simulators/flow-problem.ts';
import { rowEvaluator } from '../src/solvers/evaluate-rows.ts';

/** Grids and steps to time 3, and how many flows: as many as a training asks for, as few as a line search does. */
const CASES = [
  { points: 32, step: 0.1, rows: 48 },
  { points: 32, step: 0.1, rows: 4 },
  { points: 64, step: 0.05, rows: 8 },
] as const;
const HORIZON = 3;
/** All sides take turns, so that a slow moment of the machine meets each. */
const ROUNDS = 5;
/**
 * Torch as it is installed, and with an allocator that keeps its memory: glibc's gives large blocks back to the system
 * after each operation by default, and some machines are slow to hand them out again (mallopt(3)).
 */
const TORCH = [
  ['torch', {}],
  ['torch that keeps its memory', { MALLOC_MMAP_THRESHOLD_: '4294967296', MALLOC_TRIM_THRESHOLD_: '8589934592' }],
] as const;
/** Sums of losses and gradients agree to this where both sides compute the same. */
const SAME_SUM = 1e-9;

interface Measured {
  readonly seconds: number;
  readonly loss: number;
  readonly gradient: number;
}

/** Losses and gradients of one vortex: the SIMD kernel, its plain TypeScript twin, and torch with autograd, one thread each. */
export async function benchFlow(): Promise<void> {
  print(`incompressible-flow gradients, Node ${process.versions.node}, one thread, medians of ${ROUNDS} rounds`);
  for (const { rows, ...options } of CASES) benchCase({ unknowns: 'vortex', horizon: HORIZON, ...options }, rows);
}

function benchCase(options: FlowOptions & { readonly points: number }, rows: number): void {
  const problem = flowProblem(options);
  const { task } = problem.draw(rows, 1);
  const kinds = [
    ['SIMD', evaluator(options, task)],
    ['plain TypeScript', evaluator({ ...options, kernel: 'reference' }, task)],
  ] as const;
  const before = process.memoryUsage().external;
  for (const [, evaluate] of kinds) evaluate();
  const grown = process.memoryUsage().external - before;
  const ours = kinds.map((): Measured[] => []);
  const torch = TORCH.map((): (Measured | string)[] => []);
  for (let round = 0; round < ROUNDS; round++) {
    kinds.forEach(([, evaluate], k) => {
      ours[k]!.push(evaluate());
    });
    TORCH.forEach(([, allocator], k) => {
      torch[k]!.push(timeTorch(options, task, allocator));
    });
  }
  const line = (name: string, all: readonly Measured[]): string => {
    const ratio = median(all.map((each, k) => each.seconds / ours[0]![k]!.seconds));
    const same = all.every((each) => agrees(each, ours[0]![0]!));
    const each = (1e3 * median(all.map(({ seconds }) => seconds))) / rows;
    return `${name} ${each.toPrecision(3)} ms each (${ratio.toPrecision(3)})${same ? '' : ' OTHER SUMS'}`;
  };
  const compared = (name: string, all: readonly (Measured | string)[]): string => {
    const measured = all.filter((each) => typeof each !== 'string');
    return measured.length > 0 ? line(name, measured) : String(all[0]);
  };
  print(
    `  N = ${options.points}, ${problem.simulator.options.steps} steps, ${rows} flows: ` +
      [
        ...kinds.map(([name], k) => line(name, ours[k]!)),
        ...TORCH.map(([name], k) => compared(name, torch[k]!)),
        `${(grown / 1e6).toPrecision(2)} MB taken by the first two`,
      ].join(', '),
  );
}

/** Losses and gradients of all rows at the start, as solvers get them. */
function evaluator(options: FlowOptions, task: Task): () => Measured {
  const evaluate = rowEvaluator(flowProblem(options), task);
  const rows = Int32Array.from({ length: task.start.rows }, (_, b) => b);
  return () => {
    const start = performance.now();
    const { value, gradient } = evaluate(task.start, rows, 'gradient');
    const seconds = (performance.now() - start) / 1000;
    return { seconds, loss: sumOfSizes(value), gradient: sumOfSizes(gradient?.data ?? new Float64Array(0)) };
  };
}

const agrees = (a: Measured, b: Measured): boolean =>
  Math.abs(a.loss - b.loss) <= SAME_SUM * b.loss && Math.abs(a.gradient - b.gradient) <= SAME_SUM * b.gradient;

/** One pass in torch, the first of a process left out, or why there is none. */
function timeTorch(
  { points, step = 0.1 }: FlowOptions & { readonly points: number },
  task: Task,
  allocator: Readonly<Record<string, string>>,
): Measured | string {
  const python = '/usr/bin/python3';
  if (spawnSync(python, ['-c', 'import torch']).status !== 0) return `torch skipped: ${python} cannot import it`;
  const folder = mkdtempSync(join(tmpdir(), 'flow-'));
  try {
    const file = join(folder, 'flows');
    const known = sideBySide(task.identifiers, task.observed);
    writeFileSync(file, sideBySide(columns(task.start, 0, 3), known).data);
    const script = fileURLToPath(new URL('./flow_torch.py', import.meta.url));
    const numbers = ['1', points, step, Math.round(HORIZON / step), task.start.rows].map(String);
    const { status, stdout, stderr } = spawnSync(python, [script, ...numbers, file], {
      encoding: 'utf8',
      env: { ...process.env, ...allocator, OMP_NUM_THREADS: '1', PYTHONDONTWRITEBYTECODE: '1' },
    });
    if (status !== 0) return `torch failed: ${stderr.trim().split('\n').at(-1)}`;
    const { seconds, loss, gradient } = JSON.parse(stdout) as { seconds: number[]; loss: number; gradient: number };
    return { seconds: seconds[0]!, loss, gradient };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const sumOfSizes = (values: Float64Array): number => values.reduce((sum, value) => sum + Math.abs(value), 0);

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] as number;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
