import { describe, expect, it } from 'vitest';
import { buildReport } from './build.ts';
import { figureFileNames } from './figure-file-names.ts';
import { figureFiles } from './figure-files.ts';
import { SAMPLE_CALIBRATION } from './testing/sample-calibration.ts';
import { SAMPLE_MATRIX } from './testing/sample-matrix.ts';
import { sampleFigure, sampleInput } from './testing/sample-report.ts';
import { xmlDefect } from './testing/well-formed.ts';

const input = {
  ...sampleInput({ figures: [sampleFigure(), sampleFigure({ id: 'calibration' })] }),
  killMatrices: [SAMPLE_MATRIX, SAMPLE_MATRIX],
  calibration: SAMPLE_CALIBRATION,
};

describe('files of figures', () => {
  it('are those of the figures, a kill matrix each, and of the calibration, under names of their own', () => {
    const report = buildReport(input);
    expect(figureFileNames(report)).toEqual({
      figures: ['3b', 'calibration'],
      kills: ['kills-sample.matrix', 'kills-sample.matrix-2'],
      calibration: 'calibration-2',
    });
    expect(figureFiles(report).map(({ name }) => name)).toEqual([
      '3b',
      'calibration',
      'calibration-2',
      'kills-sample.matrix',
      'kills-sample.matrix-2',
    ]);
  });

  it('are none where a report has no figures', () => {
    expect(figureFiles(buildReport(sampleInput({ figures: [] })))).toEqual([]);
  });

  it('are well-formed and hold what they are named after', async () => {
    const [, , calibration, kills] = figureFiles(buildReport(input));
    for (const file of [calibration, kills]) expect(xmlDefect((await file?.svg()) ?? '')).toBeUndefined();
    expect(await calibration?.svg()).toContain('Error of the engine over its level');
    expect(calibration?.csv()).toContain('0/1 trials,engine,0.05,1,,\n');
    expect(kills?.csv()).toContain('cube,wrong,3,1\n');
  });
});
