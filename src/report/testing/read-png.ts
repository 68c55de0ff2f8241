import { inflateSync } from 'node:zlib';

/** A PNG with a palette as colors: rows from the top, a color per pixel. Throws where it is no such file. */
export function readPng(file: Uint8Array): readonly (readonly (readonly number[])[])[] {
  const chunks = chunksOf(Buffer.from(file));
  const [size, palette, data] = ['IHDR', 'PLTE', 'IDAT'].map((kind) => chunks.get(kind) ?? Buffer.alloc(0)) as [
    Buffer,
    Buffer,
    Buffer,
  ];
  const [width, height] = [size.readUInt32BE(0), size.readUInt32BE(4)];
  if (size.subarray(8).toString('hex') !== '0803000000') throw new Error('not 8 bits of palette');
  const lines = inflateSync(data);
  if (lines.length !== height * (width + 1)) throw new Error(`${lines.length} bytes of pixels`);
  return Array.from({ length: height }, (_, j) => {
    const line = lines.subarray(j * (width + 1), (j + 1) * (width + 1));
    if (line[0] !== 0) throw new Error('a filter');
    return Array.from(line.subarray(1), (index) => [...palette.subarray(3 * index, 3 * index + 3)]);
  });
}

/** The pictures in an SVG, in order, with what is written about them. */
export function picturesOf(svg: string) {
  return [...svg.matchAll(/<image [^>]*>/g)].map(([element]) => {
    const attribute = (name: string) => new RegExp(` ${name}="([^"]*)"`).exec(element)?.[1] ?? '';
    const [kind, base64 = ''] = attribute('href').split(',');
    if (kind !== 'data:image/png;base64') throw new Error(`a picture of another kind: ${kind}`);
    return { attribute, pixels: readPng(Buffer.from(base64, 'base64')) };
  });
}

function chunksOf(file: Buffer): ReadonlyMap<string, Buffer> {
  if (file.subarray(0, 8).toString('latin1') !== '\x89PNG\r\n\x1a\n') throw new Error('not a PNG');
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at);
    const body = file.subarray(at + 4, at + 8 + length);
    if (file.readUInt32BE(at + 8 + length) !== checksum(body)) throw new Error('a wrong checksum');
    chunks.set(body.subarray(0, 4).toString('latin1'), body.subarray(4));
    at += length + 12;
  }
  return chunks;
}

/** The checksum of the PNG specification, bit by bit. */
function checksum(data: Buffer): number {
  let register = 0xffffffff;
  for (const byte of data) {
    register ^= byte;
    for (let bit = 0; bit < 8; bit++) register = (register >>> 1) ^ (register & 1 ? 0xedb88320 : 0);
  }
  return ~register >>> 0;
}
