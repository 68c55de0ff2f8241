import { shape, toneClass } from './badge.ts';
import { escapeHtml } from './escape.ts';
import { numberText } from './number-text.ts';
import { headline, MEANINGS, OUTCOMES } from './outcomes.ts';
import type { Report } from './schema.ts';

/** First screen: the result in a sentence, the counts, what the verdicts are worth, and how they came about. */
export function overview(report: Report): string {
  return `<header class="overview">
<p class="eyebrow">inverse-claims ${escapeHtml(report.environment.version)} · verification report</p>
<h1>${escapeHtml(headline(report.counts))}</h1>
<ul class="tiles" aria-label="Claims by outcome">
${OUTCOMES.map((outcome) => tile(outcome, report.counts[outcome])).join('\n')}
</ul>
<dl class="facts-of-run">
${entry('Error budget', `<strong class="figure">${numberText(report.ledger.alphaSum)}</strong> ${escapeHtml(report.ledger.meaning)}`, 'wide')}
${entry('Command', `<code>${escapeHtml(report.selection.command)}</code>`, 'wide')}
${entry('Networks', `<strong>${escapeHtml(report.backend.name)}</strong>${backendReasons(report)}`)}
${entry('Seed', `<strong class="figure">${report.seed}</strong>`)}
${entry('Selection', escapeHtml(selection(report)))}
${entry('Environment', `${escapeHtml(environment(report))}<br>code <code>${escapeHtml(report.environment.codeHash)}</code>`)}
</dl>
</header>`;
}

/** Why this backend and not one before it, in one line of text. */
export function backendText(report: Report): string {
  const failed = report.backend.tried.filter((backend) => !backend.ok);
  const reasons = failed.map(({ name, reason }) => `${name}: ${reason ?? 'not usable'}`);
  return reasons.length === 0 ? report.backend.name : `${report.backend.name} (${reasons.join('; ')})`;
}

function tile(outcome: (typeof OUTCOMES)[number], count: number): string {
  const tone = count === 0 ? 'tone-none' : toneClass(outcome);
  return `<li class="tile ${tone}"><span class="tile-head">${shape(outcome)}${outcome}</span> <span class="tile-count">${count}</span><span class="tile-meaning">${escapeHtml(MEANINGS[outcome])}</span></li>`;
}

function entry(term: string, html: string, kind = ''): string {
  return `<div${kind === '' ? '' : ` class="${kind}"`}><dt>${term}</dt><dd>${html}</dd></div>`;
}

function backendReasons(report: Report): string {
  const failed = report.backend.tried.filter((backend) => !backend.ok);
  if (failed.length === 0) return '';
  const items = failed.map(
    ({ name, reason }) => `${escapeHtml(name)} was not used: ${escapeHtml(reason ?? 'not usable')}`,
  );
  return ` <span class="muted">${items.join('; ')}</span>`;
}

function selection(report: Report): string {
  const { claims } = report.selection;
  return `${claims.length === 0 ? 'every claim' : claims.join(', ')} of the ${report.tier} tier`;
}

function environment(report: Report): string {
  const { node, platform, arch } = report.environment;
  return `Node.js ${node}, ${platform} ${arch}`;
}
