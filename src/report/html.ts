import { createHash } from 'node:crypto';
import { shapeDefinitions } from './badge.ts';
import { calibrationSection } from './calibration-section.ts';
import { byGroup, groupTitle } from './claim-groups.ts';
import { claimSection } from './claim-section.ts';
import type { ReportDiff } from './diff.ts';
import { diffSection } from './diff-section.ts';
import { escapeHtml } from './escape.ts';
import { figureData } from './figure-data.ts';
import { figureSection } from './figure-section.ts';
import { killSection } from './kill-section.ts';
import { secondsText } from './number-text.ts';
import { headline } from './outcomes.ts';
import { overview } from './overview.ts';
import { PAGE_SCRIPTS } from './page/generated/page-scripts.ts';
import { evidenceFigures, pageFigures } from './page-data.ts';
import type { Report } from './schema.ts';
import { STYLE } from './style.ts';
import { verdictTable } from './verdict-table.ts';

const [CONTROLS, CHARTS] = PAGE_SCRIPTS;

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Ccircle cx='8' cy='8' r='7' fill='%23486'/%3E%3C/svg%3E";

/** Only the page's own style and scripts, named by their hashes; nothing is loaded and nothing is sent. */
function securityPolicy(): string {
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  return [
    "default-src 'none'",
    `style-src ${hash(STYLE)}`,
    `script-src ${PAGE_SCRIPTS.map(hash).join(' ')}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/**
 * A report as one self-contained page that opens from a file without network. The same report gives the same bytes.
 * `changes` since an earlier report, where one was compared, come first.
 */
export function renderHtml(report: Report, { changes }: { readonly changes?: ReportDiff } = {}): string {
  const changed = changes === undefined ? '' : `${diffSection(changes)}\n`;
  const figures = figureSection(report);
  const kills = killSection(report);
  const calibration = calibrationSection(report);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${securityPolicy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(headline(report.counts))} · inverse-claims</title>
<link rel="icon" href="${ICON}">
<style>${STYLE}</style>
</head>
<body>
${shapeDefinitions()}
<a class="skip" href="#verdicts">Skip to the verdicts</a>
<div class="page">
${overview(report)}
<nav aria-label="Sections">${changed === '' ? '' : '<a href="#changes">Changes</a>'}<a href="#verdicts">Verdicts</a><a href="#claims">Claims</a>${figures === '' ? '' : '<a href="#figures">Figures</a>'}${kills === '' ? '' : '<a href="#kills">Wrong versions</a>'}${calibration === '' ? '' : '<a href="#calibration">Calibration</a>'}<a href="#timings">Timings</a></nav>
<main>
${changed}${verdictTable(report)}
<script>${CONTROLS}</script>
${claims(report)}
${[figures, kills, calibration, timings(report)].filter((section) => section !== '').join('\n')}
</main>
<footer><p class="muted">Everything above the timings${changed === '' ? '' : ', the seconds under “Changes” apart,'} is a function of the code, the seed and the backend: the same input gives the same page. The data of this page are in <a href="report.json">report.json</a>.</p></footer>
</div>
<script type="text/plain" id="figure-data">${figureData(pageFigures(report))}</script>
<script>${CHARTS}</script>
</body>
</html>
`;
}

function claims(report: Report): string {
  const groups = [...byGroup(report.claims)].map(([group, members]) => {
    const sections = members.map((claim) => claimSection(claim, evidenceFigures(claim)));
    return `<div class="claim-group"><h3 class="group-title">${escapeHtml(groupTitle(group))}</h3>\n${sections.join('\n')}</div>`;
  });
  return `<section id="claims" aria-labelledby="claims-title"><h2 id="claims-title">Claims</h2>\n${groups.join('\n')}\n</section>`;
}

function timings({ timings: { totalSeconds, claimSeconds } }: Report): string {
  const rows = Object.entries(claimSeconds).map(
    ([id, seconds]) => `<tr><th scope="row">${escapeHtml(id)}</th><td class="number">${secondsText(seconds)}</td></tr>`,
  );
  const table =
    rows.length === 0
      ? ''
      : `<details><summary>Seconds per claim</summary><div class="scroll" role="region" tabindex="0" aria-label="Table, scrolls sideways"><table data-csv="timings"><thead><tr><th scope="col">Claim</th><th scope="col" class="number">Time</th></tr></thead><tbody>${rows.join('\n')}</tbody></table></div></details>`;
  return `<section id="timings" aria-labelledby="timings-title"><h2 id="timings-title">Timings</h2>
<p>The whole verification took <strong class="figure">${secondsText(totalSeconds)}</strong>. Times differ from run to run and decide nothing.</p>
${table}
</section>`;
}
