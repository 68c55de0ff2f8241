import type { Averaging } from './averaging.ts';
import type { Finding, Probes } from './diagnosis.ts';
import type { GradientProbe } from './gradient-probe.ts';
import type { GrowthProbe } from './growth-probe.ts';
import type { LandscapeProbe } from './landscape-probe.ts';
import { interval, number, percent } from './numbers.ts';

/** The probes in words, every number with its 95 % interval. */
export function findingsOf({ gradients, averaging, landscape, growth }: Probes): readonly Finding[] {
  const nothing: Finding = {
    name: 'gradients',
    text: 'No instance has a finite gradient at its start, or all start at their solution: nothing can be said of gradients.',
  };
  return [
    ...(gradients === undefined ? [nothing] : gradientFindings(gradients)),
    ...landscapeFindings(landscape),
    ...(averaging === undefined ? [] : [averagingFinding(averaging), predictionFinding(averaging)]),
    growth === undefined
      ? {
          name: 'horizon',
          text: 'The problem does not say how long it simulates: growth with the horizon is not known.',
        }
      : growthFinding(growth),
  ];
}

function gradientFindings({ zero, nonFinite, wrongWay, alignment }: GradientProbe): readonly Finding[] {
  const lost = nonFinite.value > 0 ? ` ${interval(nonFinite, percent)} of the starts have no finite gradient.` : '';
  return [
    {
      name: 'zero gradients',
      text: `${interval(zero, percent)} of ${zero.count} starts have a gradient of exactly zero.${lost}`,
    },
    {
      name: 'wrong signs',
      text:
        `${interval(wrongWay, percent)} of the ${wrongWay.count} gradients that are not zero lead away from the hidden ` +
        `solution; mean cosine with the way to it ${interval(alignment)}.`,
    },
  ];
}

function landscapeFindings({ trapped, minima, basin, straightWay, reach }: LandscapeProbe): readonly Finding[] {
  return [
    {
      name: 'local minima',
      text:
        `${interval(trapped, percent)} of ${trapped.count} random rays from the hidden solution, ${number(reach)} standard deviations ` +
        `long, meet another minimum; at least ${interval(minima)} in the median.`,
    },
    {
      name: 'basin',
      text:
        `Around the hidden solution the loss keeps rising up to ${interval(basin)} times the distance of the start, in the ` +
        `median over rays; from ${interval(straightWay, percent)} of the starts the straight way to it leads downhill all along.`,
    },
  ];
}

function averagingFinding({ measured, signalToNoise, predicted }: Averaging): Finding {
  const [first, last] = [measured[0], measured.at(-1)];
  if (first === undefined || last === undefined) {
    return { name: 'noise', text: 'Too few gradients to average: ask for more probes.' };
  }
  const expected = predicted.find(({ n }) => n === last.k);
  const theory =
    expected === undefined
      ? ''
      : `; theory for equal, independent noise says ${number(expected.value)} [${number(expected.low)}, ${number(expected.high)}]`;
  return {
    name: 'noise',
    text:
      `Signal-to-noise ratio of one gradient ${interval(signalToNoise)}. Each in the frame of its own solution, the mean of ` +
      `${last.k} gradients aligns with ${interval(last.losses)}, of one with ${interval(first.losses)}${theory}. ` +
      `Normalized first, the mean of ${last.k} aligns with ${interval(last.votes)}.`,
  };
}

function predictionFinding({ coupling, predictedCoupled }: Averaging): Finding {
  const shown = predictedCoupled.filter(({ n }) => [1, 16, 128, 1024].includes(n));
  return {
    name: 'predicted alignment',
    text:
      `With the coupling that this network has at its start (ρ = ${number(coupling)}), theory predicts for the first step on n ` +
      `examples: ${shown.map(({ n, value, low, high }) => `n = ${n}: ${number(value)} [${number(low)}, ${number(high)}]`).join(', ')}.`,
  };
}

function growthFinding({ horizons, sensitivity, rate, power, law }: GrowthProbe): Finding {
  const [first, last] = [sensitivity[0], sensitivity.at(-1)];
  const growth = law === 'exponential' ? `like exp(r h), r = ${interval(rate)}` : `like h^p, p = ${interval(power)}`;
  return {
    name: 'horizon',
    text:
      `From horizon ${horizons[0]} to ${horizons.at(-1)} the median gradient changes from ${number(first?.value ?? 0)} to ` +
      `${number(last?.value ?? 0)}; of an exponential and a power law the ${law} one fits better: ${growth}.`,
  };
}
