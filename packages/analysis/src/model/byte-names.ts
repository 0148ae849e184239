/**
 * Names under which code can get hold of bytes: what the rows and classes of the families that make, view, read or hash bytes are called.
 * A program part that mentions none of them, and whose types name no class of theirs, has nothing that a rule could look at.
 */
import type { ModelClass, ModelFamily, ModelRow, ResultModel } from './row.js';

export interface ByteNames {
  /** Globals: `Buffer`, `Uint8Array`, `crypto`. */
  readonly globals: ReadonlySet<string>;
  /** What a dot may stand before where bytes are made, viewed or hashed: methods (`slice`, `update`, `createHash`), `buffer`, and the globals again (`globalThis.Buffer`). */
  readonly members: ReadonlySet<string>;
  /** Members that lists, texts, streams and the like have as well: `slice`, `includes`, `write`. */
  readonly shared: ReadonlySet<string>;
  /** Names of classes whose instances are bytes or take and give them: `Uint8Array`, `node:crypto#Hash`. */
  readonly classes: ReadonlySet<string>;
  /** Exports by normalized specifier: `createHash` of `node:crypto`. */
  readonly exports: ReadonlyMap<string, ReadonlySet<string>>;
}

export function collectByteNames(families: readonly ModelFamily[]): ByteNames {
  const globals = new Set<string>();
  const members = new Set<string>();
  const classes = new Set<string>();
  const exports = new Map<string, Set<string>>();
  const addHead = (api: string): void => {
    const { specifier, head } = headOf(api);
    members.add(head);
    if (specifier === null) globals.add(head);
    else exports.set(specifier, (exports.get(specifier) ?? new Set<string>()).add(head));
  };
  for (const family of families) {
    for (const modelClass of family.classes) {
      if (modelClass.kind !== 'object') classes.add(modelClass.name);
      for (const name of byteProperties(modelClass)) members.add(name);
    }
    for (const row of family.rows.filter((one) => isByteRow(one))) {
      addHead(row.api);
      const method = row.api.lastIndexOf('.prototype.');
      if (method > 0) classes.add(row.api.slice(0, method));
      if (method < 0 || isPlaceOfFinding(row, row.api.slice(0, method))) members.add(row.api.slice(Math.max(row.api.lastIndexOf('.'), row.api.lastIndexOf('#'), row.api.lastIndexOf(' ')) + 1));
    }
  }
  // Another name of a thing that has bytes: `node:buffer#Buffer`, `webcrypto`.
  for (const family of families) {
    for (const [name, denotes] of Object.entries(family.aliases ?? {})) {
      const { specifier, head } = headOf(denotes);
      const isOfBytes = specifier === null ? globals.has(head) || classes.has(head) : exports.has(specifier);
      if (isOfBytes) addHead(name);
    }
  }
  return { globals, members, shared: sharedMembers(families, classes), classes, exports };
}

/** A method that only reads bytes (`equals`, `includes`, `toString`) or maps each of them is where others made the bytes that matter. */
function isPlaceOfFinding(row: ModelRow, owner: string): boolean {
  if (row.roles?.some((role) => role !== 'sync-sink' && role !== 'decode-text') === true || (row.wipes?.length ?? 0) > 0) return true;
  return row.result.kind === 'view' || (givesBytes(row.result) && !/Array$/.test(owner));
}

/** Methods of classes that are not of bytes. */
function sharedMembers(families: readonly ModelFamily[], classes: ReadonlySet<string>): ReadonlySet<string> {
  const methods = families.flatMap((family) => family.rows).map((row) => row.api.split('.prototype.')).filter(([owner, method]) => method !== undefined && !classes.has(owner!));
  return new Set(methods.map(([, method]) => method!));
}

/** Whether a call of the row makes, views, wipes or consumes bytes. */
function isByteRow(row: ModelRow): boolean {
  return (row.roles?.length ?? 0) > 0 || (row.wipes?.length ?? 0) > 0 || givesBytes(row.result);
}

function givesBytes(result: ResultModel): boolean {
  return result.kind === 'bytes' || result.kind === 'view' || (result.kind === 'promise' && givesBytes(result.of));
}

function byteProperties(modelClass: ModelClass): readonly string[] {
  return Object.entries(modelClass.properties ?? {}).filter(([, result]) => givesBytes(result)).map(([name]) => name);
}

/** `node:crypto#Hash.prototype.update` -> `Hash` of `node:crypto`; `new Uint8Array` -> `Uint8Array` of nothing. */
function headOf(api: string): { readonly specifier: string | null; readonly head: string } {
  const hash = api.indexOf('#');
  const [head = ''] = api.slice(hash + 1).replace(/^new /, '').split('.');
  return { specifier: hash < 0 ? null : api.slice(0, hash), head };
}
