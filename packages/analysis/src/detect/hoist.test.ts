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

test('INIT is proved for what exists only behind the constant and for modules without relative imports, and assumed in possible cycles', () => {
  const state = (source: string): string => hoists(source)[0]!.obligation.state;
  expect(state(use)).toBe('proved');
  expect(state(`import { a } from './a.js';\n${use}`)).toBe('assumed');
  expect(state(`import { a } from './a.js';\nexport class C { f(a: Uint8Array) { return new TextDecoder().decode(a); } }`)).toBe('proved');
  expect(state(`import { a } from './a.js';\nexport const f = (a: Uint8Array) => new TextDecoder().decode(a);`)).toBe('proved');
  expect(state(`${use}const decoder = new TextDecoder();\n`)).toBe('assumed');
});

test('names of bytes come from their text', () => {
  expect(bytesNameOf('session-keys|v2')).toBe('SESSION_KEYS_V2_BYTES');
  expect(bytesNameOf('1.2')).toBeNull();
  expect(bytesNameOf('—')).toBeNull();
});
