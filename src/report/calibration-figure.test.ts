import { expect, it } from 'vitest';
import { calibrationFigure } from './calibration-figure.ts';
import { SAMPLE_CALIBRATION } from './testing/sample-calibration.ts';

const [event] = SAMPLE_CALIBRATION.events;
const [bounded] = SAMPLE_CALIBRATION.bounded;
if (event === undefined || bounded === undefined) throw new Error('no rows');

const calibration = {
  events: [
    { ...event, alpha: 0.01, error: { above: 0.004, below: 0.001 } },
    event,
    { ...event, nullMean: 0.9, error: { above: 0.01, below: 0.04 }, quickCheck: 0.02 },
  ],
  bounded: [bounded, { ...bounded, mean: 0.1, engine: { rate: 0.03, standardError: 0.004 } }],
};

it('shows the worst error over all null means, as a multiple of the level, by level', () => {
  const [panel] = calibrationFigure(calibration).panels;
  const of = (name: string) => panel?.series.find((series) => series.name === name);
  expect(of('engine')?.x).toEqual([0.01, 0.05]);
  const ratios = (name: string) => of(name)?.y.map((ratio) => ratio?.toFixed(9));
  expect(ratios('engine')).toEqual(['0.400000000', '1.000000000']);
  expect(ratios('peeking')).toEqual(['60.000000000', '12.000000000']);
  expect(ratios('QuickCheck')).toEqual(['1.000000000', '0.400000000']);
  expect(panel?.references).toEqual([{ axis: 'y', value: 1, label: 'allowed' }]);
});

it('shows simulated errors with two standard errors to both sides, those of the worst row', () => {
  const panel = calibrationFigure(calibration).panels[1];
  const [, points] = panel?.series ?? [];
  expect(points?.pointsOf).toBe('engine');
  expect(points?.y).toEqual([0.6]);
  expect(points?.low?.[0]).toBeCloseTo((0.03 - 0.008) / 0.05, 12);
  expect(points?.high?.[0]).toBeCloseTo((0.03 + 0.008) / 0.05, 12);
});

it('has no panel of what was not measured', () => {
  const titles = (of: Parameters<typeof calibrationFigure>[0]) =>
    calibrationFigure(of).panels.map(({ title }) => title);
  expect(titles({ events: [], bounded: [bounded] })).toEqual(['other samples in [0, 1]']);
  expect(titles({ events: [event], bounded: [] })).toEqual(['0/1 trials']);
});
