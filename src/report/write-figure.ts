import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InverseClaimsError } from '../core/errors.ts';
import type { Figure } from '../core/figure.ts';
import { fileName } from './escape.ts';
import { figureCsv } from './figures/figure-csv.ts';
import { figureSvg } from './figures/figure-svg.ts';
import { unwritable } from './unwritable.ts';

/**
 * Writes one figure as SVG and CSV, named after its id, and returns both paths. Files appear whole or not at all.
 *
 * Throws `unwritable` where that fails, and where a file of that name is there that is no such figure: it is kept.
 */
export async function writeFigure(figure: Figure, directory: string): Promise<readonly string[]> {
  const base = join(directory, `figure-${fileName(figure.id)}`);
  const files: readonly (readonly [string, string])[] = [
    [`${base}.svg`, await figureSvg(figure)],
    [`${base}.csv`, figureCsv(figure)],
  ];
  for (const [path, content] of files) await requireOurs(path, content);
  await mkdir(directory, { recursive: true }).catch((error: unknown) => {
    throw unwritable(directory, error);
  });
  for (const [path, content] of files) await replace(path, content);
  return files.map(([path]) => path);
}

/** A file that begins like the one to be written, up to the first number, is an earlier one of ours. */
async function requireOurs(path: string, content: string): Promise<void> {
  const known = await readFile(path, 'utf8').catch(() => undefined);
  const beginning = content.slice(0, content.search(/\d\d|\n/));
  if (known === undefined || known.startsWith(beginning)) return;
  throw new InverseClaimsError('unwritable', {
    where: path,
    expected: 'no file of that name, or an earlier version of the figure',
    received: 'another file',
    hint: 'choose another --out, or move the file away',
  });
}

async function replace(path: string, content: string): Promise<void> {
  const partial = `${path}.${randomUUID()}.partial`;
  try {
    await writeFile(partial, content);
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw unwritable(path, error);
  }
}
