/** Numbers kept per collision; see `EventTape`. */
export const TAPE_NUMBERS = 9;
export const TAPE_NAMES = 3;

/**
 * All that a reverse sweep needs of the collisions of some trajectories, one after the other.
 *
 * `names`, three per collision: the wall (0 to 3) or −1 for a pair, ball i, ball j (−1 for a wall).
 * `numbers`, nine per collision: arc time s, arc times of the collisions of i and of j before it, the line d from i to j,
 * and the velocities w_i and w_j before it; for a wall, what concerns j is not written.
 */
export interface EventTape {
  count: number;
  names: Int32Array;
  numbers: Float64Array;
}

/** An empty tape; it grows as collisions are recorded, and is reused by setting `count` back. */
export function eventTape(): EventTape {
  return { count: 0, names: new Int32Array(TAPE_NAMES * 16), numbers: new Float64Array(TAPE_NUMBERS * 16) };
}

/** Makes room for one more collision and returns its number. */
export function nextOnTape(tape: EventTape): number {
  if ((tape.count + 1) * TAPE_NAMES > tape.names.length) {
    const names = new Int32Array(2 * tape.names.length);
    const numbers = new Float64Array(2 * tape.numbers.length);
    names.set(tape.names);
    numbers.set(tape.numbers);
    tape.names = names;
    tape.numbers = numbers;
  }
  return tape.count++;
}
