// A simulator as a program: y = (γ x, γ x²). With the argument of a fault it does one thing wrong, on purpose.
import { writeSync } from 'node:fs';

const fault = process.argv[2] ?? '';
const OPERATIONS = ['forward', 'vjp', 'jvp', 'error', 'quit'];
const say = (bytes) => {
  for (let at = 0; at < bytes.length; ) at += writeSync(1, bytes, at);
};

const description = {
  protocol: fault === 'future' ? 99 : 1,
  name: 'scaled-powers',
  input: [{ name: 'x', low: -2, high: 2 }],
  identifiers: [{ name: 'γ', low: 0.5, high: 2 }],
  output: [{ name: 'y', length: 2 }],
  vjp: fault !== 'values-only',
  jvp: fault !== 'values-only',
  ...(fault === 'problem' ? { problem: { id: 'powers', start: [1] }, horizon: 'γ' } : {}),
};
if (fault === 'silent') setInterval(() => undefined, 1000);
else if (fault === 'dies-at-start') {
  process.stderr.write('no license found\n');
  process.exit(3);
} else if (fault === 'talks-first') say(Buffer.from('Loading model ...\n'));
else say(Buffer.from(`${JSON.stringify(description)}\n`));

/** A frame: magic, operation, number of arrays, id, bytes of text; shapes; numbers; text. All little-endian. */
function frame(operation, id, arrays, text = '', magic = 'ICF1') {
  const words = Buffer.from(text);
  const head = Buffer.alloc(16 + 8 * arrays.length);
  head.write(magic, 'latin1');
  head.writeUInt16LE(OPERATIONS.indexOf(operation) + 1, 4);
  head.writeUInt16LE(arrays.length, 6);
  head.writeUInt32LE(id, 8);
  head.writeUInt32LE(words.length, 12);
  arrays.forEach(({ rows, cols }, k) => {
    head.writeUInt32LE(rows, 16 + 8 * k);
    head.writeUInt32LE(cols, 20 + 8 * k);
  });
  const numbers = arrays.map(({ data }) => Buffer.from(data.buffer, data.byteOffset, data.byteLength));
  return Buffer.concat([head, ...numbers, words]);
}

const array = (rows, cols, entry) => {
  const data = new Float64Array(rows * cols);
  for (let b = 0; b < rows; b++) for (let j = 0; j < cols; j++) data[b * cols + j] = entry(b, j);
  return { rows, cols, data };
};

function answer(operation, [x, gamma, third]) {
  const { rows } = x;
  const y = array(rows, fault === 'wrong-shape' ? 3 : 2, (b, j) => gamma.data[b] * x.data[b] ** (j + 1));
  if (fault === 'nan') y.data[0] = Number.NaN;
  if (operation === 'forward') return [y];
  if (operation === 'jvp')
    return [array(rows, 2, (b, j) => third.data[b] * gamma.data[b] * (j === 0 ? 1 : 2 * x.data[b]))];
  const factor = fault === 'wrong-adjoint' ? 1 : 2;
  const xBar = array(
    rows,
    third.cols === 0 ? 0 : 1,
    (b) => gamma.data[b] * (third.data[2 * b] + factor * x.data[b] * third.data[2 * b + 1]),
  );
  return [y, xBar];
}

let rest = Buffer.alloc(0);
let calls = 0;
process.stdin.on('data', (piece) => {
  rest = Buffer.concat([rest, piece]);
  for (;;) {
    if (rest.length < 16) return;
    const count = rest.readUInt16LE(6);
    const shapes = Array.from({ length: count }, (_, k) => ({
      rows: rest.readUInt32LE(16 + 8 * k),
      cols: rest.readUInt32LE(20 + 8 * k),
    }));
    const numbers = shapes.reduce((sum, { rows, cols }) => sum + rows * cols, 0);
    const length = 16 + 8 * count + 8 * numbers + rest.readUInt32LE(12);
    if (rest.length < length) return;
    const operation = OPERATIONS[rest.readUInt16LE(4) - 1];
    const id = rest.readUInt32LE(8);
    let at = 16 + 8 * count;
    const arrays = shapes.map(({ rows, cols }) => {
      const data = new Float64Array(rows * cols);
      for (let i = 0; i < data.length; i++, at += 8) data[i] = rest.readDoubleLE(at);
      return { rows, cols, data };
    });
    rest = rest.subarray(length);
    calls += 1;
    if (operation === 'quit') process.exit(0);
    reply(operation, id, arrays);
  }
});
process.stdin.on('end', () => process.exit(0));

function reply(operation, id, arrays) {
  const right = () => frame(operation, id, answer(operation, arrays));
  switch (fault) {
    case 'prints':
      return say(Buffer.concat([Buffer.from('step 1 done\n'), right()]));
    case 'wrong-magic':
      return say(frame(operation, id, answer(operation, arrays), '', 'ICF9'));
    case 'other-id':
      return say(frame(operation, id + 1, answer(operation, arrays)));
    case 'other-operation':
      return say(frame('jvp', id, answer('forward', arrays)));
    case 'huge':
      return say(frame(operation, id, [{ rows: 4_000_000_000, cols: 4, data: new Float64Array(0) }]));
    case 'stops-midway':
      return say(right().subarray(0, 20));
    case 'dies-midway':
      say(right().subarray(0, 20));
      process.stderr.write('out of memory in step 7\n');
      return process.exit(9);
    case 'never-answers':
      return undefined;
    case 'answers-twice':
      return say(Buffer.concat([right(), right()]));
    case 'cannot':
      return say(frame('error', id, [], `row 0: x = ${arrays[0].data[0]} does not converge`));
    case 'cannot-once':
      return say(calls === 1 ? frame('error', id, [], 'not yet') : right());
    default:
      return say(right());
  }
}
