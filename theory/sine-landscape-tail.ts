import { gaussLegendre } from '../src/numerics/gauss-legendre.ts';
import { tanhSinh } from '../src/numerics/tanh-sinh.ts';

/**
 * H(w) = E[s 1{|D| > w}]: how a sign s is distributed over the sizes of D = sin 2x₀ − sin 2x*.
 * Every alignment of the model is ∫ F′(w) H(w) dw, with F the alignment of examples that all have |sᵢ| = w.
 */
export interface Tail {
  /** H(w) for w > 0. */
  at(w: number): number;
  /** H(0+): the alignment without noise. */
  readonly zero: number;
  /** Places in (0, top) where H is not analytic. */
  readonly kinks: readonly number[];
  /** H vanishes from here on. */
  readonly top: number;
}

/** The alignment F(w) of examples with |s| = w, and its derivative. F(0) = 0. */
export interface Response {
  value(w: number): number;
  slope(w: number): number;
}

/** Measure of {y in (0, x): sin 2y > sin α}, up to a constant that depends on α only; exact near 0. */
function measureBelow(x: number, alpha: number): number {
  const turns = Math.floor((x - Math.PI / 4) / Math.PI + 0.5);
  const width = Math.PI / 2 - alpha;
  return turns * width + Math.min(Math.max(x - turns * Math.PI - alpha / 2, 0), width);
}

/** Measure of {y in (low, high): sin 2y > c}. */
function measureAbove(c: number, low: number, high: number): number {
  if (c >= 1) return 0;
  if (c <= -1) return high - low;
  const alpha = Math.asin(c);
  return measureBelow(high, alpha) - measureBelow(low, alpha);
}

/** Measure of {y in (low, high): sin 2y < c}. */
function measureUnder(c: number, low: number, high: number): number {
  return high - low - measureAbove(c, low, high);
}

/** Break points in (0, a) of the integral over x₀: where sin 2x₀ reaches a given height, and where cos 2x₀ vanishes. */
function startBreaks(a: number, heights: readonly number[]): readonly number[] {
  const within: number[] = [];
  const periods = Math.ceil(a / Math.PI);
  const add = (x: number): void => {
    for (let k = -1; k <= periods; k++) {
      const shifted = x + k * Math.PI;
      if (shifted > 0 && shifted < a) within.push(shifted);
    }
  };
  add(Math.PI / 4);
  add((3 * Math.PI) / 4);
  for (const height of heights) {
    if (Math.abs(height) >= 1) continue;
    const base = Math.asin(height) / 2;
    add(base);
    add(Math.PI / 2 - base);
  }
  return [0, ...within.sort((p, q) => p - q), a];
}

/** Mean over x* in (−a, a) of the sign, where |D| > w, for a given x₀. */
type Slice = (x0: number, w: number) => number;

/** The step goes towards x*: the sign of cos 2x₀ · (x₀ − x*) · D. */
function landscapeSlice(a: number): Slice {
  return (x0, w) => {
    const height = Math.sin(2 * x0);
    const below = measureUnder(height - w, -a, x0) - measureUnder(height - w, x0, a);
    const above = measureAbove(height + w, -a, x0) - measureAbove(height + w, x0, a);
    return (Math.cos(2 * x0) > 0 ? below - above : above - below) / (2 * a);
  };
}

/** The sign of the gradient is right, wherever that leads. */
function noiseOnlySlice(a: number): Slice {
  return (x0, w) => {
    const height = Math.sin(2 * x0);
    return (measureUnder(height - w, -a, a) + measureAbove(height + w, -a, a)) / (2 * a);
  };
}

/** H of x₀, x* independent and uniform on (−a, a); (x₀, x*) → (−x₀, −x*) changes nothing, so x₀ > 0 suffices. */
function tailOf(a: number, slice: Slice): Tail {
  const edge = Math.sin(2 * a);
  const bend = Math.abs(edge);
  const top = a >= Math.PI / 4 ? 2 : 2 * edge;
  const kinks = [1 - bend, 2 * bend, 1 + bend].filter((w) => w > 0 && w < top).sort((p, q) => p - q);
  return {
    zero: noiseFree(a, edge, slice) / a,
    kinks,
    top,
    at(w) {
      if (w >= top) return 0;
      const breaks = startBreaks(a, [1 - w, w - 1, edge + w, edge - w, w - edge, -w - edge]);
      let total = 0;
      for (let k = 0; k + 1 < breaks.length; k++) {
        total += tanhSinh((x0) => slice(x0, w), breaks[k]!, breaks[k + 1]!);
      }
      return total / a;
    },
  };
}

/** ∫ over x₀ in (0, a) at w = 0, where the slice is linear between the breaks and the midpoint rule exact. */
function noiseFree(a: number, edge: number, slice: Slice): number {
  const breaks = startBreaks(a, [0, edge, -edge]);
  let total = 0;
  for (let k = 0; k + 1 < breaks.length; k++) {
    const [low, high] = [breaks[k]!, breaks[k + 1]!];
    total += (high - low) * slice(low + (high - low) / 2, 0);
  }
  return total;
}

/** H of x₀ = 0 and x* uniform on (−a, a), where s is the sign of x* sin 2x*. */
export function zeroStartTail(a: number): Tail {
  const edge = Math.abs(Math.sin(2 * a));
  const top = a >= Math.PI / 4 ? 1 : edge;
  const at = (w: number): number => (measureAbove(w, 0, a) - measureUnder(-w, 0, a)) / a;
  return { at, zero: at(0), kinks: edge > 0 && edge < top ? [edge] : [], top };
}

/** Pieces halve towards 0, so that every scale of F is resolved. */
const NODES = 14;

/**
 * ∫ F′(w) H(w) dw, for F of any steepness. H costs about 50 µs a value and does not depend on F: it is kept, piece by
 * piece, and computed only where F′ matters.
 */
export interface TailIntegral {
  readonly tail: Tail;
  of(response: Response): number;
}

/** What remains below w is F(w) H(0) up to F(w)·O((w/top) ln(top/w)): negligible at this size. */
const NEGLIGIBLE = 1e-18;

function endPoints(tail: Tail, piece: number): readonly number[] {
  const high = tail.top * 2 ** -piece;
  const inside = tail.kinks.filter((w) => w > high / 2 && w < high);
  return [high / 2, ...inside, high];
}

/** H at the nodes of a part of a piece, in the order in which the rule asks. */
function remembered(tail: Tail): (w: number) => number {
  const values = new Map<number, number>();
  return (w) => {
    const known = values.get(w);
    if (known !== undefined) return known;
    const value = tail.at(w);
    values.set(w, value);
    return value;
  };
}

/** The integral with H remembered. */
export function tailIntegral(tail: Tail): TailIntegral {
  const h = remembered(tail);
  const isKink = (w: number): boolean => w === tail.top || tail.kinks.includes(w);
  const { x, w } = gaussLegendre(NODES);
  const smooth = (f: (w: number) => number, low: number, high: number): number => {
    const half = (high - low) / 2;
    let sum = 0;
    for (let k = 0; k < NODES; k++) sum += w[k]! * f(low + half * (1 + x[k]!));
    return half * sum;
  };
  return {
    tail,
    of({ value, slope }) {
      const weighted = (size: number): number => {
        const factor = slope(size);
        return factor === 0 ? 0 : factor * h(size);
      };
      let total = 0;
      for (let piece = 0; ; piece++) {
        const parts = endPoints(tail, piece);
        const low = parts[0]!;
        if (slope(low) * low > NEGLIGIBLE) {
          for (let k = 0; k + 1 < parts.length; k++) {
            const [from, to] = [parts[k]!, parts[k + 1]!];
            total += (isKink(from) || isKink(to) ? tanhSinh : smooth)(weighted, from, to);
          }
        }
        const rest = value(low);
        if (rest * 2 ** -piece * (2 + piece) < NEGLIGIBLE || low === 0) return total + rest * tail.zero;
      }
    },
  };
}

const MOST_REMEMBERED = 64;

function perHalfWidth(make: (a: number) => Tail): (a: number) => TailIntegral {
  const known = new Map<number, TailIntegral>();
  return (a) => {
    const before = known.get(a);
    if (before !== undefined) return before;
    if (known.size >= MOST_REMEMBERED) known.clear();
    const made = tailIntegral(make(a));
    known.set(a, made);
    return made;
  };
}

/** Landscape and noise; x₀, x* ~ U(−a, a). */
export const landscapeIntegral = perHalfWidth((a) => tailOf(a, landscapeSlice(a)));
/** Noise alone; x₀, x* ~ U(−a, a). */
export const noiseOnlyIntegral = perHalfWidth((a) => tailOf(a, noiseOnlySlice(a)));
