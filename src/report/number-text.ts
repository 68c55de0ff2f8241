/**
 * A number as reports print it: integers exactly, everything else to a few significant digits, the same in every locale.
 *
 * @param value   null and NaN read `n/a`
 * @param digits  significant digits, 1 to 17
 * @example
 * numberText(0.123456); // => '0.1235'
 * numberText(1e-5); // => '10⁻⁵'
 * numberText(12000); // => '12\u00A0000'
 */
export function numberText(value: number | null | undefined, digits = 4): string {
  if (value === null || value === undefined || Number.isNaN(value)) return 'n/a';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  const sign = value < 0 ? '−' : '';
  if (Number.isInteger(size) && size < 1e9) return sign + grouped(size);
  if (size < 1e-3 || size >= 1e6) return sign + scientificText(size, digits);
  return sign + trimmed(size.toPrecision(digits));
}

/** Thousands apart by a no-break space, from five digits on. */
function grouped(size: number): string {
  return size < 10_000 ? String(size) : String(size).replace(/\B(?=(\d{3})+$)/g, '\u00A0');
}

const SUPERSCRIPTS: Readonly<Record<string, string>> = {
  '-': '⁻',
  0: '⁰',
  1: '¹',
  2: '²',
  3: '³',
  4: '⁴',
  5: '⁵',
  6: '⁶',
  7: '⁷',
  8: '⁸',
  9: '⁹',
};

/**
 * A positive number as mantissa and power of ten, with signs that do not break at line ends.
 *
 * @example
 * scientificText(3.1e-7, 3); // => '3.1·10⁻⁷'
 */
export function scientificText(size: number, digits: number): string {
  const [mantissa = '', exponent = ''] = size.toExponential(digits - 1).split('e');
  const power = `10${[...exponent.replace('+', '')].map((character) => SUPERSCRIPTS[character] ?? '').join('')}`;
  return trimmed(mantissa) === '1' ? power : `${trimmed(mantissa)}·${power}`;
}

function trimmed(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
}

/**
 * A bound in [0, 1] with four decimals, or with as many more (at most nine) as tell it apart from every threshold.
 *
 * @example
 * boundText(0.50003, [0.5]); // => '0.50003'
 */
export function boundText(value: number, thresholds: readonly number[]): string {
  for (let decimals = 4; decimals < 9; decimals++) {
    const text = value.toFixed(decimals);
    if (thresholds.every((threshold) => threshold === value || threshold.toFixed(decimals) !== text)) return text;
  }
  return value.toFixed(9);
}

/**
 * Wall-clock seconds.
 *
 * @example
 * secondsText(75.2); // => '1 min 15 s'
 */
export function secondsText(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(2)} s`;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
