import { badge, toneClass } from './badge.ts';
import { chartPlace } from './chart-place.ts';
import { anchor } from './claim-groups.ts';
import { comparisonBars } from './comparison-bars.ts';
import { escapeHtml } from './escape.ts';
import { intervalBar, intervalText } from './interval-bar.ts';
import { numberText } from './number-text.ts';
import { type EvidenceFigures, evidenceKey } from './page-data.ts';
import type { ReportClaim, ReportEvidence } from './schema.ts';
import { thresholds } from './thresholds.ts';
import { controlClass, trialCount, trialsText } from './verdict-table.ts';

const SOURCES = {
  abstract: 'From the abstract of the paper',
  caption: 'From a caption of the paper',
  literature: 'From the literature',
  ours: 'Our own statement',
} as const;

/** Names of usual entries of a plan; others are shown as they are. */
const PLAN_NAMES: ReadonlyMap<string, string> = new Map([
  ['theta0', 'θ₀'],
  ['theta1', 'θ₁'],
  ['alpha', 'α'],
  ['maxTrials', 'trials at most'],
]);

const KINDS = {
  law: 'law: for all cases',
  statistical: 'statistical: over independent trials',
  formula: 'formula: a closed form against trials',
} as const;

/** Everything known about one claim: closed where it is supported, so that what is not stands out. */
export function claimSection(claim: ReportClaim, figures: EvidenceFigures): string {
  const id = anchor(claim.id);
  return `<article class="claim ${toneClass(claim.outcome)}" id="${id}" aria-labelledby="${id}-title">
<details${claim.outcome === 'supported' ? '' : ' open'}><summary>
<span class="claim-head">${badge(claim.outcome)} <span class="claim-id">${escapeHtml(claim.id)}</span> <span class="muted">${KINDS[claim.kind]}</span></span>
<h4 id="${id}-title">${escapeHtml(claim.statement)}</h4>
</summary>
<p class="words">${escapeHtml(claim.words)}</p>
${claim.numbers === '' ? '' : `<p class="evidence">${escapeHtml(claim.numbers)}</p>`}
${because(claim)}
${source(claim)}
${evidenceBlock(claim)}
${evidenceCharts(claim, figures)}
${comparisonBars(claim)}
<dl class="details">
<div><dt>Regime</dt><dd>${escapeHtml(claim.regime)}</dd></div>
<div><dt>Fixed beforehand</dt><dd>${plan(claim)}</dd></div>
<div><dt>Control, to be refuted</dt><dd>${control(claim)}</dd></div>
<div><dt>Cost</dt><dd>${cost(claim)}</dd></div>
</dl>
${facts(claim)}
<p class="replay"><span class="label">Run it again</span><code>${escapeHtml(claim.replay)}</code></p>
</details>
</article>`;
}

function because(claim: ReportClaim): string {
  const lines = [
    ['Reason', claim.reason],
    ['What would settle it', claim.needs],
    ['Message', claim.message],
  ].filter((line): line is [string, string] => line[1] !== undefined);
  return lines.map(([name, text]) => `<p class="because"><strong>${name}:</strong> ${escapeHtml(text)}</p>`).join('\n');
}

function source({ source: { where, quote, reference } }: ReportClaim): string {
  const quoted = quote === undefined ? '' : `<blockquote>${escapeHtml(quote)}</blockquote>`;
  const cited = reference === undefined ? '' : `: ${escapeHtml(reference)}`;
  return `<div class="source">${quoted}<p class="muted">${SOURCES[where]}${cited}</p></div>`;
}

function plan(claim: ReportClaim): string {
  const entries = Object.entries(claim.plan).map(([key, value]) => {
    const text = typeof value === 'number' ? numberText(value, 6) : value;
    return `<span class="plan-entry"><span class="muted">${escapeHtml(PLAN_NAMES.get(key) ?? key)}</span> ${escapeHtml(text)}</span>`;
  });
  return entries.length === 0 ? '<span class="muted">nothing</span>' : entries.join(' ');
}

function control(claim: ReportClaim): string {
  const { what, outcome, reason, needs, message } = claim.control;
  const why = reason ?? needs ?? message ?? '';
  return `${escapeHtml(what)}: <strong class="${controlClass(claim)}">${outcome}</strong>${why === '' ? '' : ` <span class="muted">(${escapeHtml(why)})</span>`}`;
}

function evidenceBlock(claim: ReportClaim): string {
  const { evidence } = claim;
  if (evidence === undefined) return '';
  switch (evidence.kind) {
    case 'sequence': {
      const limits = thresholds(claim);
      return `<figure class="interval-figure">${intervalBar(evidence, { thresholds: limits, size: 'large' })}
<figcaption><span class="figure">${intervalText(evidence, limits.marks)}</span> after ${numberText(evidence.trials)} trials; the interval is valid at every trial, at level ${numberText(evidence.level, 8)}.</figcaption></figure>`;
    }
    case 'cells':
      return cellTable(claim, evidence);
    case 'cases':
      return `<p class="evidence">No counterexample in <strong class="figure">${numberText(evidence.tried)}</strong> cases (${numberText(evidence.rejected)} drawn cases lay outside the law's conditions; seed ${evidence.seed}).</p>`;
    case 'counterexample':
      return `<div class="counterexample"><p class="label">Smallest counterexample found</p><pre>${escapeHtml(evidence.shrunk)}</pre><p>${escapeHtml(evidence.message)}</p><p class="muted">seed ${evidence.seed}, path ${escapeHtml(evidence.path)}</p></div>`;
  }
}

function cellTable(claim: ReportClaim, evidence: Extract<ReportEvidence, { kind: 'cells' }>): string {
  const limits = thresholds(claim);
  const rows = evidence.cells.map(
    (cell) => `<tr><th scope="row">${escapeHtml(cell.label)}</th><td class="number">${numberText(cell.theory, 5)}</td>
<td>${intervalBar(cell, { thresholds: limits, theory: cell.theory, size: 'small' })}</td><td class="number">${intervalText(cell, [])}</td><td class="number">${numberText(cell.trials)}</td></tr>`,
  );
  return `<div class="scroll" role="region" tabindex="0" aria-label="Table, scrolls sideways"><table class="cells"><caption>Theory and measured mean, with the interval on the tolerance (shaded)</caption>
<thead><tr><th scope="col">Cell</th><th scope="col" class="number">Theory</th><th scope="col">Interval</th><th scope="col" class="number">Mean [interval]</th><th scope="col" class="number">Trials</th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table></div>`;
}

/** Curves of the claim's own test, then those of its control or its cells behind a fold. */
function evidenceCharts(claim: ReportClaim, { main, others }: EvidenceFigures): string {
  const own =
    main === undefined
      ? ''
      : `<figure class="evidence-figure">${chartPlace(evidenceKey(claim.id, 'main'))}<figcaption>${main.caption}</figcaption></figure>`;
  if (others === undefined) return own;
  const of = claim.kind === 'statistical' ? 'the control' : `each of the ${others.panels.length / 2} tests`;
  return `${own}
<details class="evidence-figure"><summary>Evidence of ${of}</summary><figure>${chartPlace(evidenceKey(claim.id, 'others'))}<figcaption>${others.caption}</figcaption></figure></details>`;
}

/** Trials or cases, and simulator evaluations where they were counted. */
function cost(claim: ReportClaim): string {
  const cases = claim.evidence?.kind === 'cases' ? 'cases' : 'trials';
  const evaluations = claim.facts
    .filter(({ unit, mean }) => unit === 'evaluations' && mean !== null)
    .map(({ label, mean }) => `<li>${escapeHtml(label)}: <span class="figure">${numberText(mean)}</span></li>`);
  const list = evaluations.length === 0 ? '' : `<ul class="plain">${evaluations.join('')}</ul>`;
  return `<span class="figure">${trialsText(trialCount(claim))}</span> ${cases}${list}`;
}

function facts(claim: ReportClaim): string {
  if (claim.facts.length === 0) return '';
  const rows = claim.facts.map((fact) => {
    const value = (key: 'mean' | 'median' | 'minimum' | 'maximum') =>
      numberText(fact[key] ?? Number(fact.nonFinite?.[key] ?? 'NaN'));
    const unit = fact.unit === '1' ? '' : escapeHtml(fact.unit);
    return `<tr><th scope="row">${escapeHtml(fact.label)}</th><td class="number">${value('mean')}</td><td class="number">${value('median')}</td><td class="number">${value('minimum')} … ${value('maximum')}</td><td>${unit}</td></tr>`;
  });
  const trials = [...new Set(claim.facts.map((fact) => fact.trials))].map((count) => numberText(count)).join(' or ');
  return `<details class="facts"><summary>Measured over ${trials} trials</summary><div class="scroll" role="region" tabindex="0" aria-label="Table, scrolls sideways"><table>
<thead><tr><th scope="col">Quantity</th><th scope="col" class="number">Mean</th><th scope="col" class="number">Median</th><th scope="col" class="number">Smallest … largest</th><th scope="col">Unit</th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table></div></details>`;
}
