import { describe, expect, test } from 'vitest';
import { standardCatalog } from '../model/catalog.js';
import { analyzeText } from './analyze-text.test-support.js';
import { findPatchedIntrinsics, type PatchedIntrinsics } from './patched-intrinsics.js';

function patchedBy(files: Readonly<Record<string, string>> | string): PatchedIntrinsics {
  return findPatchedIntrinsics(analyzeText(files).linker.program, standardCatalog());
}

describe('what a program replaces', () => {
  const slice = 'Uint8Array.prototype.slice';
  const own = 'function () { return 1; }';
  test.each([
    ['an assignment', `Uint8Array.prototype.slice = ${own};`],
    ['a constant', `const P = Uint8Array.prototype; P.slice = ${own};`],
    ['a variable that is set later', `let P; P = Uint8Array.prototype; P.slice = ${own};`],
    ['one of two values', `const P = Math.random() > 1 ? {} : Uint8Array.prototype; P.slice = ${own};`],
    ['destructuring', `const { prototype } = Uint8Array; prototype.slice = ${own};`],
    ['a key in quotes', `Uint8Array['prototype']['slice'] = ${own};`],
    ['a key that is not in sight', `export function f(name) { Uint8Array.prototype[name] = ${own}; }`],
    ['the global object', `globalThis.Uint8Array.prototype.slice = ${own};`],
    ['the class itself', `globalThis.Uint8Array = class {};`],
    ['a bare global', `Uint8Array = class {};`],
    ['Object.getPrototypeOf of the prototype', `Object.getPrototypeOf(Uint8Array.prototype).slice = ${own};`],
    ['Object.getPrototypeOf of the class', `const T = Object.getPrototypeOf(Uint8Array); T.prototype.slice = ${own};`],
    ['Reflect.getPrototypeOf of another class', `Reflect.getPrototypeOf(Int16Array.prototype).slice = ${own};`],
    ['__proto__ of the prototype', `Uint8Array.prototype.__proto__.slice = ${own};`],
    ['__proto__ of the class', `Uint8Array.__proto__.prototype.slice = ${own};`],
    ['the prototype of an instance', `Object.getPrototypeOf(new Uint8Array(1)).slice = ${own};`],
    ['the constructor of an instance', `new Uint8Array(1).constructor.prototype.slice = ${own};`],
    ['the prototype of what Buffer inherits from', `Object.getPrototypeOf(Buffer.prototype).slice = ${own};`],
    ['the prototype of the prototype of a Buffer', `Object.getPrototypeOf(Object.getPrototypeOf(Buffer.alloc(1))).slice = ${own};`],
    ['Object.defineProperty', `Object.defineProperty(Uint8Array.prototype, 'slice', { value: ${own} });`],
    ['Object.defineProperty by another name', `const { defineProperty } = Object; defineProperty(Uint8Array.prototype, 'slice', { value: ${own} });`],
    ['Object.defineProperties', `Object.defineProperties(Uint8Array.prototype, { slice: { value: ${own} } });`],
    ['Object.assign', `Object.assign(Uint8Array.prototype, { slice() { return 1; } });`],
    ['Object.assign of what is not in sight', `import { patches } from './x.js'; Object.assign(Uint8Array.prototype, patches);`],
    ['Reflect.set', `Reflect.set(Uint8Array.prototype, 'slice', ${own});`],
    ['Reflect.defineProperty', `Reflect.defineProperty(Uint8Array.prototype, 'slice', { value: ${own} });`],
    ['Reflect.deleteProperty', `Reflect.deleteProperty(Object.getPrototypeOf(Uint8Array.prototype), 'slice');`],
    ['delete', `delete Object.getPrototypeOf(Uint8Array.prototype).slice;`],
    ['__defineGetter__', `Uint8Array.prototype.__defineGetter__('slice', ${own});`],
    ['Object.setPrototypeOf', `Object.setPrototypeOf(Uint8Array.prototype, {});`],
    ['Reflect.setPrototypeOf', `Reflect.setPrototypeOf(Uint8Array.prototype, null);`],
    ['an assigned __proto__', `Uint8Array.prototype.__proto__ = {};`],
    ['an argument', `function patch(P) { P.slice = ${own}; } patch(Uint8Array.prototype);`],
    ['an argument of an arrow function', `const patch = (C) => { C.prototype.slice = ${own}; }; patch(Uint8Array);`],
    ['a function that is called on the spot', `(function (P) { P.slice = ${own}; })(Uint8Array.prototype);`],
    ['a result', `function proto() { return Uint8Array.prototype; } proto().slice = ${own};`],
    ['a loop', `for (const C of [Uint8Array, Int8Array]) C.prototype.slice = ${own};`],
    ['forEach', `[Int8Array, Uint8Array].forEach((C) => { C.prototype.slice = ${own}; });`],
    ['an element', `const all = [Uint8Array.prototype]; all[0].slice = ${own};`],
    ['a field of a literal', `const all = { bytes: Uint8Array.prototype }; all.bytes.slice = ${own};`],
    ['a function out of sight with the name', `import { spyOn } from 'spies'; spyOn(Uint8Array.prototype, 'slice');`],
    ['a function out of sight', `import { patch } from 'patches'; patch(Uint8Array.prototype);`],
  ])('%s', (_name, source) => {
    const patched = patchedBy({ 'a.js': source });
    expect(patched.replacementOf(slice)).not.toBeNull();
    expect(patched.replacementNamed('slice') ?? patched.replacementNamed('Uint8Array')).not.toBeNull();
    expect(patched.catalog.rows(slice)).toEqual([]);
  });

  test('what another module exports', () => {
    expect(patchedBy({ 'a.js': `import { P } from './b.js'; P.slice = ${own};`, 'b.js': 'export const P = Uint8Array.prototype;' }).replacementOf(slice)).not.toBeNull();
  });

  test.each([
    ['import', `import crypto from 'node:crypto'; crypto.hash = ${own};`],
    ['namespace', `import * as ns from 'crypto'; ns.default.hash = ${own};`],
    ['require', `const crypto = require('crypto'); crypto.hash = ${own};`],
    ['import()', `const crypto = await import('node:crypto'); crypto.default.hash = ${own};`],
    ['Object.assign', `import crypto from 'crypto'; import { mocks } from './mocks.js'; Object.assign(crypto, mocks);`],
    ['a spy', `import crypto from 'crypto'; import { mock } from 'node:test'; mock.method(crypto, 'hash');`],
  ])('a library through %s', (_name, source) => {
    const patched = patchedBy({ 'a.js': source });
    expect(patched.replacementOf('node:crypto#hash')).not.toBeNull();
    expect(patched.replacementNamed('hash')).not.toBeNull();
    expect(patched.catalog.imported('crypto', 'hash') === null || patched.catalog.rows('node:crypto#hash').length === 0).toBe(true);
  });

  test.each([
    ['Buffer.concat', `import { Buffer } from 'node:buffer'; Buffer.concat = ${own};`],
    ['Buffer.concat', `import { Buffer } from 'node:buffer'; Object.assign(Buffer, { concat: ${own} });`],
    ['Buffer.from', `globalThis.Buffer = class {};`],
    ['Buffer.poolSize', 'Buffer.poolSize = 0;'],
    ['Uint8Array.from', `Object.getPrototypeOf(Uint8Array).from = ${own};`],
    ['SubtleCrypto.prototype.digest', `globalThis.crypto.subtle.digest = ${own};`],
    ['SubtleCrypto.prototype.digest', `import { webcrypto } from 'node:crypto'; Object.assign(webcrypto.subtle, { digest: ${own} });`],
    ['Uint8Array.prototype.@@iterator', `Uint8Array.prototype[Symbol.iterator] = ${own};`],
  ])('%s', (api, source) => {
    expect(patchedBy({ 'a.js': source }).replacementOf(api)).not.toBeNull();
  });

  test('a method of Buffer hides the one that it inherits', () => {
    const { catalog } = patchedBy({ 'a.js': `Buffer.prototype.set = ${own};` });
    expect(catalog.method('Buffer', 'set')).toBeNull();
    expect(catalog.method('Uint8Array', 'set')).toBe('Uint8Array.prototype.set');
  });
});

test.each([
  ['an own class', 'class Uint8View { slice() {} } Uint8View.prototype.slice = () => 1; const view = new Uint8View(); view.slice = () => 2;'],
  ['a function with methods', 'function Reader() {} Reader.prototype.slice = function () { return 1; };'],
  ['a subclass of bytes', 'class Bytes extends Uint8Array {} Bytes.prototype.slice = function () { return 1; };'],
  ['an instance', 'const bytes = new Uint8Array(4); bytes[0] = 1; bytes.slice = () => 1;'],
  ['what is there already', 'globalThis.Uint8Array = Uint8Array; window.Uint8Array = globalThis.Uint8Array || Uint8Array;'],
  ['reading', 'const P = Uint8Array.prototype; const { slice } = P; Object.getOwnPropertyDescriptor(P, "slice"); Object.create(P); slice.call(new Uint8Array(1));'],
  ['exports', 'exports.slice = () => 1; module.exports.slice = () => 2; module.exports.Uint8Array = class {};'],
  ['a parameter that gets no intrinsic', 'function put(target, key, value) { target[key] = value; target.slice = value; } put({}, "slice", 1);'],
])('%s leaves the language alone', (_name, source) => {
  const patched = patchedBy({ 'a.js': source });
  expect(patched.replacementOf('Uint8Array.prototype.slice')).toBeNull();
  expect(patched.replacementNamed('slice')).toBeNull();
});

test('a walk along a list of something global ends', () => {
  const patched = patchedBy('let node = globalThis.first; while (node) node = node.next; Uint8Array.prototype.slice = function () { return 1; };');
  expect(patched.catalog.rows('Uint8Array.prototype.slice')).toEqual([]);
});
