import { escapeXml } from './escape.ts';
import { headline } from './outcomes.ts';
import type { Report } from './schema.ts';

type Counts = Report['counts'];

/** Those of the page on white: white text has a contrast of at least 6 on each. */
const COLORS = { green: '#17683c', red: '#a4241f', amber: '#8a5200', grey: '#57606a', label: '#3a4149' } as const;

/** Advances in Verdana at 11 pixels: the shapes are laid out with these, whatever font there is. All other characters are digits. */
const ADVANCES: Readonly<Record<string, number>> = {
  ' ': 3.9,
  a: 6.6,
  c: 5.7,
  d: 6.9,
  e: 6.6,
  f: 3.9,
  g: 6.9,
  i: 3,
  j: 3.8,
  l: 3,
  m: 10.7,
  n: 7,
  o: 6.7,
  p: 6.9,
  r: 4.7,
  s: 5.7,
  t: 4.3,
  u: 7,
};
const DIGIT = 7;
const PADDING = 6;

/**
 * The verdicts as a badge for a README: how many of the claims that were run are supported, in the color of the worst
 * outcome. Green only where at least one is supported and none is refuted, undecided or errored; red for a refuted or errored
 * one, amber for an undecided one, gray where nothing was judged. Skipped claims do not count.
 *
 * One SVG file without fonts, links or scripts; the text is stretched to its place where another font is narrower or wider.
 */
export function svgBadge(report: Report): string {
  const { counts } = report;
  const label = 'claims';
  const message = badgeText(counts);
  const [left, right] = [label, message].map((text) => Math.round(textWidth(text)) + 2 * PADDING) as [number, number];
  const title = escapeXml(`${label}: ${headline(counts)}`);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="20" role="img" aria-label="${title}">
<title>${title}</title>
<clipPath id="round"><rect width="${left + right}" height="20" rx="3"/></clipPath>
<g clip-path="url(#round)">
<rect width="${left}" height="20" fill="${COLORS.label}"/>
<rect x="${left}" width="${right}" height="20" fill="${COLORS[badgeTone(counts)]}"/>
</g>
<g fill="#fff" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11">
${textAt(PADDING, label)}
${textAt(left + PADDING, message)}
</g>
</svg>
`;
}

/**
 * The right half of the badge.
 *
 * @example
 * badgeText({ supported: 2, refuted: 0, undecided: 1, skipped: 4, errored: 0 }); // => '2 of 3 supported'
 */
export function badgeText(counts: Counts): string {
  const run = counts.supported + counts.refuted + counts.undecided + counts.errored;
  return run === 0 ? 'none judged' : `${counts.supported} of ${run} supported`;
}

/**
 * The color of the worst outcome; skipped claims do not count.
 *
 * @example
 * badgeTone({ supported: 2, refuted: 0, undecided: 1, skipped: 4, errored: 0 }); // => 'amber'
 */
export function badgeTone({ supported, refuted, undecided, errored }: Counts): 'green' | 'red' | 'amber' | 'grey' {
  if (refuted + errored > 0) return 'red';
  if (undecided > 0) return 'amber';
  return supported > 0 ? 'green' : 'grey';
}

function textAt(x: number, text: string): string {
  const width = Math.round(textWidth(text));
  return `<text x="${x}" y="14" textLength="${width}" lengthAdjust="spacingAndGlyphs">${escapeXml(text)}</text>`;
}

function textWidth(text: string): number {
  return [...text].reduce((sum, character) => sum + (ADVANCES[character] ?? DIGIT), 0);
}
