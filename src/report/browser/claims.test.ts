import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { manyClaims } from '../testing/many-claims.ts';
import { sampleInput } from '../testing/sample-report.ts';
import { downloaded } from './downloaded.ts';
import { describeInBrowser } from './opened-page.ts';

const rows = (page: Page) => page.locator('tr[data-outcome]:visible');
const sections = (page: Page) => page.locator('article.claim:visible');
const status = (page: Page) => page.locator('.tools').getByRole('status').innerText();
const isOpen = (page: Page, claim: string): Promise<boolean> =>
  page
    .locator('article', { hasText: claim })
    .locator('details')
    .first()
    .evaluate((details) => (details as HTMLDetailsElement).open);

describeInBrowser('claims on the page', (open) => {
  it('are found by any of their words, all of which must occur', async () => {
    const { page } = await open(manyClaims(40));
    expect(await status(page)).toBe('40 claims');
    const search = page.getByRole('searchbox');
    await search.fill('Group-3.claim');
    expect(await rows(page).count()).toBe(4);
    expect(await sections(page).count()).toBe(4);
    expect(await status(page)).toBe('showing 4 of 40');
    expect(await page.locator('.verdicts tbody:visible').count()).toBe(1);
    await search.fill('group-3 claim-13');
    expect(await rows(page).count()).toBe(1);
    await search.fill('group-3 claim-14');
    expect(await rows(page).count()).toBe(0);
    await search.fill('');
    expect(await rows(page).count()).toBe(40);
  });

  it('are filtered by outcome, group and kind together', async () => {
    const { page } = await open(manyClaims(40));
    const supported = page.locator('.tools').getByRole('button', { name: 'supported', exact: true });
    await supported.click();
    expect(await supported.getAttribute('aria-pressed')).toBe('false');
    expect(await rows(page).count()).toBe(32);
    expect(await page.locator('tr[data-outcome=supported]:visible').count()).toBe(0);
    await page.getByLabel('Group of claims').selectOption('group-1');
    expect(await rows(page).count()).toBe(4);
    await page.getByRole('searchbox').fill('claim-21');
    expect(await rows(page).count()).toBe(1);
    await page.getByRole('searchbox').fill('');
    await page.getByLabel('Group of claims').selectOption('');
    await supported.click();
    expect(await rows(page).count()).toBe(40);
  });

  it('take the focus to the search on "/"', async () => {
    const { page } = await open(manyClaims(4));
    await page.keyboard.press('/');
    await page.keyboard.type('claim-2');
    expect(await page.getByRole('searchbox').inputValue()).toBe('claim-2');
    expect(await rows(page).count()).toBe(1);
  });

  it('unfold by a click, by the keyboard and by their address; what is not supported is open from the start', async () => {
    const { page } = await open(sampleInput());
    expect(await isOpen(page, 'sample.refuted')).toBe(true);
    expect(await isOpen(page, 'sample.supported')).toBe(false);
    const summary = page.locator('article', { hasText: 'sample.supported' }).locator('summary').first();
    await summary.click();
    expect(await isOpen(page, 'sample.supported')).toBe(true);
    await summary.focus();
    await page.keyboard.press('Enter');
    expect(await isOpen(page, 'sample.supported')).toBe(false);
    await page.locator('.verdicts').getByRole('link', { name: 'sample.supported' }).click();
    await page.waitForFunction(() => document.querySelector(':target details')?.hasAttribute('open'));
    expect(await page.getByText('In words: it is supported.').isVisible()).toBe(true);
    await page.getByRole('button', { name: 'Expand all' }).click();
    expect(await page.locator('article > details:not([open])').count()).toBe(0);
    await page.getByRole('button', { name: 'Collapse all' }).click();
    expect(await page.locator('article > details[open]').count()).toBe(0);
  });

  it('are reached by the keyboard alone', async () => {
    const { page } = await open(sampleInput());
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the verdicts');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('#verdicts') !== null)).toBe(true);
  });

  it('hand out their command', async () => {
    const { page } = await open(sampleInput(), {
      before: async (opened) => {
        await opened.addInitScript(() => {
          const writeText = async (text: string) => void document.documentElement.setAttribute('data-copied', text);
          Object.defineProperty(navigator, 'clipboard', { value: { writeText } });
        });
      },
    });
    const replay = page.locator('article', { hasText: 'sample.refuted' }).locator('.replay');
    await replay.getByRole('button', { name: 'Copy' }).click();
    await replay.getByText('Copied').waitFor();
    expect(await page.locator('html').getAttribute('data-copied')).toBe(
      'npx inverse-claims verify sample.refuted --seed 7',
    );
  });

  it('select their command where the clipboard is closed', async () => {
    const { page } = await open(sampleInput(), {
      before: async (opened) => {
        await opened.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
      },
    });
    const replay = page.locator('article', { hasText: 'sample.refuted' }).locator('.replay');
    await replay.getByRole('button', { name: 'Copy' }).click();
    await replay.getByText('Selected').waitFor();
    expect(await page.evaluate(() => String(getSelection()))).toBe('npx inverse-claims verify sample.refuted --seed 7');
  });

  it('hand out the rows that are shown as CSV', async () => {
    const { page } = await open(manyClaims(40));
    await page.getByRole('searchbox').fill('group-3');
    const lines = (await downloaded(page, page.locator('.tools').getByRole('button', { name: /CSV|as .*csv/ }))).text
      .trim()
      .split('\n');
    expect(lines).toHaveLength(5);
    expect(lines[0]).toBe('Outcome,Claim,Estimate and interval,Trials,α,Control');
    expect(lines.slice(1).map((line) => /group-3\.claim-\d+/.exec(line)?.[0])).toEqual(
      [3, 13, 23, 33].map((k) => `group-3.claim-${k}`),
    );
  });
});
