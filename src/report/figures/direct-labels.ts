/** A text to stand beside the chart at the height of what it names. */
export interface LabelRequest {
  readonly text: string;
  readonly color: string;
  /** Wanted height of its middle, px from the top. */
  readonly y: number;
}

export interface PlacedLabel extends LabelRequest {
  readonly lines: readonly string[];
  /** Height of its middle after labels were moved apart, px from the top. */
  readonly placedY: number;
}

/** Font size of labels and the distance of their lines, px. */
export const LABEL_SIZE = 11;
export const LINE_HEIGHT = 13;

/** Average width of a character of a system font in units of its size; measured texts are a little narrower. */
const CHARACTER_WIDTH = 0.56;

/** Room a line of label text takes, px. */
export function textWidth(text: string): number {
  return [...text].length * CHARACTER_WIDTH * LABEL_SIZE;
}

/** Breaks a label at spaces into lines of at most `longest` characters; longer words stay whole. */
export function wrapLabel(text: string, longest: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= longest) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/**
 * Moves labels apart so that none overlap, as little as possible in turn from top to bottom, and back into [top, bottom]
 * where they fit. Keeps their order.
 *
 * @param top     upper end of the room, px
 * @param bottom  lower end of the room, px
 * @param longest characters per line
 */
export function placeLabels(
  wanted: readonly LabelRequest[],
  top: number,
  bottom: number,
  longest: number,
): readonly PlacedLabel[] {
  const sorted = wanted
    .map((label) => ({ ...label, lines: wrapLabel(label.text, longest), placedY: label.y }))
    .sort((a, b) => a.y - b.y);
  const half = (label: { lines: readonly string[] }) => (label.lines.length * LINE_HEIGHT) / 2;
  let free = top - LINE_HEIGHT / 2;
  for (const label of sorted) {
    label.placedY = Math.max(label.y, free + half(label));
    free = label.placedY + half(label);
  }
  let ceiling = bottom + LINE_HEIGHT / 2;
  for (const label of sorted.toReversed()) {
    label.placedY = Math.min(label.placedY, ceiling - half(label));
    ceiling = label.placedY - half(label);
  }
  return sorted;
}
