import { watchCharts } from './charts.ts';

/** The second script of the page, at its end, with the plotting library. */
void watchCharts();
