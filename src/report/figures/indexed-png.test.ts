import { describe, expect, it } from 'vitest';
import { readPng } from '../testing/read-png.ts';
import { indexedPng } from './indexed-png.ts';

describe('indexedPng', () => {
  it('writes what another reader reads, from the top left on', () => {
    const colors = [
      [0, 0, 0],
      [255, 128, 1],
      [7, 8, 9],
    ] as const;
    const png = indexedPng({ width: 3, height: 2, pixels: Uint8Array.of(0, 1, 2, 2, 1, 1), colors });
    const [black, orange, dark] = colors;
    expect(readPng(png)).toEqual([
      [black, orange, dark],
      [dark, orange, orange],
    ]);
  });

  it.each([
    [257, 254], // 65 532 bytes with the filters: one block
    [254, 257], // 65 535 bytes: a block to the last byte
    [256, 256], // 65 792 bytes: two blocks
  ])('holds %s × %s pixels', (width, height) => {
    const pixels = Uint8Array.from({ length: width * height }, (_, k) => (k * k) % 251);
    const colors = Array.from({ length: 256 }, (_, level) => [level, 255 - level, 0] as const);
    const read = readPng(indexedPng({ width, height, pixels, colors })).flat();
    expect(read.every(([red], k) => red === pixels[k])).toBe(true);
    expect(read).toHaveLength(width * height);
  });
});
