// Owns what a unit of a random program is: one function that makes bytes, copies them, does something and shows everything; and the pieces from which units are put together.
// The units of each family of rules are in `units-*.ts`; how units become modules is `random-program.ts`.
import type { Dice } from './dice.js';
import type { HelperName } from './helper-functions.js';

export interface Unit {
  /** Statements, one or more per line, so that a failing program can be cut down by lines. */
  readonly body: readonly string[];
  /** Declarations in front of the function: its own classes, constants of the module. */
  readonly before?: readonly string[];
  readonly hot?: boolean;
  /** Names and types of the parameters, with the expression that the caller passes. */
  readonly parameters?: readonly { readonly name: string; readonly type: string; readonly given: string }[];
  /** What the caller can see at the end, besides what the body returns by itself. */
  readonly shown: readonly string[];
}

/** What the making of one unit has at hand. */
export interface Workshop {
  readonly dice: Dice;
  /** Number of the unit in its program; names at module level end with it. */
  readonly number: number;
  /** Names a helper, which the program then declares or imports. */
  use(helper: HelperName): string;
  /** A name that is new in the unit. */
  fresh(stem: string): string;
}

/** An expression that makes `length` bytes of a class that is known, without showing them to anybody. */
export function freshBytes(shop: Workshop, length: number): string {
  const { dice } = shop;
  return dice.pick([
    `new Uint8Array(${length}).fill(${1 + dice.roll(200)})`, `new Uint8Array(${length}).fill(${1 + dice.roll(200)})`, `new Uint8Array(${length}).map((_, index) => index * ${1 + dice.roll(7)})`,
    `Uint8Array.from({ length: ${length} }, (_, index) => index ^ ${dice.roll(99)})`, `new Uint8Array(new ArrayBuffer(${length + 8}), 4, ${length})`,
  ]);
}

/** As `freshBytes`, of a Buffer. */
export function freshBuffer(shop: Workshop, length: number): string {
  const { dice } = shop;
  return dice.pick([`Buffer.alloc(${length}, ${1 + dice.roll(200)})`, `Buffer.from('text'.repeat(${Math.ceil(length / 4)}))`, `Buffer.from(new ArrayBuffer(${length})).fill(${dice.roll(90)})`, `Buffer.allocUnsafe(${length}).fill(${dice.roll(90)})`]);
}

/** Bytes of some class that the engine may or may not know. */
export function anyBytes(shop: Workshop, length: number): string {
  const { dice } = shop;
  switch (dice.roll(14)) {
    case 0: return `${shop.use('made')}(${length}, ${dice.roll(99)})`;
    case 1: return `${shop.use('cached')}()`;
    case 2: return `${shop.use('same')}(${freshBytes(shop, length)})`;
    case 3: return `${shop.use('either')}(${freshBytes(shop, length)}, ${freshBuffer(shop, length)})`;
    case 4: return `new ${shop.use('Loud')}(${length}).fill(5)`;
    case 5: return `new ${shop.use('Plain')}(${length}).fill(5)`;
    case 6: return `new Uint8Array(new SharedArrayBuffer(${length})).fill(8)`;
    case 7: return `new ${shop.use('Holder')}(${freshBytes(shop, length)}).data`;
    case 8: return `new ${shop.use('Holder')}(${freshBytes(shop, length)}).bytes`;
    case 9: case 10: return freshBuffer(shop, length);
    default: return freshBytes(shop, length);
  }
}

/** A statement that writes the bytes of `to`. */
export function writeTo(shop: Workshop, to: string): string {
  const { dice } = shop;
  const n = dice.roll(256);
  const at = dice.roll(9);
  const key = shop.fresh('k');
  switch (dice.roll(34)) {
    case 0: case 1: case 2: return `${to}[${at}] = ${n};`;
    case 3: return `${to}.fill(${n}, ${at}, 20);`;
    case 4: return `${to}.set([1, 2, ${n}], ${at});`;
    case 5: return `${shop.use('touch')}(${to});`;
    case 6: return `new DataView(${to}.buffer, ${to}.byteOffset).setUint16(${at}, ${n});`;
    case 7: return `${to}.copyWithin(0, 4, 12);`;
    case 8: return `${to}.reverse();`;
    case 9: return `${shop.use('writerOf')}(${to})();`;
    case 10: return `new ${shop.use('Holder')}(${to}).touch();`;
    case 11: return `for (const one of [${to}]) one[1] = ${n};`;
    case 12: return `for (const n of ${shop.use('steps')}(${to})) ${shop.use('log')}.push(n);`;
    case 13: return `[${n}, 2].forEach((one) => { ${to}[${at}] = one; });`;
    case 14: return `${shop.use('call')}(() => { ${to}[${at}] = ${n}; });`;
    case 15: return `Buffer.from(${to}.buffer, ${to}.byteOffset, 8).writeUInt32BE(${n});`;
    case 16: return `Object.assign(${to}, { 3: ${n} });`;
    case 17: return `Reflect.set(${to}, ${at}, ${n});`;
    case 18: return `${shop.use('log')}.push({ get size() { ${to}[${at}] = ${n}; return 1; } }.size);`;
    case 19: return `${shop.use('log')}.push(\`\${{ toString() { ${to}[${at}] = ${n}; return 'x'; } } as unknown as string}\`);`;
    case 20: return `${shop.use('log')}.push(JSON.stringify({ toJSON() { ${to}[${at}] = ${n}; return 1; } }));`;
    case 21: return `[${to}[0], ${to}[1]] = [${to}[1]!, ${n}];`;
    case 22: return `for (${to}[2] of [1, ${n}]) ${shop.use('log')}.push(1);`;
    case 23: return `${to}[${at}]!++;`;
    case 24: return `new TextEncoder().encodeInto('abc', ${to});`;
    case 25: return `Uint8Array.prototype.set.call(${to}, [${n}], ${at});`;
    case 26: return `${to}.subarray(2).fill(${n}, 0, 5);`;
    case 27: return `${to}.map((one, index, all) => { all[0] = index; return one; });`;
    case 28: return `{ const ${key} = ${to}.subarray(${at}); ${key}[0] = ${n}; }`;
    case 29: return `${shop.use('touchBox')}({ data: ${to} });`;
    case 30: return `${shop.use('touchIf')}(${to}, ${dice.once(2)});`;
    case 31: return `for (const one of { *[Symbol.iterator]() { ${to}[${at}] = ${n}; yield 1; } }) ${shop.use('log')}.push(one);`;
    case 32: return `{ const ${key} = { data: ${to} }; ${key}.data.sort(); }`;
    default: return `${shop.use('log')}.push(new Proxy({ p: 1 }, { get() { ${to}[${at}] = ${n}; return 2; } }).p);`;
  }
}

/** A statement that reads `from`, any bytes, and logs what it read. */
export function readOf(shop: Workshop, from: string): string {
  const { dice } = shop;
  const log = shop.use('log');
  const at = dice.roll(6);
  switch (dice.roll(24)) {
    case 0: case 1: case 2: return `${log}.push(${shop.use('sum')}(${from}));`;
    case 3: return `${log}.push(${shop.use('count')}(${from}));`;
    case 4: return `${log}.push(createHash('sha256').update(${from}).digest('hex'));`;
    case 5: return `${log}.push(createHmac('sha1', 'key').update(${from}).digest('hex'));`;
    case 6: return `${log}.push(Buffer.compare(${from}, Buffer.alloc(9, 7)));`;
    case 7: return `{ const out = new Uint8Array(300); out.set(${from}, ${at}); ${log}.push(out.join()); }`;
    case 8: return `{ let s = 0; for (let i = 0; i < ${from}.length; i += 1) s = (s * 31 + ${from}[i]!) | 0; ${log}.push(s); }`;
    case 9: return `${log}.push(${from}[${at}]);`;
    case 10: return `${log}.push(${from}.at(${at}), ${from}.length);`;
    case 11: return `${log}.push(${from}.indexOf(7), ${from}.includes(9));`;
    case 12: return `${log}.push(${from}.join());`;
    case 13: return `for (const one of ${from}) ${log}.push(one);`;
    case 14: return `{ const reader = new ${shop.use('Reader')}(${from}); ${log}.push(reader.next(), reader.next()); }`;
    case 15: return `${shop.use('each')}(${from}, (one) => { ${log}.push(one); });`;
    case 16: return `${log}.push(...${shop.use('walk')}(${from}));`;
    case 17: return `{ const [p, q] = ${from}; ${log}.push(p, q); }`;
    case 18: return `${log}.push(${shop.use('digestOf')}(${from}));`;
    case 19: return `${log}.push(${shop.use('sumOf')}({ data: ${from} }));`;
    case 20: return `${log}.push(${from}.reduce((one, two) => one + two, 0));`;
    case 21: return `${log}.push(new TextDecoder('latin1').decode(${from}));`;
    case 22: return `{ const h = createHash('md5'); h.update('x'); h.update(${from}); ${log}.push(h.digest('base64')); }`;
    default: return `${log}.push(Buffer.concat([${from}, Buffer.from('end')]).toString('hex'));`;
  }
}

/** A statement by which `bytes` outlives the place, or somebody else gets it; `slot` is then written by `touchKept`. */
export function escapeOf(shop: Workshop, bytes: string): string {
  const { dice } = shop;
  switch (dice.roll(12)) {
    case 0: case 1: return `${shop.use('keep')}(${bytes});`;
    case 2: return `${shop.use('hold')}(${bytes});`;
    case 3: return `${shop.use('keepIn')}('k', ${bytes});`;
    case 4: return `${shop.use('kept')}.push(${bytes});`;
    case 5: return `${shop.use('table')}.set('m', ${bytes});`;
    case 6: return `${shop.use('slot')}.data = ${bytes};`;
    case 7: return `Object.assign(${shop.use('slot')}, { data: ${bytes} });`;
    case 8: return `[${bytes}].forEach((one) => { ${shop.use('slot')}.data = one; });`;
    case 9: return `({ data: ${shop.use('slot')}.data } = { data: ${bytes} });`;
    case 10: return `{ const later = ${shop.use('readerOf')}(${bytes}); late.push(later); }`;
    default: return `late.push(() => ${bytes}[0]! + ${bytes}[1]!);`;
  }
}

/** A statement that tells a view from a copy: class, backing store, identity. */
export function observe(shop: Workshop, bytes: string): string {
  const { dice } = shop;
  const log = shop.use('log');
  switch (dice.roll(10)) {
    case 0: return `${log}.push(${bytes}.buffer.byteLength);`;
    case 1: return `${log}.push(${bytes}.buffer.byteLength > 4000 ? 'pooled' : ${bytes}.byteOffset);`;
    case 2: return `${log}.push(Buffer.isBuffer(${bytes}));`;
    case 3: return `${log}.push(${bytes}.constructor.name);`;
    case 4: return `${log}.push(JSON.stringify(${bytes}).length);`;
    case 5: return `${shop.use('marks')}.set(${bytes}, 1); ${log}.push(${shop.use('marks')}.get(${bytes}));`;
    case 6: return `${log}.push(${bytes}.buffer.byteLength > 4000 ? 'pooled' : new Uint8Array(${bytes}.buffer)[0]);`;
    case 7: return `${log}.push(new Set([${bytes}]).size);`;
    case 8: return `${log}.push(String(${bytes}).length);`;
    default: return `${log}.push(${bytes} instanceof Buffer, Object.prototype.toString.call(${bytes}));`;
  }
}

/** A statement that has nothing to do with the bytes in question. */
export function elsewhere(shop: Workshop): string {
  const { dice } = shop;
  const log = shop.use('log');
  const name = shop.fresh('o');
  return dice.pick([
    `${log}.push(${dice.roll(99)});`, `{ const ${name} = new Uint8Array(80); ${name}[3] = ${dice.roll(99)}; ${log}.push(${shop.use('sum')}(${name})); }`, `{ const ${name} = Buffer.alloc(20); ${shop.use('touch')}(${name}); ${log}.push(${name}[1]); }`,
    `${shop.use('touchKept')}();`, `${shop.use('call')}(() => { ${log}.push('called'); });`, '',
  ]);
}

/** Wraps statements into a loop, a branch, a handler; the result is again a list of lines. */
export function wrapped(shop: Workshop, lines: readonly string[], write: () => string): readonly string[] {
  const { dice } = shop;
  const log = shop.use('log');
  switch (dice.roll(16)) {
    case 0: return ['for (let i = 0; i < 3; i += 1) {', ...lines, '}'];
    case 1: return ['for (let i = 0; i < 2; i += 1) {', ...lines, write(), '}'];
    case 2: return ['try {', ...lines, '} finally {', write(), '}'];
    case 3: return ['try {', ...lines, `${shop.use('failIf')}(${dice.once(2)});`, '} catch (error) {', `${log}.push(String(error));`, write(), '}'];
    case 4: return [`if (${log}.length >= 0) {`, ...lines, '} else {', write(), '}'];
    case 5: return ['do {', ...lines, '} while (false);', write()];
    case 6: return ['for (const round of [1, 2]) {', ...lines, 'if (round === 1) continue;', write(), '}'];
    case 7: return ['{', ...lines, '}', write()];
    default: return lines;
  }
}
