import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Batch, batch } from '../src/core/batch.ts';
import { stream } from '../src/core/random.ts';
import { billiardShot } from '../src/simulators/billiards.ts';

const SIZES = [256, 100_000] as const;
const REPEATS = 7;
/** Both sides take turns, so that a slow moment of the machine meets both. */
const ROUNDS = 5;
/** One measurement of ours repeats the pass for as long as this: 256 shots take microseconds. */
const LEAST_SECONDS = 0.02;
/** Sums over all shots agree to this where both sides compute the same. */
const SAME_SUM = 1e-9;
const CONTACT = 0.1;

/** Velocities that hit, the balls they hit, and places where other hits send them. */
interface Shots {
  readonly velocities: Batch;
  readonly balls: Batch;
  readonly wanted: Batch;
}
interface Measured {
  readonly shots: number;
  readonly seconds: number;
  readonly endSum: number;
  readonly gradientSum: number;
}

/**
 * End positions of billiard shots that all hit, and gradients of |p − y*|² in the velocities, by `billiardShot` and by
 * torch autograd on the same shots: medians on one thread, and how many times as long torch takes. Misses, which are
 * cheaper for ours, are left out.
 */
export async function benchBilliards(): Promise<void> {
  const sets = SIZES.map(drawShots);
  const rounds = Array.from({ length: ROUNDS }, () => ({ ours: sets.map(timeOurs), torch: timeTorch(sets) }));
  const problem = rounds.map(({ torch }) => torch).find((torch) => typeof torch === 'string');
  if (problem !== undefined) print(problem);
  print(`billiard shots with gradients, Node ${process.versions.node}, one thread, medians of ${ROUNDS} rounds`);
  SIZES.forEach((shots, k) => {
    const pairs = rounds.map(({ ours, torch }) => ({
      ours: ours[k] as Measured,
      torch: typeof torch === 'string' ? undefined : (torch[k] as Measured),
    }));
    print(`  ${String(shots).padStart(6)} shots: ${lineOf(pairs)}`);
  });
}

interface Round {
  readonly ours: Measured;
  readonly torch: Measured | undefined;
}

function lineOf(rounds: readonly Round[]): string {
  const mine = `ours ${milliseconds(rounds.map(({ ours }) => ours))}`;
  const compared = rounds.flatMap(({ ours, torch }) => (torch === undefined ? [] : [{ ours, torch }]));
  if (compared.length === 0) return mine;
  const ratio = median(compared.map(({ ours, torch }) => torch.seconds / ours.seconds)).toPrecision(3);
  const agree = compared.every(
    ({ ours, torch }) => same(ours.endSum, torch.endSum) && same(ours.gradientSum, torch.gradientSum),
  );
  const theirs = milliseconds(compared.map(({ torch }) => torch));
  return `${mine}, torch ${theirs} (${ratio} times as long)${agree ? '' : ', BUT NOT THE SAME RESULTS'}`;
}

const milliseconds = (measured: readonly Measured[]): string =>
  `${(median(measured.map(({ seconds }) => seconds)) * 1e3).toPrecision(3)} ms`;

const same = (a: number, b: number): boolean => Math.abs(a - b) <= SAME_SUM * Math.abs(b);

function drawShots(rows: number): Shots {
  const random = stream(1, 'bench/billiards');
  const balls = batch(rows, 2);
  const hits = (): Batch => {
    const velocities = batch(rows, 2);
    for (let b = 0; b < rows; b++) {
      const [gx, gy] = [balls.data[2 * b]!, balls.data[2 * b + 1]!];
      const turn = Math.asin((CONTACT * random.between(-0.8, 0.8)) / Math.hypot(gx, gy));
      const [direction, speed] = [Math.atan2(gy, gx) + turn, random.between(1, 2.5)];
      velocities.data.set([speed * Math.cos(direction), speed * Math.sin(direction)], 2 * b);
    }
    return velocities;
  };
  for (let b = 0; b < rows; b++) {
    const [distance, angle] = [random.between(0.4, 0.8), random.between(-Math.PI / 4, Math.PI / 4)];
    balls.data.set([distance * Math.cos(angle), distance * Math.sin(angle)], 2 * b);
  }
  return { velocities: hits(), balls, wanted: billiardShot().forward(hits(), balls) };
}

function timeOurs({ velocities, balls, wanted }: Shots): Measured {
  const shot = billiardShot();
  const shoot = (): { readonly end: Batch; readonly gradient: Batch } => {
    const { y, pullback } = shot.vjp(velocities, balls);
    const yBar = batch(y.rows, 2);
    for (let i = 0; i < y.data.length; i++) yBar.data[i] = 2 * (y.data[i]! - wanted.data[i]!);
    return { end: y, gradient: pullback(yBar) };
  };
  const calls = warmUp(shoot);
  const seconds = Array.from({ length: REPEATS }, () => {
    const start = performance.now();
    for (let i = 0; i < calls; i++) shoot();
    return (performance.now() - start) / 1000 / calls;
  });
  const { end, gradient } = shoot();
  return {
    shots: velocities.rows,
    seconds: median(seconds),
    endSum: sumOfSizes(end),
    gradientSum: sumOfSizes(gradient),
  };
}

/** Calls that fit in the shortest measurement, counted once V8 has compiled them. */
function warmUp(action: () => void): number {
  let calls = 0;
  for (const round of [0, 1]) {
    calls = 0;
    const end = performance.now() + (round === 0 ? 10 : 1) * LEAST_SECONDS * 1000;
    for (; performance.now() < end; calls++) action();
  }
  return calls;
}

/** Torch's times, or why there are none. */
function timeTorch(sets: readonly Shots[]): readonly Measured[] | string {
  const python = '/usr/bin/python3';
  if (spawnSync(python, ['-c', 'import torch']).status !== 0) return `torch skipped: ${python} cannot import it`;
  const folder = mkdtempSync(join(tmpdir(), 'billiards-'));
  try {
    const files = sets.flatMap((shots) => {
      const file = join(folder, String(shots.balls.rows));
      writeFileSync(file, rowsOf(shots));
      return [String(shots.balls.rows), file];
    });
    const script = fileURLToPath(new URL('./billiards_torch.py', import.meta.url));
    const { status, stdout, stderr } = spawnSync(python, [script, String(REPEATS), ...files], {
      encoding: 'utf8',
      env: { ...process.env, OMP_NUM_THREADS: '1', PYTHONDONTWRITEBYTECODE: '1' },
    });
    return status === 0
      ? (JSON.parse(stdout) as readonly Measured[])
      : `torch failed: ${stderr.trim().split('\n').at(-1)}`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function rowsOf({ velocities, balls, wanted }: Shots): Float64Array {
  const rows = new Float64Array(6 * balls.rows);
  for (let b = 0; b < balls.rows; b++) {
    [velocities, balls, wanted].forEach(({ data }, k) => {
      rows.set(data.subarray(2 * b, 2 * b + 2), 6 * b + 2 * k);
    });
  }
  return rows;
}

const sumOfSizes = ({ data }: Batch): number => data.reduce((sum, value) => sum + Math.abs(value), 0);

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] as number;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
