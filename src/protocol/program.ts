import { type ChildProcess, spawn } from 'node:child_process';
import { writeSync } from 'node:fs';
import type { Duplex } from 'node:stream';

/** A running program with everything it started. */
export interface Program {
  write(bytes: Uint8Array): void;
  /** Nothing more will be written. */
  closeInput(): void;
  /** Ends it, and its process group, at once. */
  kill(): void;
}

/** How a program ended. */
export interface Ending {
  /** `exit code 3`, `signal SIGSEGV`, or why it could not be started. */
  readonly how: string;
  readonly exitCode: number | null;
  /** The last lines it wrote to standard error. */
  readonly lastWords: string;
}

export interface ProgramEvents {
  output(piece: Uint8Array): void;
  /** Once, after the last output. */
  ended(ending: Ending): void;
  /** It runs, or ran a moment ago, and takes no more input or gives no more output. */
  broken(what: string): void;
}

/**
 * Runs a command line, and a guard beside it in the same process group. The guard reads from a pipe that this process alone
 * holds open. Where the pipe closes, by `kill` or because this process ended in whatever way, the guard ends the group; as a member of it, it keeps the number
 * of the group from being given to others.
 */
const GUARDED = '(read -r _ <&3; kill -s KILL -- "-$$") </dev/null >/dev/null 2>&1 & exec 3<&-; exec /bin/sh -c "$1"';

/** Characters of standard error that are kept, and lines of them that are shown. */
const KEPT_CHARACTERS = 2000;
const SHOWN_LINES = 8;

/** Milliseconds from the end of a program to that of its pipes, where something it started holds them open. */
const PIPES_CLOSE = 1000;

/**
 * Starts a command line in the shell of the machine. Standard error is passed on to that of this process.
 *
 * On Windows there is no guard: the program ends where its input closes, or when it is ended; what it started, does not.
 */
export function startProgram(
  { command, cwd, env }: { readonly command: string; readonly cwd: string; readonly env: NodeJS.ProcessEnv },
  events: ProgramEvents,
): Program {
  const child =
    process.platform === 'win32'
      ? spawn(command, { cwd, env, shell: true, windowsHide: true, stdio: ['pipe', 'pipe', 'pipe'] })
      : spawn('/bin/sh', ['-c', GUARDED, 'sh', command], {
          ...{ cwd, env, detached: true },
          stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
        });
  const { stdin, stdout, stderr } = child as ChildProcess & Record<'stdin' | 'stdout' | 'stderr', Duplex>;
  const guard = child.stdio[3] as Duplex | undefined;
  const kill = (): void => {
    guard?.destroy();
    child.kill('SIGKILL');
  };
  let words = '';
  let over = false;
  const end = (how: string, exitCode: number | null): void => {
    if (over) return;
    over = true;
    events.ended({ how, exitCode, lastWords: words.trim().split('\n').slice(-SHOWN_LINES).join('\n') });
  };
  const endWith = (code: number | null, signal: string | null): void =>
    end(signal === null ? `exit code ${code}` : `signal ${signal}`, code);

  guard?.on('error', () => undefined);
  stderr.on('data', (piece: Buffer) => {
    passOn(piece);
    words = (words + piece.toString()).slice(-KEPT_CHARACTERS);
  });
  stdout.on('data', (piece: Buffer) => events.output(piece));
  stdout.on('end', () => events.broken('the end of its standard output'));
  stdin.on('error', (error) => events.broken(`a closed standard input (${error.message})`));
  child.on('error', (error) => end(error.message, null));
  child.on('exit', (code, signal) => {
    guard?.destroy();
    setTimeout(() => endWith(code, signal), PIPES_CLOSE).unref();
  });
  child.on('close', endWith);
  return {
    kill,
    write: (bytes) => void stdin.write(bytes),
    closeInput: () => void stdin.end(),
  };
}

/** Straight to the descriptor: the streams of a thread need the main thread, which waits. */
function passOn(piece: Buffer): void {
  for (let at = 0; at < piece.length; ) {
    try {
      at += writeSync(2, piece, at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}
