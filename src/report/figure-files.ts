import type { Figure } from '../core/figure.ts';
import { calibrationFigure } from './calibration-figure.ts';
import { figureFileNames } from './figure-file-names.ts';
import { figureCsv } from './figures/figure-csv.ts';
import { figureSvg } from './figures/figure-svg.ts';
import { killCsv, killSvg } from './figures/kill-svg.ts';
import { killDrawing } from './kill-drawing.ts';
import type { Report } from './schema.ts';

/** A figure of a report as the files beside the page. */
export interface FigureFile {
  /** Without extension and folder. */
  readonly name: string;
  svg(): Promise<string>;
  csv(): string;
}

/** Everything of a report that is written as SVG and CSV. */
export function figureFiles(report: Report): readonly FigureFile[] {
  const names = figureFileNames(report);
  const figures = report.figures.map((figure: Figure, k) => ({ name: names.figures[k] as string, figure }));
  if (report.calibration !== undefined && names.calibration !== undefined) {
    figures.push({ name: names.calibration, figure: calibrationFigure(report.calibration) });
  }
  return [
    ...figures.map(({ name, figure }) => ({ name, svg: () => figureSvg(figure), csv: () => figureCsv(figure) })),
    ...(report.killMatrices ?? []).map((matrix, k) => ({
      name: names.kills[k] as string,
      svg: async () => killSvg(killDrawing(matrix)),
      csv: () => killCsv(killDrawing(matrix)),
    })),
  ];
}
