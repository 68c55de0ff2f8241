import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Figure } from '../../core/figure.ts';
import { phiflowComparison } from './phiflow-comparison.ts';

type Pairs = readonly (readonly [number, number])[];
const { made, groups, exact, phiflow } = JSON.parse(
  readFileSync(new URL('../../../fixtures/phiflow-billiards.json', import.meta.url), 'utf8'),
) as {
  readonly made: { readonly phiflow: { readonly version: string } };
  readonly groups: Readonly<Record<'head-on' | 'oblique' | 'near', number>>;
  readonly exact: { readonly end: Pairs; readonly gradient: Pairs; readonly frozenGradient: Pairs };
  readonly phiflow: readonly { readonly steps: number; readonly end: Pairs; readonly gradient: Pairs }[];
};

const oblique = (pairs: Pairs): Pairs => pairs.slice(groups['head-on'], groups['head-on'] + groups.oblique);
const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return ((sorted[(sorted.length - 1) >> 1] as number) + (sorted[sorted.length >> 1] as number)) / 2;
};
const distances = (p: Pairs, q: Pairs): readonly number[] =>
  p.map(([x, y], b) => Math.hypot(x - q[b]![0], y - q[b]![1]));
const medianDistance = (p: Pairs, q: Pairs): number => median(distances(oblique(p), oblique(q)));
const medianRelative = (p: Pairs, q: Pairs): number =>
  median(distances(oblique(p), oblique(q)).map((distance, b) => distance / Math.hypot(...oblique(q)[b]!)));

describe('the comparison with PhiFlow', () => {
  let figure: Figure;
  beforeAll(async () => {
    figure = (await phiflowComparison.compute({ seed: 1, backend: 'float64' }, []))[0] as Figure;
  });

  it('draws the medians of the fixture', () => {
    const drawn = figure.panels.flatMap(({ series }) => series);
    const expected = [
      phiflow.map(({ end }) => medianDistance(end, exact.end)),
      phiflow.map(({ gradient }) => medianRelative(gradient, exact.gradient)),
      phiflow.map(({ gradient }) => medianRelative(gradient, exact.frozenGradient)),
    ];
    expect(drawn).toHaveLength(expected.length);
    drawn.forEach(({ x, y }, k) => {
      expect(x).toEqual(phiflow.map(({ steps }) => steps));
      expect(y).toEqual(expected[k]!.map((value) => Number(value.toPrecision(3))));
    });
  });

  it('states the numbers of the fixture in its caption', () => {
    const between = medianRelative(exact.frozenGradient, exact.gradient);
    expect(figure.panels[1]?.references?.[0]?.value).toBe(Number(between.toPrecision(3)));
    expect(figure.caption).toContain(`are ${Math.round(100 * between)} % off`);
    expect(figure.caption).toContain(`${groups.oblique} oblique shots`);
    expect(figure.caption).toContain(`PhiFlow ${made.phiflow.version}`);
    const headOn = phiflow.flatMap(({ end }) => distances(end, exact.end).slice(0, groups['head-on']));
    expect(Math.max(...headOn)).toBeLessThan(4e-14);
    expect(Math.max(...headOn)).toBeGreaterThan(2e-14);
  });
});
