import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { alignment, misalignment } from '../theory/noise-averaging.ts';
import { sineLandscapeSum } from '../theory/sine-landscape.ts';
import { majorityVote } from '../theory/voting.ts';

const REPEATS = 15;
/** What a repeat takes at least, and the warm-up before them: V8 compiles on the way. */
const MILLISECONDS = 15;

/** d, μ, A and 1 − A to 25 digits. */
type GridRow = readonly [number, number, string, string];

const grid: readonly GridRow[] = JSON.parse(
  readFileSync(new URL('../fixtures/theory-reference.json', import.meta.url), 'utf8'),
).T1grid;
const votes = [3, 101, 1001, 100_000].flatMap((n) => [0.5001, 0.51, 0.6, 0.9].map((p) => [n, p] as const));
const fits = [1, 4, 16, 64, 256].flatMap((n) => [1, Math.PI / 2].map((a) => ({ n, sigma: 1, a })));

/** Values and seconds of each repeat; null where a value is not finite. */
interface Timed {
  readonly values: readonly (number | null)[];
  readonly seconds: readonly number[];
}

interface Scipy {
  readonly version: string;
  readonly alignment: Timed;
  readonly alignments: Timed;
  readonly vote: Timed;
  readonly votes: Timed;
}

/** Closed forms: microseconds a call and relative errors, beside SciPy's special functions in the same run. */
export async function benchTheory(): Promise<void> {
  const scipy = askScipy();
  const exact = grid.map(([, , a]) => Number(a));
  const complement = grid.map(([, , , m]) => Number(m));
  print(`alignment on ${grid.length} pairs of d <= 10⁴ and μ <= 10⁴, microseconds a call and error against 25 digits`);
  const ours = { name: 'alignment', micros: perCall(grid, ([d, mu]) => alignment(d, mu)) };
  report(
    ours,
    relativeErrors(
      grid.map(([d, mu]) => alignment(d, mu)),
      exact,
    ),
    ours.micros,
  );
  if (scipy !== undefined) {
    const name = `SciPy ${scipy.version} hyp1f1`;
    const errors = relativeErrors(scipy.alignment.values, exact);
    report({ name: `${name}, one by one`, micros: micros(scipy.alignment) }, errors, ours.micros);
    report({ name: `${name}, one array`, micros: micros(scipy.alignments) }, errors, ours.micros);
  }
  print('1 − alignment on the same');
  const other = { name: 'misalignment', micros: perCall(grid, ([d, mu]) => misalignment(d, mu)) };
  report(
    other,
    relativeErrors(
      grid.map(([d, mu]) => misalignment(d, mu)),
      complement,
    ),
    other.micros,
  );
  if (scipy !== undefined) {
    const differences = scipy.alignment.values.map((value) => (value === null ? null : 1 - value));
    report(
      { name: '1 − SciPy', micros: micros(scipy.alignment) },
      relativeErrors(differences, complement),
      other.micros,
    );
  }
  print(`majority vote on ${votes.length} pairs of n <= 10⁵ and p`);
  const vote = { name: 'majorityVote', micros: perCall(votes, ([n, p]) => majorityVote(n, p)) };
  const counted = votes.map(([n, p]) => majorityVote(n, p));
  report(vote, [], vote.micros);
  if (scipy !== undefined) {
    const gaps = relativeErrors(scipy.vote.values, counted);
    report({ name: 'SciPy betainc, one by one', micros: micros(scipy.vote) }, gaps, vote.micros, 'distance from ours');
    report({ name: 'SciPy betainc, one array', micros: micros(scipy.votes) }, gaps, vote.micros, 'distance from ours');
  }
  print('sine landscape, a double integral, no peer');
  const sine = { name: 'sineLandscapeSum', micros: perCall(fits, sineLandscapeSum) };
  report(sine, [], sine.micros);
  let a = 1;
  const first = (fit: (typeof fits)[number]): number => {
    a += 1e-9;
    return sineLandscapeSum({ ...fit, a });
  };
  report({ name: 'the first on an interval', micros: perCall(fits.slice(0, 2), first) }, [], sine.micros);
}

/** Median over the repeats of the microseconds a case takes. */
function perCall<Case>(cases: readonly Case[], compute: (one: Case) => number): number {
  // A sum that is used: what nobody reads may be left out by the compiler.
  let used = 0;
  const passFor = (passes: number): number => {
    const begin = performance.now();
    for (let k = 0; k < passes; k++) for (const one of cases) used += compute(one);
    return performance.now() - begin;
  };
  let passes = 1;
  while (passFor(passes) < MILLISECONDS) passes *= 2;
  const milliseconds = Array.from({ length: REPEATS }, () => passFor(passes));
  if (Number.isNaN(used)) throw new Error('a value is not a number');
  return (median(milliseconds) * 1e3) / (passes * cases.length);
}

const micros = ({ values, seconds }: Timed): number => (median(seconds) * 1e6) / values.length;

/** What is there where the reference has digits. */
function relativeErrors(values: readonly (number | null)[], exact: readonly number[]): readonly number[] {
  return values.flatMap((value, k) => {
    const reference = exact[k] as number;
    if (reference === 0) return [];
    return [value === null ? Number.POSITIVE_INFINITY : Math.abs(value / reference - 1)];
  });
}

function askScipy(): Scipy | undefined {
  const script = fileURLToPath(new URL('./alignment_scipy.py', import.meta.url));
  const input = JSON.stringify({ grid: grid.map(([d, mu]) => [d, mu]), votes, repeats: REPEATS });
  const env = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' };
  for (const python of ['python3', '/usr/bin/python3']) {
    const { status, stdout } = spawnSync(python, [script], { encoding: 'utf8', input, env });
    if (status === 0) return JSON.parse(stdout) as Scipy;
  }
  print('SciPy not found (tried python3 and /usr/bin/python3): nothing to compare with.');
  return undefined;
}

interface Measured {
  readonly name: string;
  readonly micros: number;
}

function report(of: Measured, errors: readonly number[], unit: number, what = 'error'): void {
  const time = `${of.micros.toPrecision(3).padStart(8)} µs (${(of.micros / unit).toPrecision(3)} times ours)`;
  print(`  ${of.name.padEnd(34)} ${time}${errors.length === 0 ? '' : `   ${what}: ${errorText(errors)}`}`);
}

function errorText(errors: readonly number[]): string {
  const finite = errors.filter(Number.isFinite);
  const lost = errors.length - finite.length;
  const worst = Math.max(...finite).toExponential(1);
  const bad = errors.filter((error) => !(error < 1e-12)).length;
  return `median ${median(finite).toExponential(1)}, largest ${worst}, ${bad} above 1e-12, ${lost} not finite`;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
