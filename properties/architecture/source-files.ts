import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface SourceFile {
  /** From the root of the repository, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** What the build writes, from sources that are read here themselves and from packages whose habits are their own. */
const GENERATED = /(^|\/)generated\//;

/** TypeScript files that people write in the named folders, tests left out, sorted by path. A folder that is absent holds none. */
export function sourceFiles(root: string, folders: readonly string[]): readonly SourceFile[] {
  return folders
    .filter((folder) => existsSync(path.join(root, folder)))
    .flatMap((folder) =>
      (readdirSync(path.join(root, folder), { recursive: true }) as string[]).map((file) =>
        path.posix.join(folder, ...file.split(path.sep)),
      ),
    )
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !GENERATED.test(file))
    .sort()
    .map((file) => ({ path: file, text: readFileSync(path.join(root, file), 'utf8') }));
}

export const MOST_LINES = 300;

/** Files longer than MOST_LINES, with their length. */
export function tooLong(files: readonly SourceFile[]): readonly string[] {
  return files
    .map((file) => ({ file, lines: file.text.replace(/\n$/, '').split('\n').length }))
    .filter(({ lines }) => lines > MOST_LINES)
    .map(({ file, lines }) => `${file.path}: ${lines} lines`);
}

/** Files and folders named after nothing in particular: a name must say which idea is inside. */
export function vaguelyNamed(files: readonly SourceFile[]): readonly string[] {
  const vague = /(^|[-/])(utils?|helpers?|common|misc|types)(\/|\.ts$)/;
  return files.map((file) => file.path).filter((file) => vague.test(file));
}

/** Lines that take randomness or time from outside; `core/random.ts` and the command line alone may. */
export function unseeded(files: readonly SourceFile[]): readonly string[] {
  const words = /Math\.random|Date\.now|new Date\(/;
  const exempt = /^src\/(core\/random\.ts|cli\.ts|commands\/)/;
  return files
    .filter((file) => !exempt.test(file.path))
    .flatMap((file) =>
      file.text
        .split('\n')
        .map((line, index) => ({ line, where: `${file.path}:${index + 1}` }))
        .filter(({ line }) => words.test(line))
        .map(({ line, where }) => `${where}: ${line.trim()}`),
    );
}
