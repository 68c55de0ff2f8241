import type { FieldImage } from '../../core/figure.ts';
import { printable } from '../escape.ts';
import { numberText } from '../number-text.ts';
import type { ChartAxes, Frame, PlotLibrary } from './chart-marks.ts';
import { LABEL_SIZE, textWidth } from './direct-labels.ts';
import { colorBarPicture, fieldPicture } from './field-colors.ts';
import { edges } from './field-grid.ts';
import { inks, type Theme } from './palette.ts';

/** The color bar, above the right end of the frame: its size, its middle, and the top of its numbers from the frame, px. */
const BAR = { width: 132, height: 8, middle: -23, numbers: -16 } as const;

/** Cells keep their edges where they are magnified. */
const CELLS = { preserveAspectRatio: 'none', imageRendering: 'pixelated' } as const;

/** The cells of a field, and what their colors mean. */
export function fieldMarks(plot: PlotLibrary, image: FieldImage, axes: ChartAxes, frame: Frame, theme: Theme) {
  const { width, height, left, right, top, bottom } = frame;
  const part = (axis: 'x' | 'y') => {
    const [low, high] = edges(image[axis]).map((edge) => axes[axis].position(edge)) as [number, number];
    return { middle: axes[axis].valueAt((low + high) / 2), share: high - low };
  };
  const [x, y] = [part('x'), part('y')];
  const cells = plot.image([fieldPicture(plot, image)], {
    ...CELLS,
    src: (address: string) => address,
    x: [x.middle],
    y: [y.middle],
    width: (width - left - right) * x.share,
    height: (height - top - bottom) * y.share,
  });
  return [cells, plot.frame({ stroke: inks(theme).muted, strokeOpacity: 0.5 }), ...colorBar(plot, image.color, theme)];
}

/** All colors with the ends and the middle of what they stand for, and its name before them. */
function colorBar(plot: PlotLibrary, { label, limit }: FieldImage['color'], theme: Theme) {
  const { ink, muted } = inks(theme);
  const place = { frameAnchor: 'top-right', fontSize: LABEL_SIZE } as const;
  const bar = plot.image([colorBarPicture(plot)], {
    ...CELLS,
    src: (address: string) => address,
    frameAnchor: 'top-right',
    width: BAR.width,
    height: BAR.height,
    dx: -BAR.width / 2,
    dy: BAR.middle,
  });
  const texts = [-limit, 0, limit].map((value) => numberText(value, 3));
  const numbers = texts.map((text, k) =>
    plot.text([text], {
      ...place,
      textAnchor: 'middle',
      lineAnchor: 'top',
      fill: muted,
      dx: (BAR.width * (k - 2)) / 2,
      dy: BAR.numbers,
    }),
  );
  const name = plot.text([printable(label)], {
    ...place,
    textAnchor: 'end',
    lineAnchor: 'middle',
    fill: ink,
    dx: -BAR.width - textWidth(texts[0] ?? '') / 2 - 3,
    dy: BAR.middle,
  });
  return [bar, ...numbers, name];
}
