import { escapeHtml } from './escape.ts';

/** Where the page draws a figure of its data, and what stands there until then. */
export function chartPlace(key: string): string {
  return `<div class="chart-place" data-figure="${escapeHtml(key)}"></div>`;
}
