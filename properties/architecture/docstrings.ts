import type { SourceFile } from './source-files.ts';

/** TypeScript statements with results written behind them: `norm(Float64Array.of(3, 4)); // => 5`. */
export interface Example {
  /** File and line of the first statement. */
  readonly where: string;
  readonly source: string;
}

/** A docstring opens a line: where a string holds a glob, its slash and two stars open none. */
const DOCSTRING = /^[ \t]*\/\*\*[\s\S]*?\*\//gm;

/** The `@example` blocks in the docstrings of a file: from the tag to the next tag or to the end. */
export function examplesIn({ path, text }: SourceFile): readonly Example[] {
  return [...text.matchAll(DOCSTRING)].flatMap((docstring) => {
    const firstLine = text.slice(0, docstring.index).split('\n').length;
    const lines = docstring[0]
      .split('\n')
      .map((line) => line.replace(/^\s*(\/\*\*|\*\/|\*) ?/, '').replace(/\s*\*\/$/, ''));
    return lines.flatMap((line, opening) => {
      if (!line.startsWith('@example')) return [];
      const length = lines.slice(opening + 1).findIndex((next) => next.startsWith('@'));
      const body = lines.slice(opening + 1, length < 0 ? lines.length : opening + 1 + length);
      const source = [line.slice('@example'.length), ...body].join('\n').trim();
      return [{ where: `${path}:${firstLine + opening + 1}`, source }];
    });
  });
}

/** How many results the comments of a file promise, wherever they stand and whatever the tag: none may get lost. */
export function promisedResults({ text }: SourceFile): number {
  return text.split('\n').filter((line) => /^\s*(\/\*)?\*[^`]*\/\/ =>/.test(line)).length;
}
