import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Batch, batch } from '../core/batch.ts';
import { encodeFrame, type Frame, frameReader, OPERATIONS } from './frames.ts';

/** Any 64 bits: signed zeros, subnormal numbers, infinities and every NaN with its payload. */
const anyBits = fc.oneof(
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  fc.constantFrom(
    0n,
    1n,
    0x8000_0000_0000_0000n,
    0x8000_0000_0000_0001n,
    0x000f_ffff_ffff_ffffn,
    0x7ff0_0000_0000_0000n,
    0xfff0_0000_0000_0000n,
    0x7ff8_0000_0000_0000n,
    0x7ff0_0000_0000_0001n,
    0xffff_ffff_ffff_ffffn,
  ),
);

function batches(): fc.Arbitrary<Batch> {
  return fc
    .tuple(fc.nat(4), fc.nat(4))
    .chain(([rows, cols]) =>
      fc
        .array(anyBits, { minLength: rows * cols, maxLength: rows * cols })
        .map((bits) => batch(rows, cols, new Float64Array(BigUint64Array.from(bits).buffer))),
    );
}

function frames(): fc.Arbitrary<Frame> {
  return fc.record({
    operation: fc.constantFrom(...OPERATIONS),
    id: fc.nat(2 ** 32 - 1),
    arrays: fc.array(batches(), { maxLength: 3 }),
    text: fc.string({ unit: 'grapheme', maxLength: 20 }),
  });
}

/** A frame with the bits of its numbers in place of the numbers: NaN with one payload is not NaN with another. */
function bitsOf({ arrays, ...rest }: Frame): object {
  const bits = arrays.map(({ rows, cols, data }) => ({
    rows,
    cols,
    bits: [...new BigUint64Array(data.slice().buffer)],
  }));
  return { ...rest, arrays: bits };
}

const reader = () => frameReader('test', () => undefined);

describe('frames', () => {
  it('come back bit for bit, wherever the stream is cut', () => {
    fc.assert(
      fc.property(fc.array(frames(), { minLength: 1, maxLength: 4 }), fc.array(fc.nat()), (sent, cuts) => {
        const stream = Buffer.concat(sent.map(encodeFrame));
        const ends = [...cuts.map((cut) => cut % (stream.length + 1)), stream.length].sort((a, b) => a - b);
        const { push } = reader();
        const received = ends.flatMap((end, k) => push(stream.subarray(ends[k - 1] ?? 0, end)));
        expect(received.map(bitsOf)).toEqual(sent.map(bitsOf));
      }),
      { numRuns: 500, seed: 1 },
    );
  });

  it('come back byte by byte, and the reader knows whether it is inside one', () => {
    const sent: Frame = { operation: 'vjp', id: 7, arrays: [batch(2, 1), batch(2, 0)], text: 'é' };
    const bytes = encodeFrame(sent);
    const read = reader();
    for (let i = 0; i < bytes.length - 1; i++) {
      expect(read.push(bytes.subarray(i, i + 1))).toEqual([]);
      expect(read.inside).toBe(true);
    }
    expect(read.push(bytes.subarray(-1)).map(bitsOf)).toEqual([bitsOf(sent)]);
    expect(read.inside).toBe(false);
  });

  it('are little-endian, head first', () => {
    const bytes = encodeFrame({
      operation: 'jvp',
      id: 0x01020304,
      arrays: [batch(1, 1, Float64Array.of(1))],
      text: '',
    });
    expect(Buffer.from(bytes).toString('hex')).toBe(
      ['49434631', '0300', '0100', '04030201', '00000000', '01000000', '01000000', '000000000000f03f'].join(''),
    );
  });

  it('may be views into longer arrays', () => {
    const long = Float64Array.of(1, 2, 3, 4);
    const part = batch(1, 2, long.subarray(1, 3));
    const [frame] = reader().push(encodeFrame({ operation: 'forward', id: 0, arrays: [part], text: '' }));
    expect([...(frame?.arrays[0]?.data ?? [])]).toEqual([2, 3]);
  });

  const errorOf = (bytes: Uint8Array): unknown => {
    try {
      return reader().push(bytes);
    } catch (error) {
      return error;
    }
  };
  const changed = (at: number, value: number): Uint8Array => {
    const bytes = encodeFrame({ operation: 'forward', id: 0, arrays: [batch(1, 1)], text: '' });
    bytes[at] = value;
    return bytes;
  };

  it.each([
    ['text', Buffer.from('step 1 of 10\n'), /the text "step 1 of 10\\n".*does the program print/],
    ['text that begins like a frame', Buffer.from('ICE\n'), /the text "ICE\\n"/],
    ['one wrong byte', Buffer.from([0]), /the bytes 00/],
    ['an unknown operation', changed(4, 9), /an operation from 1 to 5, received 9/],
    ['too many arrays', changed(7, 1), /at most 8 arrays, received one of 257/],
  ])('refuse %s', (_, bytes, message) => {
    expect(errorOf(bytes)).toMatchObject({ code: 'simulator-contract', message: expect.stringMatching(message) });
  });

  it('show their head before room is made for what it announces', () => {
    const bytes = changed(19, 0x7f);
    const refuse = frameReader('test', ({ shapes }) => {
      throw new Error(`${shapes[0]?.rows} rows`);
    });
    expect(() => refuse.push(bytes)).toThrow(`${0x7f000001} rows`);
  });
});
