import type { Progress } from '../claims/engine.ts';
import type { TextStream } from './terminal.ts';

/** Shows how far a verification is: one line that rewrites itself on a terminal, nothing elsewhere. */
export interface ProgressLine {
  update(progress: Progress): void;
  show(text: string): void;
  clear(): void;
}

/**
 * A progress line on the given stream. A terminal that reports no columns counts as none:
 * rewriting a line of unknown width can print for ever.
 */
export function progressLine(terminal: TextStream): ProgressLine {
  const columns = terminal.isTTY === true ? (terminal.columns ?? 0) : 0;
  if (columns <= 0) return { update: () => undefined, show: () => undefined, clear: () => undefined };
  let shown = false;
  const show = (text: string): void => {
    shown = true;
    terminal.write(`\r${text.slice(0, columns - 1).padEnd(columns - 1)}`);
  };
  return {
    show,
    update: (progress) => show(progressText(progress)),
    clear: () => {
      if (shown) terminal.write(`\r${' '.repeat(columns - 1)}\r`);
      shown = false;
    },
  };
}

/** `4/11 claims decided, 37 jobs done, about 25 s left: wave-packet.jpo-reaches-global-minimum`. */
export function progressText(progress: Progress): string {
  const left = progress.secondsLeft === undefined ? '' : `, about ${Math.ceil(progress.secondsLeft)} s left`;
  const waiting = progress.undecided.length === 0 ? '' : `: ${progress.undecided.join(', ')}`;
  return `${progress.decided}/${progress.claims} claims judged, ${progress.jobsDone} jobs done${left}${waiting}`;
}
