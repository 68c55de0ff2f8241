import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';

/** The file that a click hands out. */
export async function downloaded(
  page: Page,
  control: Locator,
): Promise<{ readonly name: string; readonly text: string }> {
  const [file] = await Promise.all([page.waitForEvent('download'), control.click()]);
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
}
