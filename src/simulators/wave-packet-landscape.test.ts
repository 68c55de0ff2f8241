import { describe, expect, it } from 'vitest';
import { batch, batchOfRows } from '../core/batch.ts';
import { halfSquaredError } from './half-squared-error.ts';
import { wavePacket } from './wave-packet.ts';
import {
  basinHalfWidth,
  landscapeGradient,
  landscapeLoss,
  minimaCount,
  stationaryPoints,
} from './wave-packet-landscape.ts';
import { wavePacketSettings } from './wave-packet-settings.ts';

/**
 * σ, P, minima in |τ| <= 32, basin half width. The counts were made by another program (NumPy) on the sampled loss, the
 * half widths by root finding in 40-digit arithmetic (mpmath).
 */
const REFERENCE: readonly (readonly [number, number, number, number])[] = [
  [8, 4, 17, 1.9936876197082904],
  [8, 8, 9, 3.9499984061820523],
  [8, 16, 5, 7.617011589667154],
  [8, 24, 3, 10.795034562618932],
  [8, 32, 3, 13.316282380719604],
  [8, 48, 1, 16.30734592638606],
  [12, 48, 1, 19.974423571079406],
  [12, 32, 3, 14.699783376065145],
  [12, 24, 3, 11.42551738450073],
  [12, 16, 5, 7.824113905795548],
  [12, 12, 5, 5.9249976092730785],
  [12, 8, 9, 3.9776125070258024],
  [12, 6, 11, 2.9905314295624357],
];

/** Relative: the slope at the root is exact to a few units in the last place, and so is the root. */
const ROOT = 1e-14;

/** Rounding of 513 products, relative to R(0): measured 4e-13 beforehand. */
const SAMPLED = 1e-12;

describe('landscapeLoss and landscapeGradient', () => {
  it.each([
    [8, 32],
    [8, 8],
    [12, 48],
    [4, 64],
    [4, 4],
  ])('equal the sampled loss and its slope for sigma %d, period %d', (sigma, period) => {
    const simulator = wavePacket({ sigma, period, samples: 513 });
    const target = simulator.forward(batchOfRows([[256]]), batch(1, 0));
    const scale = (Math.sqrt(Math.PI) * sigma) / 2;
    for (let tau = -32; tau <= 32; tau += 1.375) {
      const { y, pullback } = simulator.vjp(batchOfRows([[256 + tau]]), batch(1, 0));
      const { value, gradient } = halfSquaredError.evaluate(y, target);
      expect(Math.abs(value[0]! - landscapeLoss(tau, { sigma, period }))).toBeLessThan(SAMPLED * scale);
      expect(Math.abs(pullback(gradient).data[0]! - landscapeGradient(tau, { sigma, period }))).toBeLessThan(
        SAMPLED * scale,
      );
    }
  });

  it('are even and odd, zero at the truth, and level off at R(0)', () => {
    const shape = { sigma: 8, period: 32 };
    expect(landscapeLoss(0, shape)).toBe(0);
    expect(Math.abs(landscapeGradient(0, shape))).toBe(0);
    expect(landscapeLoss(-5, shape)).toBe(landscapeLoss(5, shape));
    expect(landscapeGradient(-5, shape)).toBe(-landscapeGradient(5, shape));
    const energy = ((Math.sqrt(Math.PI) * 8) / 2) * (1 - Math.exp(-((Math.PI / 2) ** 2)));
    // Two roundings.
    expect(Math.abs(landscapeLoss(1e6, shape) - energy)).toBeLessThan(4 * Number.EPSILON * energy);
    expect(landscapeGradient(1e300, shape)).toBe(0);
  });

  it('keep their digits close to the truth, where the difference of two correlations has none', () => {
    const shape = { sigma: 8, period: 32 };
    const w = (2 * Math.PI) / 32;
    const epsilon = Math.exp(-((w * 8) ** 2));
    // L ≈ ½ L''(0) τ², L''(0) = (√π σ/2) ((1 − ε)/2σ² + w²); the next term is τ² smaller.
    const curvature = ((Math.sqrt(Math.PI) * 8) / 2) * ((1 - epsilon) / 128 + w * w);
    expect(landscapeLoss(1e-9, shape) / (0.5 * curvature * 1e-18)).toBeCloseTo(1, 10);
    // Constant carrier in the limit: 1 − ε ≈ w²σ² must survive.
    expect(landscapeLoss(1, { sigma: 1, period: 1e9 }) / landscapeLoss(1, { sigma: 1, period: 1e8 })).toBeCloseTo(
      0.01,
      8,
    );
  });

  it('refuse what is not finite', () => {
    expect(() => landscapeLoss(Number.NaN, { sigma: 8, period: 32 })).toThrow(/"tau"/);
    expect(() => landscapeGradient(Number.POSITIVE_INFINITY, { sigma: 8, period: 32 })).toThrow(/"tau"/);
    expect(() => landscapeLoss(1, { sigma: 0, period: 32 })).toThrow(/"sigma"/);
    expect(() => landscapeLoss(1, { sigma: 8, period: Number.NaN })).toThrow(/"period"/);
  });
});

describe('minimaCount and basinHalfWidth', () => {
  it.each(REFERENCE)('give the reference values for sigma %d, period %d', (sigma, period, minima, basin) => {
    expect(minimaCount({ sigma, period }, 32)).toBe(minima);
    expect(Math.abs(basinHalfWidth({ sigma, period }) / basin - 1)).toBeLessThan(ROOT);
  });

  it('count a side minimum just inside a period longer than the window', () => {
    expect(minimaCount({ sigma: 8, period: 33 }, 32)).toBe(3);
    expect(minimaCount({ sigma: 8, period: 33 }, 28)).toBe(1);
  });

  it('differ from 1 + 2 floor(32/P) in 50 of the 726 pairs sigma 4..25, P 4..36, never below it', () => {
    let different = 0;
    for (let sigma = 4; sigma <= 25; sigma++) {
      for (let period = 4; period <= 36; period++) {
        const shortcut = 1 + 2 * Math.floor(32 / period);
        const count = minimaCount({ sigma, period }, 32);
        expect(count).toBeGreaterThanOrEqual(shortcut);
        if (count !== shortcut) different++;
      }
    }
    expect(different).toBe(50);
  });

  it('agree with a scan of the gradient on a fine grid', () => {
    for (const [sigma, period] of [
      [5, 33],
      [8, 40],
      [4, 36.5],
      [10, 33.5],
      [3, 20],
    ] as const) {
      let minima = 0;
      const slope = (k: number) => landscapeGradient(k / 128 + 1 / 1000, { sigma, period });
      for (let k = -32 * 128; k < 32 * 128; k++) if (slope(k) < 0 && slope(k + 1) >= 0) minima++;
      expect(minimaCount({ sigma, period }, 32)).toBe(minima);
    }
  });

  it('predict the share of the prior that descent from its center wins: .624, .416, .238, .123', () => {
    const predicted = (['A', 'B', 'C', 'D'] as const).map((name) => {
      const setting = wavePacketSettings[name];
      return (basinHalfWidth(setting) / setting.halfWidth).toFixed(3);
    });
    expect(predicted).toEqual(['0.624', '0.416', '0.238', '0.123']);
  });

  it('depend on sigma/P only, once divided by P', () => {
    // Half width and period scale by a power of two, so the digits are the same.
    expect(basinHalfWidth({ sigma: 16, period: 64 })).toBe(2 * basinHalfWidth({ sigma: 8, period: 32 }));
    expect(basinHalfWidth({ sigma: 8, period: 32 }) / 32).toBeCloseTo(0.4161, 4);
    expect(basinHalfWidth({ sigma: 8, period: 16 }) / 16).toBeCloseTo(0.4761, 4);
    expect(basinHalfWidth({ sigma: 8, period: 8 }) / 8).toBeCloseTo(0.49375, 5);
  });

  it('have the right limits: half a period for a long packet, sqrt(6) sigma for a short one', () => {
    // 2w²σ² -> ∞: the root of sin φ + φ (cos φ − ε)/(2w²σ²) tends to π. Relative distance 1/(2w²σ²) = 1.3e-6.
    expect(basinHalfWidth({ sigma: 1000, period: 10 })).toBeCloseTo(5, 4);
    // wσ -> 0: (3/2) φ − a φ³/2 = 0 with a = 1/(2w²σ²), so τ² = 6σ²; next terms are (wσ)² = 4e-7 smaller.
    expect(basinHalfWidth({ sigma: 1, period: 1e4 })).toBeCloseTo(Math.sqrt(6), 5);
  });
});

describe('stationaryPoints', () => {
  it('lists alternating minima and maxima, symmetric about the truth', () => {
    const points = stationaryPoints({ sigma: 8, period: 8 }, 32);
    points.forEach(({ kind }, i) => {
      expect(kind).toBe(i % 2 === 0 ? 'minimum' : 'maximum');
    });
    const taus = points.map(({ tau }) => tau);
    expect(taus.map((tau) => 0 - tau).reverse()).toEqual(taus);
    expect(taus).toEqual([...taus].sort((a, b) => a - b));
  });

  it('finds every root to the last digits', () => {
    for (const shape of [
      { sigma: 8, period: 32 },
      { sigma: 0.5, period: 40 },
      { sigma: 300, period: 2 },
    ]) {
      for (const { tau, kind } of stationaryPoints(shape, 3 * shape.sigma)) {
        if (tau === 0) continue;
        const sign = kind === 'minimum' ? 1 : -1;
        // A few hundred units in the last place either side the slope has its sign.
        const nearby = 1e-12 * Math.abs(tau);
        expect(sign * landscapeGradient(tau + nearby, shape)).toBeGreaterThan(0);
        expect(sign * landscapeGradient(tau - nearby, shape)).toBeLessThan(0);
      }
    }
  });

  it('is the truth alone within 0, and includes an end that is a root', () => {
    const shape = { sigma: 8, period: 32 };
    expect(stationaryPoints(shape, 0)).toEqual([{ tau: 0, kind: 'minimum' }]);
    const edge = basinHalfWidth(shape);
    expect(stationaryPoints(shape, edge)).toHaveLength(3);
    expect(stationaryPoints(shape, edge * (1 - Number.EPSILON))).toHaveLength(1);
  });

  it('refuses windows that are negative, not finite or hold more than a million points', () => {
    expect(() => stationaryPoints({ sigma: 8, period: 32 }, -1)).toThrow(/"within"/);
    expect(() => minimaCount({ sigma: 8, period: 32 }, Number.POSITIVE_INFINITY)).toThrow(/"within"/);
    expect(() => minimaCount({ sigma: 8, period: 1e-9 }, 32)).toThrow(/"within"/);
    expect(() => basinHalfWidth({ sigma: -8, period: 32 })).toThrow(/"sigma"/);
  });
});
