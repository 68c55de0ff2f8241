import type { Figure, Panel, Series } from '../core/figure.ts';
import { calibrationFigure } from './calibration-figure.ts';
import { anchor } from './claim-groups.ts';
import { figureFileNames } from './figure-file-names.ts';
import { evidencePanels } from './figures/evidence-curve.ts';
import type { Report, ReportClaim } from './schema.ts';
import { decisionThreshold, thresholds } from './thresholds.ts';

/** A figure as the page draws it. */
export interface PageFigure extends Figure {
  /** Name of its files, without extension. */
  readonly file: string;
  /** Height of each panel, px; the usual one unless given. */
  readonly height?: number;
}

/** What a claim's evidence is shown by: its own test, and the tests that stand behind it. */
export interface EvidenceFigures {
  readonly main?: PageFigure;
  /** The control of a statistical claim, or the cells of a formula. */
  readonly others?: PageFigure;
}

const EVIDENCE_HEIGHT = 190;

/** Name of a figure of the report in the data of the page. */
export const figureKey = (file: string): string => `figure-${file}`;

/** Name of the evidence of a claim in the data of the page. */
export const evidenceKey = (id: string, which: keyof EvidenceFigures): string => `${which}-${anchor(id)}`;

/** Every figure of the page by its name: those of the report, then the evidence of each claim. */
export function pageFigures(report: Report): Readonly<Record<string, PageFigure>> {
  const names = figureFileNames(report);
  const figures: Record<string, PageFigure> = {};
  report.figures.forEach((figure, k) => {
    const file = names.figures[k] as string;
    figures[figureKey(file)] = { ...figure, file };
  });
  if (report.calibration !== undefined && names.calibration !== undefined) {
    figures[figureKey(names.calibration)] = { ...calibrationFigure(report.calibration), file: names.calibration };
  }
  for (const claim of report.claims) {
    for (const [which, figure] of Object.entries(evidenceFigures(claim))) {
      figures[evidenceKey(claim.id, which as keyof EvidenceFigures)] = figure;
    }
  }
  return figures;
}

/** The sequential tests of a claim as figures; none where nothing was tested. */
export function evidenceFigures(claim: ReportClaim): EvidenceFigures {
  const drawn = claim.curves.flatMap(({ label, points }) => {
    const panels = evidencePanels({ label, points }, frameOf(claim, label));
    return panels.length === 0 ? [] : [{ label, panels: panels.map(shortNumbers) }];
  });
  const isMain = (label: string) => (claim.kind === 'statistical' ? label !== 'control' : drawn.length === 1);
  const main = drawn.filter(({ label }) => isMain(label));
  const others = drawn.filter(({ label }) => !isMain(label));
  return {
    ...(main.length === 0
      ? {}
      : {
          main: evidenceFigure(
            claim,
            'evidence',
            main.flatMap(({ panels }) => panels),
          ),
        }),
    ...(others.length === 0 ? {} : { others: evidenceFigure(claim, 'evidence-of-others', others.flatMap(titled)) }),
  };
}

function evidenceFigure(claim: ReportClaim, what: string, panels: readonly Panel[]): PageFigure {
  return {
    id: claim.id,
    title: `Evidence for ${claim.id}`,
    caption: 'Mean with its confidence sequence, and the logarithm of the evidence in both directions, trial by trial.',
    file: `${what}-${anchor(claim.id).slice(0, 80)}`,
    height: EVIDENCE_HEIGHT,
    panels,
  };
}

/** Panels of one of several tests say which. */
function titled({ label, panels }: { readonly label: string; readonly panels: readonly Panel[] }): readonly Panel[] {
  return panels.map((panel) => ({ ...panel, title: `${label}: ${panel.title.toLowerCase()}` }));
}

function frameOf(claim: ReportClaim, label: string) {
  const { evidence } = claim;
  const cells = evidence?.kind === 'cells' ? evidence.cells : [];
  const first = evidence?.kind === 'sequence' ? evidence : cells[0];
  const cell = cells.find((candidate) => candidate.label === label);
  return {
    marks: cell === undefined ? thresholds(claim).marks : [{ value: cell.theory, label: 'theory' }],
    threshold: first === undefined ? undefined : decisionThreshold(first),
    directions: directions(claim),
    unit: 'trials',
  };
}

function directions(claim: ReportClaim): { for: string; against: string } {
  if (claim.kind === 'formula') return { for: 'within the tolerance', against: 'away from theory' };
  const { theta0, theta1 } = claim.plan;
  return {
    for: theta0 === undefined ? 'for the claim' : `above θ₀ = ${theta0}`,
    against: theta1 === undefined ? 'against it' : `below θ₁ = ${theta1}`,
  };
}

/** Digits of the numbers in evidence curves: all of them are in report.json. */
const DIGITS = 6;

function shortNumbers(panel: Panel): Panel {
  const short = (values: readonly (number | null)[]) =>
    values.map((value) => (value === null ? null : Number(value.toPrecision(DIGITS))));
  const series = panel.series.map(
    ({ low, high, ...line }): Series => ({
      ...line,
      y: short(line.y),
      ...(low === undefined ? {} : { low: short(low) }),
      ...(high === undefined ? {} : { high: short(high) }),
    }),
  );
  return { ...panel, series };
}
