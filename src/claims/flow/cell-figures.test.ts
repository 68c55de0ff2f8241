import { describe, expect, it } from 'vitest';
import { catalogue } from '../catalogue.ts';
import { plannedJobs } from '../part.ts';
import { flowCellFigures, fractionFigure, unknownsFigure } from './cell-figures.ts';
import { wavesTrainings } from './training-cells.ts';

const facts = (solved: number) => ({
  refinedSolved: solved,
  bfgsSolved: solved / 2,
  restartsSolved: 1,
  jointMeanLoss: 0.1,
  refinedMeanLoss: 0.01 * (1 + solved),
  bfgsMeanLoss: 0.001,
  restartsMeanLoss: 0.0001,
});
const trainings = (...solved: readonly number[]) => solved.map(facts);
const six = trainings(0.5, 0.1, 0.3, 0.2, 0.6, 0.4);

describe('figures over cells', () => {
  it('show medians of six trainings between the least and the largest', () => {
    const figure = fractionFigure([six, six, six, six], [six, six, six, trainings(1, 1, 1, 1, 1, 1)]);
    const [vortex, waves] = figure.panels;
    expect(vortex?.series[0]).toEqual({
      name: 'JPO + refinement',
      x: [16, 32, 64, 128],
      y: [0.35, 0.35, 0.35, 0.35],
      low: [0.1, 0.1, 0.1, 0.1],
      high: [0.6, 0.6, 0.6, 0.6],
    });
    expect(waves?.series[0]?.y).toEqual([0.35, 0.35, 0.35, 1]);
    expect(waves?.series[1]?.high).toEqual([0.3, 0.3, 0.3, 0.5]);
  });

  it('show cells by their unknowns', () => {
    const [solved, losses] = unknownsFigure([six, six, trainings(0, 0, 0, 0, 0, 0)]).panels;
    expect(solved?.series[0]).toMatchObject({ x: [3, 6, 24], y: [0.35, 0.35, 0] });
    expect(losses?.series.map(({ name, y }) => [name, y[2]])).toEqual([
      ['JPO + refinement', 0.01],
      ['BFGS', 0.001],
      ['multi-start BFGS', 0.0001],
      ['JPO', 0.1],
    ]);
    const methods = losses?.series.map(({ name }) => name) ?? [];
    expect(methods.slice(0, 3)).toEqual(solved?.series.map(({ name }) => name));
  });

  it('take their trainings in the order of their panels, and every source is one of the catalogue', async () => {
    const [fraction, unknowns] = flowCellFigures;
    const names = fraction?.trials?.map(({ source }) => source.id);
    expect(names).toEqual([
      ...[16, 32, 64, 128].map((n) => `flow.training-vortex-${n}`),
      ...[16, 32].map((n) => `flow.training-waves-${n}`),
      'flow.training-waves',
      'flow.training-waves-128',
    ]);
    expect(unknowns?.trials?.map(({ source }) => source.id)).toEqual([
      'flow.training-vortex-64',
      'flow.training-two-vortices-64',
      'flow.training-waves',
    ]);
    for (const { trials = [] } of flowCellFigures) {
      for (const { source, count } of trials) {
        expect(catalogue.source(source.id)).toBe(source);
        expect(count).toBe(6);
      }
    }
    const each = names?.map((_, k) => trainings(...Array<number>(6).fill(k / 10))) ?? [];
    const [figure] = (await fraction?.compute({ seed: 1, backend: 'cpu' }, each)) ?? [];
    expect(figure?.panels.map(({ series }) => series[0]?.y)).toEqual([
      [0, 0.1, 0.2, 0.3],
      [0.4, 0.5, 0.6, 0.7],
    ]);
  });

  it('are divided with the campaign: their trainings are jobs', () => {
    const jobs = plannedJobs([catalogue.claim('flow.joint-training-does-not-win')], { seed: 1, backend: 'cpu' });
    const of = (id: string) => jobs.filter((job) => job.kind === 'trials' && job.source === id).length;
    expect(of('flow.training-vortex-16')).toBe(6);
    expect(of('flow.training-waves-128')).toBe(6);
    expect(of(wavesTrainings.id)).toBeGreaterThanOrEqual(19);
  });
});
