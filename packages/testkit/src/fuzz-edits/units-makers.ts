// Owns units that make bytes and make them again: copies of fresh results, spreads, hash objects, codecs and constants per call, results that are copied into a frame.
import { anyBytes, elsewhere, escapeOf, freshBytes, observe, readOf, type Unit, type Workshop, wrapped, writeTo } from './unit.js';

/** A copy of what a call has just made: digests, joins, results of noble and of helpers. */
export function copyOfFresh(shop: Workshop): Unit {
  const { dice } = shop;
  const log = shop.use('log');
  const u = shop.fresh('u');
  const c = shop.fresh('c');
  const d = shop.fresh('d');
  const producer = dice.pick([
    `createHash('sha256').update(${u}).digest()`, `createHmac('sha512', 'key').update(${u}).digest()`, `sha256(${u})`, `sha256.create().update(${u}).digest()`, `hmac(sha256, new Uint8Array(32), ${u})`, `Buffer.concat([${u}, ${u}])`, `Buffer.alloc(100, 3)`,
    `new Uint8Array(${u}.length + 70).fill(4)`, `${shop.use('made')}(100, 4)`, `${shop.use('cached')}()`, `new TextEncoder().encode('text'.repeat(30))`, `pbkdf2Sync('p', ${u}, 1, 70, 'sha256')`, `${u}.slice(0, 80)`, `Buffer.from('66'.repeat(80), 'hex')`, `${shop.use('same')}(${u})`,
  ]);
  const copyText = (of: string): string => dice.pick([`new Uint8Array(${of})`, `Buffer.from(${of})`, `${of}.slice()`, `Uint8Array.from(${of})`, `new Uint8Array(${of})`, `Uint8Array.prototype.slice.call(${of})`]);
  const lines = [`const ${u} = ${anyBytes(shop, 130)};`];
  if (dice.once(2)) lines.push(`const ${c} = ${copyText(producer)};`);
  else lines.push(`const ${d} = ${producer};`, dice.once(4) ? (dice.once(2) ? escapeOf(shop, d) : writeTo(shop, d)) : '', `const ${c} = ${copyText(d)};`, dice.once(4) ? pickDoubt(shop, d) : '', dice.once(6) ? readOf(shop, d) : '');
  if (dice.once(4)) lines.push(pickDoubt(shop, c));
  lines.push(dice.once(4) ? `late.push(() => ${c}.length);` : readOf(shop, c));
  if (dice.once(5)) lines.push(pickDoubt(shop, c));
  return { body: wrapped(shop, lines, () => elsewhere(shop)).concat(dice.once(3) ? [`${log}.push(1);`] : []), shown: [] };
}

/** `[...bytes]` on the way from bytes to bytes. */
export function spreadBytes(shop: Workshop): Unit {
  const { dice } = shop;
  const log = shop.use('log');
  const [u, v, c] = [shop.fresh('u'), shop.fresh('v'), shop.fresh('c')];
  const list = dice.pick([`[...${u}]`, `[...${u}]`, `[...${u}, ...${v}]`, `[...${u}, ...${u}]`, `[1, ...${u}]`, `Array.from(${u})`, `[...${u}, ...${v}.fill(3)]`, `[...${shop.use('same')}(${u})]`, `[...${u}, ...(${u}[0] = 9, ${v})]`]);
  const maker = dice.pick(['new Uint8Array', 'Buffer.from', 'Uint8Array.from', 'new Uint8Array', 'Buffer.from', 'new Uint16Array']);
  const lines = [
    `const ${u} = ${dice.once(3) ? anyBytes(shop, 90) : freshBytes(shop, 90)};`, `const ${v} = ${dice.once(4) ? `${u}.subarray(4)` : freshBytes(shop, 30)};`, dice.once(8) ? `${log}.push(${shop.use('give')}(${u}));` : '',
    dice.once(12) ? `Object.defineProperty(${u}, Symbol.iterator, { value: function* () { yield 7; } });` : '',
    `const ${c} = ${maker}(${list});`, dice.once(2) ? writeTo(shop, u) : '', dice.once(3) ? writeTo(shop, c) : '', dice.once(4) ? escapeOf(shop, c) : '', `${log}.push(${c}.join());`, `${log}.push(${c});`,
  ];
  return { body: wrapped(shop, lines, () => elsewhere(shop)), shown: [] };
}

/** A hash object for one input. */
export function hashObject(shop: Workshop): Unit {
  const { dice } = shop;
  const log = shop.use('log');
  const algorithm = dice.pick(["'sha256'", "'sha512'", "'md5'", "'SHA1'", "'sha3-256'", "'shake128'", "'nope'", 'algorithm', "'sha256'", "'sha256'"]);
  const input = dice.pick(["'text'", 'u', 'u', "`t${u.length}`", 'u.subarray(3)', 'u.slice(0, 90)', '(log.push(1), u)', "'ff00', 'hex'", "'text', 'utf8'", "'text', 'latin1'", 'String(u[0])', 'undefined as unknown as string', 'pick()']);
  const output = dice.pick(["'hex'", "'hex'", '', '', "'base64'", "'base64url'", "'latin1'", "'HEX' as 'hex'", "'utf8' as 'hex'", 'undefined', 'output']);
  const create = `crypto.createHash(${algorithm}${dice.pick(['', '', '', ', undefined', ', { outputLength: 16 }'])})`;
  const plain = `${create}.update(${input}).digest(${output})`;
  const h = shop.fresh('h');
  const forms: readonly (readonly string[])[] = [
    [`${log}.push(${plain});`], [`const d = ${plain};`, `${log}.push(d.length, d);`], [`${log}.push(${plain}.length);`], [`${log}.push(\`\${${plain}}\`);`], [`${log}.push({ d: ${plain} });`],
    [`const ${h} = ${create};`, `${h}.update(${input});`, dice.once(3) ? `${h}.update('more');` : '', `${log}.push(${h}.digest(${output}));`], [`${log}.push(${create}.update(${input}).update('more').digest(${output}));`],
    [`const ${h} = ${create}.update(${input});`, `const copy = ${h}.copy();`, `${log}.push(${h}.digest(${output}), copy.digest('hex'));`], [`try {`, `${log}.push(${plain});`, '} catch (error) {', `${log}.push(String(error));`, '}'],
    [`${log}.push(Buffer.from(${create}.update(${input}).digest()).toString('hex'));`], [`const f = () => ${plain};`, `${log}.push(f(), f());`], [`${log}.push(${create}?.update(${input})?.digest(${output}));`],
  ];
  return {
    body: [`const u = ${dice.once(3) ? anyBytes(shop, 120) : freshBytes(shop, 120)};`, "const algorithm = log.length >= 0 ? 'sha256' : 'sha1';", "const output = log.length >= 0 ? 'hex' : 'base64';", 'const pick = () => { u[0] = 1; return u; };', ...wrapped(shop, forms[dice.roll(forms.length)]!, () => writeTo(shop, 'u')), `${log}.push(algorithm, output, pick.length);`],
    shown: ['u'],
  };
}

/** Codecs, labels and constants that are made in every call of something hot, and then read, written, kept or given away. */
export function madePerCall(shop: Workshop): Unit {
  const { dice } = shop;
  const log = shop.use('log');
  const c = shop.fresh('c');
  const label = `label-${shop.number}-${dice.roll(3)}`;
  const made = dice.pick([
    `new TextEncoder().encode('${label}')`, `new TextEncoder().encode('${label}')`, `Buffer.from('${label}')`, "Buffer.from('00ff10', 'hex')", `utf8ToBytes('${label}')`, `hexToBytes('0102ff${10 + shop.number}')`, 'new Uint8Array([1, 2, 3, 4])', 'Uint8Array.of(13, 10)', `new TextEncoder().encode(LABEL${shop.number})`,
  ]);
  const decoder = dice.pick(['new TextDecoder()', "new TextDecoder('utf-8')", "new TextDecoder('latin1')", "new TextDecoder('utf-8', { fatal: true })", "new TextDecoder('utf-16le')", "new TextDecoder('utf-8', { ignoreBOM: true })", 'new TextDecoder(name)']);
  const d = shop.fresh('d');
  const decoding: readonly string[] = dice.pick([
    [`${log}.push(${decoder}.decode(u));`], [`const ${d} = ${decoder};`, `${log}.push(${d}.decode(u));`], [`const ${d} = ${decoder};`, `${log}.push(${d}.decode(u.subarray(0, 3)), ${d}.decode(u.subarray(3)));`],
    [`const ${d} = ${decoder};`, `${log}.push(${d}.decode(u.subarray(0, 3), { stream: true }));`], [`const ${d} = ${decoder};`, `${log}.push(${d}.decode(u.subarray(0, 3), { stream: ${dice.once(2)} }), ${d}.decode());`],
    [`const ${d} = ${decoder};`, `late.push(() => ${d}.decode(u));`], [`const ${d} = ${decoder};`, `Object.assign(${d}, { mark: (${d} as unknown as { mark?: number }).mark ?? log.length });`, `${log}.push(${d}.decode(u), (${d} as unknown as { mark?: number }).mark);`],
    [`const ${d} = ${decoder};`, `${shop.use('marks')}.set(${d}, log.length);`, `${log}.push(${d}.decode(u));`],
  ]);
  const constants: readonly string[] = [
    `const ${c} = ${made};`, dice.once(4) ? dice.pick([writeTo(shop, c), escapeOf(shop, c), observe(shop, c), `${shop.use('wipe')}(${c});`]) : '',
    dice.pick([`${log}.push(createHash('sha256').update(${c}).update(u).digest('hex'));`, `${log}.push(sha256.create().update(${c}).update(u).digest());`, `u.set(${c}, 3);`, `${log}.push(${c}.length, ${c}[0]);`, readOf(shop, c), readOf(shop, c), `return ${c};`]), dice.once(5) ? pickDoubt(shop, c) : '',
  ];
  const pattern = dice.pick([`new RegExp('l${shop.number}')`, "new RegExp('[a-z]+')", "new RegExp('a|b', 'g')", "new RegExp('(x)\\\\/', 'u')", 'RegExp(\'q+\')', "new RegExp('a/b')"]);
  const patterns: readonly string[] = dice.pick([
    [`${log}.push(${pattern}.test('abc' + u[0]));`], [`const re = ${pattern};`, `${log}.push(re.exec('xabc')?.index ?? -1, re.lastIndex, re.source, re.flags);`], [`const re = ${pattern};`, `${log}.push('abcab'.replace(re, '-'));`, `${shop.use('marks')}.set(re, 1);`], [`for (let i = 0; i < 2; i += 1) ${log}.push(${pattern}.test('aab'));`],
  ]);
  const lines = dice.pick([decoding, decoding, constants, constants, constants, patterns]);
  const inLoop = dice.once(3) ? ['for (let round = 0; round < 2; round += 1) {', ...lines, '}'] : lines;
  return {
    before: [`const LABEL${shop.number} = 'label';`, ...(dice.once(10) ? [`const LABEL_${shop.number}_${dice.roll(3)}_BYTES = 1;`, `log.push(LABEL${shop.number});`] : [])],
    hot: dice.roll(4) > 0,
    parameters: [{ name: 'u', type: 'Bytes', given: dice.once(4) ? anyBytes(shop, 60) : 'new Uint8Array([65, 66, 0xe2, 0x82, 0xac, 67, 68, 0x80, 70])' }, { name: 'name', type: 'string', given: dice.pick(["'utf-8'", "'latin1'", "'nope'"]) }],
    body: inLoop, shown: ['u'],
  };
}

/** Functions with a hoistable constant that run before the module is ready: called above, from static blocks, through the second module. */
export function madeBeforeReady(shop: Workshop): Unit {
  const { dice } = shop;
  const log = shop.use('log');
  const name = `early${shop.number}`;
  const made = dice.pick([`new TextDecoder().decode(u)`, `createHash('sha256').update(new TextEncoder().encode('early-${shop.number}')).update(u).digest('hex')`, `createHash('sha256').update(Buffer.from('early-${shop.number}')).digest('hex')`]);
  const call = `${name}(new Uint8Array([65, 66]))`;
  const early = dice.pick([
    [`${log}.push(${call});`], [`class Early${shop.number} { static made = ${call}; }`, `${log}.push(Early${shop.number}.made);`], [`class Early${shop.number} { static { ${log}.push(${call}); } }`], [`const ready${shop.number} = () => ${call};`, `${log}.push(ready${shop.number}());`], [],
  ]);
  const declared = dice.once(3) ? [`const ${name} = (u: Bytes): string => {`, `return ${made};`, '};'] : ['/** @hot */', `${dice.once(2) ? 'export ' : ''}function ${name}(u: Bytes): string {`, `return ${made};`, '}'];
  const isHoisted = declared[0] === '/** @hot */';
  return { before: isHoisted && dice.once(2) ? [...early, ...declared] : [...declared, ...early], body: [`${log}.push(${call});`, `for (let i = 0; i < 2; i += 1) ${log}.push(${call});`], shown: [] };
}

/** A result that is made to be copied into a frame. */
export function intoFrame(shop: Workshop): Unit {
  const { dice } = shop;
  const log = shop.use('log');
  const offset = dice.pick(['12', '0', '4', '13', 'n']);
  const made = dice.pick(['chacha20poly1305(key, nonce).encrypt(text)', 'chacha20poly1305(key, nonce).encrypt(text)', 'sha256.create().update(text).digest()', 'Buffer.concat([nonce, text])']);
  const r = shop.fresh('r');
  const between = dice.once(3) ? dice.pick(['frame[20] = 9;', 'text[0] = 7;', `${log}.push(frame[30]);`, `${shop.use('keep')}(frame);`, `${shop.use('touch')}(frame);`, 'nonce.fill(1);']) : '';
  const copy = dice.once(2) ? [between, `frame.set(${made}, ${offset});`] : [`const ${r} = ${made};`, between, `frame.set(${r}, ${offset});`, ...(dice.once(6) ? [`${log}.push(${r}[0]);`] : [])];
  return {
    hot: dice.once(2),
    body: [
      'const key = new Uint8Array(32).fill(1);', 'const nonce = new Uint8Array(12).fill(2);', `const text = ${dice.pick(['new Uint8Array(64).fill(3)', 'new Uint8Array(64).fill(3)', 'frame0.subarray(8, 72)'])};`, `const frame = ${dice.pick(['new Uint8Array(200)', 'new Uint8Array(200)', 'frame0', 'Buffer.alloc(200)', 'new Uint8Array(30)'])};`, `const n = ${dice.roll(40)};`,
      ...wrapped(shop, copy, () => writeTo(shop, 'frame')), `${log}.push(frame.join(), n);`,
    ],
    parameters: [{ name: 'frame0', type: 'Bytes', given: 'new Uint8Array(200).fill(4)' }],
    shown: ['text', 'nonce', 'frame0'],
  };
}

function pickDoubt(shop: Workshop, bytes: string): string {
  switch (shop.dice.roll(4)) {
    case 0: return writeTo(shop, bytes);
    case 1: return escapeOf(shop, bytes);
    case 2: return observe(shop, bytes);
    default: return `${shop.use('touchKept')}();`;
  }
}
