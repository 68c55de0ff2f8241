import {
  areaY,
  axisX,
  axisY,
  dot,
  frame,
  gridY,
  image,
  lineY,
  plot,
  pointer,
  ruleX,
  ruleY,
  scale,
  text,
  tip,
} from '@observablehq/plot';
import type { PlotLibrary } from '../figures/chart-marks.ts';

/** The parts of the plotting library that charts use: the bundle leaves out the others. */
export const plotLibrary: PlotLibrary = {
  areaY,
  axisX,
  axisY,
  dot,
  frame,
  gridY,
  image,
  lineY,
  plot,
  pointer,
  ruleX,
  ruleY,
  scale,
  text,
  tip,
};
