import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { SAMPLE_CALIBRATION } from '../testing/sample-calibration.ts';
import { SAMPLE_MATRIX } from '../testing/sample-matrix.ts';
import { sampleField, sampleFigure, sampleInput } from '../testing/sample-report.ts';
import { xmlDefect } from '../testing/well-formed.ts';
import { downloaded } from './downloaded.ts';
import { describeInBrowser } from './opened-page.ts';

const [panel] = sampleFigure().panels;
const twoPanels = sampleFigure({
  id: 'two',
  title: 'A field and its curves',
  panels: [
    {
      title: 'field',
      x: { label: 'x', scale: 'linear' },
      y: { label: 't', scale: 'linear' },
      image: sampleField(),
      series: [],
    },
    ...(panel === undefined ? [] : [{ ...panel, title: 'curves' }]),
  ],
});
const input = sampleInput({ figures: [sampleFigure(), twoPanels] });

/** A figure of the report, drawn. */
async function drawn(page: Page, name: string): Promise<Locator> {
  const plate = page.locator(`#figure-${name}`);
  await plate.scrollIntoViewIfNeeded();
  await plate.locator('.panel svg').first().waitFor();
  return plate;
}

/** Curves in the charts of a figure, bands not counted. */
const curves = (plate: Locator): Promise<number> => plate.locator('g[stroke-linejoin="round"] path').count();

/** All texts of the charts of a figure. */
const texts = async (plate: Locator): Promise<string> =>
  (await plate.locator('.panel svg').allTextContents()).join(' ');

/** What an SVG shows: its texts, paths and pictures, in order, however it is written down. */
const content = (svg: string): readonly string[] =>
  [...svg.matchAll(/ d="([^"]*)"|href="([^"]*)"|>([^<>]+)</g)]
    .map(([all]) => all.trim())
    .filter((part) => part !== '><');

describeInBrowser('charts on the page', (open) => {
  it('are drawn when they come near, and all of them where the page is printed', async () => {
    const { page } = await open(input);
    const places = page.locator('.chart-place');
    const empty = page.locator('.chart-place:not(:has(svg))');
    expect(await places.count()).toBeGreaterThan(4);
    expect(await empty.count()).toBeGreaterThan(0);
    await page.pdf();
    expect(await empty.count()).toBe(0);
  });

  it('show the values under the pointer', async () => {
    const { page } = await open(input);
    const plate = await drawn(page, '3b');
    const box = await plate.locator('.panel svg').first().boundingBox();
    if (box === null) throw new Error('no box');
    expect(await texts(plate)).not.toContain('iteration1');
    for (let x = 0.05; x < 1 && !/BFGS.*0\.1/.test(await texts(plate)); x += 0.02) {
      await page.mouse.move(box.x + x * box.width, box.y + 0.35 * box.height);
    }
    expect(await texts(plate)).toMatch(/BFGS.*0\.1/);
  });

  it('leave methods out, and take them back', async () => {
    const { page } = await open(input);
    const plate = await drawn(page, '3b');
    const before = await curves(plate);
    expect(before).toBeGreaterThanOrEqual(2);
    const method = plate.getByRole('button', { name: 'BFGS' });
    await method.click();
    expect(await method.getAttribute('aria-pressed')).toBe('false');
    expect(await curves(plate)).toBeLessThan(before);
    expect(await plate.locator('.panel svg').first().textContent()).not.toContain('BFGS');
    await method.click();
    expect(await curves(plate)).toBe(before);
  });

  it('have linear and logarithmic axes', async () => {
    const { page } = await open(input);
    const plate = await drawn(page, '3b');
    const logarithmic = await texts(plate);
    expect(logarithmic).toContain('10⁻⁴');
    const toggle = plate.getByRole('button', { name: 'log y' });
    expect(await toggle.getAttribute('aria-pressed')).toBe('true');
    await toggle.click();
    expect(await toggle.getAttribute('aria-pressed')).toBe('false');
    expect(await texts(plate)).not.toContain('10⁻⁴');
    expect(await texts(plate)).toContain('0.511.52');
    await toggle.click();
    expect(await texts(plate)).toBe(logarithmic);
  });

  it.each(['3b', 'two'])('hand out what is in the files beside the page: figure %s', async (name) => {
    const { page, fileBeside } = await open(input);
    const plate = await drawn(page, name);
    const csv = await downloaded(page, plate.getByRole('button', { name: /as CSV$/ }));
    expect(csv).toEqual({ name: `${name}.csv`, text: await fileBeside(`figures/${name}.csv`) });
    const svg = await downloaded(page, plate.getByRole('button', { name: /as SVG$/ }));
    expect(svg.name).toBe(`${name}.svg`);
    expect(content(svg.text)).toEqual(content(await fileBeside(`figures/${name}.svg`)));
    expect(content(svg.text).length).toBeGreaterThan(10);
    expect(xmlDefect(svg.text)).toBeUndefined();
  });

  it('hand out the chart as it is shown', async () => {
    const { page } = await open(input);
    const plate = await drawn(page, '3b');
    await plate.getByRole('button', { name: 'BFGS' }).click();
    const { text } = await downloaded(page, plate.getByRole('button', { name: /as SVG$/ }));
    expect(text).toContain('joint network');
    expect(text).not.toContain('BFGS');
  });

  it('hand out kill matrices and the calibration as in the files beside the page', async () => {
    const more = { ...input, killMatrices: [SAMPLE_MATRIX], calibration: SAMPLE_CALIBRATION };
    const { page, fileBeside } = await open(more);
    const kills = page.locator('#kills');
    const svg = await downloaded(page, kills.getByRole('button', { name: /\.svg$/ }));
    expect(svg).toEqual({ name: 'kills-sample.matrix.svg', text: await fileBeside('figures/kills-sample.matrix.svg') });
    const csv = await downloaded(page, kills.getByRole('button', { name: /\.csv$/ }));
    expect(csv.text).toContain('cube,3,1\n');
    const plate = await drawn(page, 'calibration');
    const data = await downloaded(page, plate.getByRole('button', { name: /as CSV$/ }));
    expect(data).toEqual({ name: 'calibration.csv', text: await fileBeside('figures/calibration.csv') });
  });

  it('are named for those who do not see them', async () => {
    const { page } = await open(input);
    const plate = await drawn(page, 'two');
    expect(await plate.getByRole('img', { name: 'curves' }).count()).toBe(1);
    expect(await plate.getByRole('img', { name: 'field' }).count()).toBe(1);
  });
});
