import { killSource, killSources } from '../claims/kill-catalogue.ts';
import { falseAlarms, type KillMatrix, type KillRow, survivors } from '../core/kill-matrix.ts';

/** `kills [matrix …]`: wrong versions against the checks; exit code 1 where one survives, or a right one is refuted. */
export function kills(
  names: readonly string[],
  seed: number,
  json: boolean,
): { readonly text: string; readonly code: 0 | 1 } {
  const sources = names.length === 0 ? killSources : names.map(killSource);
  const matrices = sources.map((source) => source.compute(seed));
  const faulty = matrices.some((matrix) => survivors(matrix).length + falseAlarms(matrix).length > 0);
  const text = json ? JSON.stringify(matrices) : matrices.map(matrixText).join('\n\n');
  return { text, code: faulty ? 1 : 0 };
}

/** The matrix as plain text: checks are numbered columns, a number is the case that refuted, a dot a survival. */
export function matrixText(matrix: KillMatrix): string {
  const { id, title, checks, correct, mutants } = matrix;
  const width = Math.max(...[...correct, ...mutants].map(({ name }) => name.length));
  const line = ({ name, killedAt }: KillRow): string =>
    `  ${name.padEnd(width)} ${killedAt.map((at) => String(at ?? '·').padStart(4)).join(' ')}`;
  const head = `  ${''.padEnd(width)} ${checks.map((_, k) => String(k + 1).padStart(4)).join(' ')}`;
  const legend = checks.map(({ name, what }, k) => `  ${String(k + 1).padStart(3)}  ${name}: ${what}`);
  const open = survivors(matrix);
  const alarms = falseAlarms(matrix);
  const verdict = [
    open.length === 0 ? `All ${mutants.length} wrong versions are refuted.` : `Survived: ${open.join(', ')}.`,
    ...(alarms.length === 0 ? [] : [`Refuted though right: ${alarms.join(', ')}.`]),
  ].join(' ');
  return [`${id}  ${title}`, '', ...legend, '', head, ...correct.map(line), ...mutants.map(line), '', verdict].join(
    '\n',
  );
}
