import type { Estimate } from '../verdicts/estimate.ts';

/** Three significant digits, without an exponent where it reads well. */
export function number(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (!Number.isFinite(value)) return value > 0 ? '∞' : value < 0 ? '−∞' : 'NaN';
  if (size >= 1e6 || size < 1e-3) return value.toExponential(1);
  return size >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}

/** 0.123 as 12.3 %. */
export const percent = (value: number): string => `${number(Number((100 * value).toFixed(1)))} %`;

/** "value [low, high]". */
export function interval({ value, low, high }: Estimate, show: (value: number) => string = number): string {
  return `${show(value)} [${show(low)}, ${show(high)}]`;
}
