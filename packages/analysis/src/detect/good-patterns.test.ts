/** What is praised and, more important, what is not: one small program per case. */
import { expect, test } from 'vitest';
import ts from 'typescript';
import { syntaxOracle } from '../lower/syntax-oracle.js';
import { createSession } from '../session.js';

function praised(source: string): readonly string[] {
  const session = createSession({ typescript: ts, oracle: syntaxOracle(ts), rules: [], target: 'node20', resolve: () => null });
  session.addFile('a.ts', ts.createSourceFile('a.ts', source, ts.ScriptTarget.Latest, true));
  return session.analyze().goodPatterns.map(({ pattern, line }) => `${pattern} ${line}`);
}

test('a secret that is wiped by fill is praised, bytes that are only reset are not', () => {
  expect(praised('export function f(secretKey: Uint8Array) { secretKey.fill(0); }')).toEqual(['secret-wiped 1']);
  expect(praised('export function f(counters: Uint8Array) { counters.fill(0); }')).toEqual([]);
});

test('bytes made here that are overwritten as their last use are praised', () => {
  const work = (end: string): string => `export function f(out: Uint8Array) {\n const block = new Uint8Array(64);\n block[0] = out[0];\n out.set(block);\n block.fill(0);\n${end}}`;
  expect(praised(work(''))).toEqual(['secret-wiped 5']);
  expect(praised(work('return block;'))).toEqual([]);
  expect(praised(work('out.set(block);'))).toEqual([]);
  expect(praised(work('').replace('fill(0)', 'fill(out[1])'))).toEqual([]);
});

test('bytes that something keeps, or that a loop uses again, are reset rather than wiped', () => {
  expect(praised('const kept: Uint8Array[] = [];\nexport function f() { const block = new Uint8Array(64); kept.push(block); block.fill(0); }')).toEqual([]);
  expect(praised('export function f(n: number, out: Uint8Array) { const block = new Uint8Array(64);\nfor (let i = 0; i < n; i += 1) { out.set(block); block.fill(0); } }')).toEqual([]);
});

test('a function of the program that only wipes is praised where it is called, for secrets and by its name', () => {
  const helper = (name: string): string => `function ${name}(keys: Uint8Array) { keys.fill(0); }\n`;
  expect(praised(`${helper('wipeKeys')}export function f(pair: Uint8Array) { wipeKeys(pair); }`)).toEqual(['secret-wiped 2']);
  expect(praised(`${helper('reset')}export function f(pair: Uint8Array) { reset(pair); }`)).toEqual([]);
  expect(praised('function clear(count: number, bytes: Uint8Array) { bytes.fill(0); }\nexport function f(secretKey: Uint8Array, other: Uint8Array) { clear(1, other); clear(2, secretKey); }')).toEqual(['secret-wiped 2']);
  const more = 'function wipeKeys(keys: Uint8Array, other: Uint8Array) { keys.fill(0); other[3] = 1; }\n';
  expect(praised(`${more}export function f(pair: Uint8Array, other: Uint8Array) { wipeKeys(pair, other); }`)).toEqual([]);
});

test('a length that is checked before bytes are cut is praised at the comparison', () => {
  const parse = (check: string): string => `export function parse(frame: Uint8Array, other: Uint8Array) {\n ${check}\n return frame.slice(12, other.length); }`;
  expect(praised(parse('if (frame.length < 28) throw new Error("short");'))).toEqual(['length-checked 2']);
  expect(praised(parse('if (28 > frame.byteLength) { throw new RangeError("short"); }'))).toEqual(['length-checked 2']);
  expect(praised(parse('if (frame.length < 28) console.log("short");'))).toEqual([]);
  expect(praised(parse('if (other.length < 28) throw new Error("short");'))).toEqual([]);
  expect(praised(parse(''))).toEqual([]);
});

test('an argument of unknown origin is not praised as a view', () => {
  expect(praised('export function f(source: { next(): Uint8Array }, out: Uint8Array) { const nonce = source.next(); out.set(nonce, 0); }')).toEqual([]);
  expect(praised('export function f(bytes: Uint8Array, out: Uint8Array) { out.set(bytes.subarray(4), 0); }')).toEqual(['view-into-sink 1']);
});
