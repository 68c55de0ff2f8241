import { describe, expect, it } from 'vitest';
import { readHandshake } from './handshake.ts';

const axis = { name: 'x', length: 2, unit: 'm', low: -1, high: [1, 2] };
const good = { protocol: 1, name: 'double', input: [axis], output: [{ name: 'y', length: 2 }] };
const read = (json: unknown) => readHandshake('sim', JSON.stringify(json));

describe('the handshake', () => {
  it('fills in what may be left out, and gives every coordinate its range', () => {
    expect(read(good)).toEqual({
      name: 'double',
      input: [{ name: 'x', length: 2, unit: 'm', low: [-1, -1], high: [1, 2] }],
      identifiers: [],
      output: [{ name: 'y', length: 2, unit: '1' }],
      vjp: false,
      jvp: false,
    });
  });

  it('takes all of its fields', () => {
    const more = {
      identifiers: [{ name: 'T', low: 1, high: 8 }],
      ...{ vjp: true, jvp: true, rowsPerCall: 16, horizon: 'T', problem: { id: 'p', start: [0, 1] } },
    };
    const { identifiers, ...rest } = more;
    expect(read({ ...good, ...more })).toMatchObject({
      ...rest,
      identifiers: [{ name: 'T', length: 1, unit: '1', low: [1], high: [8] }],
    });
  });

  it.each([
    [{ ...good, protocol: 2 }, '"protocol": expected 1, the version of this library, received 2'],
    [{ ...good, protocol: undefined }, '"protocol": expected 1, the version of this library, received nothing'],
    [[good], 'handshake: expected an object'],
    [null, 'handshake: expected an object, received null'],
    [{ ...good, name: ' ' }, '"name": expected a text'],
    [{ ...good, identifers: [] }, 'received "identifers". Hint: did you mean "identifiers"?'],
    [{ ...good, input: {} }, '"input": expected a list of axes'],
    [{ ...good, input: [] }, '"input": expected at least one coordinate'],
    [{ ...good, output: [] }, '"output": expected at least one coordinate'],
    [{ ...good, output: [axis] }, '"output[0]": expected fields name, length, unit'],
    [{ ...good, input: [axis, axis] }, '"input": expected axes with different names, received "x"'],
    [{ ...good, input: [{ ...axis, length: 0 }] }, '"input[0].length": expected an integer >= 1, received 0'],
    [{ ...good, input: [{ ...axis, length: 1.5 }] }, '"input[0].length"'],
    [{ ...good, input: [{ ...axis, low: undefined }] }, '"input[0].low": expected a finite number'],
    [{ ...good, input: [{ ...axis, low: [0] }] }, '"input[0].low": expected a finite number, or a list of 2'],
    [{ ...good, input: [{ ...axis, low: [0, 3] }] }, '"input[0].high": expected at least 3, its "low", received 2'],
    [{ ...good, vjp: 1 }, '"vjp": expected true or false'],
    [{ ...good, rowsPerCall: 0 }, '"rowsPerCall"'],
    [{ ...good, horizon: 'x' }, '"horizon": expected the name of an identifier'],
    [{ ...good, problem: { id: 'p', start: [0] } }, '"problem.start": expected a finite number, or a list of 2'],
  ])('refuses %j', (json, message) => {
    expect(() => read(json)).toThrow(message);
    expect(() => read(json)).toThrow(expect.objectContaining({ code: 'simulator-contract' }));
  });

  it('refuses text, and asks about prints', () => {
    expect(() => readHandshake('sim', 'Loading model …')).toThrow(/one line of JSON.*does the program print/);
  });
});
