import { requireNumber } from '../core/errors.ts';

/** Nodes in (−1, 1), ascending, and their weights: Σ w = 2. */
export interface GaussLegendreRule {
  readonly x: Float64Array;
  readonly w: Float64Array;
}

const MOST_NODES = 512;
const rules = new Map<number, GaussLegendreRule>();

/** P_n(x) and P_n′(x) by the three-term recurrence k P_k = (2k − 1) x P_{k−1} − (k − 1) P_{k−2}. */
function legendre(n: number, x: number): { readonly value: number; readonly slope: number } {
  let before = 1;
  let value = x;
  for (let k = 2; k <= n; k++) {
    const next = ((2 * k - 1) * x * value - (k - 1) * before) / k;
    before = value;
    value = next;
  }
  return { value, slope: (n * (before - x * value)) / (1 - x * x) };
}

function computeRule(nodes: number): GaussLegendreRule {
  const x = new Float64Array(nodes);
  const w = new Float64Array(nodes);
  for (let i = 0; i < Math.ceil(nodes / 2); i++) {
    // Tricomi's estimate of the zero is good to 1/n²; Newton's steps then double the digits.
    let root = Math.cos((Math.PI * (i + 0.75)) / (nodes + 0.5));
    for (let step = 0; step < 6; step++) {
      const { value, slope } = legendre(nodes, root);
      root -= value / slope;
    }
    if (2 * i + 1 === nodes) root = 0;
    const { slope } = nodes === 1 ? { slope: 1 } : legendre(nodes, root);
    const weight = 2 / ((1 - root * root) * slope * slope);
    x[i] = -root;
    x[nodes - 1 - i] = root;
    w[i] = weight;
    w[nodes - 1 - i] = weight;
  }
  return { x, w };
}

/**
 * The Gauss–Legendre rule: ∫_{−1}^{1} f ≈ Σ w_k f(x_k), exact for polynomials of degree 2·nodes − 1.
 * Zeros of the Legendre polynomial by Newton's method; each rule is computed once and must not be written to.
 *
 * @param nodes  integer in [1, 512]; anything else throws
 * @see Golub & Welsch, Math. Comp. 23 (1969) 221, for the rule; Newton's method on the recurrence is classical.
 * @example
 * const { x, w } = gaussLegendre(2);
 * [x[1].toFixed(12), w[1].toFixed(12)]; // => ['0.577350269190', '1.000000000000']
 */
export function gaussLegendre(nodes: number): GaussLegendreRule {
  requireNumber('gaussLegendre: "nodes"', nodes, { minimum: 1, maximum: MOST_NODES, integer: true });
  const known = rules.get(nodes);
  if (known !== undefined) return known;
  const rule = computeRule(nodes);
  rules.set(nodes, rule);
  return rule;
}

/**
 * ∫ f from the first to the last break, with one Gauss–Legendre rule between each two neighbors.
 * Exponentially accurate where f is analytic on every panel; put breaks where it is not.
 *
 * @param f       called at interior points of the panels only; an infinite or NaN value is passed on
 * @param breaks  ascending; fewer than two give 0
 * @param nodes   per panel, as for `gaussLegendre`
 * @example
 * integratePanels(Math.abs, [-1, 0, 2], 4).toFixed(12); // => '2.500000000000'
 */
export function integratePanels(f: (x: number) => number, breaks: readonly number[], nodes: number): number {
  const { x, w } = gaussLegendre(nodes);
  let total = 0;
  for (let panel = 0; panel + 1 < breaks.length; panel++) {
    const low = breaks[panel]!;
    const half = (breaks[panel + 1]! - low) / 2;
    if (half === 0) continue;
    let sum = 0;
    for (let k = 0; k < nodes; k++) sum += w[k]! * f(low + half * (1 + x[k]!));
    total += half * sum;
  }
  return total;
}

/**
 * Breaks for a function that changes on every scale near `at`: at, at + span·ratio^levels, …, at + span·ratio, at + span.
 * A negative span grades towards `at` from below; the breaks are always ascending.
 *
 * @param at      finite: the place to resolve
 * @param span    finite: signed length of the whole
 * @param ratio   in (0, 1): of neighboring lengths
 * @param levels  integer >= 0: the smallest panel has length |span|·ratio^levels
 * @example
 * gradedBreaks(0, 1, 0.25, 2); // => [0, 0.0625, 0.25, 1]
 * gradedBreaks(1, -1, 0.5, 1); // => [0, 0.5, 1]
 */
export function gradedBreaks(at: number, span: number, ratio: number, levels: number): readonly number[] {
  requireNumber('gradedBreaks: "at"', at);
  requireNumber('gradedBreaks: "span"', span);
  requireNumber('gradedBreaks: "ratio"', ratio, { above: 0, maximum: 1 - 2 ** -20 });
  requireNumber('gradedBreaks: "levels"', levels, { minimum: 0, maximum: 2000, integer: true });
  const away = Array.from({ length: levels + 1 }, (_, k) => at + span * ratio ** (levels - k));
  return span < 0 ? [...away.reverse(), at] : [at, ...away];
}
