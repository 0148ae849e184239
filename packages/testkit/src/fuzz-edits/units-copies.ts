// Owns units that copy bytes they have and then read the copy: slices, conversions, single-part joins, temporary arguments.
// What happens between the copy and its last use decides whether the copy was for nothing; each unit draws that from the same hat.
import { anyBytes, elsewhere, escapeOf, freshBuffer, freshBytes, observe, readOf, type Unit, type Workshop, wrapped, writeTo } from './unit.js';

/** A variable of bytes, a copy of it, something in between, and uses of the copy. */
export function copyInVariable(shop: Workshop): Unit {
  const { dice } = shop;
  const setting = settingOf(shop);
  const c = shop.fresh('c');
  const isBuffer = dice.once(3);
  const lines: string[] = [`${dice.once(6) ? 'let' : 'const'} ${c} = ${copyOf(shop, setting.source, isBuffer)};`];
  // One doubt at a time is what makes an obligation decisive; none makes the copy removable.
  for (let round = dice.roll(3); round > 0; round -= 1) lines.push(dice.once(3) ? doubt(shop, setting, c) : elsewhere(shop));
  lines.push(useOf(shop, c, isBuffer));
  if (dice.once(2)) lines.push(useOf(shop, c, isBuffer));
  if (dice.once(5)) lines.push(doubt(shop, setting, c));
  if (dice.once(8)) lines.push(useOf(shop, c, isBuffer));
  if (dice.once(3)) lines.push(writeTo(shop, setting.source));
  return { body: [...setting.lines, ...wrapped(shop, lines, () => doubt(shop, setting, setting.source))], shown: setting.shown, before: setting.before };
}

/** A copy as the argument of a call, where nothing but the other arguments and the call itself can come in between. */
export function copyAsArgument(shop: Workshop): Unit {
  const { dice } = shop;
  const setting = settingOf(shop);
  const log = shop.use('log');
  const copy = dice.once(3) ? copyOf(shop, setting.source, dice.once(2)) : `${setting.source}.slice(${dice.roll(4)}, ${90 + dice.roll(20)})`;
  const effect = dice.once(4) ? `(${writeTo(shop, setting.source).startsWith('{') || dice.once(2) ? `${shop.use('touch')}(${setting.source})` : `${setting.source}[2] = 9`}, 3)` : String(dice.roll(4));
  const line = dice.pick([
    `${log}.push(createHash('sha256').update(${copy}).digest('hex'));`, `${log}.push(createHmac('sha256', 'key').update(${copy}).update('x').digest('hex'));`,
    `{ const h = createHash('sha256'); h.update(${copy}); ${dice.once(2) ? writeTo(shop, setting.source) : ''} ${log}.push(h.digest('hex')); }`,
    `{ const out = new Uint8Array(400); out.set(${copy}, ${effect}); ${log}.push(out.join()); }`, `${setting.source}.set(${copy}.subarray(0, 8), ${effect});`, `${setting.source}.set(${setting.source}.slice(0, 66), ${effect});`,
    `${log}.push(Buffer.compare(${copy}, Buffer.alloc(70, ${effect})));`, `${log}.push(new TextDecoder('latin1').decode(${copy}));`, `${log}.push(timingSafeEqual(${copy}, ${copy}));`,
    `${log}.push(sha256.create().update(${copy}).digest());`, `${log}.push(sha256(${copy}));`, `${log}.push(hmac(sha256, new Uint8Array(32).fill(1), ${copy}));`, `${log}.push(Buffer.concat([${copy}, Buffer.alloc(3, ${effect})]));`,
    `${log}.push(${copy}.length + ${effect});`, `${shop.use('keep')}(${copy});`, `${log}.push(${copy});`,
    `{ const d = createCipheriv('aes-128-gcm', Buffer.alloc(16, 1), Buffer.alloc(12, 2)); ${log}.push(d.update(${copy}).toString('hex'), d.final().length); }`,
  ]);
  const lines = [line, ...(dice.once(3) ? [doubt(shop, setting, setting.source)] : []), ...(dice.once(3) ? [line] : [])];
  return { body: [...setting.lines, ...wrapped(shop, lines, () => writeTo(shop, setting.source))], shown: setting.shown, before: setting.before };
}

/** A class whose method copies a field; subclasses, accessors and replaced fields come in between. */
export function copyInMethod(shop: Workshop): Unit {
  const { dice } = shop;
  const log = shop.use('log');
  const holder = shop.use('Holder');
  const name = `Session${shop.number}`;
  const [from, to] = [dice.roll(3), 90 + dice.roll(40)];
  const source = dice.pick(['this.data', 'this.bytes', 'this.data', 'this.#own', 'this.#own', 'source']);
  const between = dice.pick(['', '', '', 'this.touch();', `${shop.use('touch')}(this.data);`, `${log}.push(this.size);`, 'this.data = new Uint8Array(9);', `${shop.use('touchKept')}();`, 'this.hook();', 'this.#own[3] = 5;', `${log}.push(this.peek());`, 'source[1] = 4;']);
  const use = dice.pick([`${log}.push(${shop.use('sum')}(c));`, `${log}.push(createHash('sha256').update(c).digest('hex'));`, 'let s = 0; for (let i = 0; i < c.length; i += 1) s += c[i]!; log.push(s);', `${log}.push(c[0], c[1], c[2]);`]);
  const leave = dice.pick(['return s2;', 'return s2;', 'return s2;', 'this.data = c; return 0;', 'return c.length;', 'return [c];']);
  return {
    before: [
      `class ${name} extends ${holder} {`, '#own: Bytes;', `constructor(data: Bytes) { super(data); this.#own = ${dice.pick(['new Uint8Array(140).fill(9)', 'data', 'this.data'])}; }`, `hook(): void { ${dice.pick(['', '', 'this.data[1] = 8;', 'this.#own[1] = 8;'])} }`,
      'digest(): unknown {', ...(source === 'source' ? ['const source = new Uint8Array(140).map((_, index) => index);'] : between.includes('source') ? ['const source = this.data;'] : []),
      `const c = ${source}.${dice.once(6) ? 'subarray' : 'slice'}(${from}, ${to});`, between, 'const s2 = c.length;', use, leave, '}', '}',
      ...(dice.once(2) ? [`class Sub${shop.number} extends ${name} {`, `override ${dice.pick(['hook(): void { this.data[0] = 0x44; }', 'touch(): void {}', 'get size(): number { return 1; }', 'peek(): number { this.data[0] = 3; return 3; }'])}`, '}'] : [`const Sub${shop.number} = ${name};`]),
    ],
    body: [`const u = ${anyBytes(shop, 140)};`, `const one = new ${dice.pick([name, `Sub${shop.number}`])}(u);`, dice.once(3) ? `${shop.use('keep')}(u);` : '', `${log}.push(one.digest());`, `${log}.push(one.digest());`],
    shown: ['u', 'one.data'],
  };
}

/** Copies around an await or a yield, while somebody else may write. */
export function copyAcrossSuspension(shop: Workshop): Unit {
  const { dice } = shop;
  const setting = settingOf(shop);
  const log = shop.use('log');
  const c = shop.fresh('c');
  const wait = dice.pick(['await null;', 'await null;', `${log}.push(await ${shop.use('sumLater')}(new Uint8Array(4)));`, `await Promise.all([${shop.use('touchLater')}(new Uint8Array(9)), ${shop.use('touchLater')}(${dice.pick([setting.source, 'new Uint8Array(7)'])})]);`, 'await { then(resolve: (one: number) => void) { resolve(1); } };', "for await (const one of [Promise.resolve(2)]) log.push(one);", '']);
  const pending = dice.once(2) ? [`const other = ${shop.use('touchLater')}(${setting.source});`] : [];
  const lines = [
    ...pending, `const ${c} = ${copyOf(shop, setting.source, false)};`, dice.once(3) ? doubt(shop, setting, c) : '', wait, useOf(shop, c, false),
    dice.once(4) ? `${log}.push(await ${shop.use('sumLater')}(${c}));` : useOf(shop, c, false), ...(dice.once(4) ? [doubt(shop, setting, c)] : []), ...(pending.length > 0 ? ['await other;'] : []),
  ];
  if (dice.once(4)) {
    const generated = [`const steps = (function* (): Generator<unknown> {`, `const ${c} = ${copyOf(shop, setting.source, false)};`, `yield ${dice.pick(['1', '1', `${c}[0]`, c])};`, useOf(shop, c, false), 'yield 2;', '})();', 'steps.next();', dice.once(2) ? writeTo(shop, setting.source) : '', `${log}.push(steps.next().value);`, 'steps.return(undefined);'];
    return { body: [...setting.lines, ...generated, 'await null;'], shown: setting.shown, before: setting.before };
  }
  return { body: [...setting.lines, ...lines, 'await null;'], shown: setting.shown, before: setting.before };
}

interface Setting {
  readonly lines: readonly string[];
  readonly before: readonly string[];
  /** The bytes that are copied. */
  readonly source: string;
  /** Expressions for memory that is the same, or may be. */
  readonly aliases: readonly string[];
  readonly shown: readonly string[];
}

/** Bytes in a variable, a field, a captured variable or a list, with or without others that see them. */
function settingOf(shop: Workshop): Setting {
  const { dice } = shop;
  const u = shop.fresh('u');
  const lines = [`${dice.once(5) ? 'let' : 'const'} ${u}${dice.once(6) ? ': Bytes' : ''} = ${dice.once(3) ? anyBytes(shop, 140) : freshBytes(shop, 140)};`];
  const aliases: string[] = [u];
  let source = u;
  switch (dice.roll(14)) {
    case 0: { const v = shop.fresh('v'); lines.push(`const ${v} = ${u}.subarray(${dice.roll(4)});`); aliases.push(v); if (dice.once(2)) source = v; break; }
    case 1: { const box = shop.fresh('box'); lines.push(`const ${box} = { data: ${u} };`); aliases.push(`${box}.data`); if (dice.once(2)) source = `${box}.data`; break; }
    case 2: { const holder = shop.fresh('holder'); lines.push(`const ${holder} = new ${dice.once(2) ? shop.use('Holder') : shop.use('QuietHolder')}(${u});`); aliases.push(`${holder}.data`); if (dice.once(2)) source = `${holder}.data`; break; }
    case 3: { const all = shop.fresh('all'); lines.push(`const ${all} = [${u}, new Uint8Array(120)];`); aliases.push(`${all}[0]!`); if (dice.once(2)) source = `${all}[${dice.roll(2)}]!`; break; }
    case 4: lines.push(`${shop.use('keep')}(${u});`); break;
    case 5: { const w = shop.fresh('w'); lines.push(`const ${w} = new Uint8Array(${u}.buffer, ${u}.byteOffset, ${u}.length);`); aliases.push(w); if (dice.once(2)) source = w; break; }
    case 6: { const v = shop.fresh('v'); lines.push(`const ${v} = ${dice.once(2) ? shop.use('same') : shop.use('viewOf')}(${u});`); aliases.push(v); break; }
    default: break;
  }
  return { lines, before: [], source, aliases, shown: [u] };
}

/** Something on account of which the copy may be needed. */
function doubt(shop: Workshop, setting: Setting, copy: string): string {
  const { dice } = shop;
  const victim = dice.pick(setting.aliases);
  switch (dice.roll(12)) {
    case 0: case 1: case 2: case 3: return writeTo(shop, victim);
    case 4: return writeTo(shop, copy);
    case 5: return escapeOf(shop, copy);
    case 6: return escapeOf(shop, victim);
    case 7: return observe(shop, copy);
    case 8: return `${shop.use('wipe')}(${dice.pick([copy, victim])});`;
    case 9: return dice.once(3) ? `${shop.use('log')}.push(${shop.use('give')}(${victim}));` : `${shop.use('touchKept')}();`;
    case 10: return `${shop.use('touchIf')}(${victim}, ${dice.once(2)});`;
    default: return `try { ${writeTo(shop, victim)} ${shop.use('fail')}(${copy}); } catch (error) { ${shop.use('log')}.push((error as { data: Bytes }).data[0]); }`;
  }
}

function copyOf(shop: Workshop, source: string, isBuffer: boolean): string {
  const { dice } = shop;
  if (isBuffer) return dice.pick([`Buffer.from(${source})`, `Buffer.from(${source})`, `Buffer.concat([${source}])`, `Buffer.copyBytesFrom(${source})`]);
  return dice.pick([
    `${source}.slice(0, ${90 + dice.roll(40)})`, `${source}.slice(${dice.roll(5)}, ${90 + dice.roll(40)})`, `${source}.slice(${dice.roll(4)})`, `${source}.slice()`, `${source}.slice(0, ${90 + dice.roll(40)})`, `${source}.slice(-100)`,
    `new Uint8Array(${source})`, `Uint8Array.from(${source})`, `Uint8Array.prototype.slice.call(${source}, 0, 100)`, `new Uint8Array(${freshBuffer(shop, 130)})`, `${shop.use('copyOf')}(${source})`,
  ]);
}

function useOf(shop: Workshop, c: string, isBuffer: boolean): string {
  const { dice } = shop;
  const log = shop.use('log');
  if (!isBuffer || dice.once(2)) return readOf(shop, c);
  return dice.pick([`${log}.push((${c} as Buffer).readUInt32BE(${dice.roll(5)}));`, `${log}.push((${c} as Buffer).readDoubleLE(3), (${c} as Buffer).readInt16LE(1));`, `${log}.push(${c}.toString('hex'));`, `${log}.push((${c} as Buffer).equals(Buffer.alloc(4)));`, `${log}.push(${c}.toString('latin1').length);`]);
}
