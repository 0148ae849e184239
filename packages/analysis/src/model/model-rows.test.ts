import { expect, test } from 'vitest';
import { standardFamilies } from './catalog.js';
import type { ArgumentPath, ModelRow, ResultModel } from './row.js';

const rows = standardFamilies.flatMap((family) => family.rows);
const classes = new Set(standardFamilies.flatMap((family) => family.classes.map(({ name }) => name)));

/** Classes of results that are objects without rows of their own. */
const plainClasses = new Set(['Object', 'ArrayBuffer', 'SharedArrayBuffer']);

function problemsOf(check: (row: ModelRow) => readonly string[]): readonly string[] {
  return rows.flatMap((row) => check(row).map((problem) => `${row.api}: ${problem}`));
}

function pathsOf(row: ModelRow): readonly ArgumentPath[] {
  return [
    ...(row.reads ?? []), ...(row.writes ?? []), ...(row.retains ?? []), ...(row.snapshots ?? []), ...(row.readsLater ?? []), ...(row.writesLater ?? []), ...(row.calls ?? []), ...(row.wipes ?? []),
    ...(row.observesClass ?? []), ...(row.detaches ?? []), ...(row.retainedBy === undefined ? [] : [row.retainedBy]), ...resultPaths(row.result),
  ];
}

function resultPaths(result: ResultModel): readonly ArgumentPath[] {
  switch (result.kind) {
    case 'bytes': return result.source === undefined ? [] : [result.source];
    case 'view': case 'member': return [result.of];
    case 'same': return [result.as];
    case 'object': return result.holds ?? [];
    case 'array': return result.elementsOf ?? [];
    case 'promise': return resultPaths(result.of);
    case 'scalar': case 'string': case 'function': case 'unknown': return [];
  }
}

function resultClasses(result: ResultModel): readonly string[] {
  if (result.kind === 'promise') return resultClasses(result.of);
  return 'class' in result ? [result.class] : [];
}

/** The argument that a path starts at; null for `this`. */
function argumentOf(path: ArgumentPath): number | null {
  if (path === 'this') return null;
  if (typeof path === 'number') return path;
  if ('rest' in path) return path.rest;
  return argumentOf('elementsOf' in path ? path.elementsOf : path.of);
}

/** How many arguments the signature has; infinite with a rest parameter. */
function argumentCount(signature: string): number {
  const list = signature.slice(signature.indexOf('(') + 1, signature.lastIndexOf(')')).replace(/[[\]]/g, '');
  if (list.includes('...')) return Number.POSITIVE_INFINITY;
  return list.split(',').filter((name) => name.trim() !== '').length;
}

test('each row of an api has conditions of its own', () => {
  const seen = new Set<string>();
  const repeated = rows.map((row) => `${row.api} ${JSON.stringify(row.when ?? null)}`).filter((key) => seen.size === seen.add(key).size);
  expect(repeated).toEqual([]);
});

test('a row without conditions is the last of its api', () => {
  const unconditional = new Set<string>();
  const unreachable = rows.filter((row) => {
    const late = unconditional.has(row.api);
    if (row.when === undefined) unconditional.add(row.api);
    return late;
  });
  expect(unreachable.map(({ api }) => api)).toEqual([]);
});

test('argument paths are within the signature', () => {
  expect(problemsOf((row) => {
    const count = argumentCount(row.signature);
    const indexes = [...pathsOf(row).map(argumentOf), ...(row.when ?? []).map(({ argument }) => argument)];
    // A condition may say that an argument beyond the signature is absent.
    return indexes.filter((index) => index !== null && index > count).map((index) => `argument ${index} is not in ${row.signature}`);
  })).toEqual([]);
});

test('only methods name the receiver', () => {
  expect(problemsOf((row) => (pathsOf(row).some((path) => JSON.stringify(path).includes('this')) && !row.api.includes('.prototype.') ? ['names this'] : []))).toEqual([]);
});

test('the classes of results and receivers exist', () => {
  expect(problemsOf((row) => resultClasses(row.result).filter((name) => !classes.has(name) && !plainClasses.has(name)))).toEqual([]);
  expect(problemsOf((row) => {
    const receiver = /^(.*)\.prototype\./.exec(row.api)?.[1];
    return receiver === undefined || classes.has(receiver) ? [] : [`no class ${receiver}`];
  })).toEqual([]);
});

test('every class extends a class that exists, without cycles', () => {
  const parents = new Map(standardFamilies.flatMap((family) => family.classes.map(({ name, extends: parent }) => [name, parent] as const)));
  for (const start of parents.keys()) {
    const chain = [start];
    for (let parent = parents.get(start); parent !== undefined; parent = parents.get(parent)) {
      expect(parents.has(parent), parent).toBe(true);
      expect(chain).not.toContain(parent);
      chain.push(parent);
    }
  }
});

test('a copy reads its source, a wipe writes, a sink keeps nothing', () => {
  expect(problemsOf((row) => {
    const problems: string[] = [];
    const includes = (paths: readonly ArgumentPath[] | undefined, path: ArgumentPath): boolean => (paths ?? []).some((other) => JSON.stringify(other) === JSON.stringify(path));
    if (row.result.kind === 'bytes' && row.result.source !== undefined && !includes(row.reads, row.result.source)) problems.push('does not read its source');
    for (const path of row.wipes ?? []) if (!includes(row.writes, path)) problems.push('wipes what it does not write');
    const roles = row.roles ?? [];
    if (roles.includes('sync-sink') && ((row.retains ?? []).length > 0 || (row.reads ?? []).length === 0 || (row.readsLater ?? []).length > 0)) problems.push('is no sink');
    if (roles.includes('copy') && (row.result.kind !== 'bytes' || row.result.source === undefined)) problems.push('has the role of a copy without a source');
    if (roles.includes('concat') && (row.result.kind !== 'bytes' || row.result.source !== undefined)) problems.push('has the role of a concat without fresh bytes');
    // A reader finds out from the bytes which of them it shows next.
    if (row.result.kind === 'view' && (row.reads ?? []).length > 0 && row.writes === undefined && row.stateful !== true) problems.push('reads what it only views');
    return problems;
  })).toEqual([]);
});

test('what snapshots or is read later is asynchronous', () => {
  expect(problemsOf((row) => {
    const asynchronous = row.result.kind === 'promise' || (row.retains ?? []).length > 0 || row.result.kind === 'object' || (row.roles ?? []).includes('transfer');
    return (row.snapshots ?? row.readsLater ?? row.writesLater) === undefined || asynchronous ? [] : ['is not asynchronous'];
  })).toEqual([]);
});

test('what derives, holds or makes key material is secret', () => {
  const secretRoles = ['kdf', 'kdf-extract', 'kdf-expand', 'mac-create', 'cipher-create', 'aead-create', 'aead-open', 'random-fresh'] as const;
  expect(problemsOf((row) => ((row.roles ?? []).some((role) => secretRoles.some((secret) => secret === role)) && row.secret !== true ? ['is not marked secret'] : []))).toEqual([]);
});

test('texts of conditions are lower case, since encodings and algorithms are compared so', () => {
  expect(problemsOf((row) => (row.when ?? []).flatMap(({ values }) => (values ?? []).filter((value) => value !== value.toLowerCase())))).toEqual([]);
});

test('a cost names the table it comes from', () => {
  expect(problemsOf((row) => (row.cost !== undefined && !/COSTS|measured/.test(row.note ?? '') ? ['has a cost without a source'] : []))).toEqual([]);
});
