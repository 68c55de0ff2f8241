import { type Batch, batch, requireShape } from '../core/batch.ts';
import { type BilliardOptions, requireBilliard } from './billiard-impact.ts';

/**
 * The one shot that sends the target ball from g to y by time S, in closed form: `billiardShot` has one inverse at most.
 *
 *     n = (y − g)/|y − g|,   q = g − 2R n,   v = q/|q| · (|y − g|/((1 + e)/2 · cos α) + |q|)/S,   cos α = n·q/|q|
 *
 * The wanted direction fixes the line of centers n, hence the point q of contact; the way there fixes the direction of the
 * shot, and the distance its speed. NaN in rows where no shot exists, because the ball would have to leave towards the cue
 * ball (cos α <= 0), or where y = g, which every miss reaches. Ours.
 *
 * @param identifiers  target balls g (B, 2)
 * @param wanted       y (B, 2); another shape throws `shape-mismatch`
 * @param options      as for `billiardShot`
 * @returns v (B, 2)
 * @example
 * shotFor(batchOfRows([[0.6, 0]]), batchOfRows([[1.95, 0]])).data[0]?.toFixed(12); // => '2.000000000000'
 */
export function shotFor(identifiers: Batch, wanted: Batch, options: BilliardOptions = {}): Batch {
  requireShape('shotFor: "identifiers"', identifiers, undefined, 2);
  requireShape('shotFor: "wanted"', wanted, identifiers.rows, 2);
  const { radius, restitution, horizon } = requireBilliard('shotFor', options);
  const result = batch(identifiers.rows, 2);
  for (let b = 0; b < result.rows; b++) {
    const [gx, gy] = [identifiers.data[2 * b]!, identifiers.data[2 * b + 1]!];
    const [dx, dy] = [wanted.data[2 * b]! - gx, wanted.data[2 * b + 1]! - gy];
    const distance = Math.hypot(dx, dy);
    const [qx, qy] = [gx - (2 * radius * dx) / distance, gy - (2 * radius * dy) / distance];
    const way = Math.hypot(qx, qy);
    const cosine = (dx * qx + dy * qy) / (distance * way);
    const speed = (distance / (((1 + restitution) / 2) * cosine) + way) / horizon;
    const possible = cosine > 0 ? speed : Number.NaN;
    result.data[2 * b] = (possible * qx) / way;
    result.data[2 * b + 1] = (possible * qy) / way;
  }
  return result;
}
