// Owns the unit without a plan: four variables of bytes, a list of boxes and a holder, and statements drawn from everything at any depth. It finds what nobody thought of.
import { readOf, type Unit, type Workshop, writeTo } from './unit.js';

const names = ['a', 'b', 'c', 'd'];

export function soup(shop: Workshop): Unit {
  const { dice } = shop;
  const { roll, pick } = dice;
  for (const helper of ['log', 'Holder', 'boxOf'] as const) shop.use(helper);
  const name = (): string => pick(names);
  const copy = (): string => `${name()}.slice(${roll(3)}, ${80 + roll(50)})`;
  const bytes = (): string => {
    const of = name();
    switch (roll(22)) {
      case 0: return `${shop.use('same')}(${of})`;
      case 1: return `${shop.use('viewOf')}(${of})`;
      case 2: return `${shop.use('either')}(${of}, ${name()})`;
      case 3: return `boxOf(${of}).data`;
      case 4: return `new Holder(${of}).data`;
      default: return pick([
        of, copy(), `${of}.slice(${roll(4)})`, `${of}.subarray(${roll(2)})`, `new Uint8Array(${of})`, `Uint8Array.from(${of})`, `Buffer.from(${of})`, `[${of}, ${name()}][${roll(2)}]!`, `new Uint8Array(${of}.buffer, ${of}.byteOffset, ${of}.length)`, `Buffer.concat([${of}])`, `new Uint8Array([...${of}])`,
        `createHash('sha512').update(${of}).digest()`, `new Uint8Array(createHash('sha512').update(${of}).digest())`, `Uint8Array.prototype.slice.call(${of}, 0, 100)`, 'new Uint8Array(130).fill(7)', "Buffer.from('text'.repeat(40))", 'Buffer.alloc(130, 5)',
      ]);
    }
  };
  const sink = (value: string): string => (roll(4) === 0 ? `${name()}.set(${value}.subarray(0, 8), ${roll(4)});` : readOf(shop, value));
  const write = (): string => (roll(4) === 0 ? pick([`boxes[${roll(2)}]!.data[${roll(5)}] = ${roll(256)};`, 'holder.touch();', 'log.push(holder.size);', `${shop.use('touchKept')}();`]) : writeTo(shop, name()));
  const statement = (depth: number): readonly string[] => {
    const t = shop.fresh('t');
    switch (roll(depth > 2 ? 10 : 17)) {
      case 0: return [`${name()} = ${bytes()};`];
      case 1: return ['{', `const ${t}: Bytes = ${bytes()};`, sink(t), '}'];
      case 2: return [sink(copy())];
      case 3: return ['{', `const ${t} = ${copy()};`, write(), sink(t), '}'];
      case 4: return ['{', `const ${t} = ${copy()};`, sink(t), write(), '}'];
      case 5: case 6: return [write()];
      case 7: return [pick([`${shop.use('keep')}(${name()});`, `${shop.use('hold')}(${name()});`, `${shop.use('keep')}(${copy()});`, `boxes[${roll(2)}]!.data = ${name()};`, `${name()} = holder.replace(${name()});`, `${name()} = boxes[${roll(2)}]!.data;`])];
      case 8: return ['{', `const ${t} = ${shop.use('readerOf')}(${roll(2) === 0 ? copy() : name()});`, write(), `log.push(${t}());`, '}'];
      case 9: return ['{', `const own = new Uint8Array(120).fill(${roll(256)});`, `const ${t} = own.slice(0, 100);`, pick(['own[0] = 9;', `${shop.use('touch')}(own);`, `${name()} = own;`, `${shop.use('keep')}(own);`, `${shop.use('touchKept')}();`, `own.set(${name()}.subarray(0, 9));`, 'boxes[0]!.data = own; boxes[0]!.data[2] = 8;', 'await null;', `pending.push(${shop.use('touchLater')}(own));`, '']), sink(t), '}'];
      case 10: return ['for (let i = 0; i < 3; i += 1) {', ...block(depth), '}'];
      case 11: return [`if ((${name()}[0]! & 1) === ${roll(2)}) {`, ...block(depth), '} else {', ...block(depth), '}'];
      case 12: return ['try {', ...block(depth), '} finally {', write(), '}'];
      case 13: return ['try {', ...statement(depth + 1), `${shop.use('fail')}(${roll(2) === 0 ? copy() : name()});`, '} catch (error) {', 'const caught = (error as { data?: Bytes }).data;', write(), 'if (caught !== undefined) {', sink('caught'), '}', '}'];
      case 14: return ['await null;'];
      case 15: return [pick([`pending.push(${shop.use('sumLater')}(${copy()}));`, `pending.push(${shop.use('touchLater')}(${name()}));`, `log.push(await ${shop.use('sumLater')}(${copy()}));`])];
      default: return ['{', `const ${t} = ${copy()};`, ...statement(depth + 1), sink(t), '}'];
    }
  };
  const block = (depth: number): readonly string[] => Array.from({ length: 1 + roll(3) }, () => statement(depth + 1)).flat();
  return {
    body: [
      'const pending: Promise<unknown>[] = [];', 'let a: Bytes = new Uint8Array(160).map((_, index) => index * 3); let b: Bytes = new Uint8Array(150).fill(2); let c: Bytes = Buffer.alloc(140, 3); let d: Bytes = a.subarray(3);',
      'const boxes = [boxOf(a), { data: b }];', 'const holder = new Holder(new Uint8Array(130).fill(4));', ...Array.from({ length: 4 + roll(8) }, () => statement(0)).flat(), 'log.push(...await Promise.all(pending));',
    ],
    shown: ['a', 'b', 'c', 'd', 'boxes', 'holder.data'],
  };
}
