/**
 * Rows that a project writes itself, in `scrimp.config.*` or in settings of ESLint, for packages that scrimp knows nothing of: their shape, their validation, and the family that they make.
 * They are a subset of `row.ts` under friendlier names, and nobody executes them, so every finding that rests on one lists it as an assumption.
 * They say what exports of packages do; what scrimp models itself cannot be said otherwise. Where they are read from is the host's business.
 */
import { normalizeSpecifier, standardCatalog } from './catalog.js';
import type { ArgumentPath, ModelClass, ModelFamily, ModelRow, ResultModel, SizeExpression } from './row.js';

/**
 * A place in a call, as text: `this`, `0` for the first argument, `1...` for every argument from the second on, `0[]` for the elements of a list, `2.key` for a property of an options argument.
 */
export type UserPath = string;

/** What one call of a package does. What is left out it does not do, except that it reads all its arguments. */
export interface UserRow {
  /** `fastframe#encode`, `fastframe#new Writer`, `fastframe#Writer.prototype.write`, `fastframe/codec#default.encode`. */
  readonly call: string;
  readonly returns: UserResult;
  /** It returns a promise of that. Then `reads` is what it has read when it returns; see `readsLater`. */
  readonly async?: boolean;
  /** Bytes that it reads before it returns. Default: all arguments, what is in them, and the receiver. */
  readonly reads?: readonly UserPath[];
  /** Bytes that it writes. */
  readonly writes?: readonly UserPath[];
  /** What it keeps a reference to: in the object that it is called on or that it makes, else in one out of sight. */
  readonly keeps?: readonly UserPath[];
  /** Bytes that it still reads after it returned, until its promise settles or its callback runs. */
  readonly readsLater?: readonly UserPath[];
  /** Functions that it calls before it returns. */
  readonly calls?: readonly UserPath[];
  /** Its result is key material or may hold some. */
  readonly secret?: boolean;
}

export type UserResult =
  /** A number, a boolean, undefined; a text. */
  | 'nothing' | 'text'
  /** `fresh`: bytes of their own, alone in their buffer. `pooled`: bytes of their own that lie in a larger buffer. `copyOf`: with the content of these. Class default `Uint8Array`. */
  | { readonly bytes: 'fresh' | 'pooled'; readonly class?: string; readonly copyOf?: UserPath; /** A number, or the bytes whose length it has. */ readonly length?: number | UserPath }
  /** Shows the memory of these bytes. Class default `Uint8Array`. */
  | { readonly viewOf: UserPath; readonly class?: string }
  /** The very object that is there. */
  | { readonly same: UserPath }
  /** A new object of a class: `fastframe#Writer`. */
  | { readonly instanceOf: string };

/** Adds `; did you mean …?` or nothing. */
export type Suggestion = (name: string, known: readonly string[]) => string;

export interface ReadUserRows {
  /** The rows that are right. Null when there are none. */
  readonly model: ModelFamily | null;
  /** One sentence each, to stand behind the name of the setting: `[0].call must name …`. */
  readonly problems: readonly string[];
}

const rowKeys = ['call', 'returns', 'async', 'reads', 'writes', 'keeps', 'readsLater', 'calls', 'secret'] as const;
const pathKeys = ['reads', 'writes', 'keeps', 'readsLater', 'calls'] as const;
const resultKeys = { bytes: ['bytes', 'class', 'copyOf', 'length'], viewOf: ['viewOf', 'class'], same: ['same'], instanceOf: ['instanceOf'] } as const;

/** Reads what a config or a setting says. Every entry with a problem is left out. */
export function readUserRows(written: unknown, didYouMean: Suggestion): ReadUserRows {
  if (!Array.isArray(written)) return { model: null, problems: [`must be a list of rows such as [{ call: "fastframe#encode", returns: { bytes: "fresh" } }], not ${shown(written)}`] };
  const entries = written as readonly unknown[];
  const classes = new Set(entries.flatMap((entry) => classesSpokenOf(entry)));
  const problems: string[] = [];
  const rows: ModelRow[] = [];
  const placeOf = new Map<string, number>();
  entries.forEach((entry, index) => {
    const read = readRow(entry, { classes, didYouMean });
    const found = [...read.problems];
    if (read.row !== null) {
      const first = placeOf.get(read.row.api);
      if (first !== undefined) found.push(`.call names ${read.row.api} again, as [${String(first)}] does`);
      placeOf.set(read.row.api, first ?? index);
      if (found.length === 0) rows.push(read.row);
    }
    problems.push(...found.map((problem) => `[${String(index)}]${problem}`));
  });
  return { model: rows.length === 0 ? null : { name: 'rows of the project', classes: [...classes].map(classNamed), rows }, problems };
}

interface Surroundings {
  /** Classes that some row makes. */
  readonly classes: ReadonlySet<string>;
  readonly didYouMean: Suggestion;
}

function readRow(entry: unknown, { classes, didYouMean }: Surroundings): { readonly row: ModelRow | null; readonly problems: readonly string[] } {
  if (!isRecord(entry)) return { row: null, problems: [` must be an object such as { call: "fastframe#encode", returns: { bytes: "fresh" } }, not ${shown(entry)}`] };
  const problems = unknownKeys(entry, rowKeys, '', didYouMean);
  const api = readCall(entry['call'], classes, didYouMean, problems);
  const isMethod = api?.includes('.prototype.') === true;
  const paths = new Map<string, readonly ArgumentPath[]>();
  for (const key of pathKeys) if (entry[key] !== undefined) paths.set(key, readPaths(entry[key], key, isMethod, problems));
  for (const key of ['async', 'secret'] as const) if (entry[key] !== undefined && typeof entry[key] !== 'boolean') problems.push(`.${key} must be true or false, not ${shown(entry[key])}`);
  const reads: readonly ArgumentPath[] = paths.get('reads') ?? [{ rest: 0 }, { elementsOf: { rest: 0 } }, ...(isMethod ? ['this', { elementsOf: 'this' }] as const : [])];
  const keeps = paths.get('keeps') ?? [];
  const result = readResult(entry['returns'], { classes, didYouMean, isMethod, keeps, problems });
  if (problems.length > 0 || api === null || result === null) return { row: null, problems };
  const isSink = result.kind !== 'object' && result.kind !== 'view' && result.kind !== 'same' && reads.length > 0 && (['writes', 'keeps', 'readsLater', 'calls'] as const).every((key) => entry[key] === undefined) && entry['async'] !== true;
  const copied = result.kind === 'bytes' && result.source !== undefined && entry['reads'] !== undefined ? [result.source] : [];
  return {
    problems,
    row: {
      api, signature: api, stated: true, result: entry['async'] === true ? { kind: 'promise', of: result } : result, reads: [...reads, ...copied],
      ...(paths.has('writes') ? { writes: paths.get('writes')! } : {}), ...(paths.has('readsLater') ? { readsLater: paths.get('readsLater')! } : {}), ...(paths.has('calls') ? { calls: paths.get('calls')! } : {}),
      // What an object is made with it holds; a method gives it to its receiver.
      ...(keeps.length > 0 && result.kind !== 'object' ? { retains: keeps, ...(isMethod ? { retainedBy: 'this' as const } : {}) } : {}),
      ...(isSink ? { roles: ['sync-sink' as const] } : {}),
      ...(isMethod ? { stateful: true } : {}), ...(entry['secret'] === true ? { secret: true } : {}),
    },
  };
}

/** An export of a package, by its normalized name. */
function readCall(written: unknown, classes: ReadonlySet<string>, didYouMean: Suggestion, problems: string[]): string | null {
  const parts = typeof written === 'string' ? /^([^#\s]+)#((?:new )?[\w$]+(?:\.[\w$]+)*)$/.exec(written) : null;
  if (parts === null) {
    problems.push(`.call must name an export of a package, such as "fastframe#encode" or "fastframe#Writer.prototype.write", not ${shown(written)}`);
    return null;
  }
  const specifier = normalizeSpecifier(parts[1]!);
  const api = `${specifier}#${parts[2]!}`;
  if (specifier.startsWith('.') || specifier.startsWith('/')) problems.push(`.call names a file of the project, ${specifier}, which is analyzed itself`);
  if (specifier.startsWith('node:') || standardCatalog().imported(specifier, parts[2]!) !== null || standardCatalog().rows(api).length > 0) problems.push(`.call names ${api}, which scrimp models itself`);
  const receiver = receiverOf(api);
  if (receiver !== null && !classes.has(receiver)) problems.push(`.call names a method of ${receiver}, which no row makes${didYouMean(receiver, [...classes])}; add ${receiver.replace('#', '#new ')} or a row that returns { instanceOf: "${receiver}" }`);
  return api;
}

interface ResultSurroundings extends Surroundings {
  readonly isMethod: boolean;
  readonly keeps: readonly ArgumentPath[];
  readonly problems: string[];
}

function readResult(written: unknown, surroundings: ResultSurroundings): ResultModel | null {
  const { isMethod, problems, didYouMean } = surroundings;
  if (written === 'nothing') return { kind: 'scalar' };
  if (written === 'text') return { kind: 'string', length: 'unknown' };
  const kind = isRecord(written) ? (Object.keys(resultKeys) as readonly (keyof typeof resultKeys)[]).find((key) => key in written) : undefined;
  if (kind === undefined || !isRecord(written)) {
    problems.push(`.returns must be "nothing", "text", or an object with bytes, viewOf, same or instanceOf, not ${shown(written)}`);
    return null;
  }
  problems.push(...unknownKeys(written, resultKeys[kind], '.returns', didYouMean));
  const pathAt = (key: string): ArgumentPath => readPaths([written[key]], `returns.${key}`, isMethod, problems)[0] ?? 0;
  switch (kind) {
    case 'same': return { kind: 'same', as: pathAt('same') };
    case 'viewOf': return { kind: 'view', class: readByteClass(written['class'], surroundings), of: pathAt('viewOf') };
    case 'bytes': {
      const origin = written['bytes'];
      if (origin !== 'fresh' && origin !== 'pooled') problems.push(`.returns.bytes must be "fresh" or "pooled", not ${shown(origin)}`);
      const length: SizeExpression = written['length'] === undefined ? 'unknown' : typeof written['length'] === 'number' ? written['length'] : { length: pathAt('length') };
      return { kind: 'bytes', class: readByteClass(written['class'], surroundings), origin: origin === 'fresh' ? 'fresh' : 'pooled', length, ...(written['copyOf'] === undefined ? {} : { source: pathAt('copyOf') }) };
    }
    case 'instanceOf': {
      const name = written['instanceOf'];
      const known = [...surroundings.classes];
      if (typeof name === 'string' && surroundings.classes.has(normalizeClass(name))) return { kind: 'object', class: normalizeClass(name), holds: surroundings.keeps };
      problems.push(`.returns.instanceOf must name a class of a package, such as "fastframe#Writer", not ${shown(name)}${typeof name === 'string' ? didYouMean(name, known) : ''}`);
      return null;
    }
  }
}

function readByteClass(written: unknown, { problems, didYouMean }: ResultSurroundings): string {
  if (written === undefined) return 'Uint8Array';
  if (typeof written === 'string' && standardCatalog().class(written)?.kind === 'bytes') return written;
  problems.push(`.returns.class must be a class of bytes such as "Uint8Array" or "Buffer", not ${shown(written)}${typeof written === 'string' ? didYouMean(written, ['Uint8Array', 'Buffer', 'DataView', 'Uint32Array']) : ''}`);
  return 'Uint8Array';
}

function readPaths(written: unknown, key: string, isMethod: boolean, problems: string[]): readonly ArgumentPath[] {
  const list = Array.isArray(written) ? (written as readonly unknown[]) : null;
  if (list === null) problems.push(`.${key} must be a list of places such as ["0", "this", "1...", "0[]", "2.key"], not ${shown(written)}`);
  return (list ?? []).flatMap((one) => {
    const path = typeof one === 'number' ? parsePath(String(one)) : typeof one === 'string' ? parsePath(one) : null;
    if (path === null) problems.push(`.${key} has no place of a call: ${shown(one)}; write "this", "0", "1...", "0[]" or "2.key"`);
    else if (!isMethod && JSON.stringify(path).includes('"this"')) problems.push(`.${key} says this, which only a method has`);
    else return [path];
    return [];
  });
}

function parsePath(text: string): ArgumentPath | null {
  const parts = /^(this|\d+)(\.\.\.)?((?:\[\]|\.[A-Za-z_$][\w$]*)*)$/.exec(text);
  if (parts === null || (parts[1] === 'this' && parts[2] !== undefined)) return null;
  const start: ArgumentPath = parts[1] === 'this' ? 'this' : parts[2] === undefined ? Number(parts[1]) : { rest: Number(parts[1]) };
  return (parts[3]!.match(/\[\]|\.[\w$]+/g) ?? []).reduce<ArgumentPath>((of, step) => (step === '[]' ? { elementsOf: of } : { property: step.slice(1), of }), start);
}

/** Classes that a row makes: by `new`, or as what it says it returns. */
function classesSpokenOf(entry: unknown): readonly string[] {
  if (!isRecord(entry)) return [];
  const made = typeof entry['call'] === 'string' && entry['call'].includes('#new ') ? [normalizeClass(entry['call'].replace('#new ', '#'))] : [];
  const returned = isRecord(entry['returns']) && typeof entry['returns']['instanceOf'] === 'string' && /^[^#\s]+#[\w$]+$/.test(entry['returns']['instanceOf']) ? [normalizeClass(entry['returns']['instanceOf'])] : [];
  return [...made, ...returned];
}

function normalizeClass(name: string): string {
  const hash = name.indexOf('#');
  return hash < 0 ? name : `${normalizeSpecifier(name.slice(0, hash))}#${name.slice(hash + 1)}`;
}

function receiverOf(api: string): string | null {
  const end = api.indexOf('.prototype.');
  return end < 0 ? null : api.slice(0, end);
}

/** Its declared type is recognized by the package, as oracles name what a declaration is from. */
function classNamed(name: string): ModelClass {
  const [specifier = '', member = ''] = name.split('#');
  const from = specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
  return { name, kind: 'object', declared: [{ name: member, from }] };
}

function unknownKeys(written: Readonly<Record<string, unknown>>, known: readonly string[], place: string, didYouMean: Suggestion): string[] {
  return Object.keys(written).filter((key) => !known.includes(key)).map((key) => `${place} does not know ${key}${didYouMean(key, known)}; it knows ${known.join(', ')}`);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(written: unknown): string {
  const text = (JSON.stringify(written) as string | undefined) ?? typeof written;
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
