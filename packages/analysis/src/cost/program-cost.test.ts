/** Costs of functions: exact where they are known from heap snapshots (COSTS A.1) or measured, symbolic in lengths, over the worst path, and independent of the order of asking. */
import { describe, expect, test } from 'vitest';
import { costProgram, costText } from './cost.test-support.js';
import { printCost } from './cost.js';
import { type RuntimeProfile, runtimeProfiles } from './profile.js';
import { exactBytes, multiplySizes, printSize, scaleSize, symbolSize } from './size.js';

const made = 'new Uint8Array(100)';

describe('one call', () => {
  test.each([
    ['own bytes above the on-heap limit', '(n: number) { return new Uint8Array(n); }', 'n + 184 B in 2 objects'],
    ['own bytes on the V8 heap', '() { return new Uint8Array(32); }', '232 B in 3 objects'],
    ['a view of bytes that were on the heap moves them off', '() { return new Uint8Array(64).subarray(0, 32); }', '424 B in 4 objects'],
    ['their copy does not', '() { return new Uint8Array(64).slice(0, 32); }', '496 B in 6 objects'],
    ['an object has room for its properties', '(a: number) { return { a, b: a, c: a }; }', '48 B in 1 object'],
    ['a list', '(a: number) { return [a, a, a]; }', '72 B in 2 objects'],
    ['a closure with what it captures', '(a: number) { return () => a; }', '96 B in 2 objects'],
    ['a closure that captures nothing of the function', '() { return () => 1; }', '56 B in 1 object'],
    ['the most expensive way', '(n: number) { if (n > 9) return [n, n]; return { n }; }', '64 B in 2 objects'],
    ['both ways where neither is always the more expensive', '(n: number, k: boolean) { if (k) return new Uint8Array(n); return new Uint8Array(100); }', 'n + 284 B in 2 objects'],
    ['one after the other', `(n: number) { if (n > 9) return ${made}; const a = ${made}; return [a]; }`, '340 B in 4 objects'],
    ['errors are no part of it', `(n: number) { if (n > 9) { const a = ${made}; throw new RangeError(String(a)); } try { return { n }; } catch { return ${made}; } }`, '32 B in 1 object'],
    ['nor is what only throws', `(n: number): never { throw new RangeError(String(${made})); }`, '0 B in 0 objects'],
    ['a call of something out of sight is a lower bound', `(n: number) { out(n); return ${made}; }`, 'at least 284 B in at least 2 objects'],
  ])('%s', (_name, text, cost) => {
    expect(costText(`export function f${text}`)).toBe(cost);
  });

  test('a digest, COSTS A.4: 328 + 32 in 5 objects', () => {
    expect(costText(`import { createHash } from 'node:crypto';\nexport function f(m: Uint8Array) { return createHash('sha256').update(m).digest(); }`)).toBe('360 B in 5 objects');
  });

  test('what is kept', () => {
    expect(costText(`let last: Uint8Array;\nexport function f(n: number) { last = new Uint8Array(n); return new Uint8Array(n); }`)).toBe('2*n + 368 B in 4 objects, n + 184 B retained');
    // 10 bytes of the slab keep all of it.
    expect(printSize(costProgram(`let last: Uint8Array;\nexport function f(n: number) { last = Buffer.allocUnsafe(10); }`).costOf('f').retainedBytes)).toBe('8288');
  });
});

describe('loops', () => {
  test.each([
    ['counting up to a length', '(parts: Uint8Array[]) { for (let i = 0; i < parts.length; i++) use(i); }', '284*parts.length B in 2*parts.length objects'],
    ['counting down', '(n: number) { for (let i = n - 1; i >= 0; i--) use(i); }', '284*n B in 2*n objects'],
    ['in steps', '(data: Uint8Array) { for (let i = 0; i < data.length; i += 16) use(i); }', '284*ceil(data.length/16) B in 2*ceil(data.length/16) objects'],
    ['a constant number of rounds', '() { for (let i = 0; i < 10; i += 3) use(i); }', '1136 B in 8 objects'],
    ['a while loop', '(n: number) { let i = 0; while (i < n) { use(i); i += 1; } }', '284*n B in 2*n objects'],
    ['over bytes', '(data: Uint8Array) { for (const one of data) use(one); }', '284*data.length B in 2*data.length objects'],
    ['within each other', '(n: number, m: number) { for (let i = 0; i < n; i++) for (let j = 0; j < m; j++) use(j); }', '284*m*n B in 2*m*n objects'],
    ['the body is no part of what comes behind', '(n: number) { for (let i = 0; i < n; i++) use(i); return { n }; }', '284*n + 32 B in 2*n + 1 objects'],
    ['a bound that the body moves', '(n: number) { for (let i = 0; i < n; i++) { use(i); n += 1; } }', 'at least 284 B in at least 2 objects'],
    ['a counter that the body moves', '(n: number) { for (let i = 0; i < n; i++) { use(i); if (n > 9) i = 0; } }', 'at least 284 B in at least 2 objects'],
    ['a condition of another kind', '(n: number) { while (more(n)) use(n); }', 'at least 284 B in at least 2 objects'],
  ])('%s', (_name, text, cost) => {
    expect(costText(`export function f${text}\nfunction use(i: number) { return ${made}; }\nfunction more(n: number) { return n > 1; }`)).toBe(cost);
  });

  test('a loop costs its body as often as it runs', () => {
    const bodies = ['new Uint8Array(100);', 'new Uint8Array(n);', '[n, i];', 'new Uint8Array(7); ({ i });', 'Buffer.alloc(m);', '`id ${m}`;', 'for (let j = 0; j < m; j++) { [i]; }'];
    for (const [index, body] of [...bodies, bodies.join(' ')].entries()) {
      const rounds = index * 5 % 7;
      const program = costProgram(`export function one(n: number, m: number, i: number) { ${body} }\nexport function exact(n: number, m: number) { for (let i = 0; i < ${String(rounds)}; i++) { ${body} } }\nexport function many(n: number, m: number, k: number) { for (let i = 0; i < k; i++) { ${body} } }`);
      const [one, exact, many] = ['one', 'exact', 'many'].map((name) => program.costOf(name));
      for (const amount of ['objects', 'heapBytes', 'externalBytes'] as const) {
        expect(printSize(exact![amount])).toBe(printSize(scaleSize(one![amount], rounds)));
        expect(printSize(many![amount])).toBe(printSize(multiplySizes(one![amount], symbolSize('k'))));
      }
    }
  });
});

describe('calls', () => {
  test.each([
    ['lengths of the caller stand for parameters', 'export function f(data: Uint8Array) { return g(data, 5); }\nfunction g(p: Uint8Array, k: number) { return new Uint8Array(p.length + k); }', 'data.length + 189 B in 2 objects'],
    ['through several', 'export function f(data: Uint8Array) { return g(data); }\nfunction g(p: Uint8Array) { return [h(p, p.length), h(p, 2)]; }\nfunction h(q: Uint8Array, n: number) { return new Uint8Array(n); }', 'data.length + 434 B in 6 objects'],
    ['rounds of the callee', 'export function f(data: Uint8Array) { g(data, 32); }\nfunction g(p: Uint8Array, n: number) { for (let i = 0; i < n; i++) new Uint8Array(100); for (let i = 0; i < p.length; i += 16) ({ i }); }', '32*ceil(data.length/16) + 9088 B in ceil(data.length/16) + 64 objects'],
    ['a parameter that is stored to names nothing', 'export function f(n: number) { return g(n); }\nfunction g(k: number) { if (k > 9) k = 9; return new Uint8Array(k); }', 'at least 184 B in 2 objects'],
    ['a class', 'class A { #b = new Uint8Array(100); c = 1; constructor(readonly n: number) {} }\nexport function f(n: number) { return new A(n); }', '332 B in 3 objects'],
    ['of callees, the most expensive', `class A { m() { return ${made}; } }\nclass B { m() { return [1]; } }\nexport function f(n: number) { const o = n > 1 ? new A() : new B(); return o.m(); }`, '308 B in 3 objects'],
    ['a callback of a library', 'export function f(data: Uint8Array) { data.forEach((x) => [x]); }', '56*data.length + 56 B in 2*data.length + 1 objects'],
    ['a callback of the program', 'export function f(data: Uint8Array) { each(data, () => new Uint8Array(100)); }\nfunction each(d: Uint8Array, g: () => unknown) { for (let i = 0; i < d.length; i++) g(); }', '284*data.length + 56 B in 2*data.length + 1 objects'],
    ['handed on', 'export function f(data: Uint8Array) { outer(data, () => new Uint8Array(100)); }\nfunction outer(d: Uint8Array, g: () => unknown) { return inner(d, g); }\nfunction inner(d: Uint8Array, g: () => unknown) { for (let i = 0; i < d.length; i++) g(); }', '284*data.length + 56 B in 2*data.length + 1 objects'],
    ['a recursion is a lower bound', 'export function f(n: number): unknown { return n > 0 ? [f(n - 1)] : 0; }', 'at least 56 B in at least 2 objects'],
  ])('%s', (_name, source, cost) => {
    expect(costText(source)).toBe(cost);
  });

  test('another module', () => {
    expect(costText(`import { make } from './b.js';\nexport function f(data: Uint8Array) { return make(data, 16); }`, { others: { b: 'export function make(p: Uint8Array, more: number) { return new Uint8Array(p.length + more); }' } })).toBe('data.length + 200 B in 2 objects');
  });

  test('the order of asking plays no part', () => {
    const source = `export function f(n: number): unknown { return n > 0 ? [g(n - 1), h(n)] : ${made}; }\nexport function g(n: number): unknown { return n > 1 ? f(n - 1) : h(n); }\nexport function h(n: number) { return new Uint8Array(n); }\nexport function k(n: number) { return [g(n), f(n), h(n)]; }\nexport function l(n: number): unknown { return n > 0 ? { a: k(n), b: l(n - 1) } : 0; }`;
    const names = ['f', 'g', 'h', 'k', 'l'];
    const expected = costsInOrder(source, names);
    for (const order of permutations(names)) expect(costsInOrder(source, order)).toEqual(expected);
  });
});

function permutations(list: readonly string[]): readonly (readonly string[])[] {
  return list.length < 2 ? [list] : list.flatMap((first) => permutations(list.filter((one) => one !== first)).map((rest) => [first, ...rest]));
}

function costsInOrder(source: string, order: readonly string[]): Readonly<Record<string, string>> {
  const program = costProgram(source);
  const costs = new Map(order.map((name) => [name, printCost(program.costOf(name))]));
  return Object.fromEntries(program.names.filter((name) => costs.has(name)).map((name) => [name, costs.get(name)!]));
}

test('parts lead to what allocates, and to what nobody knows', () => {
  const program = costProgram(`export function f(n: number) { if (n > 1) g(n); return [out(n)]; }\nfunction g(n: number) { return new Uint8Array(n); }`);
  expect(program.partsOf('f').map((part) => [printCost(part.cost), part.callees.map((one) => one.function.name), part.runsUnknown])).toEqual([
    ['n + 184 B in 2 objects', ['g'], false], ['unknown B in unknown objects', [], true], ['56 B in 2 objects', [], false],
  ]);
});

describe('profiles', () => {
  const sources: Readonly<Record<string, string>> = {
    view: 'export function f(m: Uint8Array) { return m.subarray(0, 8); }',
    bytes: 'export function f() { return new Uint8Array(32); }',
    digest: `import { createHash } from 'node:crypto';\nexport function f(m: Uint8Array) { return createHash('sha256').update(m).digest(); }`,
    mac: `import { createHmac } from 'node:crypto';\nexport function f(key: Uint8Array, m: Uint8Array) { return createHmac('sha256', key).update(m).digest(); }`,
    slab: 'export function f() { return Buffer.allocUnsafe(10000); }',
  };
  const costsOn = (profile: RuntimeProfile): Readonly<Record<string, string>> => Object.fromEntries(Object.entries(sources).map(([name, source]) => [name, costText(source, { profile })]));

  // COSTS A.1 and A.4.
  test('Node 20', () => {
    expect(costsOn(runtimeProfiles.node20)).toEqual({ view: '96 B in 1 object', bytes: '232 B in 3 objects', digest: '360 B in 5 objects', mac: '360 B in 5 objects', slab: '10184 B in 2 objects' });
  });

  test('Node 24, where a raw key costs 28 objects more', () => {
    expect(costsOn(runtimeProfiles.node24)).toMatchObject({ view: '104 B in 1 object', bytes: '248 B in 3 objects', digest: '384 B in 5 objects', slab: '10104 B in 1 object' });
    expect(exactBytes(costProgram(sources['mac']!, { profile: runtimeProfiles.node24 }).costOf('f').objects)).toBeGreaterThan(30);
  });

  test('Node 26', () => {
    expect(costsOn(runtimeProfiles.node26)).toMatchObject({ view: '104 B in 1 object', bytes: '248 B in 3 objects', digest: '408 B in 6 objects', mac: '384 B in 5 objects' });
  });

  test('what varies is a range, least to largest', () => {
    const source = `import { sha256 } from '@noble/hashes/sha2.js';\nexport function f(m: Uint8Array) { return sha256(m); }`;
    const [least, largest] = (['least', 'largest'] as const).map((figure) => exactBytes(costProgram(source, { profile: { ...runtimeProfiles.node20, figure } }).costOf('f').objects)!);
    expect(least).toBeLessThan(largest!);
  });
});
