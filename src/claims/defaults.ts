/** Seed of every run that names none: the number of the paper, arXiv 2408.08119. */
export const DEFAULT_SEED = 240_808_119;
