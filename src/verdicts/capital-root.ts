import { BET_FRACTIONS, betsOfTallyInto, LOG_BETS, logMeanExp, type Tally } from './e-process.ts';

/** Roots are found to this width, and rounded down. */
const WIDTH = 1e-12;
/** Operations per sample whose rounding enters the logarithm of the capital, generously. */
const ROUNDING = 16 * Number.EPSILON;
/** A bet whose capital is e^−40 times another's changes nothing in float64. */
const NEGLIGIBLE_NATS = 40;

/** The capital at one null mean: of every bet, and by how much ln K exceeds the threshold. */
interface Probe {
  readonly m: number;
  readonly bets: Float64Array;
  excess: number;
}

interface Search {
  probe(m: number): Probe;
  /** Leaves out of later probes what cannot matter anywhere between two probes. */
  narrow(low: Probe, high: Probe): void;
}

function searchOf(tally: Tally, threshold: number, mirrored: boolean): Search {
  const trials = tally.zeros + tally.ones + tally.interior.length;
  const retired = new Uint8Array(BET_FRACTIONS.length);
  return {
    probe(m) {
      const bets = new Float64Array(BET_FRACTIONS.length);
      betsOfTallyInto(bets, tally, m, mirrored, retired);
      // What rounding may have added is taken off, so that the root errs to the safe side.
      const slack = ROUNDING * (trials + 1) * (1 - Math.log(m));
      return { m, bets, excess: logMeanExp(bets) - threshold - slack };
    },
    narrow(low, high) {
      // The capital of each bet decreases in m: nowhere in between is bet j above its capital at `low`, nor the largest
      // below its capital at `high`.
      const needed = high.bets.reduce((most, bet) => Math.max(most, bet), Number.NEGATIVE_INFINITY) - NEGLIGIBLE_NATS;
      for (let j = 0; j < retired.length; j++) if (low.bets[j]! < needed) retired[j] = 1;
    },
  };
}

/** Two probes around the root, starting from a guess of its distance to the mean; `low` is absent if it is below WIDTH. */
function bracket(search: Search, mean: number, guess: number): { readonly low?: Probe; readonly high: Probe } {
  let factor = 1.15;
  let distance = guess;
  let here = search.probe(Math.max(mean - distance, mean / 2));
  if (here.excess >= 0) {
    for (;;) {
      const low = here;
      distance = (mean - low.m) / factor;
      here = search.probe(mean - distance);
      if (here.excess < 0 || here.m === mean) return { low, high: here };
      factor *= factor;
    }
  }
  for (;;) {
    const high = here;
    if (high.m < WIDTH) return { high };
    distance = (mean - high.m) * factor;
    here = search.probe(Math.max(mean - distance, high.m / 2));
    if (here.excess >= 0) return { low: here, high };
    factor *= factor;
  }
}

/** Regula falsi, Illinois variant (Dowell & Jarratt, BIT 11 (1971) 168), bisecting where four steps gain too little. */
function closeIn(search: Search, first: Probe, last: Probe): number {
  let [low, high] = [first, last];
  let moved: 'low' | 'high' | undefined;
  for (let step = 1, widthBefore = Number.POSITIVE_INFINITY; high.m - low.m > WIDTH; step++) {
    search.narrow(low, high);
    const width = high.m - low.m;
    const stalled = step % 4 === 0 && width > widthBefore / 2;
    if (step % 4 === 0) widthBefore = width;
    const secant = high.m - (high.excess * width) / (high.excess - low.excess);
    // Steps end at least WIDTH/4 inside, so that the last one closes the bracket from the other side.
    const m =
      stalled || !Number.isFinite(secant)
        ? low.m + width / 2
        : Math.min(high.m - WIDTH / 4, Math.max(low.m + WIDTH / 4, secant));
    const here = search.probe(m);
    if (here.excess >= 0) {
      low = here;
      if (moved === 'low') high.excess /= 2;
      moved = 'low';
    } else {
      high = here;
      if (moved === 'high') low.excess /= 2;
      moved = 'high';
    }
  }
  return low.m;
}

/** Distance of the root from the mean by the normal approximation; only speed depends on it. */
function guessDistance(tally: Tally, mean: number, threshold: number): number {
  const trials = tally.zeros + tally.ones + tally.interior.length;
  let squares = tally.ones * (1 - mean) ** 2 + tally.zeros * mean ** 2;
  for (const x of tally.interior) squares += (x - mean) ** 2;
  const nats = threshold + LOG_BETS / 2;
  return Math.sqrt(2 * nats * (squares / trials)) / Math.sqrt(trials) + nats / (3 * trials);
}

/**
 * The largest m with K⁺(m) >= 1/α, rounded down by at most 1e-12; 0 where there is none above 1e-12.
 * `mirrored` takes 1 − x for every sample x; `mean` is the mean of the samples so taken, where K⁺ <= 1.
 */
export function rootOfCapital(tally: Tally, mean: number, alpha: number, mirrored: boolean): number {
  if (mean <= WIDTH) return 0;
  const threshold = -Math.log(alpha);
  const search = searchOf(tally, threshold, mirrored);
  const { low, high } = bracket(search, mean, guessDistance(tally, mirrored ? 1 - mean : mean, threshold));
  return low === undefined ? 0 : closeIn(search, low, high);
}
