import { type ErrorCode, type ErrorDetails, InverseClaimsError } from '../core/errors.ts';
import {
  encodeFrame,
  type Frame,
  type FrameHead,
  frameBytes,
  frameReader,
  PRINTS,
  type Shape,
  shownBytes,
} from './frames.ts';
import type { FromThread, ThreadData, ToThread } from './messages.ts';
import { type Ending, startProgram } from './program.ts';

type Call = Extract<ToThread, { kind: 'call' }>;

/** The largest frame, in bytes: 2^30. */
export const LARGEST_FRAME = 2 ** 30;
const LONGEST_LINE = 2 ** 20;
const LONGEST_ERROR_TEXT = 2 ** 16;

/** Milliseconds in which a program whose pipes are closed, or that was told to quit, may end by itself. */
const MOMENT = 1000;

const NEWLINE = 10;

/**
 * Starts a program and speaks with it: its first line, then one answer for every call, in time and of the announced shapes.
 * Whatever else happens ends the program, and every later call is told the same reason.
 *
 * @param send  gets `started` or `failed` once, then one message for every message given
 * @returns takes the messages
 */
export function converse(
  data: Pick<ThreadData, 'command' | 'cwd' | 'env' | 'startLimit' | 'timeLimit'>,
  send: (message: FromThread) => void,
): (message: ToThread) => void {
  const { command } = data;
  let state: 'starting' | 'idle' | 'calling' | 'closing' | 'over' = 'starting';
  let failure: Extract<FromThread, { kind: 'failed' }> | undefined;
  let call: Call | undefined;
  let line = Buffer.alloc(0);

  /** What the program is at, as its user knows it. */
  const where = (): string => {
    if (state === 'starting') return `${command}: start`;
    if (call === undefined) return `${command}: before the first call`;
    const what = `${call.operation} of ${call.rows} ${call.rows === 1 ? 'row' : 'rows'}`;
    return `${command}: ${state === 'calling' ? '' : 'after '}${what}`;
  };
  const awaited = (): string => (state === 'starting' ? 'a line that describes the simulator' : 'an answer');

  const fail = (code: ErrorCode, details: ErrorDetails): void => {
    if (state === 'over') return;
    const heard = state === 'starting' || state === 'calling';
    const closing = state === 'closing';
    state = 'over';
    clearTimeout(timer);
    program.kill();
    failure = { kind: 'failed', code, details };
    if (closing) send({ kind: 'closed' });
    else if (heard) send(failure);
  };
  const failWith = (received: string, hint?: string, expected = awaited()): void =>
    fail('program-failed', { where: where(), expected, received, ...(hint === undefined ? {} : { hint }) });

  const accept = (head: FrameHead): void => requireAnswer(where(), state === 'calling' ? call : undefined, head);
  const reader = () => frameReader(where(), accept);
  let frames = reader();

  const take = ({ operation, arrays, text }: Frame): void => {
    // A second frame may have come in the same piece: it must not become the answer to the next call.
    if (state !== 'calling') throw between(where(), operation);
    clearTimeout(timer);
    state = 'idle';
    send(operation === 'error' ? { kind: 'error', text } : { kind: 'answer', arrays });
  };
  const takeLine = (piece: Uint8Array): Uint8Array => {
    const before = line.length;
    line = Buffer.concat([line, piece]);
    const end = line.indexOf(NEWLINE, before);
    if (end < 0) {
      if (line.length > LONGEST_LINE)
        failWith(`${line.length} bytes without an end of line: ${shownBytes(line)}`, PRINTS);
      return new Uint8Array();
    }
    const rest = line.subarray(end + 1);
    clearTimeout(timer);
    state = 'idle';
    send({ kind: 'started', line: line.toString('utf8', 0, end) });
    return rest;
  };
  const output = (piece: Uint8Array): void => {
    if (state === 'over' || state === 'closing') return;
    const rest = state === 'starting' ? takeLine(piece) : piece;
    try {
      frames.push(rest).forEach(take);
    } catch (error) {
      if (!(error instanceof InverseClaimsError)) throw error;
      fail(error.code, error.details);
    }
  };
  const ended = ({ how, exitCode, lastWords }: Ending): void => {
    if (state === 'closing') {
      clearTimeout(timer);
      state = 'over';
      send({ kind: 'closed' });
      return;
    }
    const words = lastWords === '' ? '' : `; its last words on standard error: ${lastWords}`;
    const missing = exitCode === 127 && state === 'starting' ? 'is the program installed, and on the PATH?' : undefined;
    failWith(`${how}${frames.inside ? ' in the middle of an answer' : ''}${words}`, missing);
  };
  const broken = (what: string): void => {
    if (state !== 'closing' && state !== 'over') setTimeout(() => failWith(what), MOMENT).unref();
  };
  const overdue = (seconds: number): void => {
    const sofar = state === 'starting' ? line.length > 0 && shownBytes(line) : frames.inside && 'a part of it';
    const hint = state === 'starting' ? 'raise "startLimit"' : 'raise "timeLimit", or ask for fewer rows at once';
    failWith(sofar || 'nothing', hint, `${awaited()} within ${seconds} s`);
  };
  const startTimer = (seconds: number) => setTimeout(() => overdue(seconds), 1000 * seconds);

  const program = startProgram(data, { output, ended, broken });
  let timer = startTimer(data.startLimit);

  const close = (): void => {
    if (state === 'over') {
      send({ kind: 'closed' });
      return;
    }
    state = 'closing';
    clearTimeout(timer);
    program.write(encodeFrame({ operation: 'quit', id: 0, arrays: [], text: '' }));
    program.closeInput();
    timer = setTimeout(() => failWith('none', undefined, 'its end'), MOMENT);
  };
  return (message) => {
    if (message.kind === 'close') return close();
    if (failure !== undefined) return send(failure);
    call = message;
    state = 'calling';
    if (frames.inside) {
      return fail('simulator-contract', {
        where: where(),
        expected: 'nothing before the call',
        received: 'a part of a frame',
      });
    }
    frames = reader();
    timer = startTimer(data.timeLimit);
    program.write(message.frame);
  };
}

const shownShapes = (shapes: readonly Shape[]): string =>
  shapes.length === 0 ? 'no array' : shapes.map(({ rows, cols }) => `(${rows}, ${cols})`).join(', ');

function between(where: string, operation: string): InverseClaimsError {
  return new InverseClaimsError('simulator-contract', {
    where,
    expected: 'nothing on standard output between calls',
    received: `a frame ${operation}`,
  });
}

/** Throws what is wrong with the head of a frame, if it is not the answer to the call. */
function requireAnswer(where: string, call: Call | undefined, head: FrameHead): void {
  const refuse = (expected: string, received: string, code: ErrorCode = 'simulator-contract', hint?: string): never => {
    throw new InverseClaimsError(code, { where, expected, received, ...(hint === undefined ? {} : { hint }) });
  };
  const { operation, id, shapes, textBytes } = head;
  if (call === undefined) throw between(where, operation);
  if (operation !== call.operation && operation !== 'error') refuse(`an answer to ${call.operation}`, operation);
  if (id !== call.id) refuse(`the answer to request ${call.id}`, `that to request ${id}`);
  const bytes = frameBytes(head);
  if (bytes > LARGEST_FRAME) refuse(`a frame of at most ${LARGEST_FRAME} bytes`, `one of ${bytes}`);
  const isError = operation === 'error';
  if (textBytes > (isError ? LONGEST_ERROR_TEXT : 0)) {
    refuse(isError ? `a text of at most ${LONGEST_ERROR_TEXT} bytes` : 'an answer without text', `${textBytes} bytes`);
  }
  const expected = isError ? [] : call.shapes;
  if (shownShapes(shapes) !== shownShapes(expected)) {
    refuse(`arrays of shape ${shownShapes(expected)}`, shownShapes(shapes), 'shape-mismatch', shapeHint(call));
  }
}

const shapeHint = ({ rows }: Call): string => `every result has a row for each of the ${rows} rows asked for`;
