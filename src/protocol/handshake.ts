import { InverseClaimsError, nearestName } from '../core/errors.ts';
import { type Axis, width } from '../core/problem.ts';
import { PRINTS, shownBytes } from './frames.ts';

/** The version of the protocol that this library speaks. */
export const PROTOCOL_VERSION = 1;

/** Coordinates with the box that cases are drawn from. */
export interface RangedAxis extends Axis {
  /** Lowest value of each coordinate, `length` of them. */
  readonly low: readonly number[];
  /** Highest value of each coordinate, `length` of them; not below `low`. */
  readonly high: readonly number[];
}

/** What a program says of itself in its first line: see PROTOCOL.md. */
export interface ProgramDescription {
  readonly name: string;
  readonly input: readonly RangedAxis[];
  readonly identifiers: readonly RangedAxis[];
  readonly output: readonly Axis[];
  readonly vjp: boolean;
  readonly jvp: boolean;
  readonly rowsPerCall?: number;
  /** The identifier, of length 1, that says how long is simulated. */
  readonly horizon?: string;
  /** An inverse problem on this simulator. */
  readonly problem?: {
    readonly id: string;
    /** The initial guess of every instance, one number per input; the middle of the ranges unless given. */
    readonly start?: readonly number[];
  };
}

type Json = Readonly<Record<string, unknown>>;

/** A place in the description, which refuses what stands there. */
interface Place {
  readonly where: string;
  readonly path: string;
}

const inside = ({ where, path }: Place, key: string | number): Place => {
  if (typeof key === 'number') return { where, path: `${path}[${key}]` };
  return { where, path: path === '' ? key : `${path}.${key}` };
};

function refusal({ where, path }: Place, expected: string, received: unknown, hint?: string): InverseClaimsError {
  const shown = received === undefined ? 'nothing' : JSON.stringify(received);
  return new InverseClaimsError('simulator-contract', {
    where: `${where}: handshake${path === '' ? '' : `: "${path}"`}`,
    expected,
    received: shown.length > 200 ? `${shown.slice(0, 200)} …` : shown,
    ...(hint === undefined ? {} : { hint }),
  });
}

/**
 * The description in the first line of a program.
 *
 * Throws `simulator-contract` with the path of the first thing that is wrong: no JSON, another version of the protocol,
 * fields that are missing, unknown or of another type, axes that share a name, ranges that are empty or not finite.
 *
 * @param where  the program, as its user knows it
 * @example
 * const line = '{"protocol":1,"name":"double","input":[{"name":"x","length":1,"unit":"1","low":-1,"high":1}],' +
 *   '"output":[{"name":"y","length":1,"unit":"1"}]}';
 * readHandshake('python double.py', line).input[0]?.high; // => [1]
 */
export function readHandshake(where: string, line: string): ProgramDescription {
  const top: Place = { where, path: '' };
  const json = recordOf(top, parsed(where, line), [
    ...['protocol', 'name', 'input', 'identifiers', 'output', 'vjp', 'jvp', 'rowsPerCall', 'horizon', 'problem'],
  ]);
  if (json.protocol !== PROTOCOL_VERSION) {
    throw refusal(inside(top, 'protocol'), `${PROTOCOL_VERSION}, the version of this library`, json.protocol);
  }
  const input = rangedAxes(inside(top, 'input'), json.input);
  const identifiers = rangedAxes(inside(top, 'identifiers'), json.identifiers ?? []);
  const output = axesOf(inside(top, 'output'), json.output, []).map(({ axis }) => axis);
  for (const [key, axes] of Object.entries({ input, output })) {
    if (width(axes) === 0) throw refusal(inside(top, key), 'at least one coordinate', json[key]);
  }
  return {
    name: textOf(inside(top, 'name'), json.name),
    input,
    identifiers,
    output,
    vjp: flagOf(inside(top, 'vjp'), json.vjp),
    jvp: flagOf(inside(top, 'jvp'), json.jvp),
    ...(json.rowsPerCall === undefined
      ? {}
      : { rowsPerCall: integerOf(inside(top, 'rowsPerCall'), json.rowsPerCall, 1) }),
    ...(json.horizon === undefined ? {} : { horizon: horizonOf(inside(top, 'horizon'), json.horizon, identifiers) }),
    ...(json.problem === undefined ? {} : { problem: problemOf(inside(top, 'problem'), json.problem, width(input)) }),
  };
}

function parsed(where: string, line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new InverseClaimsError('simulator-contract', {
      where: `${where}: handshake`,
      expected: 'one line of JSON that describes the simulator, first of all',
      received: shownBytes(new TextEncoder().encode(line)),
      hint: PRINTS,
    });
  }
}

function recordOf(place: Place, value: unknown, known: readonly string[]): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refusal(place, 'an object', value);
  const unknown = Object.keys(value).find((key) => !known.includes(key));
  if (unknown === undefined) return value as Json;
  const hint = `did you mean ${JSON.stringify(nearestName(unknown, known))}?`;
  throw refusal(place, `fields ${known.join(', ')}`, unknown, hint);
}

function axesOf(place: Place, value: unknown, more: readonly string[]): { axis: Axis; json: Json; place: Place }[] {
  if (!Array.isArray(value)) throw refusal(place, 'a list of axes', value);
  const axes = value.map((each: unknown, k) => {
    const at = inside(place, k);
    const json = recordOf(at, each, ['name', 'length', 'unit', ...more]);
    const axis: Axis = {
      name: textOf(inside(at, 'name'), json.name),
      length: integerOf(inside(at, 'length'), json.length ?? 1, 1),
      unit: textOf(inside(at, 'unit'), json.unit ?? '1'),
    };
    return { axis, json, place: at };
  });
  const names = axes.map(({ axis }) => axis.name);
  const repeated = names.find((name, k) => names.indexOf(name) !== k);
  if (repeated !== undefined) throw refusal(place, 'axes with different names', repeated);
  return axes;
}

function rangedAxes(place: Place, value: unknown): readonly RangedAxis[] {
  return axesOf(place, value, ['low', 'high']).map(({ axis, json, place: at }) => {
    const low = numbersOf(inside(at, 'low'), json.low, axis.length);
    const high = numbersOf(inside(at, 'high'), json.high, axis.length);
    const empty = low.findIndex((value, i) => value > high[i]!);
    if (empty >= 0) throw refusal(inside(at, 'high'), `at least ${low[empty]}, its "low"`, high[empty]);
    return { ...axis, low, high };
  });
}

/** One number for all coordinates, or a number for each. */
function numbersOf(place: Place, value: unknown, length: number): readonly number[] {
  const numbers: unknown[] = Array.isArray(value) ? value : new Array<unknown>(length).fill(value);
  if (numbers.length === length && numbers.every(Number.isFinite)) return numbers as number[];
  throw refusal(place, length === 1 ? 'a finite number' : `a finite number, or a list of ${length}`, value);
}

function textOf(place: Place, value: unknown): string {
  if (typeof value === 'string' && value.trim() !== '') return value;
  throw refusal(place, 'a text that is not empty', value);
}

function flagOf(place: Place, value: unknown): boolean {
  if (value === undefined || typeof value === 'boolean') return value === true;
  throw refusal(place, 'true or false', value);
}

function integerOf(place: Place, value: unknown, minimum: number): number {
  if (Number.isSafeInteger(value) && (value as number) >= minimum) return value as number;
  throw refusal(place, `an integer >= ${minimum}`, value);
}

function horizonOf(place: Place, value: unknown, identifiers: readonly RangedAxis[]): string {
  const candidates = identifiers.filter(({ length }) => length === 1).map(({ name }) => name);
  if (typeof value === 'string' && candidates.includes(value)) return value;
  throw refusal(place, 'the name of an identifier of length 1', value);
}

function problemOf(place: Place, value: unknown, inputs: number): NonNullable<ProgramDescription['problem']> {
  const json = recordOf(place, value, ['id', 'start']);
  const id = textOf(inside(place, 'id'), json.id);
  return json.start === undefined ? { id } : { id, start: numbersOf(inside(place, 'start'), json.start, inputs) };
}
