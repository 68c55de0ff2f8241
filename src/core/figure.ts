/** Data of one figure, plain numbers only: what is drawn is decided by the renderer, what is shown by the claims layer. */
export interface Series {
  readonly name: string;
  readonly x: readonly number[];
  /** Same length as x; null where there is no value. */
  readonly y: readonly (number | null)[];
  /** Pointwise band, same length as x. */
  readonly low?: readonly (number | null)[];
  readonly high?: readonly (number | null)[];
  /** Name of the series that this one measures: points with error bars in the color of that series, without a label. */
  readonly pointsOf?: string;
  /** Constant from each x to the next, as an empirical distribution is. */
  readonly steps?: true;
}

export interface AxisLabel {
  readonly label: string;
  readonly scale: 'linear' | 'log';
}

/** A field over both axes of a panel, which are linear: a grid of cells, drawn as colors behind the lines. */
export interface FieldImage {
  /** Centers of the columns of cells, ascending and equally spaced, at least two. */
  readonly x: readonly number[];
  /** Centers of the rows of cells, from the bottom up; like x. */
  readonly y: readonly number[];
  /** A row per y with a number per x; null where there is no value. */
  readonly rows: readonly (readonly (number | null)[])[];
  /** Diverging colors for −limit … limit with 0 in their middle, and what they mean. No value lies beyond. */
  readonly color: { readonly label: string; readonly limit: number };
}

/** One panel: lines that share both axes, on a field where there is one. */
export interface Panel {
  readonly title: string;
  readonly x: AxisLabel;
  readonly y: AxisLabel;
  readonly image?: FieldImage;
  readonly series: readonly Series[];
  /** Horizontal or vertical reference lines, labelled in the plot. */
  readonly references?: readonly { readonly axis: 'x' | 'y'; readonly value: number; readonly label: string }[];
}

export interface Figure {
  /** '3b', '3c' …: number of the paper's figure it corresponds to, or our own name. */
  readonly id: string;
  readonly title: string;
  /** What is shown, for which setting, from how many problems; what to read off. */
  readonly caption: string;
  readonly panels: readonly Panel[];
}
