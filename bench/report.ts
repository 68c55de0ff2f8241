import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { findChromium, launchChromium } from '../src/report/browser/chromium.ts';
import { buildReport } from '../src/report/build.ts';
import { renderHtml } from '../src/report/html.ts';
import { reportJson } from '../src/report/json.ts';
import { renderMarkdown } from '../src/report/markdown.ts';
import { manyClaims } from '../src/report/testing/many-claims.ts';

const CLAIMS = 1000;
const ROUNDS = 5;

/** When the search field is there, ms after the navigation began: it is added with the other controls. */
const CONTROLS = `new Promise((resolve) => {
  const look = () => document.querySelector('#tools:not([hidden])') === null ? requestAnimationFrame(look) : resolve(performance.now());
  look();
})`;

/** Rendering of a report of 1000 claims beside plain JSON.stringify of the same data, and until its page can be used. */
export async function benchReport(): Promise<void> {
  const report = buildReport(manyClaims(CLAIMS));
  const [plain] = median(() => JSON.stringify(report));
  const rows = (
    [
      ['index.html', () => renderHtml(report)],
      ['summary.md', () => renderMarkdown(report)],
      ['report.json', () => reportJson(report)],
    ] as const
  ).map(([name, render]) => {
    const [milliseconds, bytes] = median(render);
    return `${name}: ${milliseconds.toFixed(0)} ms, ${(milliseconds / plain).toFixed(1)} times JSON.stringify; ${(bytes / 1e6).toFixed(2)} MB`;
  });
  process.stdout.write(`report of ${CLAIMS} claims\n  ${rows.join('\n  ')}\n  ${await usable(renderHtml(report))}\n`);
}

/** Milliseconds and bytes of a rendering, medians over the rounds. */
function median(render: () => string): readonly [milliseconds: number, bytes: number] {
  let bytes = 0;
  const times = Array.from({ length: ROUNDS }, () => {
    const started = performance.now();
    bytes = Buffer.byteLength(render());
    return performance.now() - started;
  });
  return [middle(times), bytes];
}

async function usable(html: string): Promise<string> {
  if (findChromium(process.env) === undefined) return 'no Chromium: the page was not opened';
  const folder = mkdtempSync(path.join(tmpdir(), 'inverse-claims-bench-'));
  const browser = await launchChromium();
  try {
    const file = path.join(folder, 'index.html');
    writeFileSync(file, html);
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const page = await browser.newPage();
      await page.goto(pathToFileURL(file).href, { waitUntil: 'commit' });
      times.push(await page.evaluate<number>(CONTROLS));
      await page.close();
    }
    return `its controls work ${middle(times).toFixed(0)} ms after the page was asked for, in Chromium`;
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
}

function middle(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] as number;
}
