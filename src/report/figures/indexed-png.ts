import { crc32 } from 'node:zlib';

/** A picture of at most 256 colors, one byte per pixel. */
export interface IndexedPicture {
  readonly width: number;
  readonly height: number;
  /** Indices of colors from the top left on, row by row. */
  readonly pixels: Uint8Array;
  /** Red, green, blue of every color, 0 to 255. */
  readonly colors: readonly (readonly [number, number, number])[];
}

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** Most bytes that a stored block of deflate holds. */
const BLOCK = 0xffff;

/**
 * A picture as a PNG file, not compressed: compressors of different versions and processors give different bytes, and
 * the pictures here are small.
 *
 * W3C, Portable Network Graphics (2nd ed.); RFC 1950 and 1951.
 */
export function indexedPng({ width, height, pixels, colors }: IndexedPicture): Buffer {
  const size = Buffer.alloc(13);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  size.set([8, 3], 8); // bits per pixel, kind: indices of colors
  const lines = Buffer.alloc(height * (width + 1)); // each begins with its filter, 0: none
  for (let j = 0; j < height; j++) lines.set(pixels.subarray(j * width, (j + 1) * width), j * (width + 1) + 1);
  const palette = Buffer.from(colors.flat());
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', size),
    chunk('PLTE', palette),
    chunk('IDAT', stored(lines)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Length, kind, data, checksum. */
function chunk(kind: string, data: Buffer): Buffer {
  const result = Buffer.alloc(data.length + 12);
  result.writeUInt32BE(data.length, 0);
  result.write(kind, 4, 'latin1');
  result.set(data, 8);
  result.writeUInt32BE(crc32(result.subarray(4, data.length + 8)), data.length + 8);
  return result;
}

/** A zlib stream of stored blocks. */
function stored(data: Buffer): Buffer {
  const parts: Buffer[] = [Buffer.of(0x78, 0x01)];
  for (let first = 0; first < data.length; first += BLOCK) {
    const block = data.subarray(first, first + BLOCK);
    const head = Buffer.alloc(5);
    head.writeUInt8(first + BLOCK >= data.length ? 1 : 0, 0);
    head.writeUInt16LE(block.length, 1);
    head.writeUInt16LE(BLOCK - block.length, 3);
    parts.push(head, block);
  }
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(adler32(data), 0);
  return Buffer.concat([...parts, sum]);
}

function adler32(data: Buffer): number {
  let [a, b] = [1, 0];
  for (const byte of data) {
    a = (a + byte) % 65_521;
    b = (b + a) % 65_521;
  }
  return b * 65_536 + a;
}
