import type { ReportClaim, ReportSequence } from './schema.ts';

/** A named position on the axis of an estimate. */
export interface Mark {
  readonly value: number;
  readonly label: string;
}

/** A claim's numbers that estimates are read against, as its plan names them. Renderers draw them; they decide nothing. */
export interface Thresholds {
  readonly marks: readonly Mark[];
  /** Around the theory of a cell: ± bias is not refuted, ± (bias + resolution) is supported. Absent for other kinds. */
  readonly tolerance?: { readonly bias: number; readonly resolution: number };
}

/** Reads `theta0`, `theta1` (statistical) or `bias`, `resolution` (formula) from the plan; what is absent is not drawn. */
export function thresholds(claim: ReportClaim): Thresholds {
  const planned = (key: string) => (typeof claim.plan[key] === 'number' ? claim.plan[key] : undefined);
  if (claim.kind === 'formula') {
    return { marks: [], tolerance: { bias: planned('bias') ?? 0, resolution: planned('resolution') ?? 0 } };
  }
  const mark = (value: number | undefined, label: string) => (value === undefined ? [] : [{ value, label }]);
  return { marks: [...mark(planned('theta0'), 'θ₀'), ...mark(planned('theta1'), 'θ₁')] };
}

/** ln(1/α) of one direction, where α is the part of the interval's error on one side. */
export function decisionThreshold(sequence: ReportSequence): number | undefined {
  const oneSided = (1 - sequence.level) / 2;
  return oneSided > 0 ? -Math.log(oneSided) : undefined;
}

/** The cell whose mean is farthest from its theory. */
export function farthestCell<Cell extends { readonly theory: number; readonly mean: number | null }>(
  cells: readonly Cell[],
): Cell | undefined {
  const gap = (cell: Cell) => Math.abs((cell.mean ?? cell.theory) - cell.theory);
  return cells.reduce<Cell | undefined>(
    (worst, cell) => (worst === undefined || gap(cell) > gap(worst) ? cell : worst),
    undefined,
  );
}
