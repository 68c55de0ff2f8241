import { escapeHtml } from './escape.ts';
import { boundText, numberText } from './number-text.ts';
import type { ReportSequence } from './schema.ts';
import type { Mark, Thresholds } from './thresholds.ts';

/** What an interval is drawn on. */
export interface BarOptions {
  readonly thresholds: Thresholds;
  /** Closed form the cell is compared with; zooms the axis in around it. */
  readonly theory?: number;
  /** 'small' for table rows, 'large' with labels. */
  readonly size: 'small' | 'large';
}

const SIZES = {
  small: { width: 150, height: 22, middle: 11, margin: 5 },
  large: { width: 460, height: 64, middle: 30, margin: 12 },
} as const;

/** An interval with its estimate on an axis with thresholds, as SVG that takes its colors from the page. */
export function intervalBar(sequence: ReportSequence, options: BarOptions): string {
  const { width, height, middle, margin } = SIZES[options.size];
  const [from, to] = axisRange(sequence, options);
  const at = (value: number) => {
    const share = Math.min(1, Math.max(0, (value - from) / (to - from)));
    return (margin + share * (width - 2 * margin)).toFixed(1);
  };
  const marks = marksOf(options);
  const { tolerance } = options.thresholds;
  const zone =
    options.theory === undefined || tolerance === undefined
      ? ''
      : zoneRect(at, options.theory, tolerance.bias + tolerance.resolution, middle);
  const parts = [
    zone,
    `<line class="axis" x1="${margin}" x2="${width - margin}" y1="${middle}" y2="${middle}"/>`,
    ...marks.map(
      (mark) =>
        `<line class="mark" x1="${at(mark.value)}" x2="${at(mark.value)}" y1="${middle - 8}" y2="${middle + 8}"/>`,
    ),
    `<line class="interval" x1="${at(sequence.lower)}" x2="${at(sequence.upper)}" y1="${middle}" y2="${middle}"/>`,
    sequence.mean === null
      ? ''
      : `<circle class="mean" cx="${at(sequence.mean)}" cy="${middle}" r="${options.size === 'small' ? 3.2 : 4.5}"/>`,
    options.size === 'large' ? labels(at, marks, [from, to], { width, middle, margin }) : '',
  ];
  const box = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  return `<svg class="bar ${options.size}" ${box} role="img" aria-label="${escapeHtml(spoken(sequence, marks))}">${parts.join('')}</svg>`;
}

/** Estimate and interval in text: `0.9730 [0.9412, 0.9891]`. */
export function intervalText(sequence: ReportSequence, thresholds: readonly Mark[]): string {
  const values = thresholds.map((mark) => mark.value);
  const mean = sequence.mean === null ? 'n/a' : sequence.mean.toFixed(4);
  return `${mean} [${boundText(sequence.lower, values)}, ${boundText(sequence.upper, values)}]`;
}

function marksOf(options: BarOptions): readonly Mark[] {
  if (options.theory === undefined) return options.thresholds.marks;
  return [{ value: options.theory, label: 'theory' }];
}

/** [0, 1], or for a cell the neighborhood of its theory that shows interval and tolerance. */
function axisRange(sequence: ReportSequence, { theory, thresholds }: BarOptions): [number, number] {
  if (theory === undefined) return [0, 1];
  const allowed = (thresholds.tolerance?.bias ?? 0) + (thresholds.tolerance?.resolution ?? 0);
  const reach = Math.max(allowed, Math.abs(sequence.lower - theory), Math.abs(sequence.upper - theory), 1e-9) * 1.15;
  return [theory - reach, theory + reach];
}

function zoneRect(at: (value: number) => string, theory: number, half: number, middle: number): string {
  const [left, right] = [Number(at(theory - half)), Number(at(theory + half))];
  const width = (right - left).toFixed(1);
  return `<rect class="zone" x="${left}" y="${middle - 8}" width="${width}" height="16" rx="2"/>`;
}

function labels(
  at: (value: number) => string,
  marks: readonly Mark[],
  [from, to]: readonly [number, number],
  { width, middle, margin }: { width: number; middle: number; margin: number },
): string {
  const ends = [
    `<text x="${margin}" y="${middle + 24}" class="end">${numberText(from)}</text>`,
    `<text x="${width - margin}" y="${middle + 24}" text-anchor="end" class="end">${numberText(to)}</text>`,
  ];
  const lowest = Math.min(...marks.map((mark) => mark.value));
  const names = marks.map(({ value, label }) => {
    const anchor = marks.length === 1 ? 'middle' : value === lowest ? 'end' : 'start';
    const shift = anchor === 'end' ? 4 : anchor === 'start' ? -4 : 0;
    const x = (Number(at(value)) + shift).toFixed(1);
    return `<text x="${x}" y="${middle - 14}" text-anchor="${anchor}">${escapeHtml(label)} = ${numberText(value)}</text>`;
  });
  return [...ends, ...names].join('');
}

function spoken(sequence: ReportSequence, marks: readonly Mark[]): string {
  const thresholds = marks.map((mark) => `${mark.label} ${numberText(mark.value)}`).join(', ');
  return `estimate and interval ${intervalText(sequence, marks)}${thresholds === '' ? '' : `; ${thresholds}`}`;
}
