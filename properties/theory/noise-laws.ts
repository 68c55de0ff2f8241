import erf from '@stdlib/math-base-special-erf';
import erfc from '@stdlib/math-base-special-erfc';
import fc from 'fast-check';
import { dyadic, powerOfTwo } from '../arbitraries.ts';
import { type Law, law } from '../law.ts';
import { firstOf, outside, slopeOf, unlike } from './comparison.ts';
import { type NoiseFormulas, noiseFormulas } from './noise-subject.ts';

/** Identities and bounds of noise averaging in d dimensions; none of them uses the integral that the library evaluates. */

interface Case {
  readonly on: NoiseFormulas;
  readonly d: number;
  readonly mu: number;
}
const show = ({ d, mu }: Case): string => `d ${d}, mu ${mu}`;

const usualDimension = fc.oneof(fc.integer({ min: 1, max: 12 }), dyadic(1, 100, 4), powerOfTwo(3, 14));
const usualSignal = fc.oneof(dyadic(1 / 64, 8), dyadic(8, 200, 4), powerOfTwo(-20, -1));

function noiseLaw(definition: {
  readonly cases: number;
  readonly twin: { readonly what: string; readonly subject: Partial<NoiseFormulas> };
  readonly d?: fc.Arbitrary<number>;
  readonly mu?: fc.Arbitrary<number>;
  violation(value: Case): string | undefined;
}): Law<NoiseFormulas> {
  const { cases, twin, d = usualDimension, mu = usualSignal, violation } = definition;
  return law<NoiseFormulas, Case>({
    cases,
    subject: noiseFormulas,
    twin: { what: twin.what, subject: { ...noiseFormulas, ...twin.subject } },
    arbitrary: (on) => fc.record({ on: fc.constant(on), d, mu }),
    violation,
    show,
  });
}

const { alignment, misalignment, meanSquareCosine } = noiseFormulas;

/** μ/√(μ²+d+2) <= A <= μ/√(μ²+d−1) · erf √((μ²+d−1)/2), d from 1 to 16384, μ from 2^−20 to 200. */
export function alignmentSandwich(): Law<NoiseFormulas> {
  return noiseLaw({
    cases: 2000,
    twin: { what: 'the noise √2 too small', subject: { alignment: (d, mu) => alignment(d, Math.SQRT2 * mu) } },
    violation: ({ on, d, mu }) => {
      const square = mu * mu + d - 1;
      const upper = (mu / Math.sqrt(square)) * erf(Math.sqrt(square / 2));
      return outside('alignment', on.alignment(d, mu), mu / Math.sqrt(mu * mu + d + 2), upper);
    },
  });
}

/** μ² A_{d+4} = (μ²−d−2) A_{d+2} + (d+1) A_d to 1e-14 of the sum of moduli. */
export function alignmentRecurrence(): Law<NoiseFormulas> {
  return noiseLaw({
    cases: 2000,
    twin: { what: 'the dimension off by one', subject: { alignment: (d, mu) => alignment(d + 1, mu) } },
    violation: ({ on, d, mu }) => {
      const [first, second, third] = [d, d + 2, d + 4].map((k) => on.alignment(k, mu)) as [number, number, number];
      const terms = [(mu * mu - d - 2) * second, (d + 1) * first] as const;
      const scale = mu * mu * Math.abs(third) + Math.abs(terms[0]) + Math.abs(terms[1]);
      return unlike('μ² A_{d+4}', mu * mu * third, terms[0] + terms[1], 1e-14, scale);
    },
  });
}

/** A′ = A/μ − μ (A_d − A_{d+2}), against a fourth-order difference, d to 100, μ in [1/4, 8]. */
export function alignmentDerivative(): Law<NoiseFormulas> {
  return noiseLaw({
    cases: 500,
    twin: { what: 'the square root of the alignment', subject: { alignment: (d, mu) => Math.sqrt(alignment(d, mu)) } },
    d: dyadic(1, 100, 4),
    mu: dyadic(0.25, 8),
    violation: ({ on, d, mu }) => {
      const value = on.alignment(d, mu);
      const slope = slopeOf((x) => on.alignment(d, x), mu, 2 ** -7);
      return unlike('slope', slope, value / mu - mu * (value - on.alignment(d + 2, mu)), 1e-8, 1);
    },
  });
}

/** A_1 = erf(μ/√2) and A_3 = (1 − μ⁻²) erf(μ/√2) + √(2/π) e^{−μ²/2}/μ, μ > ½. */
export function alignmentReductions(): Law<NoiseFormulas> {
  return noiseLaw({
    cases: 500,
    twin: { what: 'erf(μ), without the √2', subject: { alignment: (_, mu) => erf(mu) } },
    mu: dyadic(0.5, 60),
    violation: ({ on, mu }) => {
      const line = erf(mu * Math.SQRT1_2);
      const space = (1 - mu ** -2) * line + (Math.sqrt(2 / Math.PI) * Math.exp(-0.5 * mu * mu)) / mu;
      return firstOf(unlike('A_1', on.alignment(1, mu), line, 2e-15), unlike('A_3', on.alignment(3, mu), space, 1e-13));
    },
  });
}

/** Odd, increasing and concave in μ, decreasing in d; 0 without signal and 1 with an infinite one. */
export function alignmentShape(): Law<NoiseFormulas> {
  return noiseLaw({
    cases: 1000,
    twin: { what: 'even in the signal', subject: { alignment: (d, mu) => alignment(d, Math.abs(mu)) } },
    violation: ({ on, d, mu }) => {
      const value = on.alignment(d, mu);
      return firstOf(
        unlike('A(−μ)', on.alignment(d, -mu), -value, 0),
        outside('A(1.1 μ)', on.alignment(d, 1.1 * mu), value, 1.1 * value, 4e-15),
        outside('A_{d+1}', on.alignment(d + 1, mu), 0, value, 4e-15),
        outside('A at 2μ', on.alignment(d, 2 * mu), 0, Math.min(1, 2 * value), 4e-15),
        unlike('A(0)', on.alignment(d, 0), 0, 0),
        unlike('A(∞)', on.alignment(d, Number.POSITIVE_INFINITY), 1, 0),
      );
    },
  });
}

/** A + (1 − A) = 1; between (d−1)/(r(r+μ)), r² = μ²+d−1, and the same with d+2, relatively; erfc for d = 1; −A mirrored. */
export function misalignmentTails(): Law<NoiseFormulas> {
  return noiseLaw({
    cases: 1000,
    twin: { what: '1 − A by subtraction', subject: { misalignment: (d, mu) => 1 - alignment(d, mu) } },
    mu: fc.oneof(dyadic(1 / 64, 30), powerOfTwo(5, 60)),
    violation: ({ on, d, mu }) => {
      const value = on.misalignment(d, mu);
      const share = (k: number): number => {
        const length = Math.hypot(mu, Math.sqrt(k));
        return k / length / (length + mu);
      };
      return firstOf(
        unlike('A + (1 − A)', alignment(d, mu) + value, 1, 1e-14),
        outside('1 − A', value, share(d - 1), share(d + 2), 3e-14),
        d >= 3 ? outside('1 − A', value, 0, (d - 1) / (2 * mu * mu), 3e-14) : undefined,
        unlike('1 − A_1', on.misalignment(1, mu), erfc(mu * Math.SQRT1_2), 1e-14),
        unlike('1 + A', on.misalignment(d, -mu), 2 - value, 1e-15),
      );
    },
  });
}

/** With S = 1 − E cos²: d S_d/(d−1) + μ² S_{d+2}/(d+1) = 1; A² <= E cos² and 1/d <= E cos² <= 1; closed in the plane. */
export function secondMoment(): Law<NoiseFormulas> {
  return noiseLaw({
    cases: 1000,
    twin: { what: 'the square of the mean', subject: { meanSquareCosine: (d, mu) => alignment(d, mu) ** 2 } },
    d: fc.oneof(fc.integer({ min: 2, max: 12 }), dyadic(1.5, 100, 4)),
    mu: dyadic(1 / 16, 20),
    violation: ({ on, d, mu }) => {
      const value = on.meanSquareCosine(d, mu);
      const sine = (k: number): number => 1 - on.meanSquareCosine(k, mu);
      const plane = 1 + Math.expm1(-0.5 * mu * mu) / (mu * mu);
      return firstOf(
        unlike('recurrence', (d * sine(d)) / (d - 1) + (mu * mu * sine(d + 2)) / (d + 1), 1, 1e-12),
        outside('E cos²', value, Math.max(1 / d, alignment(d, mu) ** 2), 1),
        unlike('E cos² without signal', on.meanSquareCosine(d, 0), 1 / d, 1e-14),
        unlike('E cos² in the plane', on.meanSquareCosine(2, mu), plane, 1e-13),
        unlike('E cos² on the line', on.meanSquareCosine(1, mu), 1, 0),
      );
    },
  });
}

/** √a A(μ) >= A(√a μ): twice the data gain a factor √2 at most. Also 1 − A against A at huge signals, and E cos² between. */
export function dataNeverGainMoreThanRoot(): Law<NoiseFormulas> {
  return noiseLaw({
    cases: 500,
    twin: { what: 'the square of the signal', subject: { alignment: (d, mu) => alignment(d, mu * mu) } },
    violation: ({ on, d, mu }) => {
      const value = on.alignment(d, mu);
      const gains = [2, 4, 100].map((a) =>
        outside(`A with ${a} times the data`, on.alignment(d, Math.sqrt(a) * mu), value, Math.sqrt(a) * value, 4e-15),
      );
      const complement = unlike('1 − A', misalignment(d, mu), 1 - value, 1e-13, 1);
      return firstOf(...gains, complement, outside('A²', value * value, 0, meanSquareCosine(d, mu)));
    },
  });
}
