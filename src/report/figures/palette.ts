/** Colors of a chart: fixed ones on white for files, or those of the page that embeds it (light and dark). */
export type Theme = 'paper' | 'page';

/** After Okabe & Ito's palette for all forms of color vision, darkened to a contrast of at least 4.5 on white. */
const PAPER_SERIES = ['#0063a3', '#b84a00', '#00704f', '#8b3f7e', '#7a5c00', '#3c4650'] as const;

/** Second cue beside color, so that lines can be told apart in gray. */
const DASHES = ['none', '7 3', '2 3', '9 3 2 3', '5 2 1 2 1 2', '12 4'] as const;

export interface LineStyle {
  readonly color: string;
  readonly dash: string;
}

/** Style of the k-th series: the color and the dashes have the same period. */
export function lineStyle(k: number, theme: Theme): LineStyle {
  const index = k % PAPER_SERIES.length;
  const color = PAPER_SERIES[index] as string;
  return { color: theme === 'paper' ? color : `var(--series-${index})`, dash: DASHES[index] as string };
}

/** Text, muted text and background. */
export function inks(theme: Theme): { readonly ink: string; readonly muted: string; readonly back: string } {
  return theme === 'paper'
    ? { ink: '#1c2126', muted: '#59636d', back: '#ffffff' }
    : { ink: 'var(--ink)', muted: 'var(--muted)', back: 'var(--card)' };
}
