import { openClaims } from './claims.ts';
import { addCopyButtons } from './copy.ts';
import { addFilter } from './filter.ts';
import { addTableDownloads } from './tables.ts';
import { addThemeSwitch } from './theme.ts';

/**
 * The first script of the page, below the table of verdicts: theme, search and filters work while the rest is read. It
 * adds every control itself, so that the page reads well without it.
 */
addThemeSwitch();
addFilter();
addEventListener('DOMContentLoaded', () => {
  openClaims();
  addTableDownloads();
  addCopyButtons();
});
