import { watchCharts } from './charts.ts';
import { addKillDownloads } from './kills.ts';

/** The second script of the page, at its end, with the plotting library. */
void watchCharts();
addKillDownloads();
