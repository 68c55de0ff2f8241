import { watchCharts } from './charts.ts';
import { openClaims } from './claims.ts';
import { addCopyButtons } from './copy.ts';
import { addFilter } from './filter.ts';
import { addTableDownloads } from './tables.ts';
import { addThemeSwitch } from './theme.ts';

/** The script of the page. It adds every control itself, so that the page reads well without it. */
addThemeSwitch();
addFilter();
openClaims();
watchCharts();
addTableDownloads();
addCopyButtons();
