import { expect, test } from 'vitest';
import { buildCatalog, normalizeSpecifier, standardCatalog, standardFamilies } from './catalog.js';
import { applicableRows } from './match.js';

const catalog = standardCatalog();

test('methods are found along the class hierarchy', () => {
  expect(catalog.method('Buffer', 'slice')).toBe('Buffer.prototype.slice');
  expect(catalog.method('Buffer', 'set')).toBe('Uint8Array.prototype.set');
  expect(catalog.method('Uint8Array', 'slice')).toBe('Uint8Array.prototype.slice');
  expect(catalog.method('@noble/hashes#HMAC', 'digest')).toBe('@noble/hashes#HMAC.prototype.digest');
  expect(catalog.method('@noble/hashes#HMAC', 'xof')).toBe('@noble/hashes#Hash.prototype.xof');
  expect(catalog.method('Uint8Array', 'readUInt8')).toBeNull();
});

test.each([
  ['crypto', 'createHash', 'node:crypto#createHash'],
  ['node:crypto', 'webcrypto.subtle.digest', 'SubtleCrypto.prototype.digest'],
  ['node:crypto', 'subtle.digest', 'SubtleCrypto.prototype.digest'],
  ['buffer', 'Buffer.from', 'Buffer.from'],
  ['node:util', 'new TextEncoder', 'new TextEncoder'],
  ['string_decoder', 'new StringDecoder', 'node:string_decoder#new StringDecoder'],
  ['fs', 'default.writeFileSync', 'node:fs#writeFileSync'],
  ['node:string_decoder', 'new *.StringDecoder', 'node:string_decoder#new StringDecoder'],
  ['assert', 'default', 'node:assert#default'],
  ['fs', 'promises.writeFile', 'node:fs/promises#writeFile'],
  ['@noble/hashes/sha2.js', 'sha256', '@noble/hashes/sha2#sha256'],
  ['@noble/hashes/sha256', 'sha256', '@noble/hashes/sha2#sha256'],
  ['@noble/hashes/sha256', 'sha256.create', '@noble/hashes/sha2#sha256.create'],
  ['@noble/hashes/esm/sha512.js', 'sha384', '@noble/hashes/sha2#sha384'],
  ['@noble/hashes/hmac.js', 'hmac.create', '@noble/hashes/hmac#hmac.create'],
])('%s %s is %s', (specifier, name, api) => {
  expect(catalog.imported(specifier, name)).toBe(api);
});

test('unknown names are null', () => {
  expect(catalog.imported('crypto', 'nothing')).toBeNull();
  expect(catalog.imported('./crypto.js', 'createHash')).toBeNull();
  expect(catalog.imported('crypto-js', 'createHash')).toBeNull();
  expect(catalog.global('Nothing')).toBeNull();
  expect(catalog.rows('Nothing')).toEqual([]);
});

test('globals are found with and without globalThis', () => {
  expect(catalog.global('new Uint8Array')).toBe('new Uint8Array');
  expect(catalog.global('new globalThis.Uint8Array')).toBe('new Uint8Array');
  expect(catalog.global('globalThis.crypto.subtle.sign')).toBe('SubtleCrypto.prototype.sign');
  expect(catalog.global('Uint8Array.prototype.slice')).toBe('Uint8Array.prototype.slice');
});

test('declared types denote classes by where they come from', () => {
  expect(catalog.declaredClass('Uint8Array', 'es')?.name).toBe('Uint8Array');
  expect(catalog.declaredClass('Hash', 'node:crypto')?.name).toBe('node:crypto#Hash');
  expect(catalog.declaredClass('Hash', 'crypto')?.name).toBe('node:crypto#Hash');
  expect(catalog.declaredClass('Hash', '@noble/hashes')?.name).toBe('@noble/hashes#Hash');
  expect(catalog.declaredClass('string', 'primitive')?.name).toBe('String');
  expect(catalog.declaredClass('Hash', './hash')).toBeNull();
});

test('specifiers are normalized to one name per module', () => {
  expect(['crypto', 'node:crypto', './local.js', '@noble/hashes/sha2.js', '@noble/ciphers/esm/aes.js'].map(normalizeSpecifier)).toEqual(['node:crypto', 'node:crypto', './local', '@noble/hashes/sha2', '@noble/ciphers/aes']);
});

test('the version follows the content, not the tests of it', () => {
  const [family] = standardFamilies;
  if (family === undefined) throw new Error('no family');
  const [row, ...others] = family.rows;
  if (row === undefined) throw new Error('no row');
  const versionWith = (changes: object): string => buildCatalog([{ ...family, rows: [{ ...row, ...changes }, ...others] }]).version;
  expect(versionWith({ note: 'other' })).toBe(versionWith({}));
  expect(versionWith({ secret: true })).not.toBe(versionWith({}));
  expect(catalog.version).toMatch(/^[0-9a-f]{16}$/);
});

test('names worth a question are members and callees of rows', () => {
  for (const name of ['slice', 'subarray', 'update', 'digest', 'buffer', 'create', 'readUInt32BE']) expect(catalog.members.has(name), name).toBe(true);
  for (const name of ['Uint8Array', 'from', 'createHash', 'sha256', 'hmac', 'structuredClone']) expect(catalog.callees.has(name), name).toBe(true);
});

test('one known class selects one row, an unknown one all', () => {
  const rows = catalog.rows('new Uint8Array');
  expect(applicableRows(rows, [{ classes: ['bytes'] }])).toMatchObject({ rows: [{ signature: 'new Uint8Array(typedArray)' }], complete: true });
  expect(applicableRows(rows, [])).toMatchObject({ rows: [{ signature: 'new Uint8Array()' }], complete: true });
  const unknown = applicableRows(rows, [{ classes: null }]);
  expect([unknown.rows.length, unknown.complete]).toEqual([rows.length, true]);
  const two = applicableRows(rows, [{ classes: ['bytes', 'buffer'] }]);
  expect([two.rows.map(({ result }) => result.kind), two.complete]).toEqual([['bytes', 'view'], true]);
  expect(applicableRows(rows, null).rows.length).toBe(rows.length);
});

test('a condition on a constant text needs the text', () => {
  const rows = catalog.rows('node:crypto#Hash.prototype.digest');
  const kinds = (text?: string): readonly string[] => applicableRows(rows, [text === undefined ? { classes: ['string'] } : { classes: ['string'], text }]).rows.map(({ result }) => result.kind);
  expect(kinds('hex')).toEqual(['string']);
  expect(kinds('buffer')).toEqual(['bytes']);
  expect(kinds()).toEqual(['bytes', 'string']);
  expect(applicableRows(rows, [{ classes: null }]).complete).toBe(false);
});

test('a call that no row covers is an unknown call', () => {
  expect(applicableRows(catalog.rows('Buffer.from'), [{ classes: ['number'] }])).toEqual({ rows: [], complete: false });
});
