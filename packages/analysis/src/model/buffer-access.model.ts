/**
 * Rows of Buffer's families of number and text access: `readUInt16BE`, `writeDoubleLE`, `latin1Slice` and their many siblings.
 * All of one family do the same to bytes, so each family is a list of names. The rest of Buffer is in `buffer.model.ts`.
 * Source: nodejs.org/api/buffer.html; the `*Slice` and `*Write` methods are undocumented but public on the prototype of Node 20 - 26.
 */
import type { ModelFamily, ModelRow, SizeExpression } from './row.js';

const make = 'const b = Buffer.from([9, 3, 7, 1, 5, 6, 2, 8]);';

const integers = ['UInt16LE', 'UInt16BE', 'UInt32LE', 'UInt32BE', 'Int16LE', 'Int16BE', 'Int32LE', 'Int32BE', 'UInt8', 'Int8'];
const floats = ['FloatLE', 'FloatBE', 'DoubleLE', 'DoubleBE'];
const bigints = ['BigUInt64LE', 'BigUInt64BE', 'BigInt64LE', 'BigInt64BE'];
const variable = ['UIntLE', 'UIntBE', 'IntLE', 'IntBE'];

/** Node has each `UInt` name also as `Uint`. */
function withAliases(names: readonly string[]): readonly string[] {
  return names.flatMap((name) => (name.includes('UInt') ? [name, name.replace('UInt', 'Uint')] : [name]));
}

function readRow(name: string): ModelRow {
  return {
    api: `Buffer.prototype.read${name}`, signature: `read${name}([offset])`, result: { kind: 'scalar' }, reads: ['this'], cost: { objects: 0, heapBytes: 0 },
    exercise: { setup: make, call: `b.read${name}(0)`, inputs: { this: 'b' } },
    note: 'COSTS B, DataView row: buf.readUInt32BE allocates nothing.',
  };
}

function writeRow(name: string, value: string): ModelRow {
  return {
    api: `Buffer.prototype.write${name}`, signature: `write${name}(value[, offset])`, result: { kind: 'scalar' }, writes: ['this'],
    exercise: { setup: make, call: `b.write${name}(${value}, 0)`, inputs: { this: 'b' } },
  };
}

function textSlice(encoding: string, length: SizeExpression): ModelRow {
  return {
    api: `Buffer.prototype.${encoding}Slice`, signature: `${encoding}Slice([start[, end]])`, result: { kind: 'string', length }, reads: ['this'],
    exercise: { setup: make, call: `b.${encoding}Slice(1, 5)`, inputs: { this: 'b', 0: '1', 1: '5' } },
  };
}

function textWrite(encoding: string, text: string): ModelRow {
  return {
    api: `Buffer.prototype.${encoding}Write`, signature: `${encoding}Write(string[, offset[, length]])`, result: { kind: 'scalar' }, writes: ['this'], roles: ['encode-text'],
    exercise: { setup: make, call: `b.${encoding}Write('${text}', 0, 4)`, inputs: { this: 'b' } },
  };
}

export const bufferAccessFamily: ModelFamily = {
  name: 'Buffer access',
  classes: [],
  rows: [
    ...withAliases([...integers, ...floats]).map(readRow),
    ...withAliases(bigints).map((name): ModelRow => {
      const { cost: _, note: __, ...row } = readRow(name);
      return row;
    }),
    ...withAliases(variable).map((name): ModelRow => ({
      api: `Buffer.prototype.read${name}`, signature: `read${name}(offset, byteLength)`, result: { kind: 'scalar' }, reads: ['this'],
      exercise: { setup: make, call: `b.read${name}(0, 3)`, inputs: { this: 'b' } },
    })),
    ...withAliases([...integers, ...floats]).map((name) => writeRow(name, '77')),
    ...withAliases(bigints).map((name) => writeRow(name, '77n')),
    ...withAliases(variable).map((name): ModelRow => ({
      api: `Buffer.prototype.write${name}`, signature: `write${name}(value, offset, byteLength)`, result: { kind: 'scalar' }, writes: ['this'],
      exercise: { setup: make, call: `b.write${name}(77, 0, 3)`, inputs: { this: 'b' } },
    })),
    textSlice('latin1', { range: ['this', 0, 1] }), textSlice('ascii', { range: ['this', 0, 1] }), textSlice('hex', { scaled: [2, { range: ['this', 0, 1] }] }),
    textSlice('utf8', 'unknown'), textSlice('base64', 'unknown'), textSlice('base64url', 'unknown'), textSlice('ucs2', 'unknown'),
    textWrite('latin1', 'ab'), textWrite('ascii', 'ab'), textWrite('utf8', 'ab'), textWrite('hex', 'abcd'), textWrite('base64', 'YWI='), textWrite('base64url', 'YWI'), textWrite('ucs2', 'ab'),
  ],
};
