import { escapeXml } from '../escape.ts';
import { csvLine } from './csv-line.ts';
import { LABEL_SIZE, textWidth } from './direct-labels.ts';
import { inks, lineStyle } from './palette.ts';

/** What a kill matrix is drawn from. */
export interface KillDrawing {
  readonly title: string;
  readonly caption: string;
  /** Names of the checks, one column each. */
  readonly checks: readonly string[];
  readonly rows: readonly {
    readonly name: string;
    /** A right version, which must survive. */
    readonly isRight: boolean;
    /** Per check the number of the case that refuted this version, from 1; null where it survived. */
    readonly killedAt: readonly (number | null)[];
  }[];
}

const GAP = 24;
const ROW = 17;
const HEAD = 22;
const CELL = 30;
/** A check that needed this many cases is as pale as cells get. */
const PALEST = 1000;

/**
 * A kill matrix as a standalone SVG on white: a row per version of the code, a column per check, the number of the case
 * that refuted the version, the darker the earlier; a dot where it survived. Versions that are not as they must be, wrong
 * ones that survive all checks or right ones that are refuted, are marked. Below, what the columns are.
 */
export function killSvg({ title, caption, checks, rows }: KillDrawing): string {
  const { ink, muted, back } = inks('paper');
  const names = rows.map(({ name, isRight }) => (isRight ? `${name} (right)` : name));
  const left = GAP + Math.ceil(Math.max(0, ...names.map(textWidth))) + 8;
  const legend = checks.map((name, k) => `${k + 1}  ${name}`);
  const top = GAP + HEAD;
  const bottom = top + rows.length * ROW + 16;
  const width = GAP + Math.ceil(Math.max(left - GAP + checks.length * CELL, ...legend.map(textWidth)));
  const height = bottom + legend.length * ROW + GAP;
  const middle = (k: number): number => left + k * CELL + CELL / 2;
  const text = (x: number, y: number, content: string, more = '') =>
    `<text x="${x}" y="${y}"${more}>${escapeXml(content)}</text>`;
  const centered = ' text-anchor="middle"';
  const body = rows.flatMap(({ killedAt, isRight }, j) => {
    const y = top + j * ROW;
    const isKilled = killedAt.some((at) => at !== null);
    const mark = isKilled === isRight ? ` fill="${MARK}" font-weight="700"` : '';
    const cells = killedAt.flatMap((at, k) =>
      at === null
        ? [text(middle(k), y + 12, '·', ` fill="${muted}"${centered}`)]
        : [
            `<rect x="${left + k * CELL}" y="${y}" width="${CELL - 1}" height="${ROW - 1}" fill="${COLOR}" fill-opacity="${opacity(at)}"/>`,
            text(middle(k), y + 12, String(at), centered),
          ],
    );
    return [text(left - 8, y + 12, names[j] as string, ` text-anchor="end"${mark}`), ...cells];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width + GAP}" height="${height}" viewBox="0 0 ${width + GAP} ${height}" font-family="system-ui, sans-serif" font-size="${LABEL_SIZE}" fill="${ink}" role="img">`,
    `<title>${escapeXml(title)}</title>`,
    `<desc>${escapeXml(caption)}</desc>`,
    `<rect width="${width + GAP}" height="${height}" fill="${back}"/>`,
    ...checks.map((_, k) => text(middle(k), top - 8, String(k + 1), ` fill="${muted}"${centered}`)),
    ...body,
    ...legend.map((line, k) => text(GAP, bottom + k * ROW + 12, line, ` fill="${muted}"`)),
    '</svg>\n',
  ].join('\n');
}

const { color: COLOR } = lineStyle(0, 'paper');
const MARK = '#8a5200';

/** From 0.5 for the first case to 0.1, so that black numbers stay readable. */
function opacity(at: number): string {
  const pale = Math.min(1, Math.log(at) / Math.log(PALEST));
  return (0.5 - 0.4 * pale).toFixed(2);
}

/** A kill matrix as CSV: a version per line, whether it is right, and per check the case that refuted it. */
export function killCsv({ checks, rows }: KillDrawing): string {
  const lines = rows.map(({ name, isRight, killedAt }) => [name, isRight ? 'right' : 'wrong', ...killedAt]);
  return [['version', 'kind', ...checks], ...lines].map(csvLine).join('');
}
