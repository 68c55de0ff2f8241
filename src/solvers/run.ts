import { type Batch, batch, row, takeRows } from '../core/batch.ts';
import { InverseClaimsError, requireNumber } from '../core/errors.ts';
import type { InverseProblem, Task } from '../core/problem.ts';
import type { Answer, Ask, Run, RunRow, Solver, Stop, Tell } from '../core/solver.ts';
import type { Step } from '../core/step.ts';
import { CERTIFY_BY_DEFAULT, type Certifier, certifier } from './certificate.ts';
import { type EvaluateRows, everyRow, rowEvaluator } from './evaluate-rows.ts';
import { type RowAccounts, rowAccounts } from './row-accounts.ts';

export interface RunOptions {
  /** Evaluations (values and gradients together) each row may spend; unlimited by default. */
  readonly evaluationsPerRow?: number;
  /**
   * A row that was told a loss at or below this is evaluated no more, like a row whose budget is spent, and its
   * stop reads `target-reached` if the loss at the returned x keeps it. For solvers that treat rows separately.
   */
  readonly targetLoss?: number;
  /**
   * Checks every accepted step of every row, and the answers, see `certifier`; a violation throws `certificate-violated`.
   * Default: `CERTIFY_BY_DEFAULT`.
   */
  readonly certify?: boolean;
}

interface Session {
  readonly solver: string;
  readonly rows: number;
  readonly dimension: number;
  readonly evaluate: EvaluateRows;
  readonly accounts: RowAccounts;
  /** One per row, or none. */
  readonly certifiers: readonly Certifier[];
  readonly snapshots: Run['snapshots'][number][];
}

/**
 * Runs a solver on a task: evaluates what it asks for, counts, guards, traces, and recomputes the loss at its answer.
 *
 * A point that is not finite, or whose value or gradient is not, is told as +∞ with a zero gradient and counted in
 * `nonFinite`. A row whose evaluations are spent is told +∞, zero and `spent` = 1, and nothing is evaluated.
 * A snapshot is recorded and told as zeros, without a gradient. Neither snapshots nor the final loss are counted.
 *
 * Throws `shape-mismatch` if the task does not fit the problem, `simulator-contract` and `solver-protocol` if either
 * side breaks its interface; the solver's generator is closed before any error leaves this function.
 *
 * @param seed     passed to the solver
 * @param options  `evaluationsPerRow` integer >= 0
 * @example
 * import { booth } from './functions/standard-functions.ts';
 * import { standardProblem } from './functions/standard-problem.ts';
 * const problem = standardProblem(booth);
 * run(problem, bfgs(), problem.draw(1, 1).task, 1).rows[0]!.stop.kind; // => 'gradient-small'
 */
export function run(problem: InverseProblem, solver: Solver, task: Task, seed: number, options: RunOptions = {}): Run {
  const { evaluationsPerRow = Number.POSITIVE_INFINITY, targetLoss = Number.NEGATIVE_INFINITY } = options;
  const { certify = CERTIFY_BY_DEFAULT } = options;
  if (options.evaluationsPerRow !== undefined) {
    requireNumber('run: "evaluationsPerRow"', evaluationsPerRow, { minimum: 0, integer: true });
  }
  const session: Session = {
    solver: solver.name,
    rows: task.start.rows,
    dimension: task.start.cols,
    evaluate: rowEvaluator(problem, task),
    accounts: rowAccounts(task.start.rows, evaluationsPerRow, targetLoss),
    certifiers: certify ? certifiersOf(problem, solver, task) : [],
    snapshots: [],
  };
  const observe = certify ? (b: number, step: Step): void => session.certifiers[b]?.step(step) : undefined;
  const answer = drive(solver.solve(task, seed, observe), session);
  requireAnswer(answer, session);
  const losses = session.evaluate(answer.x, everyRow(session.rows), 'value').value;
  const rows = Array.from(losses, (loss, b) => runRow(answer, loss, b, session.accounts));
  rows.forEach(({ x, loss, stop, evaluations }, b) => {
    session.certifiers[b]?.answer(x, loss, stop, evaluations.values + evaluations.gradients);
  });
  return {
    problem: problem.id,
    solver: solver.name,
    settings: solver.settings,
    seed,
    backend: solver.backend ?? 'none',
    rows,
    snapshots: session.snapshots,
  };
}

function drive(steps: Generator<Ask, Answer, Tell>, session: Session): Answer {
  try {
    let step = steps.next();
    while (!step.done) step = steps.next(respond(step.value, session));
    return step.value;
  } catch (error) {
    steps.return({ x: batch(0, 0), stops: [] });
    throw error;
  }
}

function respond(ask: Ask, session: Session): Tell {
  requireAsk(ask, session);
  const { x, rows, need, snapshot } = ask;
  const spent = new Uint8Array(rows.length);
  if (snapshot !== undefined) {
    const losses = session.evaluate(x, rows, 'value').value;
    session.snapshots.push({ label: snapshot, losses: Array.from(losses) });
    return { value: new Float64Array(rows.length), spent };
  }
  let open = 0;
  for (let k = 0; k < rows.length; k++) {
    if (session.accounts.open(rows[k]!, need)) open += 1;
    else spent[k] = 1;
  }
  const tell = open === rows.length ? evaluateAll(ask, spent, session) : evaluateOpen(ask, spent, session);
  for (let k = 0; k < rows.length; k++) {
    if (spent[k] === 0) session.accounts.record(rows[k]!, tell.value[k]!);
  }
  if (session.certifiers.length > 0) witness(ask, tell, session.certifiers);
  return tell;
}

function certifiersOf({ id }: InverseProblem, { name }: Solver, { start }: Task): readonly Certifier[] {
  return Array.from({ length: start.rows }, (_, b) =>
    certifier({ solver: name, problem: id, row: b, start: Array.from(row(start, b)) }),
  );
}

function witness({ x, rows }: Ask, { value, gradient, spent }: Tell, certifiers: readonly Certifier[]): void {
  for (let k = 0; k < rows.length; k++) {
    const told = gradient === undefined ? undefined : row(gradient, k);
    if (spent[k] === 0) certifiers[rows[k]!]?.told(row(x, k), value[k]!, told);
  }
}

function evaluateAll({ x, rows, need }: Ask, spent: Uint8Array, { evaluate }: Session): Tell {
  if (rows.length === 0) return emptyTell(x, need, spent);
  const { value, gradient } = evaluate(x, rows, need);
  return gradient === undefined ? { value, spent } : { value, gradient, spent };
}

/** Evaluates only the points that are not spent, and fills +∞ and zero in for the others. */
function evaluateOpen(ask: Ask, spent: Uint8Array, session: Session): Tell {
  const tell = emptyTell(ask.x, ask.need, spent);
  const open = Int32Array.from(spent.keys()).filter((k) => spent[k] === 0);
  if (open.length === 0) return tell;
  const rows = open.map((k) => ask.rows[k]!);
  const { value, gradient } = session.evaluate(takeRows(ask.x, open), rows, ask.need);
  open.forEach((k, j) => {
    tell.value[k] = value[j]!;
    if (gradient !== undefined) tell.gradient?.data.set(row(gradient, j), k * ask.x.cols);
  });
  return tell;
}

function emptyTell(x: Batch, need: Ask['need'], spent: Uint8Array): Tell {
  const value = new Float64Array(x.rows).fill(Number.POSITIVE_INFINITY);
  return need === 'value' ? { value, spent } : { value, gradient: batch(x.rows, x.cols), spent };
}

function runRow(answer: Answer, loss: number, b: number, accounts: RowAccounts): RunRow {
  const x = Array.from(row(answer.x, b));
  const counted = accounts.summary(b);
  return {
    x,
    loss,
    ...counted,
    bestLoss: Math.min(loss, counted.bestLoss),
    stop: stopOf(answer, x, loss, b, accounts),
  };
}

function stopOf(answer: Answer, x: readonly number[], loss: number, b: number, accounts: RowAccounts): Stop {
  if (!x.every(Number.isFinite)) return { kind: 'non-finite', where: 'iterate' };
  const stop = answer.stops[b]!;
  if (stop.kind !== 'budget-spent' || !accounts.keepsTarget(b, loss)) return stop;
  return { kind: 'target-reached', value: loss };
}

function requireAsk({ x, rows, need }: Ask, session: Session): void {
  const { dimension } = session;
  const shape = `(${x?.rows}, ${x?.cols}) with ${x?.data?.length} numbers for ${rows?.length} rows`;
  if (!(rows instanceof Int32Array) || x.rows !== rows.length || x.cols !== dimension) {
    throw protocolError(session, 'ask."x"', `shape (rows.length, ${dimension}) and "rows" an Int32Array`, shape);
  }
  if (x.data.length !== x.rows * x.cols) throw protocolError(session, 'ask."x"', `${x.rows * x.cols} numbers`, shape);
  if (need !== 'value' && need !== 'gradient') {
    throw protocolError(session, 'ask."need"', '"value" or "gradient"', JSON.stringify(need) ?? 'undefined');
  }
  for (let k = 0; k < rows.length; k++) {
    if (rows[k]! >= 0 && rows[k]! < session.rows) continue;
    throw protocolError(session, `ask."rows"[${k}]`, `a row in 0..${session.rows - 1}`, String(rows[k]));
  }
}

function requireAnswer(answer: Answer, session: Session): void {
  const { rows, dimension } = session;
  const { x, stops } = answer;
  if (x.rows !== rows || x.cols !== dimension || x.data.length !== rows * dimension) {
    const received = `(${x.rows}, ${x.cols}) with ${x.data.length} numbers`;
    throw protocolError(session, 'answer."x"', `shape (${rows}, ${dimension})`, received);
  }
  const missing = Array.from({ length: rows }, (_, b) => stops[b]).findIndex((stop) => stop?.kind === undefined);
  if (stops.length === rows && missing < 0) return;
  throw protocolError(
    session,
    'answer."stops"',
    `${rows} stop reasons`,
    `${stops.length}, the first missing at ${missing}`,
  );
}

function protocolError({ solver }: Session, part: string, expected: string, received: string): InverseClaimsError {
  return new InverseClaimsError('solver-protocol', { where: `solver "${solver}": ${part}`, expected, received });
}
