/** Every way a caller can be told that an input, a file or an environment is not usable. */
export type ErrorCode =
  | 'shape-mismatch'
  | 'not-finite'
  | 'out-of-range'
  | 'unknown-name'
  | 'unknown-option'
  | 'duplicate-id'
  | 'missing-file'
  | 'unwritable'
  | 'invalid-report'
  | 'invalid-baseline'
  | 'backend-unavailable'
  | 'solver-protocol'
  | 'simulator-contract'
  | 'certificate-violated'
  | 'objective-failed'
  | 'worker-failed'
  /** A program of somebody else could not be started, ended, or exceeded its time. */
  | 'program-failed';

export interface ErrorDetails {
  /** The function, option or file concerned, as the caller knows it: `bfgs: "wolfe.c2"`. */
  readonly where: string;
  readonly expected: string;
  readonly received: string;
  /** What to do about it. */
  readonly hint?: string;
}

/**
 * The one error class of the library. `code` is stable and meant for programs and tests;
 * the message, `where: expected …, received …. Hint: …`, is meant for people.
 *
 * @example
 * new InverseClaimsError('out-of-range', { where: 'alignment: "d"', expected: 'd >= 1', received: '0' }).message;
 * // => 'alignment: "d": expected d >= 1, received 0.'
 */
export class InverseClaimsError extends Error {
  override readonly name = 'InverseClaimsError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails, options?: ErrorOptions) {
    const hint = details.hint === undefined ? '' : ` Hint: ${details.hint}`;
    super(`${details.where}: expected ${details.expected}, received ${details.received}.${hint}`, options);
    this.code = code;
    this.details = details;
  }
}

/** What was thrown, in words: its message where it is an error. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Throws `not-finite` or `out-of-range` unless `minimum <= value <= maximum`; returns the value. */
export function requireNumber(
  where: string,
  value: number,
  range: {
    readonly minimum?: number;
    readonly maximum?: number;
    readonly integer?: boolean;
    readonly above?: number;
  } = {},
): number {
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY, integer = false, above } = range;
  const low = above === undefined ? value >= minimum : value > above;
  if (
    typeof value === 'number' &&
    Number.isFinite(value) &&
    low &&
    value <= maximum &&
    (!integer || Number.isInteger(value))
  ) {
    return value;
  }
  const kind = integer ? 'an integer' : 'a finite number';
  const bounds = [
    above !== undefined ? `> ${above}` : Number.isFinite(minimum) ? `>= ${minimum}` : '',
    Number.isFinite(maximum) ? `<= ${maximum}` : '',
  ].filter((part) => part !== '');
  throw new InverseClaimsError(Number.isFinite(value) ? 'out-of-range' : 'not-finite', {
    where,
    expected: [kind, ...bounds].join(' '),
    received: String(value),
  });
}

/** Edit distance (insertions, deletions, substitutions), used to suggest the nearest known name. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, substitution));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}

/** The known name closest to `name` in edit distance, or undefined where there is none. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const ranked = known.map((candidate) => ({ candidate, distance: editDistance(name, candidate) }));
  ranked.sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1));
  return ranked[0]?.candidate;
}

/** `unknown-name` with the nearest known name as the hint. */
export function unknownName(where: string, name: string, known: readonly string[]): InverseClaimsError {
  const nearest = nearestName(name, known);
  return new InverseClaimsError('unknown-name', {
    where,
    expected: known.length <= 8 ? `one of ${known.join(', ')}` : `one of ${known.length} known names`,
    received: JSON.stringify(name),
    ...(nearest === undefined ? {} : { hint: `did you mean ${JSON.stringify(nearest)}?` }),
  });
}
