import { figureNames } from './figure-names.ts';
import type { Report } from './schema.ts';

/** Names of the files of a report's figures: its own, a kill matrix each, and the calibration. */
export function figureFileNames({ figures, killMatrices = [], calibration }: Report) {
  const kills = killMatrices.map(({ id }) => ({ id: `kills-${id}` }));
  const names = figureNames([...figures, ...kills, ...(calibration === undefined ? [] : [{ id: 'calibration' }])]);
  return {
    figures: names.slice(0, figures.length),
    kills: names.slice(figures.length, figures.length + kills.length),
    calibration: calibration === undefined ? undefined : (names.at(-1) as string),
  };
}
