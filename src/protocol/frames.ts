import { endianness } from 'node:os';
import type { Batch } from '../core/batch.ts';
import { InverseClaimsError } from '../core/errors.ts';

/** What a frame asks for or answers; its code in the header is its place here, from 1. */
export const OPERATIONS = ['forward', 'vjp', 'jvp', 'error', 'quit'] as const;
export type Operation = (typeof OPERATIONS)[number];

/** One message of the protocol: see PROTOCOL.md. */
export interface Frame {
  readonly operation: Operation;
  /** Integer in [0, 2^32): the answer carries that of its request. */
  readonly id: number;
  readonly arrays: readonly Batch[];
  /** What went wrong, in frames `error`; else empty. */
  readonly text: string;
}

/** Rows and columns of an array. */
export type Shape = Pick<Batch, 'rows' | 'cols'>;

/** All of a frame but its numbers and its text. */
export interface FrameHead {
  readonly operation: Operation;
  readonly id: number;
  readonly shapes: readonly Shape[];
  readonly textBytes: number;
}

/** "ICF1" */
const MAGIC = Uint8Array.of(0x49, 0x43, 0x46, 0x31);
const FIXED_BYTES = 16;
const SHAPE_BYTES = 8;
const NUMBER_BYTES = 8;
const MOST_ARRAYS = 8;
const BIG_ENDIAN = endianness() === 'BE';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Bytes of a frame with such a head, head included. */
export function frameBytes({ shapes, textBytes }: Pick<FrameHead, 'shapes' | 'textBytes'>): number {
  const numbers = shapes.reduce((sum, { rows, cols }) => sum + rows * cols, 0);
  return FIXED_BYTES + SHAPE_BYTES * shapes.length + NUMBER_BYTES * numbers + textBytes;
}

/**
 * The bytes of a frame; every float64 travels bit for bit, NaN with its payload too.
 *
 * @example
 * import { batchOfRows } from '../core/batch.ts';
 * encodeFrame({ operation: 'forward', id: 1, arrays: [batchOfRows([[0.5, 2]])], text: '' }).length; // => 40
 */
export function encodeFrame({ operation, id, arrays, text }: Frame): Uint8Array<ArrayBuffer> {
  const words = encoder.encode(text);
  const bytes = new Uint8Array(frameBytes({ shapes: arrays, textBytes: words.length }));
  const view = new DataView(bytes.buffer);
  bytes.set(MAGIC);
  view.setUint16(4, OPERATIONS.indexOf(operation) + 1, true);
  view.setUint16(6, arrays.length, true);
  view.setUint32(8, id, true);
  view.setUint32(12, words.length, true);
  let at = FIXED_BYTES;
  for (const { rows, cols } of arrays) {
    view.setUint32(at, rows, true);
    view.setUint32(at + 4, cols, true);
    at += SHAPE_BYTES;
  }
  for (const { data } of arrays) {
    const numbers = bytes.subarray(at, at + data.byteLength);
    numbers.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    if (BIG_ENDIAN) Buffer.from(numbers.buffer, numbers.byteOffset, numbers.length).swap64();
    at += data.byteLength;
  }
  bytes.set(words, at);
  return bytes;
}

/** Takes a stream of bytes apart into frames, wherever the pieces are cut. */
export interface FrameReader {
  /** The frames that end in this piece. */
  push(piece: Uint8Array): readonly Frame[];
  /** Whether the bytes so far end inside a frame. */
  readonly inside: boolean;
}

/** The bytes of one part of a frame, as they come. */
interface Filling {
  readonly bytes: Uint8Array<ArrayBuffer>;
  filled: number;
}

const filling = (length: number): Filling => ({ bytes: new Uint8Array(length), filled: 0 });

/**
 * A reader of frames.
 *
 * `push` throws `simulator-contract` for bytes that begin no frame, where the first of them differs from the magic, and
 * for heads that make no sense; nothing can be read after that.
 *
 * @param accept  looks at every head before room is made for what it announces; throws what is wrong with it
 */
export function frameReader(where: string, accept: (head: FrameHead) => void): FrameReader {
  let fixed = filling(FIXED_BYTES);
  let shapes: Filling | undefined;
  let body: { readonly head: FrameHead; readonly filling: Filling } | undefined;

  const restart = (): void => {
    fixed = filling(FIXED_BYTES);
    shapes = undefined;
    body = undefined;
  };
  const partInHand = (): Filling => body?.filling ?? shapes ?? fixed;
  /** Takes the next step while a part is complete; the frame where it was the last. */
  const advance = (): Frame | undefined => {
    if (shapes === undefined) shapes = filling(SHAPE_BYTES * arrayCount(where, fixed.bytes));
    if (shapes.filled < shapes.bytes.length) return undefined;
    if (body === undefined) {
      const head = readHead(where, fixed.bytes, shapes.bytes);
      accept(head);
      body = { head, filling: filling(frameBytes(head) - FIXED_BYTES - shapes.bytes.length) };
    }
    if (body.filling.filled < body.filling.bytes.length) return undefined;
    const frame = frameOf(body.head, body.filling.bytes);
    restart();
    return frame;
  };

  return {
    get inside() {
      return fixed.filled > 0;
    },
    push(piece) {
      const frames: Frame[] = [];
      for (let at = 0; at < piece.length; ) {
        const part = partInHand();
        const taken = Math.min(piece.length - at, part.bytes.length - part.filled);
        part.bytes.set(piece.subarray(at, at + taken), part.filled);
        if (part === fixed) requireMagic(where, fixed.bytes, part.filled + taken, piece.subarray(at));
        part.filled += taken;
        at += taken;
        if (part.filled < part.bytes.length) break;
        const frame = advance();
        if (frame !== undefined) frames.push(frame);
      }
      return frames;
    },
  };
}

function requireMagic(where: string, bytes: Uint8Array, known: number, rest: Uint8Array): void {
  const compared = Math.min(known, MAGIC.length);
  if (MAGIC.every((byte, i) => i >= compared || bytes[i] === byte)) return;
  const found = rest.length >= known ? rest : bytes.subarray(0, known);
  throw new InverseClaimsError('simulator-contract', {
    where,
    expected: 'a frame on standard output, which begins with the bytes "ICF1"',
    received: shownBytes(found),
    ...(found.subarray(0, SHOWN_BYTES).every(isTextByte) ? { hint: PRINTS } : {}),
  });
}

/** What to do where a program writes text to its standard output. */
export const PRINTS =
  'does the program print? Its standard output is for frames alone; what people shall read belongs on standard error';

const SHOWN_BYTES = 60;

/** Whether a byte stands for something that people can read. */
function isTextByte(byte: number): boolean {
  return (byte >= 32 && byte < 127) || byte === 9 || byte === 10 || byte === 13;
}

/** Text of fewer bytes may be chance. */
const SHORTEST_TEXT = 4;

/** The first bytes, as text as far as they are text, else in hexadecimal. */
export function shownBytes(bytes: Uint8Array): string {
  const first = bytes.subarray(0, SHOWN_BYTES);
  const end = first.findIndex((byte) => !isTextByte(byte));
  const words = end < 0 ? first : first.subarray(0, end);
  const more = bytes.length > words.length ? ' …' : '';
  if (words.length >= Math.min(SHORTEST_TEXT, first.length))
    return `the text ${JSON.stringify(decoder.decode(words))}${more}`;
  return `the bytes ${Buffer.from(first.subarray(0, 16)).toString('hex')}${bytes.length > 16 ? ' …' : ''}`;
}

function arrayCount(where: string, fixed: Uint8Array<ArrayBuffer>): number {
  const count = new DataView(fixed.buffer).getUint16(6, true);
  if (count <= MOST_ARRAYS) return count;
  throw new InverseClaimsError('simulator-contract', {
    where,
    expected: `a frame of at most ${MOST_ARRAYS} arrays`,
    received: `one of ${count}`,
  });
}

function readHead(where: string, fixed: Uint8Array<ArrayBuffer>, shapes: Uint8Array<ArrayBuffer>): FrameHead {
  const view = new DataView(fixed.buffer);
  const code = view.getUint16(4, true);
  const operation = OPERATIONS[code - 1];
  if (operation === undefined) {
    throw new InverseClaimsError('simulator-contract', {
      where,
      expected: `an operation from 1 to ${OPERATIONS.length}`,
      received: String(code),
    });
  }
  const pairs = new DataView(shapes.buffer);
  return {
    operation,
    id: view.getUint32(8, true),
    textBytes: view.getUint32(12, true),
    shapes: Array.from({ length: shapes.length / SHAPE_BYTES }, (_, k) => ({
      rows: pairs.getUint32(SHAPE_BYTES * k, true),
      cols: pairs.getUint32(SHAPE_BYTES * k + 4, true),
    })),
  };
}

/** The arrays are views of one buffer. */
function frameOf({ operation, id, shapes, textBytes }: FrameHead, body: Uint8Array<ArrayBuffer>): Frame {
  const numbers = body.length - textBytes;
  if (BIG_ENDIAN) Buffer.from(body.buffer, 0, numbers).swap64();
  let at = 0;
  const arrays = shapes.map(({ rows, cols }): Batch => {
    const data = new Float64Array(body.buffer, at, rows * cols);
    at += data.byteLength;
    return { rows, cols, data };
  });
  return { operation, id, arrays, text: decoder.decode(body.subarray(numbers)) };
}
