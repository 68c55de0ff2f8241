import { describe, expect, it } from 'vitest';
import { kuramotoSivashinskyLaws } from '../../src/claims/kuramoto-sivashinsky/laws.ts';
import { kuramotoSivashinsky } from '../../src/simulators/kuramoto-sivashinsky.ts';
import { kuramotoSivashinskyProblem } from '../../src/simulators/kuramoto-sivashinsky-problem.ts';
import {
  type BrokenKuramotoSivashinsky,
  brokenKuramotoSivashinsky,
  type KuramotoSivashinskyFactory,
  plainKuramotoSivashinsky,
} from '../broken/kuramoto-sivashinsky.ts';
import { counterexample } from '../counterexample.ts';
import type { Law } from '../law.ts';
import { ksAdjointIsExact, ksForwardEqualsReverse, ksTaylorSlopeIsTwo } from './derivative-laws.ts';
import { ksLinearGrowthRates, ksOrderFourInTime, ksSpectralInSpace } from './discretization-laws.ts';
import { ksDifferencesFailWithChaos } from './horizon-law.ts';
import {
  ksCheckpointsChangeNothing,
  ksKernelEqualsReference,
  ksRowsAreIndependent,
  ksSinglePrecisionIsClose,
} from './kernel-laws.ts';
import { ksGalilean, ksMeanIsConserved, ksTranslationAndReflection } from './symmetry-laws.ts';

const SEED = 20_240_607;

interface LawUnderTest {
  readonly law: Law<KuramotoSivashinskyFactory>;
  /** Faults that it must see. */
  readonly faults: readonly BrokenKuramotoSivashinsky[];
}

const WRONG_PULLBACKS = ['pullback-long', 'beta-sign', 'alpha-late'] as const;

const LAWS: Readonly<Record<string, LawUnderTest>> = {
  'ks.adjoint-is-exact': { law: ksAdjointIsExact(), faults: [...WRONG_PULLBACKS, 'jvp-long', 'short-memory'] },
  'ks.taylor-slope-is-two': { law: ksTaylorSlopeIsTwo(), faults: WRONG_PULLBACKS },
  'ks.differences-fail-with-chaos': { law: ksDifferencesFailWithChaos(), faults: ['short-memory'] },
  'ks.forward-equals-reverse': { law: ksForwardEqualsReverse(), faults: [...WRONG_PULLBACKS, 'jvp-long'] },
  'ks.kernel-equals-reference': { law: ksKernelEqualsReference(), faults: ['single-precision'] },
  'ks.single-precision-is-close': { law: ksSinglePrecisionIsClose(), faults: ['half-precision'] },
  'ks.rows-are-independent': { law: ksRowsAreIndependent(), faults: ['pairs-share-a-transform', 'first-row'] },
  'ks.checkpoints-change-nothing': { law: ksCheckpointsChangeNothing(), faults: ['segments-forgotten'] },
  'ks.order-four-in-time': { law: ksOrderFourInTime(), faults: ['simple-last-stage'] },
  'ks.spectral-in-space': { law: ksSpectralInSpace(), faults: ['differences-in-space'] },
  'ks.linear-growth-rates': { law: ksLinearGrowthRates(), faults: ['growth-without-one', 'dispersion'] },
  'ks.mean-is-conserved': { law: ksMeanIsConserved(), faults: ['mean-decays', 'forcing-stays'] },
  'ks.translation-and-reflection': { law: ksTranslationAndReflection(), faults: ['dispersion', 'forcing-stays'] },
  'ks.galilean': { law: ksGalilean(), faults: ['advection-twice'] },
};

describe.each(Object.entries(LAWS))('%s', (_, { law, faults }) => {
  it('holds, in a quarter of the cases that its claim takes', () => {
    const cases = Math.ceil(law.cases / 4);
    const verdict = law.check({ seed: SEED, cases });
    expect(verdict).toMatchObject({ outcome: 'supported', evidence: { tried: cases, seed: SEED } });
  });

  it('is refuted for the twin of the claim, and the counterexample replays', () => {
    const evidence = counterexample(law.brokenTwin.check({ seed: SEED, cases: law.cases }));
    const replayed = law.brokenTwin.check({ seed: evidence.seed, cases: 1, path: evidence.path });
    expect(counterexample(replayed)).toEqual(evidence);
  });

  it.each([...faults])('is refuted for %s', (fault) => {
    expect(law.refutedAt(brokenKuramotoSivashinsky(fault), { seed: SEED, cases: law.cases })).not.toBeNull();
  });
});

describe('the claims', () => {
  it('are these laws, and the comparison with solutions made elsewhere', () => {
    const ids = [...Object.keys(LAWS), 'ks.agrees-with-independent-solutions'];
    expect(kuramotoSivashinskyLaws.map(({ id }) => id).sort()).toEqual(ids.sort());
  });

  it('hold in the cases there are, and not for the twin', () => {
    const { cases, check, brokenTwin } = kuramotoSivashinskyLaws.find(({ exhaustive }) => exhaustive)!;
    expect(check({ seed: SEED, cases })).toMatchObject({ outcome: 'supported', evidence: { tried: 10 } });
    expect(brokenTwin.check({ seed: SEED, cases }).outcome).toBe('refuted');
  });
});

describe('the scheme that faults are put into', () => {
  const options = { length: 22, points: 64, horizon: 10 } as const;
  const { task, reference } = kuramotoSivashinskyProblem(options).draw(3, SEED);
  const end = (factory: KuramotoSivashinskyFactory): Float64Array =>
    factory(options).forward(reference.truth, task.identifiers).data;

  it('is the true one without them', () => {
    const [plain, right] = [end(plainKuramotoSivashinsky), end(kuramotoSivashinsky)];
    const differences = plain.map((value, i) => Math.abs(value - right[i]!));
    expect(Math.max(...differences)).toBeLessThan(1e-12);
  });

  it('keeps finite pairs apart, up to rounding', () => {
    const [paired, right] = [end(brokenKuramotoSivashinsky('pairs-share-a-transform')), end(kuramotoSivashinsky)];
    const differences = paired.map((value, i) => Math.abs(value - right[i]!));
    expect(Math.max(...differences)).toBeLessThan(1e-12);
  });
});
