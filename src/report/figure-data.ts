import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { printable } from './escape.ts';
import type { PageFigure } from './page-data.ts';

/**
 * The figures as text for a data block, deflated (RFC 1951) and in Base64: a third of the JSON text, and no character in
 * it ends the block. The page inflates it; `readFigureData` does the same here.
 */
export function figureData(figures: Readonly<Record<string, PageFigure>>): string {
  return deflateRawSync(printable(JSON.stringify(figures)), { level: 9 }).toString('base64');
}

/** The figures in a data block. */
export function readFigureData(text: string): Readonly<Record<string, PageFigure>> {
  return JSON.parse(inflateRawSync(Buffer.from(text, 'base64')).toString('utf8')) as Record<string, PageFigure>;
}
