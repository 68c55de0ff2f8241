import type { MessagePort } from 'node:worker_threads';
import type { Batch } from '../core/batch.ts';
import type { ErrorCode, ErrorDetails } from '../core/errors.ts';
import type { Operation, Shape } from './frames.ts';

/** What the thread is started with. */
export interface ThreadData {
  readonly command: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Seconds from the start to the first line. */
  readonly startLimit: number;
  /** Seconds of every call. */
  readonly timeLimit: number;
  readonly port: MessagePort;
  /** One Int32: how many messages the thread has sent; waited on. */
  readonly sent: SharedArrayBuffer;
}

/** To the thread. */
export type ToThread =
  | {
      readonly kind: 'call';
      readonly operation: Operation;
      readonly id: number;
      readonly rows: number;
      readonly frame: Uint8Array<ArrayBuffer>;
      /** Of the arrays of the answer. */
      readonly shapes: readonly Shape[];
    }
  | { readonly kind: 'close' };

/** From the thread. */
export type FromThread =
  /** The first line of the program. */
  | { readonly kind: 'started'; readonly line: string }
  | { readonly kind: 'answer'; readonly arrays: readonly Batch[] }
  /** The program answered that it cannot; it can be asked again. */
  | { readonly kind: 'error'; readonly text: string }
  /** The program is ended, and stays so. */
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly details: ErrorDetails }
  | { readonly kind: 'closed' };
