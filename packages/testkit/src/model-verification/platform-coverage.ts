/**
 * Which functions of the platform that take or give bytes have no row. Such a call is unknown, which is sound but proves nothing, so each is named here with its reason.
 * Looks at what the running Node has; what rows say is `verify-model.ts`.
 */
import { standardCatalog } from '@scrimp/analysis/model/catalog';
import { importModule } from './exercise-run.js';

/** Globals whose statics and methods are looked at. */
const globals = [
  'Uint8Array', 'Uint16Array', 'Float64Array', 'BigInt64Array', 'ArrayBuffer', 'SharedArrayBuffer', 'DataView', 'Atomics', 'Buffer', 'TextEncoder', 'TextDecoder', 'Array', 'Map', 'Set', 'WeakMap', 'WeakSet', 'WeakRef', 'JSON', 'SubtleCrypto', 'Blob', 'String',
];

/** Modules whose functions are looked at; classes only by how they are made or by their functions. */
const modules = ['crypto', 'zlib', 'fs', 'fs/promises', 'worker_threads', 'stream/consumers', 'stream/promises', 'string_decoder'];

/** Left unknown on purpose: names as `platformGaps` gives them, up to a star. */
const unknownOnPurpose: readonly { readonly names: readonly string[]; readonly reason: string }[] = [
  { reason: 'gives and takes text of one locale, or HTML', names: ['Array#toLocaleString', 'String#anchor', 'String#big', 'String#blink', 'String#bold', 'String#fixed', 'String#fontcolor', 'String#fontsize', 'String#italics', 'String#link', 'String#small', 'String#strike', 'String#sub', 'String#sup', 'String#trimLeft', 'String#trimRight'] },
  { reason: 'young, and on no supported Node but the newest', names: ['JSON.rawJSON', 'JSON.isRawJSON', 'Map#getOrInsert*', 'WeakMap#getOrInsert*', 'Atomics.pause', 'SubtleCrypto.supports', 'SubtleCrypto#getPublicKey', 'SubtleCrypto#encapsulate*', 'SubtleCrypto#decapsulate*', 'Blob#textStream', 'stream/consumers#bytes', 'crypto#createMac', 'crypto#getMacs', 'crypto#parsePKCS12', 'crypto#randomUUIDv7', 'worker_threads#markAsUncloneable', 'worker_threads#postMessageToThread', 'worker_threads#locks', 'zlib#createZipArchive*', 'zlib#zipFiles', 'zlib#*MaxZipContentSize', 'fs#mkdtempDisposableSync', 'fs#openAsBlobSync', 'fs/promises#mkdtempDisposable'] },
  { reason: 'another thread decides when it ends', names: ['Atomics.waitAsync'] },
  { reason: 'for the console', names: ['Buffer#inspect'] },
  { reason: 'changes the process and takes no bytes', names: ['crypto#setEngine', 'crypto#setFips', 'crypto#secureHeapUsed', 'worker_threads#isMarkedAsUntransferable', 'worker_threads#moveMessagePortToContext', 'worker_threads#isInternalThread'] },
  { reason: 'walks and watches folders', names: ['fs#opendir*', 'fs#glob*', 'fs#watch*', 'fs#unwatchFile', 'fs#lchmod*', 'fs#_toUnixTimestamp', 'fs/promises#opendir', 'fs/promises#glob', 'fs/promises#watch', 'fs/promises#lchmod'] },
  { reason: 'deprecated', names: ['crypto#createCipher', 'crypto#createDecipher', 'crypto#rng', 'crypto#prng', 'crypto#pseudoRandomBytes'] },
];

/** Functions of the running Node without a row, except those above: `Array#name` is a method, `Array.name` a static, `crypto#name` an export. */
export async function platformGaps(excused: readonly { readonly names: readonly string[] }[] = unknownOnPurpose): Promise<readonly string[]> {
  const inModules = await Promise.all(modules.map(async (name) => exportGaps(name, (await importModule(`node:${name}`)) as Record<string, unknown>)));
  const gaps = [...globals.flatMap(globalGaps), ...inModules.flat()];
  return gaps.filter((gap) => !excused.some(({ names }) => names.some((name) => matches(name, gap))));
}

function matches(name: string, gap: string): boolean {
  const [start = '', end] = name.split('*');
  return end === undefined ? gap === name : gap.startsWith(start) && gap.endsWith(end);
}

const catalog = standardCatalog();

function globalGaps(name: string): readonly string[] {
  const found = (globalThis as Record<string, unknown>)[name] as { readonly prototype?: object } | undefined;
  if (found === undefined) return [];
  const statics = functionsOf(found).filter((member) => catalog.global(`${name}.${member}`) === null);
  const methods = found.prototype === undefined ? [] : functionsOf(found.prototype).filter((member) => member !== 'constructor' && catalog.method(name, member) === null);
  return [...statics.map((member) => `${name}.${member}`), ...methods.map((member) => `${name}#${member}`)];
}

/** Names of the functions that an object has itself; getters are no functions. */
function functionsOf(holder: object): readonly string[] {
  return Object.entries(Object.getOwnPropertyDescriptors(holder)).filter(([, { value }]) => typeof value === 'function').map(([name]) => name);
}

function exportGaps(module: string, exports: Readonly<Record<string, unknown>>): readonly string[] {
  const functions = Object.keys(exports).filter((name) => name !== 'default' && typeof exports[name] === 'function' && !/^[A-Z]/.test(name));
  return functions.filter((name) => catalog.imported(`node:${module}`, name) === null).map((name) => `${module}#${name}`);
}
