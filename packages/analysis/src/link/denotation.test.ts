/** Names by which programs reach library functions and their own: each is the same as the plain one, and beside it stands the version that must stay unknown. */
import { describe, expect, test } from 'vitest';
import { analyzeText } from './analyze-text.test-support.js';

/** Names of what the calls of function `f` may run; `?` where something unknown is possible. */
function callsOf(files: Readonly<Record<string, string>> | string): readonly string[] {
  const text = analyzeText(files);
  const calls = [...text.flow('f').values.calls.values()];
  return calls.flatMap((call) => (call.complete ? call.candidates.map((one) => one.name) : ['?']));
}

const hash = 'node:crypto#createHash';

const same: readonly (readonly [string, Readonly<Record<string, string>> | string, readonly string[]])[] = [
  ['an alias of a global', `const B = Buffer; export function f(n) { return B.alloc(n); }`, ['Buffer.alloc']],
  ['an alias that is constructed', `const U = Uint8Array; export function f(n) { return new U(9); }`, ['new Uint8Array']],
  ['statics by destructuring', `const { alloc, concat } = Buffer; export function f(n) { alloc(n); return concat([]); }`, ['Buffer.alloc', 'Buffer.concat']],
  ['globalThis', `export function f(n) { return globalThis.Buffer.alloc(n); }`, ['Buffer.alloc']],
  ['an alias of globalThis', `const g = globalThis; const { Buffer: B } = g; export function f(n) { return B.alloc(n); }`, ['Buffer.alloc']],
  ['require on the spot', `exports.f = function f() { return require('crypto').createHash('sha256'); }`, [hash]],
  ['require at the top', { 'a.js': `const crypto = require('crypto'); function f() { return crypto.createHash('sha256'); } module.exports = { f };` }, [hash]],
  ['a destructured require', { 'a.js': `const { createHash } = require('node:crypto'); function f() { return createHash('sha256'); } exports.f = f;` }, [hash]],
  ['a renamed member of a require', { 'a.js': `var make = require('crypto').createHash; exports.f = function f() { return make('sha256'); };` }, [hash]],
  ['a variable filled late', { 'a.js': `let crypto; try { crypto = require('crypto'); } catch {} exports.f = function f() { return crypto.createHash('sha256'); };` }, [hash]],
  ['a namespace import', `import * as c from 'crypto'; export function f() { return c.createHash('sha256'); }`, [hash]],
  ['a default import', `import crypto from 'crypto'; export function f() { return crypto.createHash('sha256'); }`, [hash]],
  ['an alias of a default import', `import crypto from 'crypto'; const { createHash: h } = crypto; export function f() { return h('sha256'); }`, [hash]],
  ['what TypeScript emits', { 'a.js': `const crypto_1 = require("crypto"); exports.f = f; function f() { return (0, crypto_1.createHash)('sha256'); }` }, [hash]],
  ['the helpers of compilers', { 'a.js': `var __importDefault = (this && this.__importDefault) || function (mod) { return (mod && mod.__esModule) ? mod : { "default": mod }; }; const crypto_1 = __importDefault(require("crypto")); exports.f = f; function f() { return crypto_1.default.createHash('sha256'); }` }, [hash]],
  ['a re-exported name', { 'a.ts': `import { createHash } from './b.js'; export function f() { return createHash('sha256'); }`, 'b.ts': `export { createHash } from 'node:crypto';` }, [hash]],
  ['a re-exported alias', { 'a.ts': `import { h } from './b.js'; export function f() { return h('sha256'); }`, 'b.ts': `import { createHash } from 'node:crypto'; export const h = createHash;` }, [hash]],
  ['a re-exported namespace', { 'a.ts': `import { c } from './b.js'; export function f() { return c.createHash('sha256'); }`, 'b.ts': `export * as c from 'node:crypto';` }, [hash]],
  ['export everything of a library', { 'a.ts': `import { createHash } from './b.js'; export function f() { return createHash('sha256'); }`, 'b.ts': `export * from 'node:crypto';` }, [hash]],
  ['export everything of a file', { 'a.ts': `import { g } from './b.js'; export function f(x) { return g(x); }`, 'b.ts': `export * from './c.js';`, 'c.ts': `export function g(x) { return x; }` }, ['g']],
  ['a namespace of a file', { 'a.ts': `import * as b from './b.js'; export function f(x) { return b.g(x); }`, 'b.ts': `export function g(x) { return x; }` }, ['g']],
  ['module.exports with a literal', { 'a.js': `const b = require('./b'); exports.f = function f(x) { return b.g(x); };`, 'b.js': `function g(x) { return x; } module.exports = { g };` }, ['g']],
  ['module.exports with a function', { 'a.js': `const g = require('./b'); exports.f = function f(x) { g.h(x); return g(x); };`, 'b.js': `module.exports = function g(x) { return x; }; module.exports.h = function h(x) { return x; };` }, ['h', 'g']],
  ['exports.x', { 'a.js': `const { g } = require('./b'); exports.f = function f(x) { return g(x); };`, 'b.js': `exports.g = void 0; exports.g = g; function g(x) { return x; }` }, ['g']],
  ['exports of a library', { 'a.js': `const b = require('./b'); exports.f = function f() { return b.crypto.createHash('sha256'); };`, 'b.js': `exports.crypto = require('crypto');` }, [hash]],
  ['module.exports.x of a file', { 'a.js': `const lib = require('./b'); exports.f = function f(x) { return lib.c.g(x); };`, 'b.js': `module.exports.c = require('./c');`, 'c.js': `exports.g = function g(x) { return x; };` }, ['g']],
  ['everything of a file in CommonJS', { 'a.js': `const { g } = require('./b'); exports.f = function f(x) { return g(x); };`, 'b.js': `Object.assign(module.exports, require('./c'));`, 'c.js': `exports.g = function g(x) { return x; };` }, ['g']],
  ['what TypeScript emits for export *', { 'a.js': `const b_1 = require('./b'); exports.f = function f(x) { return b_1.g(x); };`, 'b.js': `__exportStar(require('./c'), exports);`, 'c.js': `exports.g = function g(x) { return x; };` }, ['g']],
  ['what TypeScript emits for export { g } from', { 'a.js': `const b_1 = require('./b'); exports.f = function f(x) { return b_1.g(x); };`,
    'b.js': `const c_1 = require('./c'); Object.defineProperty(exports, "g", { enumerable: true, get: function () { return c_1.g; } });`, 'c.js': `exports.g = function g(x) { return x; };` }, ['g']],
  ['a CommonJS file from an ES module', { 'a.ts': `import b from './b.js'; export function f(x) { return b.g(x); }`, 'b.js': `function g(x) { return x; } module.exports = { g };` }, ['g']],
  ['a method of a literal', `const codec = { encode(x) { return x; } }; export function f(x) { return codec.encode(x); }`, ['codec.encode']],
  ['a method of an exported literal', { 'a.ts': `import { codec } from './b.js'; export function f(x) { return codec.encode(x); }`, 'b.ts': `export const codec = { encode(x) { return x; } };` }, ['codec.encode']],
  ['exports from within', { 'a.js': `exports.g = function g(x) { return x; }; exports.f = function f(x) { return exports.g(x); };` }, ['g']],
];

const unknown: readonly (readonly [string, Readonly<Record<string, string>> | string])[] = [
  ['a reassigned alias', `let B = Buffer; export function swap(x) { B = x; } export function f(n) { return B.alloc(n); }`],
  ['a reassigned require', { 'a.js': `let crypto = require('crypto'); exports.swap = (x) => { crypto = x; }; exports.f = function f() { return crypto.createHash('sha256'); };` }],
  ['a require that depends', { 'a.js': `const crypto = flag ? require('crypto') : require('./mine'); exports.f = function f() { return crypto.createHash('sha256'); };` }],
  ['a parameter of the name', `export function f(Buffer, n) { return Buffer.alloc(n); }`],
  ['a default that may be another', { 'a.js': `const { createHash = mine } = require('crypto'); exports.f = function f() { return createHash('sha256'); };` }],
  ['a name that two exports write', { 'a.js': `const b = require('./b'); exports.f = function f(x) { return b.g(x); };`, 'b.js': `exports.g = function g(x) { return x; }; if (flag) exports.g = other;` }],
  ['module.exports that depends', { 'a.js': `const b = require('./b'); exports.f = function f(x) { return b.g(x); };`, 'b.js': `if (flag) module.exports = { g(x) { return x; } }; else module.exports = other;` }],
  ['an export that another file replaces', { 'a.js': `const b = require('./b'); exports.f = function f(x) { return b.g(x); };`, 'b.js': `exports.g = function g(x) { return x; };`, 'c.js': `const lib = require('./b'); lib.g = (x) => x.fill(1);` }],
  ['an export that a spy may replace', { 'a.js': `const b = require('./b'); exports.f = function f(x) { return b.g(x); };`, 'b.js': `exports.g = function g(x) { return x; };`, 'c.js': `spyOn(require('./b'), 'g');` }],
  ['a literal that is handed on', `const codec = { encode(x) { return x; } }; register(codec); export function f(x) { return codec.encode(x); }`],
  ['a literal with computed names', `const codec = { encode(x) { return x; } }; export function put(k, v) { codec[k] = v; } export function f(x) { return codec.encode(x); }`],
  ['a literal whose method is replaced', `const codec = { encode(x) { return x; } }; export function put(v) { codec.encode = v; } export function f(x) { return codec.encode(x); }`],
  ['an exported literal whose method another file replaces', { 'a.ts': `import { codec } from './b.js'; export function f(x) { return codec.encode(x); }`, 'b.ts': `export const codec = { encode(x) { return x; } };`, 'c.ts': `import { codec } from './b.js'; codec.encode = () => null;` }],
  ['exports that were left behind', { 'a.js': `const b = require('./b'); exports.f = function f(x) { return b.g(x); };`, 'b.js': `exports.g = function g(x) { return x; }; module.exports = { h() {} };` }],
  ['a spread over a method', `const codec = { encode(x) { return x; }, ...other }; export function f(x) { return codec.encode(x); }`],
  ['a library function that is replaced through a re-export', { 'a.ts': `import { c } from './b.js'; export function f() { return c.createHash('sha256'); }`, 'b.ts': `export { default as c } from 'crypto';`, 'c.ts': `import { c } from './b.js'; c.createHash = () => null;` }],
  ['a library function that is replaced through a CommonJS export', { 'a.js': `const crypto = require('crypto'); exports.f = function f() { return crypto.createHash('sha256'); };`, 'b.js': `exports.c = require('crypto');`, 'c.js': `const lib = require('./b'); lib.c.createHash = () => null;` }],
];

describe('the same by another name', () => {
  test.each(same)('%s', (_, files, expected) => { expect(callsOf(files).filter((name) => name !== '')).toEqual(expected); });
});

describe('may be something else', () => {
  test.each(unknown)('%s', (_, files) => { expect(callsOf(files)).toContain('?'); });
});
