import { describe, expect, it } from 'vitest';
import { batch } from '../core/batch.ts';
import { stream } from '../core/random.ts';
import { type GuessedShot, hitProbability, missShare } from './billiard-hits.ts';
import { billiardShot } from './billiards.ts';

const BASE: GuessedShot = {
  contact: 0.1,
  horizon: 1,
  distance: { low: 0.4, high: 0.8 },
  targetSpread: Math.PI / 4,
  shotSpread: 0,
  speed: { low: 1.5, high: 1.5 },
};

describe('hitProbability', () => {
  it('is the angle of the tangents over the full circle', () => {
    expect([0.4, 0.6, 0.8].map((d) => hitProbability(d, 0.1).toFixed(5))).toEqual(['0.08043', '0.05330', '0.03989']);
    expect(hitProbability(0.2, 0.1)).toBeCloseTo(1 / 6, 12);
    expect(() => hitProbability(0.1, 0.1)).toThrow(/"distance"/);
  });
});

describe('missShare', () => {
  it('equals the closed form for a fixed direction and a speed that always arrives', () => {
    const primitive = (d: number) => d * Math.asin(0.1 / d) + 0.1 * Math.log(d + Math.sqrt(d * d - 0.01));
    const closed = 1 - (primitive(0.8) - primitive(0.4)) / 0.4 / (Math.PI / 4);
    expect(missShare(BASE)).toBeCloseTo(closed, 12);
  });

  it.each([
    { ...BASE },
    { ...BASE, shotSpread: Math.PI / 4, speed: { low: 0.2, high: 1 } },
    { ...BASE, shotSpread: 0.1, targetSpread: 0.15, speed: { low: 0.3, high: 0.6 }, horizon: 1.2 },
    { ...BASE, speed: { low: 0.5, high: 0.5 } },
  ])('agrees with 200 000 shots: %o', (guess) => {
    const random = stream(1, 'billiard-hits.test');
    const count = 200_000;
    const [x, g] = [batch(count, 2), batch(count, 2)];
    for (let b = 0; b < count; b++) {
      const d = random.between(guess.distance.low, guess.distance.high);
      const angle = guess.targetSpread * (2 * random.uniform() - 1);
      const direction = guess.shotSpread * (2 * random.uniform() - 1);
      const speed = guess.speed.low + (guess.speed.high - guess.speed.low) * random.uniform();
      x.data.set([speed * Math.cos(direction), speed * Math.sin(direction)], 2 * b);
      g.data.set([d * Math.cos(angle), d * Math.sin(angle)], 2 * b);
    }
    const y = billiardShot({ radius: guess.contact / 2, horizon: guess.horizon }).forward(x, g);
    let missed = 0;
    for (let b = 0; b < count; b++) if (y.data[2 * b] === g.data[2 * b]) missed++;
    const q = missShare(guess);
    // Five standard errors, and 1e-3 for the kink of a fixed speed.
    expect(Math.abs(missed / count - q)).toBeLessThan(5 * Math.sqrt((q * (1 - q)) / count) + 1e-3);
  });

  it('refuses what is no guess', () => {
    expect(() => missShare({ ...BASE, distance: { low: 0.05, high: 0.8 } })).toThrow(/"distance.low"/);
    expect(() => missShare({ ...BASE, targetSpread: 0 })).toThrow(/"targetSpread"/);
    expect(() => missShare({ ...BASE, speed: { low: 1, high: 0.5 } })).toThrow(/"speed.high"/);
  });
});
