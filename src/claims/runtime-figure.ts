import type { Facts, TrialSource } from '../core/claim.ts';
import type { Figure, Series } from '../core/figure.ts';
import { type Band, bandOfSteps } from '../verdicts/band.ts';
import { dkwBand } from '../verdicts/dkw-band.ts';
import { meanCurveBand } from '../verdicts/mean-curve-band.ts';
import { fact } from './facts.ts';
import type { FigureSource } from './figure-source.ts';
import { BUDGETS, COMPARED, RATIOS, ratioName, solvedName } from './runtime.ts';

/** Trainings that a figure of runtimes shows: as many as the earliest decision of a claim at α = 1e-5 takes. */
export const SHOWN_TRAININGS = 19;

/** Error of all bands of a figure together. */
const ALPHA = 0.05;

/** A method of a figure of runtimes. */
export interface ShownMethod {
  readonly name: string;
  /** Problems of a trial that it was run on, where it solves each by itself; undefined where one network solves them all. */
  readonly problems?: number;
  /** Evaluations per problem that it has spent before its times begin, in a trial. */
  spent(facts: Facts): number;
  /** Evaluations per problem that it could spend in a trial, where they are bounded. */
  budget?(facts: Facts): number;
}

export interface RuntimeFigure {
  readonly id: string;
  readonly title: string;
  /** The problems and what it means that one is solved. */
  readonly what: string;
  readonly methods: readonly ShownMethod[];
}

/**
 * Runtime distributions and performance profiles from the facts of trainings, with bands that hold for all curves at all
 * points at once. Shares of problems solved one by one, which are independent, have the band of Dvoretzky, Kiefer,
 * Wolfowitz and Massart; whatever one network solves depends on it, so there whole trainings are the sample.
 */
export function runtimeFigure({ id, title, what, methods }: RuntimeFigure, trials: readonly Facts[]): Figure {
  const alpha = ALPHA / (2 * methods.length);
  return {
    id,
    title,
    caption:
      `${what} ${trials.length} trainings. Left: share of the problems solved within a number of simulator evaluations per ` +
      'problem; a training is paid by all its problems alike, and a network has answers when it is over. Right: performance ' +
      'profiles, the share of the problems on which a method took at most τ times the evaluations of the best of these methods ' +
      'on that problem (with other methods beside them the profiles would be others). Shaded: simultaneous bands, all of them ' +
      'right at every point at once with probability 95 %. Problems solved one by one are independent (DKW inequality with ' +
      "Massart's constant); those of one network are not, so its band, and those of profiles, come from whole trainings.",
    panels: [
      {
        title: 'solved within a budget',
        x: { label: 'simulator evaluations per problem', scale: 'log' },
        y: { label: 'share of problems solved', scale: 'linear' },
        series: methods.map((method) => solvedSeries(method, trials, alpha)),
      },
      {
        title: 'against the best method on each problem',
        x: { label: 'ratio τ of evaluations to the best', scale: 'log' },
        y: { label: 'share of problems within τ', scale: 'linear' },
        series: methods.map(({ name }) => {
          const curves = trials.map((facts) => RATIOS.map((_, k) => fact(facts, ratioName(name, k))));
          return steps(name, RATIOS, means(curves), meanCurveBand(curves, alpha));
        }),
      },
    ],
  };
}

function solvedSeries(method: ShownMethod, trials: readonly Facts[], alpha: number): Series {
  const { name, problems } = method;
  const spent = Math.max(...trials.map((facts) => method.spent(facts)));
  const most = Math.min(...trials.map((facts) => method.budget?.(facts) ?? Number.POSITIVE_INFINITY));
  const points = [0, ...BUDGETS].flatMap((budget, k) =>
    budget <= most && (budget > 0 || spent > 0) ? [{ budget, k }] : [],
  );
  const curves = trials.map((facts) => points.map(({ k }) => fact(facts, solvedName(name, k))));
  const shares = means(curves);
  const band = problems === undefined ? meanCurveBand(curves, alpha) : dkwBand(shares, problems * trials.length, alpha);
  const drawn = steps(
    name,
    points.map(({ budget }) => spent + budget),
    shares,
    band,
  );
  return spent > 0 ? afterTraining(drawn) : drawn;
}

/** Nothing is solved before the training is over: that is certain. */
function afterTraining({ name, x, y, low = [], high = [] }: Series): Series {
  return { name, x: [1, ...x], y: [0, ...y], low: [0, ...low], high: [0, ...high], steps: true };
}

function steps(name: string, x: readonly number[], y: readonly number[], band: Band): Series {
  return { name, x, y, ...bandOfSteps(band), steps: true };
}

/** Mean curve; rounding must not let it fall or leave [0, 1]. */
function means(curves: readonly (readonly number[])[]): readonly number[] {
  const [first = []] = curves;
  let before = 0;
  return first.map((_, k) => {
    const mean = curves.reduce((sum, curve) => sum + (curve[k] as number), 0) / curves.length;
    before = Math.min(1, Math.max(before, mean));
    return before;
  });
}

/**
 * The methods that a training compares.
 *
 * @param problems   of a trial
 * @param restarted  of them, those that multi-start was run on; all unless given
 */
export function comparedMethods(problems: number, restarted = problems): readonly ShownMethod[] {
  const [network, bfgs, restarts] = COMPARED;
  const evaluations = (name: string) => (facts: Facts) => fact(facts, `${name}Evaluations`);
  return [
    { name: network, spent: evaluations('joint') },
    { name: bfgs, problems, spent: () => 0 },
    {
      name: restarts,
      problems: restarted,
      spent: () => 0,
      budget: (facts) => evaluations('joint')(facts) + evaluations('refined')(facts),
    },
  ];
}

/** A figure of runtimes from the first trainings of a source, beside the claims about them. */
export function runtimeFigureSource(
  figure: RuntimeFigure,
  source: TrialSource,
  beside: readonly string[],
): FigureSource {
  return {
    id: figure.id,
    figures: [figure.id],
    beside,
    trials: [{ source, count: SHOWN_TRAININGS }],
    compute: async (_context, [trials = []]) => [runtimeFigure(figure, trials)],
  };
}
