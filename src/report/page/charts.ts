import type { Figure, Panel } from '../../core/figure.ts';
import { composedFigure } from '../figures/composed-figure.ts';
import { type ChartOptions, drawChart } from '../figures/draw-chart.ts';
import { figureCsv } from '../figures/figure-csv.ts';
import type { PageFigure } from '../page-data.ts';
import { download } from './download.ts';
import { all, button, toggle } from './elements.ts';
import { pageFigures } from './figures.ts';
import { plotLibrary } from './plot-library.ts';

/** Charts a little beyond the edge of the window are drawn before they are seen. */
const AHEAD = '600px';

const LOG = { x: 'log x', y: 'log y' } as const;
type AxisName = keyof typeof LOG;

/** What the reader chose for a figure. */
interface Choices {
  readonly hidden: Set<string>;
  readonly scales: Partial<Record<AxisName, 'linear' | 'log'>>;
}

/** Draws every figure when it comes near the window, or when the page is printed. */
export async function watchCharts(): Promise<void> {
  const figures = await pageFigures();
  const places = new Map(all('[data-figure]').map((place) => [place, figures[place.dataset.figure ?? '']]));
  const draw = (place: Element) => {
    const figure = places.get(place as HTMLElement);
    if (!places.delete(place as HTMLElement) || figure === undefined) return;
    fill(place as HTMLElement, figure);
  };
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        observer.unobserve(target);
        draw(target);
      }
    },
    { rootMargin: AHEAD },
  );
  for (const place of places.keys()) observer.observe(place);
  addEventListener('beforeprint', () => {
    for (const place of [...places.keys()]) draw(place);
  });
}

/** The charts of a figure, with its controls below them. */
function fill(place: HTMLElement, figure: PageFigure): void {
  const choices: Choices = { hidden: new Set(), scales: {} };
  const panels = document.createElement('div');
  panels.className = figure.panels.length === 4 ? 'panels pairs' : 'panels';
  const redraw = () => panels.replaceChildren(...figure.panels.map((panel) => chart(panel, figure, choices)));
  redraw();
  place.replaceChildren(panels, controls(figure, choices, redraw));
}

function chart(panel: Panel, { height }: PageFigure, choices: Choices): HTMLElement {
  const place = document.createElement('div');
  place.className = 'panel';
  if (panel.title !== '') {
    const title = document.createElement('p');
    title.className = 'panel-title';
    title.textContent = panel.title;
    place.append(title);
  }
  const options: ChartOptions = {
    theme: 'page',
    hidden: choices.hidden,
    hover: true,
    ...(height === undefined ? {} : { height }),
  };
  place.append(element(scaled(panel, choices), options));
  return place;
}

/** A chart that screen readers name by its title. */
function element(panel: Panel, options: ChartOptions): SVGElement {
  const drawn = drawChart(panel, options, { plot: plotLibrary, document }) as unknown as SVGElement;
  drawn.setAttribute('role', 'img');
  drawn.setAttribute('aria-label', panel.title);
  return drawn;
}

/** The panel with the axes that were chosen; a field keeps its own. */
function scaled(panel: Panel, { scales }: Choices): Panel {
  if (panel.image !== undefined) return panel;
  const axis = (name: AxisName) => ({ ...panel[name], scale: scales[name] ?? panel[name].scale });
  return { ...panel, x: axis('x'), y: axis('y') };
}

function controls(figure: PageFigure, choices: Choices, redraw: () => void): HTMLElement {
  const bar = document.createElement('div');
  bar.className = 'chart-tools';
  const names = [...new Set(figure.panels.flatMap(({ series }) => series.map(seriesName)))].filter(
    (name) => name !== '',
  );
  if (names.length > 1) bar.append(...names.map((name) => seriesToggle(name, choices, redraw)));
  bar.append(
    ...(['x', 'y'] as const)
      .filter((axis) => hasLog(figure, axis))
      .map((axis) => scaleToggle(figure, axis, choices, redraw)),
  );
  const svg = () =>
    composedFigure(
      figure,
      figure.panels.map(
        (panel) => element(scaled(panel, choices), { theme: 'paper', hidden: choices.hidden }).outerHTML,
      ),
    );
  bar.append(
    exporting('SVG', figure, () => download(`${figure.file}.svg`, 'image/svg+xml', svg())),
    exporting('CSV', figure, () => download(`${figure.file}.csv`, 'text/csv', figureCsv(figure))),
  );
  return bar;
}

/** Points go with the line they measure. */
function seriesName({ name, pointsOf }: Panel['series'][number]): string {
  return pointsOf ?? name;
}

function seriesToggle(name: string, { hidden }: Choices, redraw: () => void): HTMLButtonElement {
  const control = toggle(name, true, (pressed) => {
    if (pressed) hidden.delete(name);
    else hidden.add(name);
    redraw();
  });
  control.className = 'series';
  return control;
}

/** Whether some panel has positive values to show on a logarithmic axis. */
function hasLog({ panels }: Figure, axis: AxisName): boolean {
  return panels.some(
    ({ image, series }) =>
      image === undefined && series.some((line) => line[axis].some((value) => value !== null && value > 0)),
  );
}

function scaleToggle({ panels }: Figure, axis: AxisName, { scales }: Choices, redraw: () => void): HTMLButtonElement {
  return toggle(
    LOG[axis],
    panels.every((panel) => panel[axis].scale === 'log'),
    (pressed) => {
      scales[axis] = pressed ? 'log' : 'linear';
      redraw();
    },
  );
}

function exporting(kind: string, { title }: Figure, act: () => void): HTMLButtonElement {
  const control = button(kind, act);
  control.className = 'export';
  control.setAttribute('aria-label', `Download ${title} as ${kind}`);
  return control;
}
