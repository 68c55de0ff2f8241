import { escapeHtml } from './escape.ts';
import type { ReportClaim } from './schema.ts';

type Fact = ReportClaim['facts'][number];

/** Shares of problems on which one method ends better, tied and worse than another, averaged over trials. */
interface Comparison {
  readonly label: string;
  readonly better: number;
  readonly tied: number;
  readonly worse: number;
}

const WIDTH = 460;

/** Better, tied and worse as bars, for every pair of methods that the trials compared; nothing where there is none. */
export function comparisonBars(claim: ReportClaim): string {
  const bars = comparisons(claim.facts).map(bar);
  if (bars.length === 0) return '';
  return `<div class="comparisons"><p class="label">Problem by problem, mean over trials</p>${bars.join('')}</div>`;
}

/** Facts named …Better and …Worse belong together; what is neither is tied. */
function comparisons(facts: readonly Fact[]): readonly Comparison[] {
  return facts.flatMap(({ name, label, mean }, k) => {
    const prefix = /^(.*)Better$/.exec(name)?.[1];
    const worse = facts.slice(k).find((fact) => prefix !== undefined && fact.name === `${prefix}Worse`)?.mean;
    if (mean === null || worse === null || worse === undefined) return [];
    const tied = Math.max(0, 1 - mean - worse);
    return [{ label: label.replace(' better than ', ' against '), better: mean, tied, worse }];
  });
}

function bar({ label, better, tied, worse }: Comparison): string {
  const parts = { better, tied, worse };
  let x = 0;
  const rects = Object.entries(parts).map(([name, share]) => {
    const rect = `<rect class="${name}" x="${x.toFixed(1)}" y="0" width="${(share * WIDTH).toFixed(1)}" height="14"/>`;
    x += share * WIDTH;
    return rect;
  });
  const text = Object.entries(parts)
    .map(([name, share]) => `${name} ${percent(share)}`)
    .join(', ');
  return `<div class="comparison"><span class="muted">${escapeHtml(label)}</span>
<svg viewBox="0 0 ${WIDTH} 14" width="${WIDTH}" height="14" preserveAspectRatio="none" role="img" aria-label="${escapeHtml(`${label}: ${text}`)}">${rects.join('')}</svg>
<span class="figure">${text}</span></div>`;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
