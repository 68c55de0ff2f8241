import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, onTestFinished } from 'vitest';
import { buildReport, type ReportInput } from '../build.ts';
import { writeReport } from '../write.ts';
import { launchChromium, reasonToSkip } from './chromium.ts';

/** The page of a report in a window of its own. */
export interface OpenedPage {
  readonly page: Page;
  /** Everything that must not happen: messages on the console, errors, dialogs, requests for anything but the page. */
  readonly faults: readonly string[];
  /** The text of a file beside the page. */
  fileBeside(name: string): Promise<string>;
}

export type OpenOptions = BrowserContextOptions & { readonly before?: (page: Page) => Promise<void> };

/**
 * Tests of the page in a browser that they share; where there is none, they are left out, and their title says why.
 *
 * @param define  given a function that writes the report and opens its page from there
 */
export function describeInBrowser(
  title: string,
  define: (open: (input: ReportInput, options?: OpenOptions) => Promise<OpenedPage>) => void,
): void {
  const skipped = reasonToSkip(process.env);
  describe.skipIf(skipped !== undefined)(skipped === undefined ? title : `${title} (skipped: ${skipped})`, () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launchChromium();
    }, 120_000);
    afterAll(() => browser?.close());
    define((input, options = {}) => openReport(browser, input, options));
  });
}

async function openReport(
  browser: Browser,
  input: ReportInput,
  { before, ...options }: OpenOptions,
): Promise<OpenedPage> {
  const directory = await mkdtemp(path.join(tmpdir(), 'inverse-claims-page-'));
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  onTestFinished(async () => {
    await context.close();
    await rm(directory, { recursive: true });
  });
  await writeReport(buildReport(input), directory);
  const page = await context.newPage();
  const address = pathToFileURL(path.join(directory, 'index.html')).href;
  const faults: string[] = [];
  page.on('console', (message) => faults.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (request.url() !== address && !/^(data|blob):/.test(request.url())) faults.push(`request: ${request.url()}`);
  });
  await before?.(page);
  await page.goto(address);
  return { page, faults, fileBeside: (name) => readFile(path.join(directory, name), 'utf8') };
}
