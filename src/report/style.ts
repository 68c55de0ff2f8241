/** Colors of the dark theme: of the system, or chosen on the page. */
const DARK = `
    --back: #121518; --card: #1a1e22; --ink: #e5e8ea; --muted: #a0aab3; --line: #31383e; --accent: #86c0ee;
    --green: #7fd3a0; --green-tint: #16291e; --red: #ff9c92; --red-tint: #351b1a;
    --amber: #f1bd62; --amber-tint: #30260f; --grey: #a9b2ba; --grey-tint: #262b30;
    --series-0: #6db8f2; --series-1: #ff9c5b; --series-2: #4fd0a3; --series-3: #e39ad6; --series-4: #d9bb55; --series-5: #c3ccd4;
`;

/** Style of the page: system fonts, light and dark, narrow and wide screens, print. No external resources. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --back: #f7f7f4; --card: #ffffff; --ink: #1c2126; --muted: #59636d; --line: #dfe1dc; --accent: #1d5a8a;
  --green: #17683c; --green-tint: #e7f3ec; --red: #a4241f; --red-tint: #fbeae8;
  --amber: #8a5200; --amber-tint: #fcf1da; --grey: #57606a; --grey-tint: #eef0f1;
  --series-0: #0063a3; --series-1: #b84a00; --series-2: #00704f; --series-3: #8b3f7e; --series-4: #7a5c00; --series-5: #3c4650;
}
@media screen { :root[data-theme='light'] { color-scheme: light; } }
@media screen and (prefers-color-scheme: dark) { :root:not([data-theme='light']) { ${DARK} } }
@media screen { :root[data-theme='dark'] { color-scheme: dark; ${DARK} } }
* { box-sizing: border-box; }
html { scroll-behavior: smooth; -webkit-text-size-adjust: 100%; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0; background: var(--back); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif; }
.page { max-width: 1200px; margin: 0 auto; padding: 40px 32px 64px; }
h1, h2, h3, h4 { line-height: 1.25; }
h1 { text-wrap: balance; }
h4 { text-wrap: pretty; }
h1, h2, .claim h4 { font-family: Charter, 'Bitstream Charter', 'Sitka Text', Cambria, Georgia, 'Noto Serif', serif; }
h1 { font-size: clamp(1.6rem, 1.1rem + 2vw, 2.3rem); font-weight: 600; letter-spacing: -0.01em; margin: 0 0 24px; max-width: 32ch; }
h2 { font-size: 1.5rem; font-weight: 600; margin: 64px 0 16px; }
h3 { font-size: 1.05rem; margin: 0 0 12px; }
p { margin: 0 0 8px; }
a { color: var(--accent); text-underline-offset: 2px; text-decoration-thickness: 1px; }
a:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible, summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
code, pre { font: 0.86em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; }
code { overflow-wrap: anywhere; }
.figure, .number, td.number { font-variant-numeric: tabular-nums lining-nums; }
.number { text-align: right; }
.muted { color: var(--muted); }
.remarkable { color: var(--amber); font-weight: 600; }
.definitions { position: absolute; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 16px; top: 12px; background: var(--card); padding: 8px 12px; z-index: 2; }

.tone-green { --tone: var(--green); --tint: var(--green-tint); }
.tone-red { --tone: var(--red); --tint: var(--red-tint); }
.tone-amber { --tone: var(--amber); --tint: var(--amber-tint); }
.tone-grey { --tone: var(--grey); --tint: var(--grey-tint); }
.tone-none { --tone: var(--muted); --tint: transparent; }

.shape { flex: none; fill: var(--tone); color: var(--tint); }
.cut { fill: none; stroke: var(--card); stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }
.hollow { fill: none; stroke: var(--tone); stroke-width: 1.6; }
.stroke { fill: none; stroke: var(--tone); stroke-width: 1.8; stroke-linecap: round; }
.badge { display: inline-flex; align-items: center; gap: 6px; padding: 2px 10px 2px 6px; border-radius: 999px; background: var(--tint); color: var(--tone); font-size: 0.85rem; font-weight: 600; white-space: nowrap; }

.eyebrow { color: var(--muted); font-size: 0.85rem; letter-spacing: 0.02em; margin-bottom: 12px; }
.tiles { list-style: none; margin: 0 0 32px; padding: 0; display: grid; grid-template-columns: repeat(5, 1fr); gap: 12px; }
.tile { background: var(--card); border: 1px solid var(--line); border-top: 3px solid var(--tone); border-radius: 6px; padding: 12px 14px 14px; display: flex; flex-direction: column; }
.tile-head { display: flex; align-items: center; gap: 7px; color: var(--tone); font-weight: 600; font-size: 0.9rem; }
.tile-count { font-size: 2rem; line-height: 1.25; font-variant-numeric: tabular-nums; font-weight: 500; margin: 2px 0; }
.tile-meaning { color: var(--muted); font-size: 0.78rem; line-height: 1.4; }
.tone-none .tile-count { color: var(--muted); }
.tone-none .shape { opacity: 0.55; }
.facts-of-run { margin: 0; display: grid; grid-template-columns: repeat(4, auto); gap: 18px 32px; border-top: 1px solid var(--line); padding-top: 22px; }
.facts-of-run .wide { grid-column: span 4; display: grid; grid-template-columns: 130px 1fr; align-items: baseline; }
dt { color: var(--muted); font-size: 0.82rem; }
dd { margin: 0; font-size: 0.92rem; overflow-wrap: anywhere; }
nav { display: flex; flex-wrap: wrap; gap: 8px 24px; margin-top: 32px; padding: 12px 0; border-block: 1px solid var(--line); font-size: 0.92rem; }

.tools { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; margin-bottom: 12px; }
.tools[hidden] { display: none; }
.tools .muted { font-size: 0.85rem; }
.tools .export { margin-left: auto; padding: 5px 10px; font-size: 0.85rem; }
input, button, select { font: inherit; font-size: 0.85rem; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: 5px 10px; }
select { max-width: 100%; }
button { cursor: pointer; }
button:hover { border-color: var(--muted); }
button[aria-pressed='false'] { color: var(--muted); text-decoration: line-through; background: transparent; }
input { min-width: 220px; }

.theme, .export { color: var(--accent); }
nav .theme { margin-left: auto; padding: 2px 10px; font-size: 0.8rem; }
.export { padding: 3px 10px; font-size: 0.78rem; }
.chart-place { min-height: 280px; }
.evidence-figure .chart-place { min-height: 240px; }
.chart-tools { display: flex; flex-wrap: wrap; gap: 6px; margin-top: 10px; }
.chart-tools button { padding: 2px 9px; font-size: 0.76rem; }
.comparisons { margin: 16px 0; }
.comparison { display: grid; grid-template-columns: minmax(180px, 260px) minmax(120px, 460px) auto; gap: 4px 14px; align-items: center; font-size: 0.84rem; margin-bottom: 6px; }
.comparison svg { width: 100%; border-radius: 3px; }
.comparison .better { fill: var(--series-0); }
.comparison .tied { fill: var(--line); }
.comparison .worse { fill: var(--series-1); }
.plain { list-style: none; margin: 2px 0 0; padding: 0; font-size: 0.86rem; }

table { border-collapse: collapse; width: 100%; font-size: 0.88rem; }
caption { text-align: left; color: var(--muted); font-size: 0.82rem; padding-bottom: 8px; max-width: 90ch; }
th { font-weight: 600; text-align: left; }
thead th { color: var(--muted); font-size: 0.78rem; font-weight: 500; border-bottom: 1px solid var(--line); padding: 6px 10px; vertical-align: bottom; }
td, tbody th { padding: 9px 10px; vertical-align: top; border-bottom: 1px solid var(--line); font-weight: 400; }
th.number { text-align: right; }
.verdicts { background: var(--card); border: 1px solid var(--line); }
.verdicts .group th { background: var(--back); font-weight: 600; font-size: 0.82rem; padding: 12px 10px 6px; }
.verdicts td:nth-child(3) { min-width: 190px; max-width: 240px; overflow-wrap: anywhere; }
.verdicts td .figure { display: block; white-space: nowrap; font-size: 0.82rem; }
.claim-cell { min-width: 220px; max-width: 420px; }
.claim-cell a { font: 0.8rem/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; overflow-wrap: anywhere; }
.claim-cell .statement { display: block; line-height: 1.45; overflow-wrap: anywhere; }
tr[hidden], tbody[hidden] { display: none; }
.scroll { overflow-x: auto; }
.scroll th, .scroll td { white-space: nowrap; }
.scroll .bar { max-width: none; }
.calibration th, .calibration td { padding: 4px 10px; }
.calibration thead th { white-space: normal; }
.calibration-plate figcaption { margin: 0 0 12px; }

.bar { display: block; max-width: 100%; overflow: visible; }
.bar .axis { stroke: var(--line); stroke-width: 2; stroke-linecap: round; }
.bar .mark { stroke: var(--muted); stroke-width: 1.4; }
.bar .interval { stroke: var(--tone); stroke-width: 5; stroke-linecap: round; opacity: 0.55; }
.bar .mean { fill: var(--tone); stroke: var(--card); stroke-width: 1.2; }
.bar .zone { fill: var(--muted); opacity: 0.16; }
.bar text { fill: var(--muted); font-size: 11px; font-variant-numeric: tabular-nums; }
.bar.large { height: auto; }

.group-title { margin: 40px 0 14px; color: var(--muted); font-weight: 500; }
.claim { background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--tone); border-radius: 6px; padding: 16px 22px; margin-bottom: 12px; scroll-margin-top: 12px; }
.claim:target { box-shadow: 0 0 0 2px var(--accent); }
.claim-head { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 12px; font-size: 0.85rem; }
.claim-id { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; font-size: 0.82rem; overflow-wrap: anywhere; }
.claim h4 { font-size: 1.15rem; font-weight: 600; margin: 8px 0 0; max-width: 72ch; overflow-wrap: anywhere; }
.claim > details { margin: 0; }
.claim > details > summary { color: inherit; font-size: inherit; list-style: none; position: relative; padding-right: 28px; }
.claim > details > summary::-webkit-details-marker { display: none; }
.claim > details > summary::after { content: '+'; position: absolute; right: 0; top: 0; color: var(--muted); font-size: 1.2rem; line-height: 1.2; }
.claim > details[open] > summary::after { content: '−'; }
.claim > details[open] > summary { margin-bottom: 14px; }
.claim[hidden], .claim-group[hidden] { display: none; }
.words, .because, .evidence { max-width: 75ch; overflow-wrap: anywhere; }
.tone-amber .because strong, .tone-red .because strong { color: var(--tone); }
.source { margin: 14px 0; font-size: 0.88rem; }
blockquote { margin: 0 0 4px; padding-left: 14px; border-left: 2px solid var(--line); font-style: italic; max-width: 75ch; }
.source p { margin: 0; }
figure { margin: 18px 0; }
figcaption { color: var(--muted); font-size: 0.84rem; max-width: 90ch; margin-top: 6px; }
figcaption .figure, figcaption strong { color: var(--ink); }
.panels { display: flex; flex-wrap: wrap; gap: 16px 20px; }
.panel { flex: 1 1 330px; min-width: 0; max-width: 500px; }
.pairs .panel { flex-basis: max(330px, 45%); }
.evidence-figure .panel { max-width: 400px; }
.panel svg { display: block; width: 100%; height: auto; }
.panel-title { font-size: 0.88rem; font-weight: 600; margin: 0 0 4px; }
.details { display: grid; grid-template-columns: 1fr; gap: 8px; margin: 18px 0; }
.details > div { display: grid; grid-template-columns: 170px 1fr; gap: 4px 16px; align-items: baseline; }
.cells { width: auto; }
.evidence { font-size: 0.88rem; color: var(--muted); }
.plan-entry { display: inline-block; margin-right: 18px; font-variant-numeric: tabular-nums; }
.counterexample { background: var(--tint); border-radius: 6px; padding: 12px 16px; margin: 14px 0; }
pre { margin: 4px 0 8px; white-space: pre-wrap; overflow-wrap: anywhere; }
.label { color: var(--muted); font-size: 0.8rem; }
details { margin: 12px 0; }
summary { cursor: pointer; font-size: 0.88rem; color: var(--accent); }
details table { margin-top: 8px; width: auto; min-width: min(100%, 560px); }
.replay { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 12px; margin: 16px 0 0; }
.replay code { background: var(--back); border: 1px solid var(--line); border-radius: 5px; padding: 5px 10px; user-select: all; min-width: 0; }
.copy { padding: 3px 10px; font-size: 0.78rem; }
.plate { background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: 22px 26px; margin: 0 0 22px; }
.files { white-space: nowrap; }
footer { margin-top: 48px; font-size: 0.84rem; border-top: 1px solid var(--line); padding-top: 16px; }

@media (max-width: 860px) {
  .tiles { grid-template-columns: repeat(3, 1fr); }
  .facts-of-run { grid-template-columns: repeat(2, 1fr); }
  .facts-of-run .wide { grid-column: span 2; display: block; }
}
@media (max-width: 720px) {
  .page { padding: 24px 16px 48px; }
  h2 { margin-top: 44px; }
  .tiles { grid-template-columns: repeat(2, 1fr); gap: 8px; }
  .tile-meaning { display: none; }
  .tile { padding: 8px 12px; }
  .comparison { grid-template-columns: 1fr; }
  .tile-count { font-size: 1.5rem; }
  .claim, .plate { padding: 16px; }
  .details > div { grid-template-columns: 1fr; gap: 0; }
}
@media screen and (max-width: 940px) {
  .verdicts, .verdicts tbody, .verdicts tr, .verdicts td, .verdicts .group th { display: block; width: 100%; max-width: none; }
  .verdicts td:nth-child(3), .claim-cell { min-width: 0; max-width: none; }
  .verdicts caption { display: block; padding: 0 0 8px; }
  .verdicts { background: none; border: 0; }
  .verdicts thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  .verdicts tr[data-outcome] { background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--tone); border-radius: 6px; padding: 12px 14px; margin-bottom: 10px; }
  .verdicts .group th { background: none; border: 0; padding: 14px 0 8px; }
  .verdicts td { border: 0; padding: 2px 0; text-align: left; }
  .verdicts td[data-label] { display: grid; grid-template-columns: 76px 1fr; }
  .verdicts td[data-label]::before { content: attr(data-label); color: var(--muted); font-size: 0.8rem; grid-row: span 3; }
  .verdicts tr[hidden], .verdicts tbody[hidden] { display: none; }
}
@media print {
  body { background: none; font-size: 10.5pt; }
  .page { max-width: none; padding: 0; }
  nav, .tools, .copy, .skip, .chart-tools, .export { display: none; }
  .claim, .plate, .tile, tr { break-inside: avoid; }
  table { font-size: 8.5pt; }
  td, tbody th { padding: 5px 6px; }
  .verdicts td:nth-child(3) { min-width: 150px; }
  .verdicts td .figure { white-space: normal; }
  .tiles { grid-template-columns: repeat(5, 1fr); }
  h2, h3, h4 { break-after: avoid; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}

/* Changes */
.changes th, .changes td { padding: 6px 10px; }
.changes .statement { display: block; white-space: normal; min-width: 240px; max-width: 75ch; margin-top: 4px; overflow-wrap: anywhere; }
.changes-plate figcaption { margin: 0 0 12px; }
.changes-plate .changes { width: auto; min-width: min(100%, 560px); }
`;
