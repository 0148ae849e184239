/** A module that was printed and parsed is the module. */
import { expect, test } from 'vitest';
import ts from 'typescript';
import { standardCatalog } from '../model/catalog.js';
import { lowerModule } from '../lower/lower-module.js';
import { syntaxOracle } from '../lower/syntax-oracle.js';
import { parseModule, printModule } from './stored-module.js';

const source = `
import { createHash as make } from 'node:crypto';
export * from './other.js';
export const numbers = [0, -0, 1e999, -1e999, 3, -0, 0x10, 1.5, 10n, null, undefined, 'a\\ud800b', '\\u2028', "__proto__"];
export class Session { #key: Uint8Array = new Uint8Array(4); constructor(readonly salt: Buffer) {} get key(): Uint8Array { return this.#key.slice(); } }
export async function* run(this: Session, { a = -0, ...rest }: { a: number }, ...more: Uint8Array[]): AsyncGenerator<Buffer> {
  // scrimp-ignore-next-line no-byte-spread -- a reason
  for await (const one of more) { try { yield Buffer.from(one); } finally { rest = { ['__proto__']: -0 }; } }
  return make('sha256').update(more[0].slice(1)).digest();
}
`;

test('every field comes back, with numbers that JSON does not have', () => {
  const module = lowerModule(ts, ts.createSourceFile('/a.ts', source, ts.ScriptTarget.ESNext, true), { oracle: syntaxOracle(ts), names: standardCatalog() });
  const back = parseModule(printModule(module));
  expect(back).toStrictEqual({ ...module, lineStarts: [...module.lineStarts] });
  expect(printModule(back)).toBe(printModule(module));
  const texts = back.functions.flatMap((fn) => fn.blocks.flatMap((block) => block.instructions.flatMap((one) => (one.op === 'constant' && one.value.kind === 'number' ? [one.value.value] : []))));
  expect(texts).toContain(Infinity);
});
