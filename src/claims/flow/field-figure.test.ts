import { describe, expect, it } from 'vitest';
import { row } from '../../core/batch.ts';
import type { FieldImage } from '../../core/figure.ts';
import { childSeed } from '../../core/random.ts';
import { flowProblem } from '../../simulators/flow-problem.ts';
import { bfgs } from '../../solvers/bfgs.ts';
import { run } from '../../solvers/run.ts';
import { DEFAULT_SEED } from '../defaults.ts';
import { answersFigure } from './answers-figure.ts';
import { fieldFigure } from './field-figure.ts';
import { fieldPanel, shadeOf } from './field-panel.ts';
import { flowSettings, localBfgs } from './methods.ts';

const context = { seed: DEFAULT_SEED, backend: 'float64' } as const;

/** Half a unit of the last of four digits, of numbers below 10. */
const ROUNDING = 0.0005 + 1e-9;

const fieldOf = ({ rows }: FieldImage): readonly (number | null)[] => rows.flat();

function closeTo(image: FieldImage | undefined, field: Float64Array): void {
  const shown = fieldOf(image as FieldImage);
  expect(shown).toHaveLength(field.length);
  shown.forEach((value, i) => {
    expect(Math.abs((value as number) - field[i]!)).toBeLessThan(ROUNDING);
  });
}

describe('the fields of a flow', () => {
  const problem = flowProblem(flowSettings.vortex);
  const { task, reference } = problem.draw(16, childSeed(DEFAULT_SEED, 'figure/flow-fields'));
  const figure = fieldFigure(context);
  const images = figure.panels.map(({ image }) => image);
  const unsolved = run(problem, localBfgs(), task, 0).rows.findIndex(({ loss }) => loss >= 1e-6);

  it('are those of the first problem that BFGS leaves unsolved: given, observed and sought', () => {
    closeTo(images[1], row(task.observed, unsolved));
    const truth = row(reference.truth, unsolved);
    const flow = problem.simulator.trajectory(truth, row(task.identifiers, unsolved));
    closeTo(images[0], flow[0]!.marker);
    closeTo(images[3], flow[0]!.vorticity);
    closeTo(images[4], flow.at(-1)!.vorticity);
    expect(flow).toHaveLength(31);
  });

  it('have the vortex where it is, x to the right and y upwards', () => {
    const [x, y] = [row(reference.truth, unsolved)[0]!, row(reference.truth, unsolved)[1]!];
    const { x: places, y: heights, rows } = images[3] as FieldImage;
    const sizes = rows.flatMap((line, i) => line.map((value, j) => ({ size: Math.abs(value as number), i, j })));
    const largest = sizes.reduce((a, b) => (b.size > a.size ? b : a));
    expect(Math.abs((places[largest.j] as number) - x)).toBeLessThan(0.2);
    expect(Math.abs((heights[largest.i] as number) - y)).toBeLessThan(0.2);
  });

  it('show an answer that leads to another marker than the observed one', () => {
    const difference = fieldOf(images[1] as FieldImage).map(
      (value, i) => (value as number) - (fieldOf(images[2] as FieldImage)[i] as number),
    );
    const loss = difference.reduce((sum, value) => sum + value ** 2, 0) / difference.length;
    expect(loss).toBeGreaterThan(1e-4);
    expect(figure.caption).toContain(loss.toExponential(0).slice(0, 1));
  });

  it('share scales that no value exceeds', () => {
    for (const image of images as FieldImage[]) {
      for (const value of fieldOf(image)) expect(Math.abs(value as number)).toBeLessThanOrEqual(image.color.limit);
    }
    expect(new Set(images.slice(0, 3).map((image) => image?.color.limit)).size).toBe(1);
    expect(new Set(images.slice(3).map((image) => image?.color.limit)).size).toBe(1);
  });
});

describe('scales', () => {
  it('are rounded up to one digit', () => {
    expect(shadeOf('m', [Float64Array.of(0.61, -0.2)]).limit).toBe(0.7);
    expect(shadeOf('m', [Float64Array.of(0.1), Float64Array.of(-6.01)]).limit).toBe(7);
    expect(shadeOf('m', [Float64Array.of(0.3)]).limit).toBe(0.3);
    expect(shadeOf('m', [Float64Array.of(0.98)]).limit).toBe(1);
    expect(shadeOf('m', [Float64Array.of(0)]).limit).toBeGreaterThan(0);
  });

  it('belong to panels of N by N cells from the bottom up', () => {
    const { image } = fieldPanel('t', Float64Array.of(1, 2, 3, 4), { label: 'm', limit: 4 });
    expect(image?.rows).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(image?.x).toEqual([-Math.PI, 0]);
  });
});

describe('true and found', () => {
  it('show the first problem that refinement leaves unsolved, and what the methods found', () => {
    const problem = flowProblem({ unknowns: 'modes', points: 16, step: 0.2, horizon: 1, modes: 1 });
    const drawn = problem.draw(2, 3);
    const unsolvedRun = run(problem, bfgs({ maxIterations: 1 }), drawn.task, 0);
    const solvedRun = run(problem, bfgs({ gradientTolerance: 1e-10 }), drawn.task, 0);
    const [second, first] = [unsolvedRun.rows[1]!, solvedRun.rows[0]!];
    expect(first.loss).toBeLessThan(1e-6);
    const refined = { ...unsolvedRun, rows: [first, second] };
    const compared = { joint: unsolvedRun, refined, local: solvedRun, others: [] };
    const figure = answersFigure(problem, drawn, compared);
    const images = figure.panels.map(({ image }) => image);
    const marker = row(drawn.task.identifiers, 1);
    const ends = (x: ArrayLike<number>) => problem.simulator.trajectory(x, marker);
    closeTo(images[0], ends(row(drawn.reference.truth, 1))[0]!.vorticity);
    closeTo(images[1], ends(second.x)[0]!.vorticity);
    closeTo(images[2], ends(solvedRun.rows[1]!.x)[0]!.vorticity);
    closeTo(images[3], row(drawn.task.observed, 1));
    closeTo(images[4], ends(second.x).at(-1)!.marker);
    expect(figure.caption).toContain('the first that the refined network leaves unsolved');
    const solved = answersFigure(problem, drawn, { ...compared, refined: solvedRun });
    expect(solved.caption).toContain('refinement solves them all');
  });
});
