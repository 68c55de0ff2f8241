import { numberText, scientificText } from '../number-text.ts';

/** The scale of one axis of a panel: what it spans, where its ticks are, and how they read. */
export interface ChartAxis {
  readonly scale: 'linear' | 'log';
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
  tickText(value: number): string;
  /** Position of a value as a fraction of the axis: 0 at the start of the domain, 1 at its end. */
  position(value: number): number;
  /** Inverse of `position`. */
  valueAt(position: number): number;
}

/** Ticks per axis aimed at. */
const TICKS = 5;

/**
 * An axis that shows all the values; a log axis ignores those that are not positive.
 *
 * @param room  'tight' ends the axis at the data, 'round' at ticks (linear) or just beyond the data (log)
 * @example
 * chartAxis([0.2, 0.9], 'linear', 'round').domain; // => [0.2, 1]
 */
export function chartAxis(values: readonly number[], scale: 'linear' | 'log', room: 'tight' | 'round'): ChartAxis {
  const usable = values.filter((value) => Number.isFinite(value) && (scale === 'linear' || value > 0));
  return scale === 'log' ? logAxis(usable, room) : linearAxis(usable, room);
}

function extent(values: readonly number[], fallback: readonly [number, number]): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low <= high ? [low, high] : [...fallback];
}

function linearAxis(values: readonly number[], room: 'tight' | 'round'): ChartAxis {
  let [low, high] = extent(values, [0, 1]);
  if (low === high) {
    const margin = Math.abs(low) / 2 || 0.5;
    [low, high] = [low - margin, high + margin];
  }
  const step = roundStep((high - low) / TICKS);
  const first = room === 'round' ? Math.floor(low / step + 1e-9) : Math.ceil(low / step - 1e-9);
  const last = room === 'round' ? Math.ceil(high / step - 1e-9) : Math.floor(high / step + 1e-9);
  const ticks = Array.from({ length: last - first + 1 }, (_, k) => withoutDust((first + k) * step));
  const [start, end] = room === 'round' ? [ticks[0] ?? low, ticks.at(-1) ?? high] : [low, high];
  return {
    scale: 'linear',
    domain: [start, end],
    ticks,
    tickText: (value) => numberText(value, 6),
    position: (value) => (value - start) / (end - start),
    valueAt: (position) => start + position * (end - start),
  };
}

/** The smallest of 1, 2, 2.5, 5, 10 times a power of ten that is at least `least`. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 2.5, 5].find((candidate) => candidate * power >= least * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/** Multiples of a decimal step without the last digits of binary arithmetic. */
function withoutDust(value: number): number {
  return Number(value.toPrecision(12));
}

function logAxis(values: readonly number[], room: 'tight' | 'round'): ChartAxis {
  let [low, high] = extent(values, [1, 10]).map(Math.log10) as [number, number];
  const margin = high === low ? 0.5 : room === 'round' ? 0.04 * (high - low) : 0;
  [low, high] = [low - margin, high + margin];
  const ticks = logTicks(low, high);
  const plain = ticks.every((tick) => tick >= 1e-3 && tick <= 1e4);
  return {
    scale: 'log',
    domain: [10 ** low, 10 ** high],
    ticks,
    tickText: (value) => (plain ? numberText(value) : scientificText(value, 1)),
    position: (value) => (Math.log10(value) - low) / (high - low),
    valueAt: (position) => 10 ** (low + position * (high - low)),
  };
}

/** Powers of ten, every second, fifth … one on long axes; with 2 and 5 between them on short ones. */
function logTicks(low: number, high: number): number[] {
  const [first, last] = [Math.ceil(low - 1e-9), Math.floor(high + 1e-9)];
  const every = Math.max(1, Math.ceil((last - first) / TICKS));
  const powers: number[] = [];
  for (let k = first; k <= last; k++) if (k % every === 0) powers.push(k);
  if (powers.length >= 3) return powers.map((k) => Number(`1e${k}`));
  const ticks: number[] = [];
  for (let k = first - 1; k <= last; k++) for (const factor of [1, 2, 5]) ticks.push(Number(`${factor}e${k}`));
  return ticks.filter((tick) => Math.log10(tick) >= low - 1e-9 && Math.log10(tick) <= high + 1e-9);
}
