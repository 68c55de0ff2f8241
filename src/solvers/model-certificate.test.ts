import { describe, expect, it } from 'vitest';
import { stream } from '../core/random.ts';
import type { LearnedModel } from '../core/step.ts';
import { inverseHessian } from '../numerics/inverse-hessian.ts';
import { limitedMemory } from '../numerics/limited-memory.ts';
import { dot, norm } from '../numerics/vector.ts';
import { modelViolation } from './model-certificate.ts';

const normals = (seed: number, n: number): Float64Array => {
  const random = stream(seed, 'model-certificate.test');
  return Float64Array.from({ length: n }, () => random.normal());
};

/** y = D s with D from 1 to 10. */
const curved = (s: Float64Array): Float64Array => s.map((value, i) => (1 + (9 * i) / s.length) * value);

/** The model that a few true pairs leave behind, with its last pair. */
function learned(
  n: number,
  make: typeof inverseHessian | ((n: number) => ReturnType<typeof limitedMemory>),
  pairs = 6,
) {
  const inner = make(n);
  let displacement = new Float64Array(n);
  for (let k = 0; k < pairs; k++) {
    displacement = normals(n + 100 * k, n) as Float64Array<ArrayBuffer>;
    expect(inner.update(displacement, curved(displacement))).toBe(true);
  }
  const model: LearnedModel = {
    displacement,
    gradientChange: curved(displacement),
    updated: inner.isResolved(),
    timesInto: (out, v) => inner.timesInto(out, v),
    magnitude: inner.magnitude(),
  };
  return model;
}

const certificateOf = (model: LearnedModel | undefined, n: number): string | undefined =>
  modelViolation(model, normals(77, n))?.certificate;

/** H − a n nᵀ for the unit vector n along the part of w orthogonal to y: the secant equation stays, definiteness goes. */
function bent(model: LearnedModel, w: Float64Array, a: number): LearnedModel {
  const y = model.gradientChange;
  const along = dot(y, w) / dot(y, y);
  const orthogonal = w.map((value, i) => value - along * y[i]!);
  const normal = orthogonal.map((value) => value / norm(orthogonal));
  return {
    ...model,
    timesInto: (out, v) => {
      model.timesInto(out, v);
      const weight = a * dot(normal, v);
      for (let i = 0; i < out.length; i++) out[i]! -= weight * normal[i]!;
    },
  };
}

describe('modelViolation', () => {
  it('finds nothing where nothing was learned or promised', () => {
    expect(certificateOf(undefined, 3)).toBeUndefined();
    const model = learned(3, inverseHessian);
    const nonsense: LearnedModel = { ...model, updated: false, timesInto: (out) => out.fill(Number.NaN) };
    expect(certificateOf(nonsense, 3)).toBeUndefined();
  });

  it.each([1, 2, 5, 20, 32, 33, 60])('finds nothing in honest models of %i unknowns', (n) => {
    for (const pairs of [1, 2, 12]) {
      expect(certificateOf(learned(n, inverseHessian, pairs), n)).toBeUndefined();
      expect(
        certificateOf(
          learned(n, (m: number) => limitedMemory(m, 4), pairs),
          n,
        ),
      ).toBeUndefined();
    }
  });

  it.each([2, 32, 60])('finds a pair without positive curvature among %i unknowns', (n) => {
    const model = learned(n, inverseHessian);
    const flat = new Float64Array(n);
    for (const gradientChange of [flat, model.displacement.map((s) => -s), flat.map(() => Number.NaN)]) {
      expect(certificateOf({ ...model, gradientChange }, n)).toBe('curvature pair');
    }
  });

  it.each([2, 32, 60])('finds a model of %i unknowns that does not know its last pair', (n) => {
    const model = learned(n, inverseHessian);
    const other = learned(n, inverseHessian, 5);
    const { timesInto } = other;
    expect(certificateOf({ ...model, timesInto }, n)).toBe('secant equation');
    // A part in 10⁹ is far above rounding, a part in 10¹⁵ is not.
    const slightly = (share: number): LearnedModel => ({
      ...model,
      timesInto: (out, v) => {
        model.timesInto(out, v);
        for (let i = 0; i < n; i++) out[i]! *= 1 + share;
      },
    });
    expect(certificateOf(slightly(1e-9), n)).toBe('secant equation');
    expect(certificateOf(slightly(1e-15), n)).toBeUndefined();
    expect(certificateOf({ ...model, timesInto: (out) => out.fill(Number.NaN) }, n)).toBe('secant equation');
  });

  it.each([2, 5, 32])('finds any negative eigenvalue of a model of %i unknowns', (n) => {
    const model = learned(n, inverseHessian);
    for (let k = 0; k < 10; k++) {
      const w = normals(500 + k, n);
      expect(certificateOf(bent(model, w, 0), n)).toBeUndefined();
      expect(certificateOf(bent(model, w, 3), n)).toBe('positive definiteness');
    }
  });

  it('finds negative curvature of large models along s, y and the gradient', () => {
    const n = 60;
    const model = learned(n, inverseHessian);
    expect(certificateOf(bent(model, normals(77, n), 3), n)).toBe('positive definiteness');
    expect(certificateOf(bent(model, model.displacement, 100), n)).toBe('positive definiteness');
  });

  it('says what was expected and what was found', () => {
    const model = learned(2, inverseHessian);
    const found = modelViolation({ ...model, gradientChange: model.displacement.map((s) => -s) }, normals(77, 2));
    expect(found).toMatchObject({ certificate: 'curvature pair', expected: 'yᵀs > 0 where H was updated' });
    expect(Number(found?.received)).toBeLessThan(0);
  });

  it('judges relative to the size of H, in any units', () => {
    for (const a of [-200, 0, 200]) {
      const c = 2 ** a;
      const model = learned(4, inverseHessian);
      const inUnits = (from: LearnedModel): LearnedModel => ({
        ...from,
        gradientChange: from.gradientChange.map((y) => y / c),
        timesInto: (out, v) =>
          from.timesInto(
            out,
            v.map((value) => value * c),
          ),
        magnitude: from.magnitude * c,
      });
      expect(certificateOf(inUnits(model), 4)).toBeUndefined();
      expect(certificateOf(inUnits(bent(model, normals(3, 4), 3)), 4)).toBe('positive definiteness');
    }
  });
});

describe('modelViolation far from everything', () => {
  it('is silent where the gradient is so small that its square is zero', () => {
    const model = learned(3, inverseHessian);
    expect(modelViolation(model, Float64Array.of(4e-243, 0, 1e-200))).toBeUndefined();
    const negative: LearnedModel = { ...model, timesInto: (out, v) => void out.set(v.map((value) => -value)) };
    expect(modelViolation(negative, Float64Array.of(4e-243, 0, 0))).toBeDefined();
  });
});
