import { statSync } from 'node:fs';
import { type Batch, batch, requireShape } from '../core/batch.ts';
import { type ErrorCode, type ErrorDetails, InverseClaimsError, requireNumber } from '../core/errors.ts';
import { type Simulator, width } from '../core/problem.ts';
import { LARGEST_FRAME } from './conversation.ts';
import { encodeFrame, frameBytes, type Operation, type Shape } from './frames.ts';
import { type ProgramDescription, readHandshake } from './handshake.ts';
import type { FromThread } from './messages.ts';
import { type ProgramThread, programThread } from './waiting.ts';

export interface CommandOptions {
  /** Seconds of every call, > 0; 60 unless given. */
  readonly timeLimit?: number;
  /** Seconds until the program has described itself, > 0; 60 unless given. */
  readonly startLimit?: number;
  /** Folder that the program runs in; that of this process unless given. */
  readonly cwd?: string;
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A simulator that is a program of its own, in whatever language. */
export interface CommandSimulator extends Simulator {
  /** What the program said of itself: ranges, horizon, problem. */
  readonly description: ProgramDescription;
  /**
   * `exact` where the program has `vjp` and `jvp`. Else `finite-differences` is what whoever needs the derivatives has to
   * make of `forward`: the map that is missing throws `simulator-contract`.
   */
  readonly derivatives: 'exact' | 'finite-differences';
  /** Ends the program. Calls after it throw `program-failed`. */
  close(): void;
  [Symbol.dispose](): void;
}

const TIME_LIMIT = 60;
const LONGEST_LIMIT = 1e6;

/** Seconds beyond its limits in which the thread has to answer. */
const GRACE = 10;

/**
 * Runs a command line and speaks with it through standard input and output, by the protocol of PROTOCOL.md: one line of
 * JSON that describes the simulator, then frames of float64. Calls wait for their answers, as every `Simulator` does.
 *
 * NaN and infinities are answers like others. A call that the program answers with an error throws `objective-failed` with its
 * text, and the next call is asked again. Everything else ends the program with all that it started, and that call and all later ones throw the same error, which names
 * the call that caused it: `program-failed` where the program cannot be started, ends or exceeds its time; `shape-mismatch`
 * for answers of other shapes; `simulator-contract` for text or anything else on its standard output that the protocol does
 * not know. `missing-file` where `cwd` is no folder; `out-of-range` and `not-finite` for limits, and for a call of more than
 * 2^30 bytes.
 *
 * `vjp(x, γ).y` comes from the run that `pullback` differentiates, not from `forward`. The program ends with this thread, in
 * whatever way that ends, or by `close`.
 *
 * @param command  for the shell: `python sim.py --grid 64`
 * @example
 * import { fileURLToPath } from 'node:url';
 * const program = fileURLToPath(new URL('src/protocol/testing/program.mjs', `file://${process.cwd()}/`));
 * const simulator = commandSimulator(`node "${program}"`);
 * simulator.forward(batchOfRows([[3], [4]]), batchOfRows([[2], [2]])).data; // => Float64Array [6, 18, 8, 32]
 * simulator.derivatives; // => 'exact'
 * simulator.close();
 */
export function commandSimulator(command: string, options: CommandOptions = {}): CommandSimulator {
  const { timeLimit = TIME_LIMIT, startLimit = TIME_LIMIT, cwd = process.cwd(), env = {} } = options;
  requireNumber('commandSimulator: "timeLimit"', timeLimit, { above: 0, maximum: LONGEST_LIMIT });
  requireNumber('commandSimulator: "startLimit"', startLimit, { above: 0, maximum: LONGEST_LIMIT });
  requireFolder(cwd);
  const limits = { timeLimit, startLimit };
  const thread = programThread({ command, cwd, env: { ...process.env, ...env }, ...limits });
  const description = started(command, thread, startLimit + GRACE);
  const ask = asking(command, thread, timeLimit + GRACE);
  const { name, input, identifiers, output, rowsPerCall, vjp, jvp } = description;
  const n = width(input);
  const m = width(output);

  const requireRows = (operation: Operation, x: Batch, gamma: Batch, more?: Batch, cols?: number): void => {
    const where = (what: string): string => `${command}: ${operation}: "${what}"`;
    requireShape(where('x'), x, undefined, n);
    requireShape(where('identifiers'), gamma, x.rows, width(identifiers));
    if (more !== undefined) requireShape(where(operation === 'vjp' ? 'yBar' : 'xDot'), more, x.rows, cols);
  };
  const requireMap = (operation: 'vjp' | 'jvp', present: boolean): void => {
    if (present) return;
    throw new InverseClaimsError('simulator-contract', {
      where: `${command}: ${operation}`,
      expected: `a program with ${operation}`,
      received: `${JSON.stringify(name)}, which has none`,
      hint: 'differences of forward can take its place',
    });
  };
  return {
    name,
    input,
    identifiers,
    output,
    ...(rowsPerCall === undefined ? {} : { rowsPerCall }),
    description,
    derivatives: vjp && jvp ? 'exact' : 'finite-differences',
    forward(x, gamma) {
      requireRows('forward', x, gamma);
      return ask('forward', [x, gamma], [m])[0] as Batch;
    },
    vjp(x, gamma) {
      requireMap('vjp', vjp);
      requireRows('vjp', x, gamma);
      const point = [copied(x), copied(gamma)];
      let y: Batch | undefined;
      const run = (yBar: Batch, cols: number): Batch => {
        const [result, xBar] = ask('vjp', [...point, yBar], [m, cols]) as [Batch, Batch];
        y ??= result;
        return xBar;
      };
      return {
        get y() {
          if (y === undefined) run(batch(x.rows, 0), 0);
          return y as Batch;
        },
        pullback(yBar) {
          requireRows('vjp', x, gamma, yBar, m);
          return run(yBar, n);
        },
      };
    },
    jvp(x, gamma, xDot) {
      requireMap('jvp', jvp);
      requireRows('jvp', x, gamma, xDot, n);
      return ask('jvp', [x, gamma, xDot], [m])[0] as Batch;
    },
    close: ask.close,
    [Symbol.dispose]: ask.close,
  };
}

const copied = ({ rows, cols, data }: Batch): Batch => ({ rows, cols, data: data.slice() });

function requireFolder(cwd: string): void {
  if (statSync(cwd, { throwIfNoEntry: false })?.isDirectory() === true) return;
  throw new InverseClaimsError('missing-file', {
    where: 'commandSimulator: "cwd"',
    expected: 'a folder',
    received: `no folder ${cwd}`,
  });
}

/** The description of a program that was started; else ends it and throws. */
function started(command: string, thread: ProgramThread, seconds: number): ProgramDescription {
  const first = thread.receive(seconds);
  try {
    if (first?.kind === 'started') return readHandshake(command, first.line);
    throw first?.kind === 'failed' ? new InverseClaimsError(first.code, first.details) : noThread(command, seconds);
  } catch (error) {
    thread.end();
    throw error;
  }
}

function noThread(where: string, seconds: number): InverseClaimsError {
  return new InverseClaimsError('worker-failed', {
    where,
    expected: `a message of the thread that speaks with the program within ${seconds} s`,
    received: 'none',
  });
}

interface Asking {
  (operation: Operation, arrays: readonly Batch[], cols: readonly number[]): readonly Batch[];
  close(): void;
}

/** Asks for arrays with the given columns, and remembers the first failure for good. */
function asking(command: string, thread: ProgramThread, seconds: number): Asking {
  let id = 0;
  let failure: { readonly code: ErrorCode; readonly details: ErrorDetails } | undefined;
  const giveUp = (code: ErrorCode, details: ErrorDetails): never => {
    failure = { code, details };
    thread.end();
    throw new InverseClaimsError(code, details);
  };
  const ask = (operation: Operation, arrays: readonly Batch[], cols: readonly number[]): readonly Batch[] => {
    if (failure !== undefined) throw new InverseClaimsError(failure.code, failure.details);
    const rows = arrays[0]?.rows ?? 0;
    const shapes = cols.map((each): Shape => ({ rows, cols: each }));
    if (rows === 0) return shapes.map((shape) => batch(0, shape.cols));
    const where = `${command}: ${operation} of ${rows} ${rows === 1 ? 'row' : 'rows'}`;
    for (const sizes of [arrays, shapes]) requireSize(where, frameBytes({ shapes: sizes, textBytes: 0 }));
    id = (id + 1) % 2 ** 32;
    thread.send({ kind: 'call', operation, id, rows, shapes, frame: encodeFrame({ operation, id, arrays, text: '' }) });
    const answer: FromThread | undefined = thread.receive(seconds);
    if (answer?.kind === 'answer') return answer.arrays;
    if (answer?.kind === 'failed') return giveUp(answer.code, answer.details);
    if (answer?.kind !== 'error') return giveUp('worker-failed', noThread(where, seconds).details);
    throw new InverseClaimsError('objective-failed', {
      where,
      expected: 'an answer',
      received: `the error ${JSON.stringify(answer.text)}`,
    });
  };
  const close = (): void => {
    if (failure !== undefined) return;
    failure = {
      code: 'program-failed',
      details: { where: command, expected: 'calls before close()', received: 'one after it' },
    };
    thread.send({ kind: 'close' });
    thread.receive(GRACE);
    thread.end();
  };
  return Object.assign(ask, { close });
}

function requireSize(where: string, bytes: number): void {
  requireNumber(`${where}: bytes of a frame`, bytes, { maximum: LARGEST_FRAME });
}
