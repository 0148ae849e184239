/** Why a function is hot, warm or cold, in words that name the root once. */
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { defineRule } from '../detect/rule.js';
import { syntaxOracle } from '../lower/syntax-oracle.js';
import { createSession, type SessionOptions } from '../session.js';

type Heat = Readonly<Record<string, string>>;

function heatOf(files: string | Readonly<Record<string, string>>, options: Partial<SessionOptions> = {}): Heat {
  const heat: Record<string, string> = {};
  const rule = defineRule({
    meta: {
      id: 'question', summary: 'a question', stage: 'nursery', category: 'buffer-lifetime', severity: 'low', presets: ['all'], needs: [], evidence: 'guard', fixable: null, effort: 'trivial', risk: 'none', messages: {},
    },
    check(query) {
      for (const fn of query.functions()) heat[fn.function.name] = `${fn.hotness.level}: ${fn.hotness.source}`;
    },
  });
  const table = typeof files === 'string' ? { 'src/a.ts': files } : files;
  const resolve = (specifier: string) => [`src/${specifier.slice(2).replace(/\.js$/, '')}.ts`].find((file) => file in table) ?? null;
  const session = createSession({ typescript: ts, oracle: syntaxOracle(ts), rules: [rule], target: 'node20', resolve, ...options });
  for (const [file, text] of Object.entries(table)) session.addFile(file, ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  session.analyze();
  delete heat['<module>'];
  return heat;
}

test('a function that is called from a hot one says so, and not twice from whom', () => {
  expect(heatOf(`
    /** @hot */
    export function root() { return near(); }
    function near() { return far(); }
    function far() { return 1; }
    export function configured() { return other(); }
    function other() { return 2; }`, { hotFunctions: ['configured'] })).toEqual({
    root: 'hot: @hot on root', near: 'hot: called from root, which is @hot', far: 'hot: called from root, which is @hot',
    configured: 'hot: configured: configured', other: 'hot: called from configured, which is configured as hot',
  });
});

describe('event handlers', () => {
  test.each([
    ['a subscription', 'export function start(s) { s.on("data", handler); }\nfunction handler(c) { return c; }', 'hot: handles data events'],
    ['one with bind', 'class A { start(s) { s.addEventListener("message", this.handler.bind(this)); }\n handler(c) { return c; } }', 'hot: handles message events'],
    ['one that is assigned', 'export function start(s) { s.onmessage = handler; }\nconst handler = (c) => c;', 'hot: handles message events'],
    ['a private method', 'class A { start(s) { s.on("data", this.#handler); }\n #handler(c) { return c; } }', 'hot: handles data events'],
    ['options of a stream', 'import { Transform } from "node:stream";\nexport function make() { return new Transform({ transform: handler }); }\nfunction handler(c) { return c; }', 'hot: handles chunks of a Transform'],
    ['a stream class', 'import { Transform } from "node:stream";\nclass A extends Transform { _transform(c) { return handler(c); } }\nfunction handler(c) { return c; }', 'hot: called from A._transform, which handles chunks of a stream'],
    ['a server', 'import { createServer } from "node:http";\nexport function start() { createServer(handler); }\nfunction handler(c) { return c; }', 'hot: handles requests'],
    ['a route', 'export function start(app) { app.get("/keys", handler); }\nfunction handler(c) { return c; }', 'hot: handles requests for /keys'],
    ['an event that comes once', 'export function start(s) { s.on("close", handler); }\nfunction handler(c) { return c; }', 'warm: nothing says how often it runs'],
    ['a method of something that is no emitter', 'export function start(m) { m.get("keys", handler); }\nfunction handler(c) { return c; }', 'warm: nothing says how often it runs'],
    ['a variable that may hold another', 'export function start(s) { let h = handler; if (s.b) h = s.b; s.on("data", h); }\nfunction handler(c) { return c; }', 'warm: nothing says how often it runs'],
  ])('%s', (_name, text, expected) => {
    const heat = heatOf(text);
    expect(Object.entries(heat).find(([name]) => name.endsWith('handler'))?.[1]).toBe(expected);
  });

  test('an import is followed', () => {
    expect(heatOf({ 'src/a.ts': 'import { handler } from "./b.js";\nexport function start(s) { s.on("data", handler); }', 'src/b.ts': 'export function handler(c) { return c; }' })).toMatchObject({ handler: 'hot: handles data events' });
  });
});

describe('loops and cold code', () => {
  test.each([
    ['called in a loop', 'export function f(list) { for (const x of list) g(x); }\nfunction g(x) { return x; }', 'hot: called in a loop in f'],
    ['called by what is called in a loop', 'export function f(list) { for (const x of list) h(x); }\nfunction h(x) { return g(x); }\nfunction g(x) { return x; }', 'hot: called from h, which is called in a loop in f'],
    ['called in a loop of an initialization', 'for (const x of [1, 2]) g(x);\nfunction g(x) { return x; }', 'cold: called only from cold code, <module>'],
    ['called when a module is loaded', 'const table = g();\nfunction g() { return [1]; }', 'cold: called only from cold code, <module>'],
    ['called from cold code', '/** @cold */ export function f() { return g(); }\nfunction g() { return 1; }', 'cold: called only from cold code, f'],
    ['called only to throw', 'export function f(x) { if (x) throw g(x); return 1; }\nfunction g(x) { return new Error(x); }', 'cold: runs only on the way to a throw'],
    ['called only to throw in hot code', '/** @hot */ export function f(x) { if (x) throw g(x); return 1; }\nfunction g(x) { return new Error(x); }', 'cold: runs only on the way to a throw'],
    ['called to throw and otherwise', 'export function f(x) { if (x) throw g(x); return g(x); }\nfunction g(x) { return new Error(x); }', 'warm: nothing says how often it runs'],
    ['handed over by cold code', 'register(g); g();\nfunction g() { return 1; }', 'warm: nothing says how often it runs'],
    ['marked', '/** @cold */ export function g() { return 1; }', 'cold: @cold on g'],
    ['marked and called from hot code', '/** @hot */ export function f() { return g(); }\n/** @cold */ function g() { return 1; }', 'cold: @cold on g'],
    ['calling itself', 'export function f() { return g(3); }\nfunction g(n) { return n < 2 ? n : g(n - 1); }', 'warm: nothing says how often it runs'],
  ])('%s', (_name, text, expected) => {
    expect(heatOf(text)['g']).toBe(expected);
  });
});

describe('configured names', () => {
  const files = { 'src/wire/a.ts': 'export class Codec { encode() {} decode() {} }', 'src/b.ts': 'export function encode() {}' };

  test.each([
    [['Codec.*'], { 'Codec.encode': 'hot', 'Codec.decode': 'hot', encode: 'warm' }],
    [['*encode'], { 'Codec.encode': 'hot', 'Codec.decode': 'warm', encode: 'hot' }],
    [['src/wire/*.ts#*.encode'], { 'Codec.encode': 'hot', 'Codec.decode': 'warm', encode: 'warm' }],
    [['src/*.ts#*'], { 'Codec.encode': 'warm', 'Codec.decode': 'warm', encode: 'hot' }],
    [['src/**#*'], { 'Codec.encode': 'hot', 'Codec.decode': 'hot', encode: 'hot' }],
    [['Code'], { 'Codec.encode': 'warm', 'Codec.decode': 'warm', encode: 'warm' }],
  ])('%j', (hotFunctions, levels) => {
    const heat = heatOf(files, { hotFunctions });
    expect(Object.fromEntries(Object.keys(levels).map((name) => [name, heat[name]?.split(':')[0]]))).toEqual(levels);
  });

  test('cold ones', () => {
    expect(heatOf(files, { coldFunctions: ['Codec.decode'] })['Codec.decode']).toBe('cold: configured as cold: Codec.decode');
  });
});

test('with entry files, only what they export is callable from outside', () => {
  const files = {
    'src/index.ts': 'export { seal } from "./seal.js";\nexport * from "./open.js";',
    'src/seal.ts': 'import { pad } from "./pad.js";\nexport function seal(list) { for (const one of list) pad(one); }',
    'src/open.ts': 'export class Opener { open() {} }',
    'src/pad.ts': 'export function pad(one) { return one; }\nexport function unused() {}',
  };
  expect(heatOf(files, { entryFiles: ['src/index.ts'] })).toEqual({
    seal: 'warm: exported by the package', 'Opener.open': 'warm: exported by the package', pad: 'hot: called in a loop in seal', unused: 'warm: exported within the package',
  });
  expect(heatOf(files)).toMatchObject({ pad: 'warm: callable from outside' });
});
