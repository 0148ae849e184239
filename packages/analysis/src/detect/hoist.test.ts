/** Where a hoisted constant goes, when it may be shared with one that is there, and when there is no edit. */
import { describe, expect, test } from 'vitest';
import { askAtCalls } from './ask.test-support.js';
import { bytesNameOf, type Hoist, hoistToModule } from './hoist.js';

const use = `export function f(a: Uint8Array) { return new TextDecoder().decode(a); }\n`;

function hoists(source: string, mayShare = true): readonly Hoist[] {
  return askAtCalls(source, 'new TextDecoder', (fn, call) => hoistToModule(fn, call.value, { name: 'textDecoder', mayShare: () => mayShare }));
}

/** The first lines of the program after the edits of the first hoist; null without edits. */
function edited(source: string, mayShare = true): string | null {
  const edits = hoists(source, mayShare)[0]!.edits;
  if (edits === null) return null;
  return [...edits].sort((left, right) => right.start - left.start).reduce((text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end), source);
}

const used = use.replace('new TextDecoder()', 'textDecoder');
const constant = 'const textDecoder = new TextDecoder();';

describe('the place of a new constant', () => {
  test.each([
    ['the start of a file without imports', '', `${constant}\n\n`],
    ['behind the imports', `import { a } from 'a';\nimport * as b from "b"\n\n`, `import { a } from 'a';\nimport * as b from "b"\n\n${constant}\n\n`],
    ['behind an import of several lines and its comment', `import {\n  a,\n  b,\n} from 'a'; // why\n`, `import {\n  a,\n  b,\n} from 'a'; // why\n\n${constant}\n`],
    ['behind a directive', `'use strict';\nexport {};\n`, `'use strict';\n\n${constant}\nexport {};\n`],
    ['behind a comment of the file', `/** What this file owns. */\n\n`, `/** What this file owns. */\n\n${constant}\n\n`],
    ['before the comment of a function', `/** What f does. */\n`, `${constant}\n\n/** What f does. */\n`],
    ['behind the shebang', `#!/usr/bin/env node\n`, `#!/usr/bin/env node\n\n${constant}\n`],
    ['with the line ends of the file', `import { a } from 'a';\r\n\r\n`, `import { a } from 'a';\r\n\r\n${constant}\r\n\r\n`],
  ])('%s', (_name, before, after) => {
    expect(edited(before + use)).toBe(after + used);
  });

  test('is not guessed behind an import that is not understood, and a taken name gives no edit', () => {
    expect(edited(`import a = require('a');\n${use}`)).toBeNull();
    expect(edited(`const textDecoder = 1;\nexport { textDecoder };\n${use}`)).toBeNull();
  });

  test('is not between the declarations of one statement', () => {
    const edits = (tail: string): number => askAtCalls(`const L = 'utf-16le'${tail}\nexport function f(a: Uint8Array) { return new TextDecoder(L).decode(a); }`, 'new TextDecoder', (fn, call) =>
      hoistToModule(fn, call.value, { name: 'textDecoder', uses: call.operands.arguments, mayShare: () => true }).edits?.length ?? 0)[0]!;
    expect([edits(';'), edits(''), edits('\n'), edits('\n  // more\n  , m = 1;')]).toEqual([2, 2, 2, 0]);
  });

  test('is not above a local that the expression reads', () => {
    expect(edited('export function f(label: string, a: Uint8Array) { return new TextDecoder(label).decode(a); }')).toBeNull();
  });
});

describe('a constant with the same initializer', () => {
  const there = `const decoder = new TextDecoder();\n`;
  test('is taken when its other readers allow it', () => {
    expect(edited(there + use)).toBe(there + use.replace('new TextDecoder()', 'decoder'));
  });
  test('is not taken when a reader forbids it, when it is exported, and when a local has its name', () => {
    const reader = 'export function g(a: Uint8Array) { return decoder.decode(a, { stream: true }); }\n';
    expect(edited(there + reader + use, false)).toContain(constant);
    expect(edited(`export ${there}${use}`)).toContain(constant);
    expect(edited(`${there}export function g(decoder: string) { return decoder; }\n${use}`)).toContain(constant);
  });
});

describe('INIT', () => {
  const init = (source: string, others: Readonly<Record<string, string>> = {}): string => {
    const [found] = askAtCalls(source, 'new TextDecoder', (fn, call) => hoistToModule(fn, call.value, { name: 'textDecoder', mayShare: () => true }), others);
    return `${found!.obligation.state}: ${found!.obligation.witness}`;
  };
  const cycle = 'assumed: no import cycle through ';

  test('is proved for what exists only behind the constant', () => {
    expect(init(`import { a } from './a.js';\nexport class C { f(a: Uint8Array) { return new TextDecoder().decode(a); } }`)).toMatch(/^proved/);
    expect(init(`import { a } from './a.js';\nexport const f = (a: Uint8Array) => new TextDecoder().decode(a);`)).toMatch(/^proved/);
  });

  test.each([
    ['no import', '', {}, 'proved'],
    ['builtins and packages of the model', `import 'node:os'; import 'crypto'; import { sha256 } from '@noble/hashes/sha2.js'; import { createRequire } from 'node:module';`, {}, 'proved'],
    ['a module that leads nowhere', `import { b } from 'b';`, { b: `import 'c'; export const b = 1;`, c: `import 'node:fs'; export {};` }, 'proved'],
    ['a cycle beside the module', `import { b } from 'b';`, { b: `import 'c'; export const b = 1;`, c: `import 'b'; export {};` }, 'proved'],
    ['a type of a module in a cycle', `import type { B } from 'b';`, { b: `import { f } from 'a'; export type B = number; f(new Uint8Array());` }, 'proved'],
    ['a file that is not in sight', `import { b } from './b.js';`, {}, `${cycle}./b.js calls`],
    ['a package that may depend on this one', `import { b } from 'some-package';`, {}, `${cycle}some-package calls`],
    ['a package behind a module', `import { b } from 'b';`, { b: `import 'some-package'; export const b = 1;` }, `${cycle}b calls`],
    ['a module that makes itself a require', `import { b } from 'b';`, { b: `import { createRequire } from 'node:module'; export const b = createRequire('')('x');` }, `${cycle}b calls`],
    ['a module that requires', `import { b } from 'b';`, { b: `exports.b = require('a').f;` }, `${cycle}b calls`],
    ['a module that requires what is not constant', `import { b } from 'b';`, { b: `exports.b = require(process.argv[2]);` }, `${cycle}b calls`],
    ['a module that requires builtins', `import { b } from 'b';`, { b: `exports.b = require('node:fs');` }, 'proved'],
    ['a cycle that calls nothing', `import { b } from 'b';`, { b: `import { f } from 'a'; export const b = () => f(new Uint8Array());` }, `${cycle}b calls`],
    ['a cycle that calls through a function', `import { b } from 'b';`, { b: `import { f } from 'a'; const g = () => f(new Uint8Array()); export const b = g();` }, `${cycle}b calls`],
    ['a cycle that calls while it is loaded', `import { b } from 'b';`, { b: `import { f } from 'a';\nexport const b = f(new Uint8Array());` }, 'open: line 2 of b.ts calls f while it is loaded'],
    ['a cycle of three that calls by a namespace, in a static block', `import { b } from 'b';`, { b: `import 'c'; export const b = 1;`, c: `import * as a from 'a'; class C { static { a.f(new Uint8Array()); } }` }, 'open: line 1 of c.ts calls f while'],
  ])('with %s', (_name, head, others, expected) => {
    expect(init(`${head}\n${use}`, others)).toContain(expected);
  });

  test('in CommonJS the constant comes before every require, but not before what import becomes', () => {
    expect(init(`'use strict';\nexports.f = f; const b = require('./b'); function f(a: Uint8Array) { return new TextDecoder().decode(a); }`)).toMatch(/^proved/);
    expect(init(`import { b } from './b.js'; import c = require('./c');\n${use}`)).toMatch(/^assumed: no cycle of requires/);
  });

  test('a constant that is there is taken when nothing of the program can run above it', () => {
    const there = `const decoder = new TextDecoder();\n`;
    expect(init(`${use}${there}`)).toMatch(/^assumed: nothing calls f before/);
    expect(edited(`const size = Math.max(1, 2);\n${there}${use}`)).toContain('decoder.decode(a)');
    expect(edited(`const first = f(new Uint8Array(1));\n${there}${use}`)).toContain(constant);
    expect(edited(`class C { static x = g(); }\nfunction g() { return f(new Uint8Array(1)); }\n${there}${use}`)).toContain(constant);
  });
});

test('names of bytes come from their text', () => {
  expect(bytesNameOf('session-keys|v2')).toBe('SESSION_KEYS_V2_BYTES');
  expect(bytesNameOf('1.2')).toBeNull();
  expect(bytesNameOf('—')).toBeNull();
});
