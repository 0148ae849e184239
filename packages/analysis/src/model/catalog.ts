/**
 * The catalog: indexes the rows and classes of all families and answers by name. Owns how names are normalized and inherited;
 * which row of an api applies is `match.ts`, what a row means is for `flow/` and `cost/`.
 */
import { arrayBufferFamily } from './array-buffer.model.js';
import { bufferAccessFamily } from './buffer-access.model.js';
import { bufferFamily } from './buffer.model.js';
import { byteListFamily } from './byte-list.model.js';
import { collectByteNames } from './byte-names.js';
import { bytePackageFamily } from './byte-package.model.js';
import { collectionFamily } from './collection.model.js';
import { ecmascriptFamily } from './ecmascript.model.js';
import type { Catalog } from './known.js';
import { messageFamily } from './message.model.js';
import { nobleCiphersFamily } from './noble-ciphers.model.js';
import { nobleCurvesFamily } from './noble-curves.model.js';
import { nobleHashesFamily } from './noble-hashes.model.js';
import { noblePostQuantumFamily } from './noble-post-quantum.model.js';
import { nodeCryptoExchangeFamily } from './node-crypto-exchange.model.js';
import { nodeCryptoKeysFamily } from './node-crypto-keys.model.js';
import { nodeCryptoFamily } from './node-crypto.model.js';
import { nodeFsFamily } from './node-fs.model.js';
import { nodeIoFamily } from './node-io.model.js';
import { nodeNetFamily } from './node-net.model.js';
import { nodeStreamFamily } from './node-stream.model.js';
import { nodeZlibFamily } from './node-zlib.model.js';
import { protobufFamily } from './protobuf.model.js';
import { reflectionFamily } from './reflection.model.js';
import type { ModelClass, ModelFamily, ModelRow } from './row.js';
import { textCodecFamily } from './text-codec.model.js';
import { typedArrayFamily } from './typed-array.model.js';
import { uint8arraysFamily } from './uint8arrays.model.js';
import { webStreamFamily } from './web-stream.model.js';
import { webCryptoFamily } from './webcrypto.model.js';

/** All families that scrimp ships, in order. */
export const standardFamilies: readonly ModelFamily[] = [
  typedArrayFamily, arrayBufferFamily, collectionFamily, ecmascriptFamily, reflectionFamily, textCodecFamily, bufferFamily, bufferAccessFamily,
  nodeCryptoFamily, nodeCryptoKeysFamily, nodeCryptoExchangeFamily, webCryptoFamily, nobleHashesFamily, nobleCiphersFamily, nobleCurvesFamily, noblePostQuantumFamily, nodeIoFamily, nodeStreamFamily, nodeFsFamily, nodeZlibFamily, nodeNetFamily, messageFamily, webStreamFamily,
  uint8arraysFamily, byteListFamily, protobufFamily, bytePackageFamily,
];

let memoized: Catalog | null = null;
/** A linter makes a session for each file, all with the same rows. */
const extended = new WeakMap<ModelFamily, Catalog>();

/** The catalog of `standardFamilies`, built once. */
export function standardCatalog(): Catalog {
  memoized ??= buildCatalog(standardFamilies);
  return memoized;
}

/** The standard catalog with rows of a project; null for none. */
export function catalogWith(model: ModelFamily | null): Catalog {
  if (model === null) return standardCatalog();
  const known = extended.get(model);
  if (known !== undefined) return known;
  const catalog = buildCatalog([...standardFamilies, model]);
  extended.set(model, catalog);
  return catalog;
}

/** Builds a catalog. Rows of later families are appended to those of the same api in earlier ones; a later class of the same name wins. */
export function buildCatalog(families: readonly ModelFamily[]): Catalog {
  const rowsByApi = new Map<string, ModelRow[]>();
  const classes = new Map<string, ModelClass>();
  const declared = new Map<string, ModelClass>();
  const aliases = new Map<string, string>();
  for (const family of families) {
    for (const row of family.rows) {
      const known = rowsByApi.get(row.api);
      if (known === undefined) rowsByApi.set(row.api, [row]);
      else known.push(row);
    }
    for (const modelClass of family.classes) {
      classes.set(modelClass.name, modelClass);
      for (const { name, from } of modelClass.declared ?? []) declared.set(`${name} ${normalizeOrigin(from)}`, modelClass);
    }
    for (const [name, denotes] of Object.entries(family.aliases ?? {})) aliases.set(name, denotes);
  }

  const existing = (api: string): string | null => {
    // An alias may denote another alias: `node:crypto#webcrypto.subtle` is `crypto.subtle` is `SubtleCrypto.prototype`. Chains are short and the test forbids cycles.
    for (let name: string | null = api; name !== null; name = resolveAlias(aliases, name)) {
      if (rowsByApi.has(name)) return name;
    }
    return null;
  };

  const bytes = collectByteNames(families);
  const declaredClass = (name: string, from: string): ModelClass | null => declared.get(`${name} ${normalizeOrigin(from)}`) ?? null;
  return {
    version: contentHash(families),
    rows: (api) => rowsByApi.get(api) ?? [],
    class: (name) => classes.get(name) ?? null,
    method: (className, member) => {
      for (let name: string | undefined = className; name !== undefined; name = classes.get(name)?.extends) {
        const api = `${name}.prototype.${member}`;
        if (rowsByApi.has(api)) return api;
      }
      return null;
    },
    // `import fs from 'fs'` and `import * as fs` both name members; an export may also be called `default` itself (`node:assert`).
    imported: (specifier, name) => existing(importedName(specifier, name)) ?? existing(importedName(specifier, name.replace(/^(new )?(?:default|\*)\./, '$1'))),
    declaredClass,
    global: (name) => existing(name.replace(/^(new )?globalThis\./, '$1')),
    denotes: (api) => {
      let name = api;
      for (let next = resolveAlias(aliases, name); next !== null && next !== name; next = resolveAlias(aliases, name)) name = next;
      return name;
    },
    heads: headsOf([...rowsByApi.keys(), ...aliases.keys()]),
    members: memberNames(rowsByApi.keys(), classes.values()),
    callees: calleeNames(rowsByApi.keys(), aliases.keys()),
    bytes,
    declaresBytes: (name, from) => bytes.classes.has(declaredClass(name, from)?.name ?? ''),
  };
}

/** `('crypto', 'new Hash')` -> `node:crypto#new Hash`. */
function importedName(specifier: string, name: string): string {
  return `${normalizeSpecifier(specifier)}#${name}`;
}

const nodeModules = new Set([
  'assert', 'assert/strict', 'async_hooks', 'buffer', 'child_process', 'crypto', 'dgram', 'events', 'fs', 'fs/promises', 'http', 'http2', 'https', 'net', 'os', 'path', 'perf_hooks', 'process',
  'querystring', 'readline', 'stream', 'stream/promises', 'stream/web', 'string_decoder', 'timers', 'timers/promises', 'tls', 'url', 'util', 'util/types', 'v8', 'vm', 'worker_threads', 'zlib',
]);

/**
 * One name per module: `crypto` is `node:crypto`, `@noble/hashes/sha2.js` and `@noble/hashes/esm/sha2.js` are `@noble/hashes/sha2`.
 * An unknown specifier is only stripped of `.js`.
 */
export function normalizeSpecifier(specifier: string): string {
  if (nodeModules.has(specifier)) return `node:${specifier}`;
  const plain = specifier.replace(/\.js$/, '');
  return plain.startsWith('@noble/') ? plain.replace(/^(@noble\/[^/]+)\/esm\//, '$1/') : plain;
}

/** Origins of declared types: an oracle says `es` for what the language declares; rows say an empty text. */
function normalizeOrigin(from: string): string {
  return from === 'es' ? '' : normalizeSpecifier(from);
}

/** Replaces the longest aliased prefix that ends at a dot or at the end; null when there is none. `new ` stays in front of the class. */
function resolveAlias(aliases: ReadonlyMap<string, string>, api: string): string | null {
  const constructs = /(^|#)new /.test(api);
  const plain = constructs ? api.replace(/(^|#)new /, '$1') : api;
  for (let end = plain.length; end > 0; end = plain.lastIndexOf('.', end - 1)) {
    const denotes = aliases.get(plain.slice(0, end));
    if (denotes === undefined) continue;
    // `node:fs#promises` denotes a module, `node:fs/promises#`, and what follows the dot is its export.
    const resolved = denotes.endsWith('#') ? denotes + plain.slice(end + 1) : denotes + plain.slice(end);
    if (!constructs) return resolved;
    const hash = resolved.indexOf('#');
    return hash < 0 ? `new ${resolved}` : `${resolved.slice(0, hash + 1)}new ${resolved.slice(hash + 1)}`;
  }
  return null;
}

/** The part up to the first dot, or to the hash behind a specifier; definers and `require` have no rows but lead to what has. */
function headsOf(apis: readonly string[]): ReadonlySet<string> {
  return new Set([...apis.map((api) => (api.includes('#') ? api.slice(0, api.indexOf('#') + 1) : api.replace(/^new /, '').replace(/\..*$/, ''))), 'Object', 'Reflect', 'require']);
}

/** The last identifier of an api: `slice`, `createHash`, `Uint8Array`. */
function lastName(api: string): string {
  return api.slice(Math.max(api.lastIndexOf('.'), api.lastIndexOf('#'), api.lastIndexOf(' ')) + 1);
}

/** What a dot may stand before: methods, methods of exported objects, and properties that hold bytes. */
function memberNames(apis: Iterable<string>, classes: Iterable<ModelClass>): ReadonlySet<string> {
  const names = new Set<string>();
  for (const api of apis) if (api.includes('.')) names.add(lastName(api));
  for (const modelClass of classes) for (const name of Object.keys(modelClass.properties ?? {})) names.add(name);
  return names;
}

function calleeNames(apis: Iterable<string>, aliases: Iterable<string>): ReadonlySet<string> {
  const names = new Set<string>();
  for (const api of apis) names.add(lastName(api));
  for (const alias of aliases) names.add(lastName(alias));
  return names;
}

/**
 * 64-bit FNV-1a over what the rows say; how they are tested and quoted does not matter to a summary. Not `ir/hash.ts`, which hashes functions;
 * the layer may not use node:crypto, since analysis also runs where there is none.
 */
function contentHash(families: readonly ModelFamily[]): string {
  const text = JSON.stringify(families, (name, value: unknown) => (name === 'exercise' || name === 'note' || name === 'signature' ? undefined : value));
  let low = 0x84222325;
  let high = 0xcbf29ce4;
  for (let index = 0; index < text.length; index += 1) {
    low ^= text.charCodeAt(index);
    // Multiplies by the FNV prime 2^40 + 0x1b3 in two halves.
    const product = (low >>> 0) * 0x1b3;
    const carry = Math.floor(product / 0x1_0000_0000);
    high = (Math.imul(high, 0x1b3) + carry + (low << 8)) >>> 0;
    low = product >>> 0;
  }
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
}
