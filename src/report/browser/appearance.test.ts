import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { hostileInput } from '../testing/hostile.ts';
import { manyClaims } from '../testing/many-claims.ts';
import { sampleInput } from '../testing/sample-report.ts';
import { lowContrast } from './low-contrast.ts';
import { describeInBrowser } from './opened-page.ts';

const background = (page: Page): Promise<string> =>
  page.evaluate(() => getComputedStyle(document.body).backgroundColor);

const LIGHT = 'rgb(247, 247, 244)';
const DARK = 'rgb(18, 21, 24)';

/** Opens everything that folds, and has every chart drawn. */
async function showAll(page: Page): Promise<void> {
  for (const details of await page.locator('details').all())
    await details.evaluate((one) => one.setAttribute('open', ''));
  for (const place of await page.locator('.chart-place').all()) {
    await place.scrollIntoViewIfNeeded();
    await place.locator('svg').first().waitFor();
  }
}

describeInBrowser('the look of the page', (open) => {
  it.each([
    ['light', LIGHT],
    ['dark', DARK],
  ] as const)('follows the %s theme of the system', async (colorScheme, color) => {
    const { page } = await open(sampleInput(), { colorScheme });
    expect(await background(page)).toBe(color);
  });

  it('takes the theme that is chosen, and keeps it', async () => {
    const { page } = await open(sampleInput(), { colorScheme: 'light' });
    const control = page.getByRole('button', { name: /^Theme/ });
    await control.click();
    expect([await control.innerText(), await background(page)]).toEqual(['Theme: light', LIGHT]);
    await control.click();
    expect([await control.innerText(), await background(page)]).toEqual(['Theme: dark', DARK]);
    // What a page stores is there for the next one a moment later.
    await expect
      .poll(async () => {
        await page.reload();
        return [await control.innerText(), await background(page)];
      })
      .toEqual(['Theme: dark', DARK]);
    await control.click();
    expect([await control.innerText(), await background(page)]).toEqual(['Theme: auto', LIGHT]);
  });

  it.each(['light', 'dark'] as const)('has readable texts in the %s theme', async (colorScheme) => {
    const { page } = await open(sampleInput(), { colorScheme });
    await showAll(page);
    await page.locator('.tools').getByRole('button', { name: 'refuted', exact: true }).click();
    expect(await page.evaluate(lowContrast)).toEqual([]);
  });

  it.each([
    ['samples', sampleInput()],
    ['many claims', manyClaims(30)],
    ['hostile texts', hostileInput()],
  ])('fits a phone: %s', async (_name, input) => {
    const { page } = await open(input, { viewport: { width: 390, height: 844 } });
    await showAll(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });

  it('prints without controls, and with all that is folded', async () => {
    const { page } = await open(sampleInput(), { colorScheme: 'dark' });
    await page.pdf();
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('button:visible, input:visible, select:visible, nav:visible').count()).toBe(0);
    expect(await page.getByText('In words: it is supported.').isVisible()).toBe(true);
    const ink = await page.evaluate(() => getComputedStyle(document.body).color);
    expect(ink).toBe('rgb(28, 33, 38)');
  });
});
