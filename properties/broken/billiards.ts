import { type Batch, batch } from '../../src/core/batch.ts';
import type { Simulator } from '../../src/core/problem.ts';
import { billiardChain } from '../../src/simulators/billiard-chain.ts';
import { type BilliardOptions, requireBilliard } from '../../src/simulators/billiard-impact.ts';
import { type BilliardSimulator, billiardShot } from '../../src/simulators/billiards.ts';
import type { BilliardsSetting } from '../../src/simulators/billiards-problem.ts';

/** Deliberately faulty twins of what the laws are about: every law must refute at least one of them. */

/** The subject of the laws: a single shot or a chain, true or broken. */
export type BilliardsFactory = (setting: BilliardsSetting, options: BilliardOptions) => BilliardSimulator;

/** The true one. */
export const trueBilliards: BilliardsFactory = (setting, options) =>
  setting === 'single' ? billiardShot(options) : billiardChain(options);

type Table = Required<BilliardOptions>;
type Pair = readonly [number, number];

/** Numbers of an impact that somebody might get wrong. */
interface Contact {
  readonly v: Pair;
  readonly g: Pair;
  readonly t: number;
  readonly table: Table;
}

const normal = ({ v, g, t, table }: Contact): Pair => [
  (g[0] - v[0] * t) / (2 * table.radius),
  (g[1] - v[1] * t) / (2 * table.radius),
];
const transfer = ({ restitution }: Table): number => (1 + restitution) / 2;
const along = (factor: number, n: Pair, v: Pair): Pair => {
  const handed = factor * (n[0] * v[0] + n[1] * v[1]);
  return [handed * n[0], handed * n[1]];
};
const velocity = (contact: Contact): Pair => along(transfer(contact.table), normal(contact), contact.v);

/** Displacement of the target by the horizon, wrongly. */
const WRONG_WAYS = {
  'normal-not-normalized': (c) => {
    const n = normal(c).map((x) => x * 2 * c.table.radius) as unknown as Pair;
    return scaled(along(transfer(c.table), n, c.v), c.table.horizon - c.t);
  },
  'time-sign': (c) => scaled(velocity(c), c.table.horizon + c.t),
  'no-transfer': (c) => scaled(along(1, normal(c), c.v), c.table.horizon - c.t),
  'normal-sign': (c) => scaled(velocity(c), c.t - c.table.horizon),
  'whole-horizon': (c) => scaled(velocity(c), c.table.horizon),
  anisotropic: (c) => {
    const [x, y] = scaled(velocity(c), c.table.horizon - c.t);
    return [x, 0.99 * y];
  },
} satisfies Record<string, (contact: Contact) => Pair>;

function scaled([x, y]: Pair, factor: number): Pair {
  return [x * factor, y * factor];
}

export type WrongWay = keyof typeof WRONG_WAYS;
export const WRONG_WAY_NAMES = Object.keys(WRONG_WAYS) as readonly WrongWay[];

function contactTime(v: Pair, g: Pair, { radius }: Table): number {
  const a = v[0] * v[0] + v[1] * v[1];
  const b = v[0] * g[0] + v[1] * g[1];
  const c = g[0] * g[0] + g[1] * g[1] - 4 * radius * radius;
  return c / (b + Math.sqrt(b * b - a * c));
}

/** A single shot whose target goes a wrong way; events and derivatives are those of the true one. */
function withWrongWay(simulator: BilliardSimulator, fault: WrongWay, table: Table): BilliardSimulator {
  return {
    ...simulator,
    forward: (x, identifiers) => {
      const y = simulator.forward(x, identifiers);
      simulator.shotEvents(x, identifiers).forEach((event, b) => {
        if (event !== 'hit') return;
        const v: Pair = [x.data[2 * b]!, x.data[2 * b + 1]!];
        const g: Pair = [identifiers.data[2 * b]!, identifiers.data[2 * b + 1]!];
        const [dx, dy] = WRONG_WAYS[fault]({ v, g, t: contactTime(v, g, table), table });
        y.data[2 * b] = g[0] + dx;
        y.data[2 * b + 1] = g[1] + dy;
      });
      return y;
    },
  };
}

/** Derivatives with a fixed small error, of hits or of misses. */
function withPullback(simulator: BilliardSimulator, change: (xBar: Batch, yBar: Batch, b: number) => void) {
  const vjp: Simulator['vjp'] = (x, identifiers) => {
    const { y, pullback } = simulator.vjp(x, identifiers);
    return {
      y,
      pullback: (yBar) => {
        const xBar = pullback(yBar);
        for (let b = 0; b < x.rows; b++) change(xBar, yBar, b);
        return xBar;
      },
    };
  };
  return { ...simulator, vjp };
}

function isZero(xBar: Batch, b: number): boolean {
  return xBar.data[2 * b] === 0 && xBar.data[2 * b + 1] === 0;
}

/** Row 0 of every output for all rows: right for a batch of one. */
function withFirstRow(simulator: BilliardSimulator): BilliardSimulator {
  return {
    ...simulator,
    forward: (x, identifiers) => {
      const y = simulator.forward(x, identifiers);
      const result = batch(y.rows, 2);
      for (let b = 0; b < y.rows; b++) result.data.set(y.data.subarray(0, 2), 2 * b);
      return result;
    },
  };
}

/** A miss that pulls a little, as smoothed or penalized simulators do. */
const leak = (xBar: Batch, yBar: Batch, b: number): void => {
  if (!isZero(xBar, b)) return;
  xBar.data[2 * b]! += 1e-9 * yBar.data[2 * b]!;
};

/** The components of the gradient of a hit exchanged, or a part of it forgotten. */
const turned = (xBar: Batch, _yBar: Batch, b: number): void => {
  const [x, y] = [xBar.data[2 * b]!, xBar.data[2 * b + 1]!];
  xBar.data[2 * b] = y;
  xBar.data[2 * b + 1] = x;
};
const slightlyLong = (xBar: Batch, _yBar: Batch, b: number): void => {
  xBar.data[2 * b]! *= 1.01;
  xBar.data[2 * b + 1]! *= 1.01;
};
const silenced = (xBar: Batch, _yBar: Batch, b: number): void => {
  xBar.data.fill(0, 2 * b, 2 * b + 2);
};

const WRONG_PULLBACKS = { leak, turned, 'slightly-long': slightlyLong, silenced };

export type WrongPullback = keyof typeof WRONG_PULLBACKS;

/** Tangents that forget that the moment of impact moves: the end position moves by the velocity of the target too much. */
function withLongTangent(simulator: BilliardSimulator): BilliardSimulator {
  return {
    ...simulator,
    jvp: (x, identifiers, xDot) => {
      const yDot = simulator.jvp(x, identifiers, xDot);
      const y = simulator.forward(x, identifiers);
      const { cols } = identifiers;
      yDot.data.forEach((value, i) => {
        const rest = identifiers.data[Math.floor(i / 2) * cols + cols - 2 + (i % 2)]!;
        yDot.data[i] = value + 1e-3 * (y.data[i]! - rest);
      });
      return yDot;
    },
  };
}

export type BrokenBilliards = WrongWay | WrongPullback | 'first-row' | 'jvp-drifts' | 'arrives-late' | 'half-contact';

/** `billiardShot` or `billiardChain` with one fault, by name; wrong ways are those of a single shot. */
export function brokenBilliards(fault: BrokenBilliards): BilliardsFactory {
  return (setting, options) => {
    const table = requireBilliard('brokenBilliards', options);
    const simulator = trueBilliards(setting, table);
    switch (fault) {
      case 'first-row':
        return withFirstRow(simulator);
      case 'jvp-drifts':
        return withLongTangent(simulator);
      case 'arrives-late':
        return trueBilliards(setting, { ...table, horizon: 0.9 * table.horizon });
      case 'half-contact':
        return trueBilliards(setting, { ...table, radius: table.radius / 2 });
      case 'leak':
      case 'turned':
      case 'slightly-long':
      case 'silenced':
        return withPullback(simulator, WRONG_PULLBACKS[fault]);
      default:
        return setting === 'single' ? withWrongWay(simulator, fault, table) : simulator;
    }
  };
}
