import type { Batch } from '../core/batch.ts';
import {
  type BilliardOptions,
  emptyImpact,
  emptySlopes,
  type Impact,
  type ImpactLaw,
  type ImpactSlopes,
  impactEvent,
  impactLaw,
  requireBilliard,
  type ShotEvent,
  slopesInto,
  strike,
} from './billiard-impact.ts';
import { type BilliardSimulator, pair, type ShotWriter, shotSimulator } from './billiards.ts';

/** Two impacts and their slopes, written over and over. */
interface Chain {
  readonly first: Impact;
  readonly second: Impact;
  readonly firstSlopes: ImpactSlopes;
  readonly secondSlopes: ImpactSlopes;
}

/** J = P ∂u₁/∂v − u₂ (∂t₁/∂v)ᵀ with P = (S − t₁ − t₂) ∂u₂/∂u₁ − u₂ (∂t₂/∂u₁)ᵀ. */
function chainJacobian(chain: Chain, left: number, law: ImpactLaw, jacobian: Float64Array, at: number): void {
  const { first, second, firstSlopes: one, secondSlopes: two } = chain;
  slopesInto(one, first, law);
  slopesInto(two, second, law);
  const { ux, uy } = second;
  const pxx = left * two.uxx - ux * two.tx;
  const pxy = left * two.uxy - ux * two.ty;
  const pyx = left * two.uyx - uy * two.tx;
  const pyy = left * two.uyy - uy * two.ty;
  jacobian[at] = pxx * one.uxx + pxy * one.uyx - ux * one.tx;
  jacobian[at + 1] = pxx * one.uxy + pxy * one.uyy - ux * one.ty;
  jacobian[at + 2] = pyx * one.uxx + pyy * one.uyx - uy * one.tx;
  jacobian[at + 3] = pyx * one.uxy + pyy * one.uyy - uy * one.ty;
}

/**
 * A chain of two impacts: the cue ball at the origin strikes ball 1 at g₁, which strikes ball 2 at g₂: where is ball 2
 * at time S?
 *
 *     u₁ = (1 + e)/2 (v·n₁) n₁ at t₁,   u₂ = (1 + e)/2 (u₁·n₂) n₂ at t₁ + t₂,   p = g₂ + u₂ (S − t₁ − t₂)
 *
 * Each impact as in `billiardShot`; p = g₂ where one of them does not happen before S. What the cue ball meets after its
 * first impact is ignored, and so is a cue ball that meets ball 2 first. Input v (B, 2), identifiers g₁, g₂ (B, 4), output p (B, 2); derivatives,
 * events and invalid numbers as for `billiardShot`. The setting is ours.
 *
 * @param options  as for `billiardShot`; the same errors
 * @example
 * const chain = billiardChain();
 * const [v, g] = [batchOfRows([[3, 0]]), batchOfRows([[0.45, 0, 0.9, 0]])];
 * [chain.forward(v, g).data[0].toFixed(9), chain.shotEvents(v, g)[0]]; // => ['2.731500000', 'hit']
 */
export function billiardChain(options: BilliardOptions = {}): BilliardSimulator {
  const table = requireBilliard('billiardChain', options);
  const { horizon } = table;
  const law = impactLaw(table);
  const first = emptyImpact();
  const second = emptyImpact();
  const chain: Chain = { first, second, firstSlopes: emptySlopes(), secondSlopes: emptySlopes() };
  const write: ShotWriter = (x, identifiers, b, end, jacobian) => {
    const { data } = identifiers;
    const at = 4 * b;
    const [g1x, g1y, g2x, g2y] = [data[at]!, data[at + 1]!, data[at + 2]!, data[at + 3]!];
    end[2 * b] = g2x;
    end[2 * b + 1] = g2y;
    if (!strike(first, x.data[2 * b]!, x.data[2 * b + 1]!, g1x, g1y, horizon, law)) return;
    const remaining = horizon - first.time;
    if (!strike(second, first.ux, first.uy, g2x - g1x, g2y - g1y, remaining, law)) return;
    const left = remaining - second.time;
    end[2 * b] = g2x + second.ux * left;
    end[2 * b + 1] = g2y + second.uy * left;
    if (jacobian !== undefined) chainJacobian(chain, left, law, jacobian, at);
  };
  const eventOf = (x: Batch, identifiers: Batch, b: number): ShotEvent => {
    const [v, g1, g2] = [pair(x.data, 2 * b), pair(identifiers.data, 4 * b), pair(identifiers.data, 4 * b + 2)];
    const event = impactEvent(first, v, g1, horizon, law);
    if (event !== 'hit' || !strike(first, ...v, ...g1, horizon, law)) return event;
    const between = [g2[0] - g1[0], g2[1] - g1[1]] as const;
    return impactEvent(second, [first.ux, first.uy], between, horizon - first.time, law);
  };
  return shotSimulator('billiard-chain', ['g1', 'g2'], table, write, eventOf);
}
