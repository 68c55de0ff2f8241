import { printable } from '../report/escape.ts';

/**
 * A text that a terminal can show in one line, without control characters.
 *
 * @example
 * oneLine('a\n\u001b[31mb'); // => 'a \uFFFD[31mb'
 */
export function oneLine(text: string): string {
  return printable(text).replace(/\s+/g, ' ').trim();
}
