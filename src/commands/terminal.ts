/** A stream that text goes to; with a width where it is a terminal. */
export interface TextStream {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/** Where a command writes: results on `stdout`, progress and errors on `stderr`. `process` is one. */
export interface Terminal {
  readonly stdout: TextStream;
  readonly stderr: TextStream;
}
