import { expect, it } from 'vitest';
import { hostileInput } from '../testing/hostile.ts';
import { sampleInput } from '../testing/sample-report.ts';
import { describeInBrowser } from './opened-page.ts';

describeInBrowser('the page, opened from a file', (open) => {
  it.each([
    ['a report', sampleInput()],
    ['a report of hostile texts', hostileInput()],
    ['a report of nothing', sampleInput({ results: [], figures: [] })],
  ])('%s: no message on the console, no error, no request', async (_name, input) => {
    const { page, faults } = await open(input);
    for (const details of await page.locator('details').all())
      await details.evaluate((one) => one.setAttribute('open', ''));
    for (const place of await page.locator('.chart-place').all()) {
      await place.scrollIntoViewIfNeeded();
      await place.locator('svg').first().waitFor();
    }
    expect(faults).toEqual([]);
  });

  it('lets nothing in that is not its own', async () => {
    const { page } = await open(sampleInput());
    const violations = await page.evaluate(async () => {
      const found: string[] = [];
      addEventListener('securitypolicyviolation', ({ effectiveDirective }) => found.push(effectiveDirective));
      const script = document.createElement('script');
      script.textContent = 'window.foreign = true';
      const style = document.createElement('style');
      style.textContent = 'body { display: none }';
      const image = document.createElement('img');
      image.src = 'https://example.org/pixel.png';
      document.body.append(script, style, image);
      await fetch('https://example.org/').catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 50));
      return { found, foreign: 'foreign' in window, display: getComputedStyle(document.body).display };
    });
    expect(violations.foreign).toBe(false);
    expect(violations.display).toBe('block');
    expect(violations.found.toSorted()).toEqual(['connect-src', 'img-src', 'script-src-elem', 'style-src-elem']);
  });

  it('says on the first screen what came out, what it is worth, and how it came about', async () => {
    const { page } = await open(sampleInput(), { viewport: { width: 1280, height: 720 } });
    for (const text of ['1 of 5 claims is supported', 'Error budget', 'inverse-claims verify --seed 7', 'wasm']) {
      const box = await page.getByText(text).first().boundingBox();
      expect((box?.y ?? Number.NaN) + (box?.height ?? 0)).toBeLessThan(720);
    }
    const tiles = page.getByRole('list', { name: 'Claims by outcome' }).getByRole('listitem');
    expect(await tiles.allInnerTexts()).toEqual(
      ['supported', 'refuted', 'undecided', 'skipped', 'errored'].map((name) =>
        expect.stringMatching(RegExp(`^${name}\\s+1`)),
      ),
    );
    expect(await page.locator('.facts-of-run').innerText()).toMatch(/Seed\s+7/);
  });

  it('reads without script: all claims, all words; controls that would do nothing are absent', async () => {
    const input = sampleInput();
    const { page } = await open(input, { javaScriptEnabled: false });
    for (const { statement, words, replay } of input.results) {
      expect(await page.getByText(statement).last().isVisible()).toBe(true);
      expect(await page.locator('article', { hasText: words }).locator('.replay', { hasText: replay }).count()).toBe(1);
    }
    expect(await page.locator('noscript p').innerText()).toContain('the same charts are in the folder figures');
    expect(await page.locator('button:visible, input:visible, select:visible').count()).toBe(0);
    await page.locator('article', { hasText: 'sample.supported' }).locator('summary').first().click();
    expect(await page.getByText('In words: it is supported.').isVisible()).toBe(true);
  });
});
