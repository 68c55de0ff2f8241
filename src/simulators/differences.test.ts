import { describe, expect, it } from 'vitest';
import { direction } from '../../properties/arbitraries.ts';
import { batch, batchOfRows } from '../core/batch.ts';
import { numbersOf, rowByRow, withDifferences } from './differences.ts';
import { wavePacket } from './wave-packet.ts';

describe('withDifferences', () => {
  it('comes within 1e-8 of the exact pullback of a wave packet', () => {
    const simulator = wavePacket({ sigma: 8, period: 32, samples: 128 });
    const x = batchOfRows([[40], [64.5], [90]]);
    const yBar = direction(3, 128, 'yBar', 1);
    const [exact, made] = [simulator, withDifferences(simulator)].map(
      (each) => each.vjp(x, batch(3, 0)).pullback(yBar).data,
    );
    for (const [b, value] of made!.entries()) {
      expect(Math.abs(value - exact![b]!)).toBeLessThan(1e-8 * (1 + Math.abs(exact![b]!)));
    }
  });

  it('moves tiny unknowns by tiny steps where their scale is given', () => {
    const axis = (name: string) => [{ name, length: 1, unit: '1' }];
    const plain = {
      name: 'sine',
      input: axis('x'),
      identifiers: [],
      output: axis('y'),
      forward: rowByRow('sine', (x) => Math.sin(1e6 * x[0]!), 1),
    };
    const at = (scale?: readonly number[]) =>
      withDifferences(plain, scale)
        .vjp(batchOfRows([[1e-6]]), batch(1, 0))
        .pullback(batchOfRows([[1]])).data[0]!;
    expect(at([1e-6])).toBeCloseTo(1e6 * Math.cos(1), 2);
    expect(Math.abs(at() - 1e6 * Math.cos(1))).toBeGreaterThan(1e5);
    expect(() => withDifferences(plain, [1, 2])).toThrow('1 numbers');
    expect(() => withDifferences(plain, [0])).toThrow('> 0');
  });
});

describe('numbersOf', () => {
  it.each([
    ['a promise', Promise.resolve([1]), 'a promise'],
    ['nothing', undefined, 'undefined'],
    ['texts', ['1'], '1 entries'],
    ['another length', [1, 2, 3], '3 entries'],
  ])('refuses %s', (_name, value, message) => {
    expect(() => numbersOf('f', value, 2)).toThrow(message);
  });

  it('takes numbers and lists of them', () => {
    expect(numbersOf('f', 3)).toEqual([3]);
    expect(numbersOf('f', Float32Array.of(1, 2), 2)).toEqual([1, 2]);
  });
});
