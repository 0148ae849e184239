/** Which functions rules look at: what mentions bytes by a name or by a type, hot functions, and the callers of such functions. */
import ts from 'typescript';
import { expect, test } from 'vitest';
import { syntaxOracle } from '../lower/syntax-oracle.js';
import { createSession } from '../session.js';
import { defineRule } from './rule.js';

const helper = "import { createHash } from 'node:crypto';\nexport default function fingerprint(x) { return createHash('sha256').update(x).digest(); }\nexport class Chain { push(x) { return createHash('sha256').update(x).digest(); } }\n";

/** Names of the functions of `main.ts` that rules look at, beside `helper.ts`. */
function relevantIn(text: string, file = 'main.ts'): readonly string[] {
  const found: string[] = [];
  const rule = defineRule({
    meta: { id: 'question', summary: 'a question', stage: 'nursery', category: 'buffer-lifetime', severity: 'low', presets: ['all'], needs: [], evidence: 'guard', fixable: null, effort: 'trivial', risk: 'none', messages: {} },
    check(query) {
      for (const fn of query.relevantFunctions()) if (fn.module.file === file) found.push(fn.function.name);
    },
  });
  const session = createSession({ typescript: ts, oracle: syntaxOracle(ts), rules: [rule], target: 'node20', resolve: (specifier) => (specifier === './helper.js' ? 'helper.ts' : null) });
  session.addFile('helper.ts', ts.createSourceFile('helper.ts', helper, ts.ScriptTarget.Latest, true));
  session.addFile(file, ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  session.analyze();
  return found;
}

test.each([
  ['nothing of bytes', 'export function f(x: string) { return x.trim() + [1].slice(1); }', []],
  ['bytes that are only handed on', 'export function f(key: Uint8Array, send: (key: Uint8Array) => void) { send(key); return key.length; }', []],
  ['a type of a receiver', 'let key: Buffer; export function f() { return key.slice(1); }', ['f']],
  ['a receiver without a type', 'export function f(x) { return x.slice(1); }', ['f']],
  ['a receiver of another type', 'export function f(x: string) { return x.slice(1); }', []],
  ['a global', 'export function f() { return Buffer.alloc(4); }', ['f']],
  ['a member of the global object', 'export function f() { return globalThis.Buffer; }', ['f']],
  ['an import', "import { randomBytes as r } from 'crypto'; export function f() { return r(4); }", ['f']],
  ['a namespace', "import * as crypto from 'node:crypto'; export function f() { return crypto; }", ['f']],
  ['an import of something else', "import { webcryptoless } from './other.js'; export function f() { return webcryptoless(4); }", []],
  ['a variable of CommonJS', "const { createHash: make } = require('crypto'); function f() { return make('sha256'); }", ['<module>', 'f']],
  ['a hot function and what it calls', '/** @hot */ export function f() { return g(); } function g() { return 1; } export function h() { return 2; }', ['f', 'g']],
  ['a caller of a helper under another name', "import d from './helper.js'; export function f(x: string) { return d(x); } export function g() { return f; }", ['f']],
  ['a caller of a method', "import { Chain } from './helper.js'; export function f(chain: Chain) { return chain.push(1); }", ['f']],
  ['a method of that name of a list', "import { Chain } from './helper.js'; export function f(list: string[]) { return list.push(1); } export const name = Buffer.name;", ['<module>']],
  ['a logger', 'export function f(logger: Logger, x: number) { logger.debug(`x is ${x}`); }', ['f']],
  ['a pattern that is compiled', 'export function f() { return new RegExp("a"); }', ['f']],
])('%s', (_name, text, expected) => {
  expect(relevantIn(text)).toEqual(expected);
});
