import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { maxNorm } from '../src/numerics/vector.ts';
import { type MghFunction, moreGarbowHillstrom } from '../src/solvers/functions/more-garbow-hillstrom.ts';
import { minimize } from '../src/solvers/minimize.ts';
import { printAllocation } from './bfgs-allocation.ts';

const GRADIENT_TOLERANCE = 1e-6;
const REPEATS = 7;
/** Runs before ours is timed: V8 compiles the loops on their way. */
const WARM_UP_SECONDS = 0.05;
/** One measurement of ours repeats the run for as long as this: a run may take 10 µs. */
const LEAST_SECONDS = 0.02;
/** Unknowns up to which the optimizer outweighs the function. */
const SMALL = 4;
/** Two answers are the same value if they agree to this, relative to values above 1. */
const SAME_VALUE = 1e-6;

const METHODS = [
  { ours: 'bfgs', theirs: 'BFGS' },
  { ours: 'lbfgs', theirs: 'L-BFGS-B' },
] as const;
type OurMethod = (typeof METHODS)[number]['ours'];

/** One method on one function; `aloneSeconds` is a run less its evaluations by themselves: the optimizer alone. */
interface Timed {
  readonly value: number;
  readonly gradientNorm: number;
  readonly evaluations: number;
  readonly seconds: number;
  readonly aloneSeconds: number;
}
interface Scipy {
  readonly version: string;
  readonly runs: readonly (Timed & { readonly name: string; readonly method: string })[];
}
interface Row {
  readonly name: string;
  readonly dimension: number;
  readonly ours: Timed;
  readonly theirs: Timed;
}

/** BFGS and L-BFGS of ours against SciPy's, one function of Moré, Garbow and Hillstrom after the other, one thread. */
export async function benchSolvers(): Promise<void> {
  printAllocation();
  const scipy = timeScipy(moreGarbowHillstrom.map(({ name }) => name));
  if (scipy === undefined) {
    print('skipped: SciPy not found (tried python3 and /usr/bin/python3), nothing to compare with.');
    return;
  }
  for (const { ours, theirs } of METHODS) {
    print(
      `\n${ours}, Node ${process.versions.node}, against ${theirs} of SciPy ${scipy.version}, from the standard starts`,
    );
    print(
      "SciPy's time includes its functions, in NumPy with gradients by the complex step; `alone` is without functions.",
    );
    const rows = moreGarbowHillstrom.map((fun) => {
      const run = scipy.runs.find(({ name, method }) => name === fun.name && method === theirs) as Timed;
      return { name: fun.name, dimension: fun.dimension, ours: timeOurs(fun, ours), theirs: run };
    });
    printRows(rows);
  }
}

/** How often SciPy takes the time of ours: the whole run, and the optimizer alone. */
function ratiosOf({ ours, theirs }: Row): { readonly whole: number; readonly alone: number } {
  return { whole: theirs.seconds / ours.seconds, alone: theirs.aloneSeconds / ours.aloneSeconds };
}

function isComparable({ ours, theirs }: Row): boolean {
  const same = Math.abs(ours.value - theirs.value) <= SAME_VALUE * Math.max(1, Math.abs(theirs.value));
  return same && ours.gradientNorm <= GRADIENT_TOLERANCE && theirs.gradientNorm <= GRADIENT_TOLERANCE;
}

function printRows(rows: readonly Row[]): void {
  print(`${'function'.padEnd(34)} evaluations       time (ms)          SciPy / ours`);
  print(`${''.padEnd(34)}  ours SciPy     ours    SciPy     whole   alone`);
  for (const row of rows) {
    const { ours, theirs } = row;
    const { whole, alone } = ratiosOf(row);
    const evaluations = `${String(ours.evaluations).padStart(5)} ${String(theirs.evaluations).padStart(5)}`;
    const times = `${(ours.seconds * 1e3).toFixed(4).padStart(9)} ${(theirs.seconds * 1e3).toFixed(2).padStart(8)}`;
    const ratios = `${whole.toFixed(1).padStart(8)} ${alone.toFixed(1).padStart(8)}`;
    const note = isComparable(row) ? '' : '  (not both converged to the same value: not counted)';
    print(`${row.name.padEnd(34)} ${evaluations} ${times} ${ratios}${note}`);
  }
  const comparable = rows.filter(isComparable);
  summarize(
    `at most ${SMALL} unknowns`,
    comparable.filter(({ dimension }) => dimension <= SMALL),
  );
  summarize('all', comparable);
}

/** Geometric mean, median and least ratio; for the optimizers alone the ratio of sums: single ones drown in noise. */
function summarize(which: string, rows: readonly Row[]): void {
  const whole = rows.map((row) => ratiosOf(row).whole);
  const mean = Math.exp(whole.reduce((sum, ratio) => sum + Math.log(ratio), 0) / whole.length);
  const spread = `median ${median(whole).toFixed(1)}, least ${Math.min(...whole).toFixed(1)}`;
  const total = (whose: 'ours' | 'theirs'): number => rows.reduce((sum, row) => sum + row[whose].aloneSeconds, 0);
  const alone = `optimizers alone, all together: ${(total('theirs') / total('ours')).toFixed(1)}`;
  print(`${which} (${rows.length}): ${mean.toFixed(1)} times as fast in the geometric mean, ${spread}; ${alone}`);
}

function timeOurs({ starts, evaluate }: MghFunction, method: OurMethod): Timed {
  const points: Float64Array[] = [];
  const solve = (fun = evaluate) =>
    minimize(fun, starts[0]!, { method, gradientTolerance: GRADIENT_TOLERANCE, certify: false });
  const { value, gradient, evaluations } = solve((x) => {
    points.push(x.slice());
    return evaluate(x);
  });
  const evaluateAll = (): void => {
    for (const x of points) evaluate(x);
  };
  return { value, gradientNorm: maxNorm(gradient), evaluations, ...timed(() => solve(), evaluateAll) };
}

/** Medians over repeats in which a whole run and its evaluations are measured in turn. */
function timed(solve: () => void, evaluateAll: () => void): Pick<Timed, 'seconds' | 'aloneSeconds'> {
  const calls = Math.max(1, Math.round((callsWithin(WARM_UP_SECONDS, solve) * LEAST_SECONDS) / WARM_UP_SECONDS));
  callsWithin(WARM_UP_SECONDS, evaluateAll);
  const pairs = Array.from({ length: REPEATS }, () => {
    return { whole: secondsOf(solve, calls), part: secondsOf(evaluateAll, calls) };
  });
  return {
    seconds: median(pairs.map(({ whole }) => whole)),
    aloneSeconds: median(pairs.map(({ whole, part }) => whole - part)),
  };
}

function callsWithin(seconds: number, action: () => void): number {
  const end = performance.now() + seconds * 1000;
  let calls = 0;
  for (; performance.now() < end; calls++) action();
  return calls;
}

/** Of one call, over many: a run may be shorter than the clock resolves. */
function secondsOf(action: () => void, calls: number): number {
  const begin = performance.now();
  for (let i = 0; i < calls; i++) action();
  return (performance.now() - begin) / 1000 / calls;
}

function timeScipy(names: readonly string[]): Scipy | undefined {
  const script = fileURLToPath(new URL('./minimizers_scipy.py', import.meta.url));
  const functions = fileURLToPath(new URL('../fixtures/scipy-minimizers.py', import.meta.url));
  for (const python of ['python3', '/usr/bin/python3']) {
    const options = [functions, String(GRADIENT_TOLERANCE), String(REPEATS), ...names];
    const { status, stdout } = spawnSync(python, [script, ...options], {
      encoding: 'utf8',
      env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', PYTHONDONTWRITEBYTECODE: '1' },
    });
    if (status === 0) return JSON.parse(stdout) as Scipy;
  }
  return undefined;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
