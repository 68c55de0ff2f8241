import { sourceOfFigure } from '../claims/figure-catalogue.ts';
import type { Facts } from '../core/claim.ts';
import type { BackendName } from '../core/solver.ts';
import { loadBackend } from '../networks/backend.ts';
import { writeFigure } from '../report/write-figure.ts';

export interface FigureFlags {
  readonly out: string;
  readonly seed: number;
  readonly backend: 'auto' | BackendName;
}

/** `figure 2a`: computes a figure anew and writes it as SVG and CSV; returns what was written, one path per line. */
export async function figure(id: string, flags: FigureFlags): Promise<string> {
  const source = sourceOfFigure(id);
  const { backend } = await loadBackend(flags.backend);
  const context = { seed: flags.seed, backend };
  const trials: (readonly Facts[])[] = [];
  for (const { source: shown, count } of source.trials ?? []) trials.push(await shown.run(context, 0, count));
  const figures = await source.compute(context, trials);
  const wanted = figures.filter((each) => each.id === id);
  const written = await Promise.all(wanted.map((each) => writeFigure(each, flags.out)));
  return [...wanted.map(({ title, caption }) => `${title}\n${caption}\n`), ...written.flat()].join('\n');
}
