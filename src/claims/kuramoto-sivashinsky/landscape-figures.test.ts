import { describe, expect, it } from 'vitest';
import { batchOfRows, row } from '../../core/batch.ts';
import type { FieldImage } from '../../core/figure.ts';
import { figureSvg } from '../../report/figures/figure-svg.ts';
import {
  kuramotoSivashinskyProblem,
  kuramotoSivashinskySettings,
} from '../../simulators/kuramoto-sivashinsky-problem.ts';
import { catalogue } from '../catalogue.ts';
import { DEFAULT_SEED } from '../defaults.ts';
import { landscapeFigure, landscapeFigures } from './landscape-figures.ts';
import { shownProblem } from './shown-problem.ts';
import { trajectoryFigure } from './trajectory-figure.ts';

const context = { seed: DEFAULT_SEED, backend: 'float64' } as const;
const shown = shownProblem(DEFAULT_SEED);

/** Half a unit of the last digit that fields have. */
const ROUNDING = 0.0005 + 1e-9;

describe('trajectories', () => {
  const figure = trajectoryFigure(context);
  const [truth, shifted, difference] = figure.panels.map(({ image }) => image) as [FieldImage, FieldImage, FieldImage];

  it('have time from 0 to 50 along x, and the domain along y', () => {
    for (const { x, y, rows } of [truth, shifted, difference]) {
      expect([x[0], x[1], x.at(-1), x.length]).toEqual([0, 0.5, 50, 101]);
      expect([y[0], y[1], y.length, rows.length]).toEqual([0, 22 / 64, 64, 64]);
    }
    expect(figure.panels.map(({ x, y }) => `${x.label}, ${y.label}`)).toEqual(Array(3).fill('time t, x'));
  });

  it('begin at the same state, end where the simulator ends, and the third is the second minus the first', () => {
    const { simulator, draw } = kuramotoSivashinskyProblem({ ...kuramotoSivashinskySettings.A, horizon: 50 });
    const start = row(draw(1, shown.seed, shown.index).task.identifiers, 0);
    const end = simulator.forward(
      batchOfRows([
        [shown.alpha, shown.beta],
        [shown.alpha, shown.beta + 0.01],
      ]),
      batchOfRows([start, start]),
    );
    for (let j = 0; j < 64; j++) {
      expect(Math.abs((truth.rows[j]?.[0] as number) - (start[j] as number))).toBeLessThan(ROUNDING);
      expect(shifted.rows[j]?.[0]).toBe(truth.rows[j]?.[0]);
      expect(Math.abs((truth.rows[j]?.[100] as number) - (end.data[j] as number))).toBeLessThan(ROUNDING);
      expect(Math.abs((shifted.rows[j]?.[100] as number) - (end.data[64 + j] as number))).toBeLessThan(ROUNDING);
      truth.x.forEach((_, k) => {
        const expected = (shifted.rows[j]?.[k] as number) - (truth.rows[j]?.[k] as number);
        expect(Math.abs((difference.rows[j]?.[k] as number) - expected)).toBeLessThan(3 * ROUNDING);
      });
    }
  });

  it('come apart: the difference grows more than twentyfold and reaches the size of u', () => {
    const largest = (column: number) =>
      Math.max(...difference.rows.map((values) => Math.abs(values[column] as number)));
    expect(largest(10)).toBeLessThan(0.15);
    expect(largest(100)).toBeGreaterThan(3);
  });

  it('share their colors, and make a file of less than 150 kB', async () => {
    expect(truth.color.limit).toBe(difference.color.limit);
    expect((await figureSvg(figure)).length).toBeLessThan(150_000);
  });
});

describe('the loss along β', () => {
  const { panels } = landscapeFigure(context);

  it('is least at the true β at every horizon', () => {
    expect(panels.map(({ title }) => title.split(':')[0])).toEqual(['T = 5', 'T = 10', 'T = 25', 'T = 50']);
    for (const { series, references } of panels) {
      const { x, y } = series[0] as { x: readonly number[]; y: readonly number[] };
      expect([x[0], x.at(-1), x.length]).toEqual([0.5, 1.5, 1001]);
      expect(references?.[0]).toMatchObject({ axis: 'x', value: shown.beta });
      expect(Math.abs((x[y.indexOf(Math.min(...y))] as number) - shown.beta)).toBeLessThan(0.001);
    }
  });

  it('says how many minima there are, more at each horizon', () => {
    const counts = panels.map(({ title }) => (title.includes('one') ? 1 : Number(/(\d+) minima/.exec(title)?.[1])));
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    expect(counts[0]).toBe(1);
    expect(counts[3]).toBeGreaterThan(20);
  });
});

describe('shownProblem', () => {
  it('has the weakest forcing of those looked at', () => {
    const { truth } = kuramotoSivashinskyProblem('A').draw(16, shown.seed).reference;
    expect([truth.data[2 * shown.index], truth.data[2 * shown.index + 1]]).toEqual([shown.alpha, shown.beta]);
    for (let b = 0; b < 16; b++) {
      expect(Math.abs(truth.data[2 * b] as number)).toBeGreaterThanOrEqual(Math.abs(shown.alpha));
    }
  });
});

describe('landscapeFigures', () => {
  it('compute what they name, beside claims that exist', async () => {
    for (const { figures, beside, compute } of landscapeFigures) {
      expect((await compute(context, [])).map(({ id }) => id)).toEqual(figures);
      for (const id of beside) expect(catalogue.claim(id).id).toBe(id);
    }
  });
});
