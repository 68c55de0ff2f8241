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
 * the pictures here are small. Runs in browsers and on Node.js.
 *
 * W3C, Portable Network Graphics (2nd ed.); RFC 1950 and 1951.
 */
export function indexedPng({ width, height, pixels, colors }: IndexedPicture): Uint8Array {
  const size = Uint8Array.of(...bigEndian(width), ...bigEndian(height), 8, 3, 0, 0, 0); // bits per pixel, kind: indices of colors
  const lines = new Uint8Array(height * (width + 1)); // each begins with its filter, 0: none
  for (let j = 0; j < height; j++) lines.set(pixels.subarray(j * width, (j + 1) * width), j * (width + 1) + 1);
  return joined([
    SIGNATURE,
    chunk('IHDR', size),
    chunk('PLTE', Uint8Array.from(colors.flat())),
    chunk('IDAT', stored(lines)),
    chunk('IEND', new Uint8Array(0)),
  ]);
}

/** Length, kind, data, checksum. */
function chunk(kind: string, data: Uint8Array): Uint8Array {
  const named = joined([Uint8Array.from(kind, (letter) => letter.charCodeAt(0)), data]);
  return joined([bigEndian(data.length), named, bigEndian(crc32(named))]);
}

/** A zlib stream of stored blocks. */
function stored(data: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [Uint8Array.of(0x78, 0x01)];
  for (let first = 0; first < data.length; first += BLOCK) {
    const block = data.subarray(first, first + BLOCK);
    const last = first + BLOCK >= data.length ? 1 : 0;
    const { length } = block;
    const rest = BLOCK - length;
    parts.push(Uint8Array.of(last, length & 0xff, length >>> 8, rest & 0xff, rest >>> 8), block);
  }
  return joined([...parts, bigEndian(adler32(data))]);
}

function bigEndian(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const result = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}

/** Remainders of every byte by the polynomial of the PNG specification, annex D. */
const REMAINDERS = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

function crc32(data: Uint8Array): number {
  let register = 0xffffffff;
  for (const byte of data) register = (REMAINDERS[(register ^ byte) & 0xff] as number) ^ (register >>> 8);
  return ~register >>> 0;
}

function adler32(data: Uint8Array): number {
  let [a, b] = [1, 0];
  for (const byte of data) {
    a = (a + byte) % 65_521;
    b = (b + a) % 65_521;
  }
  return b * 65_536 + a;
}
