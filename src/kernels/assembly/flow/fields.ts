// Between fields on the grid and their modes, as in ../../flow-planes.ts. The fields lie side by side, a vector of either at each
// point, rows and points out of order.

import { columnBytes, fieldBytes, lineBytes, lines, most, waves } from './layout';
import {
  columnsToGrid,
  columnsToModes,
  halfDifference,
  halfSum,
  lineToGrid,
  lineToModes,
  opposite,
  oppositeColumn,
  placeOf,
  placePair,
  plane,
} from './planes';

export function fieldsToModes(fields: i32, out: i32): void {
  const base = plane(0);
  for (let y = 0, line = fields; y < lineBytes; y += 32, line += lineBytes) {
    memory.copy(lines, line, lineBytes);
    lineToModes(base, y, lines);
  }
  let to = out;
  for (let x = 0; x <= most; x++) {
    columnsToModes(base, x);
    const column = base + x * columnBytes;
    const other = oppositeColumn(base, x);
    for (let j = 0; j < waves; j++, to += 32) {
      const y = placeOf(j);
      const a = column + y;
      const b = other + opposite(y);
      v128.store(to, halfSum(a, b));
      v128.store(to, halfDifference(a + 16, b + 16), 16);
      v128.store(to + fieldBytes, halfSum(a + 16, b + 16));
      v128.store(to + fieldBytes, halfDifference(b, a), 16);
    }
  }
}

export function modesToFields(state: i32, fields: i32): void {
  const base = plane(0);
  let mode = state;
  for (let x = 0; x <= most; x++) {
    const column = base + x * columnBytes;
    const other = base + (waves - x) * columnBytes;
    for (let j = 0; j < waves; j++, mode += 32) {
      const y = placeOf(j);
      placePair(
        column + y,
        x === 0 ? 0 : other + opposite(y),
        v128.load(mode),
        v128.load(mode, 16),
        v128.load(mode + fieldBytes),
        v128.load(mode + fieldBytes, 16),
      );
    }
    columnsToGrid(base, x);
  }
  for (let y = 0, line = fields; y < lineBytes; y += 32, line += lineBytes) lineToGrid(base, y, line);
}
