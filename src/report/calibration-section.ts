import { calibrationFigure } from './calibration-figure.ts';
import type { ReportBoundedRow, ReportEventRow } from './calibration-schema.ts';
import { chartPlace } from './chart-place.ts';
import { escapeHtml, fileName } from './escape.ts';
import { figureFileNames } from './figure-file-names.ts';
import { fileLinks } from './file-links.ts';
import { numberText } from './number-text.ts';
import { figureKey } from './page-data.ts';
import type { Report } from './schema.ts';

/** The calibration of the engine with its controls; nothing where the report has none. */
export function calibrationSection(report: Report): string {
  const { calibration } = report;
  const { calibration: name } = figureFileNames(report);
  if (calibration === undefined || name === undefined) return '';
  const { events, bounded } = calibration;
  const figure = calibrationFigure(calibration);
  return `<section id="calibration" aria-labelledby="calibration-title"><h2 id="calibration-title">Calibration of the engine</h2>
<p class="words">How often does the engine itself err? Each row takes trials whose true mean is exactly the null mean, the hardest case for a test of level α, and compares the probability of a wrong verdict with α. Beside it stand two usual procedures at the same α. <span class="remarkable">Marked</span> numbers are above α.</p>
<figure class="plate" id="figure-${name}"><h3>${escapeHtml(figure.title)}</h3>
${chartPlace(figureKey(name))}
<figcaption>${escapeHtml(figure.caption)} ${fileLinks(name)}</figcaption></figure>
${events.length === 0 ? '' : eventTable(events)}
${bounded.length === 0 ? '' : boundedTable(bounded)}
</section>`;
}

/** The caption stands outside the region that scrolls sideways, so that it is never cut off. */
function plate(title: string, caption: string, table: string): string {
  return `<figure class="plate calibration-plate"><h3>${title}</h3>
<figcaption>${caption}</figcaption>
<div class="scroll" role="region" tabindex="0" aria-label="Table, scrolls sideways"><table class="calibration" data-csv="${fileName(`calibration-${title}`)}" aria-label="${title}">${table}</table></div></figure>`;
}

function head(columns: readonly string[]): string {
  return `<thead><tr>${columns.map((column) => `<th scope="col" class="number">${column}</th>`).join('')}</tr></thead>`;
}

function cell(html: string, isAbove = false): string {
  return `<td class="number">${isAbove ? `<span class="remarkable">${html}</span>` : html}</td>`;
}

const EVENT_COLUMNS = [
  'Null mean',
  'α',
  'Wrong “above”',
  'Wrong “below”',
  'Peeking “above”',
  'Peeking “below”',
  'QuickCheck “below”',
  'Earliest',
  'Median, a tenth',
  'Median, half',
  'Horizon',
];

const EVENT_CAPTION =
  'Exact probabilities, by dynamic programming over trials and successes; nothing is sampled. “Above” is a wrong support ' +
  'at θ₀ = null mean, “below” a wrong refutation at θ₁ = null mean, ever within the horizon of trials, looking after ' +
  'every one. Peeking: a Wilson score interval made for one look, looked at after every trial. QuickCheck: its ' +
  'checkCoverage schedule (Wilson intervals after 100, 200, 400 … trials, certainty 1/α), wrongly rejecting. Earliest: ' +
  'trials before which “above” cannot be shown, which is what an event that always happens takes. Median: trials until ' +
  'half of all sequences show “above”, where failures are a tenth, or half, as frequent as 1 − null mean.';

function eventTable(rows: readonly ReportEventRow[]): string {
  const table = `${head(EVENT_COLUMNS)}\n<tbody>${rows.map(eventRow).join('\n')}</tbody>`;
  return plate('0/1 trials', EVENT_CAPTION, table);
}

function eventRow({ nullMean, alpha, horizon, error, peeking, quickCheck, earliest, medianTrials }: ReportEventRow) {
  const probability = (value: number) => cell(numberText(value, 2), value > alpha);
  const trials = (value: number | null) => cell(value === null ? 'more' : numberText(value));
  return `<tr><th scope="row" class="number">${numberText(nullMean)}</th>${cell(numberText(alpha))}${[error.above, error.below, peeking.above, peeking.below, quickCheck].map(probability).join('')}${[earliest, medianTrials.tenth, medianTrials.midway, horizon].map(trials).join('')}</tr>`;
}

const BOUNDED_CAPTION =
  'Simulated: share of sequences of independent samples that ever wrongly show “above the null mean”, looking after ' +
  'every sample, ± its standard error (that of one sequence where there is none). Peeking: a normal interval made for one ' +
  'look, looked at after every sample from the 30th on.';

function boundedTable(rows: readonly ReportBoundedRow[]): string {
  const columns = ['Samples', 'Null mean', 'α', 'Engine', 'Peeking', 'Sequences', 'Samples each'];
  const table = `${head(columns)}\n<tbody>${rows.map(boundedRow).join('\n')}</tbody>`;
  return plate('Other samples in [0, 1]', BOUNDED_CAPTION, table);
}

function boundedRow({ distribution, mean, alpha, repetitions, horizon, engine, peeking }: ReportBoundedRow): string {
  const share = ({ rate, standardError }: ReportBoundedRow['engine']) =>
    cell(`${rate.toFixed(4)} ± ${standardError.toFixed(4)}`, rate > alpha);
  return `<tr><th scope="row" class="number">${escapeHtml(distribution)}</th>${cell(numberText(mean))}${cell(numberText(alpha))}${share(engine)}${share(peeking)}${cell(numberText(repetitions))}${cell(numberText(horizon))}</tr>`;
}
