/**
 * Checks one model row against the running Node: identity of backing stores, whose writes are seen where, what is read, kept and snapshotted, classes and lengths.
 * Runs the row's exercise several times with inputs changed before or after the call; how is `exercise-run.ts`.
 */
import type { ArgumentClass, ArgumentPath, ModelRow, ResultModel } from '@scrimp/analysis/model/row';
import { bytesAt, isBuffer, runExercise, storesAt, toHex, type ExerciseRun, type ModuleLoader, type Mutation } from './exercise-run.js';
import { evaluateSize, pathText } from './exercise-size.js';

/** The problems of the row; empty when it is right. The row must have an exercise. */
export async function verifyRow(row: ModelRow, load: ModuleLoader): Promise<readonly string[]> {
  const { exercise } = row;
  if (exercise === undefined) throw new Error(`${row.api} has no exercise`);
  let base: ExerciseRun;
  let again: ExerciseRun;
  try {
    base = await runExercise(exercise, { load });
    again = await runExercise(exercise, { load });
  } catch (error) {
    return [`the exercise throws: ${String(error)}`];
  }
  const deterministic = outcomeOf(row, base, null) === outcomeOf(row, again, null);
  return [
    ...conditionProblems(row, base),
    ...writeProblems(row, base),
    ...detachProblems(row, base),
    ...callProblems(row, base),
    ...(deterministic ? await readProblems(row, load, base) : []),
    ...(deterministic ? await retentionProblems(row, load, base) : []),
    ...resultProblems(row.result, again),
  ];
}

const flips: readonly Mutation[] = [0xff, 0x01, 0x55, 0x80].map((mask) => (bytes) => {
  for (let index = 0; index < bytes.length; index += 1) bytes[index] = (bytes[index] ?? 0) ^ mask;
});

function invert(bytes: Uint8Array): void {
  flips[0]?.(bytes);
}

function texts(paths: readonly ArgumentPath[] | undefined): ReadonlySet<string> {
  return new Set((paths ?? []).map(pathText));
}

/** What a caller could see of a run, without what `mutated` shows by merely being what it is. */
function outcomeOf(row: ModelRow, run: ExerciseRun, mutated: string | null): string {
  const result = innermost(row.result);
  // A view shows its source, and `same` is an input; neither is an outcome.
  // Neither is an element or a member that is an object: what it is made of is seen where it is kept.
  const shownResult = result.kind === 'view' || result.kind === 'same' ? '' : describe(result.kind === 'array' || result.kind === 'member' ? primitivesOf(run.settled) : run.settled);
  const writes = texts([...(row.writes ?? []), ...(row.wipes ?? [])]);
  const written = [...writes].filter((path) => path !== mutated || texts(row.reads).has(path)).map((path) => run.after[path] ?? '');
  const writtenLater = [...texts(row.writesLater)].filter((path) => path !== mutated).map((path) => run.end[path] ?? '');
  return [shownResult, run.observed, ...written, ...writtenLater].join('|');
}

function primitivesOf(value: unknown): unknown {
  if (Array.isArray(value)) return (value as unknown[]).map(primitivesOf);
  return typeof value === 'object' && value !== null ? 'object' : value;
}

function innermost(result: ResultModel): ResultModel {
  return result.kind === 'promise' ? innermost(result.of) : result;
}

function describe(value: unknown): string {
  if (bytesAt(value).length > 0) return toHex(value);
  if (typeof value !== 'object' || value === null) return String(value);
  try {
    return JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner));
  } catch {
    // A socket or a stream refers to itself; which one it is, is no outcome.
    return nameOf(value);
  }
}

function conditionProblems(row: ModelRow, run: ExerciseRun): readonly string[] {
  return (row.when ?? []).flatMap(({ argument, is }) => {
    if (!(String(argument) in run.inputs)) return [];
    const actual = classOf(run.inputs[String(argument)]);
    return is.includes(actual) ? [] : [`argument ${argument} of the exercise is ${actual}, but the row is for ${is.join(' or ')}`];
  });
}

function classOf(value: unknown): ArgumentClass {
  if (value === undefined) return 'absent';
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return 'number';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'function') return 'function';
  if (ArrayBuffer.isView(value)) return 'bytes';
  if (isBuffer(value)) return 'buffer';
  return Array.isArray(value) ? 'array' : 'object';
}

function writeProblems(row: ModelRow, run: ExerciseRun): readonly string[] {
  const writes = texts([...(row.writes ?? []), ...(row.wipes ?? [])]);
  const detaches = texts(row.detaches);
  const later = texts(row.writesLater);
  return Object.keys(run.before).flatMap((path) => {
    if (detaches.has(path)) return [];
    const changed = run.before[path] !== run.after[path];
    if (writes.has(path)) return changed ? [] : [`says that it writes ${path}, which did not change`];
    const changedAtAll = changed || run.end[path] !== run.before[path];
    if (later.has(path)) return changedAtAll ? [] : [`says that it writes ${path} later, which did not change`];
    if (changed) return [`wrote ${path}, which the row does not say`];
    return changedAtAll ? [`wrote ${path} later, which the row does not say`] : [];
  });
}

function detachProblems(row: ModelRow, run: ExerciseRun): readonly string[] {
  const detaches = texts(row.detaches);
  return Object.keys(run.storesBefore).flatMap((path) => {
    const changed = run.storesBefore[path] !== run.storesAfter[path];
    if (changed === detaches.has(path)) return [];
    return [changed ? `changed the size of the store of ${path}, which the row does not say` : `says that it detaches ${path}, which kept its size`];
  });
}

function callProblems(row: ModelRow, run: ExerciseRun): readonly string[] {
  const calls = texts(row.calls);
  return Object.entries(run.called).flatMap(([path, count]) => {
    if (calls.has(path)) return count > 0 ? [] : [`says that it calls ${path}, which was not called`];
    return count > 0 ? [`called ${path}, which the row does not say`] : [];
  });
}

/** Changes each input before the call: the outcome must change for what is read, and must not for the rest. */
async function readProblems(row: ModelRow, load: ModuleLoader, base: ExerciseRun): Promise<readonly string[]> {
  const reads = texts([...(row.reads ?? []), ...(row.snapshots ?? []), ...(row.readsLater ?? [])]);
  const problems: string[] = [];
  for (const path of Object.keys(base.before)) {
    if (base.before[path] === '') continue;
    const expected = outcomeOf(row, base, path);
    let changed = false;
    for (const mutation of flips) {
      const outcome = await outcomeWhen(row, load, path, mutation);
      if (outcome !== expected) changed = true;
    }
    const isRead = reads.has(path);
    if (changed && !isRead) problems.push(`the outcome depends on the bytes at ${path}, which the row does not say`);
    if (!changed && isRead && isVisible(row)) problems.push(`says that it reads ${path}, but the outcome does not depend on it`);
  }
  return problems;
}

/** Whether the row's exercise has an outcome that reads could show in. */
function isVisible(row: ModelRow): boolean {
  const { kind } = innermost(row.result);
  const showsInResult = kind === 'bytes' || kind === 'string' || (kind === 'scalar' && row.writes === undefined);
  return showsInResult || row.exercise?.observe !== undefined || row.writes !== undefined;
}

async function outcomeWhen(row: ModelRow, load: ModuleLoader, path: string, mutation: Mutation): Promise<string> {
  try {
    return outcomeOf(row, await runExercise(row.exercise!, { load, before: { path, mutation } }), path);
  } catch (error) {
    return `threw ${String(error)}`;
  }
}

/** Changes each input right after the call: only what is kept, held or viewed may show it. */
async function retentionProblems(row: ModelRow, load: ModuleLoader, base: ExerciseRun): Promise<readonly string[]> {
  const result = innermost(row.result);
  const keeps = texts([...(row.retains ?? []), ...(row.readsLater ?? []), ...(result.kind === 'object' ? (result.holds ?? []) : [])]);
  // A result that may be an argument shows what is written to that; what is observed besides it does not.
  const shows = (run: ExerciseRun, path: string): string => (result.kind === 'unknown' || result.kind === 'member' || result.kind === 'array' ? run.observed : outcomeOf(row, run, path));
  const problems: string[] = [];
  for (const path of Object.keys(base.after)) {
    if (base.after[path] === '') continue;
    const kept = await showsLaterWrite(row, load, path, (run) => shows(run, path), shows(base, path));
    if (kept && !keeps.has(path)) problems.push(`what came of the call changed when ${path} was written afterwards, which the row does not say`);
    // What is written later anyway does not show what a caller wrote before.
    if (!kept && keeps.has(path) && !texts(row.writesLater).has(path) && row.exercise?.observe !== undefined) problems.push(`says that it keeps ${path}, but writing it afterwards changed nothing`);
  }
  return problems;
}

/** On a busy machine a thread may begin before the write all the same, so where threads have a part a write gets three chances to show. */
async function showsLaterWrite(row: ModelRow, load: ModuleLoader, path: string, shown: (run: ExerciseRun) => string, expected: string): Promise<boolean> {
  const attempts = row.exercise!.setup.includes('occupyThreads()') ? 3 : 1;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    let outcome: string;
    try {
      outcome = shown(await runExercise(row.exercise!, { load, after: { path, mutation: invert } }));
    } catch (error) {
      outcome = `threw ${String(error)}`;
    }
    if (outcome !== expected) return true;
  }
  return false;
}

/** Checks the result itself; mutates the inputs and the result of `run`, so it comes last. */
function resultProblems(model: ResultModel, run: ExerciseRun): readonly string[] {
  if (model.kind === 'promise') {
    if (!(run.result instanceof Promise)) return ['says that it returns a promise, but it does not'];
    return settledProblems(model.of, run);
  }
  return run.result instanceof Promise && model.kind !== 'unknown' ? ['returns a promise, which the row does not say'] : settledProblems(model, run);
}

function settledProblems(model: ResultModel, run: ExerciseRun): readonly string[] {
  const value = run.settled;
  switch (model.kind) {
    case 'scalar':
      return typeof value === 'string' || typeof value === 'function' || (typeof value === 'object' && value !== null) ? [`says that the result is a scalar, but it is a ${nameOf(value)}`] : [];
    case 'string':
      return typeof value === 'string' ? lengthProblems(model.length, value.length, run) : [`says that the result is text, but it is ${typeof value}`];
    case 'bytes':
      return bytesProblems(model, value, run);
    case 'view':
      return viewProblems(model, value, run);
    case 'same':
      return pathText(model.as) in run.inputs && value !== run.inputs[pathText(model.as)] ? [`says that the result is ${pathText(model.as)}, but it is another object`] : [];
    case 'object':
      return objectProblems(model, value, run);
    case 'array':
      return arrayProblems(model, value, run);
    case 'function':
      return typeof value === 'function' ? [] : ['says that the result is a function, but it is not'];
    case 'promise': case 'member': case 'unknown':
      return [];
  }
}

function nameOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return typeof value;
  const made = (value as { readonly constructor?: unknown }).constructor;
  return typeof made === 'function' ? made.name : 'Object';
}

function lengthProblems(size: Parameters<typeof evaluateSize>[0], actual: number, run: ExerciseRun): readonly string[] {
  const expected = evaluateSize(size, run.inputs);
  return expected === null || expected === actual ? [] : [`says that the result has length ${expected}, but it has ${actual}`];
}

function bytesProblems(model: Extract<ResultModel, { kind: 'bytes' }>, value: unknown, run: ExerciseRun): readonly string[] {
  const [store] = storesAt(value);
  const [bytes] = bytesAt(value);
  if (store === undefined || bytes === undefined) return [`says that the result is bytes, but it is a ${nameOf(value)}`];
  const problems = [...lengthProblems(model.length, bytes.length, run)];
  if (nameOf(value) !== model.class) problems.push(`says that the result is a ${model.class}, but it is a ${nameOf(value)}`);
  // Two things in the slab share its store and still no byte; writing them, below, tells.
  if (model.origin === 'fresh' && Object.values(run.inputs).some((input) => storesAt(input).includes(store))) problems.push('says that the result has bytes of its own, but it shares the store of an input');
  const exact = bytes.byteOffset === 0 && bytes.byteLength === store.byteLength;
  if (model.origin === 'fresh' && !exact) problems.push(`says that the result is exact, but its store has ${store.byteLength} bytes for ${bytes.length}`);
  if (model.origin === 'pooled' && exact) problems.push('says that the result lies inside a larger store, but it is exact');
  if (model.zeroed === true && bytes.some((byte) => byte !== 0)) problems.push('says that the result is zeroed, but it is not');
  const contentBefore = toHex(value);
  for (const input of Object.values(run.inputs)) bytesAt(input).forEach(invert);
  if (toHex(value) !== contentBefore) problems.push('the result changed when the inputs were written');
  const inputsBefore = Object.values(run.inputs).map(toHex).join(' ');
  invert(bytes);
  if (Object.values(run.inputs).map(toHex).join(' ') !== inputsBefore) problems.push('an input changed when the result was written');
  return problems;
}

function viewProblems(model: Extract<ResultModel, { kind: 'view' }>, value: unknown, run: ExerciseRun): readonly string[] {
  const source = run.inputs[pathText(model.of)];
  const [store] = storesAt(value);
  const [bytes] = bytesAt(value);
  if (store === undefined || bytes === undefined) return [`says that the result is a view, but it is a ${nameOf(value)}`];
  const problems: string[] = [];
  if (nameOf(value) !== model.class) problems.push(`says that the result is a ${model.class}, but it is a ${nameOf(value)}`);
  if (!storesAt(source).includes(store)) return [...problems, `says that the result is a view of ${pathText(model.of)}, but its store is another`];
  problems.push(...rangeProblems(model, source, bytes, run));
  const sourceBefore = toHex(source);
  invert(bytes);
  if (toHex(source) === sourceBefore) problems.push(`writing the view does not change ${pathText(model.of)}`);
  const viewBefore = toHex(value);
  bytesAt(source).forEach(invert);
  if (toHex(value) === viewBefore) problems.push(`writing ${pathText(model.of)} does not change the view`);
  return problems;
}

function arrayProblems(model: Extract<ResultModel, { kind: 'array' }>, value: unknown, run: ExerciseRun): readonly string[] {
  if (!Array.isArray(value) || Object.values(run.inputs).includes(value)) return [`says that the result is a fresh array, but it is a ${nameOf(value)}`];
  if (model.elementsOf === undefined) return [];
  const paths = model.elementsOf.map(pathText);
  // Without all the sources among the inputs, where an element comes from cannot be told.
  if (!paths.every((path) => path in run.inputs)) return [];
  const known = new Set(paths.flatMap((path) => reachableFrom(run.inputs[path], 2)));
  const elements = model.pairs === true ? value.flatMap((pair: unknown) => (Array.isArray(pair) ? (pair as unknown[]) : [pair])) : (value as unknown[]);
  const foreign = elements.filter((element) => typeof element === 'object' && element !== null && !known.has(element));
  return foreign.length === 0 ? [] : [`says that the elements come from ${paths.join(' and ') || 'nowhere'}, but ${foreign.length} of them do not`];
}

/** The value, and what is in it when it is a list or another collection. */
function reachableFrom(value: unknown, depth: number): readonly unknown[] {
  if (depth < 0 || typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return [value];
  const inside = Symbol.iterator in value ? [...(value as Iterable<unknown>)] : Object.values(value);
  return [value, ...inside.flatMap((one) => reachableFrom(one, depth - 1))];
}

/** A row that gives a range says where the view begins and how long it is. */
function rangeProblems(model: Extract<ResultModel, { kind: 'view' }>, source: unknown, bytes: Uint8Array, run: ExerciseRun): readonly string[] {
  const [whole] = bytesAt(source);
  if (model.range === undefined || whole === undefined || Array.isArray(source)) return [];
  const { start, end, relative } = model.range;
  const unit = relative === 'indexes' ? elementSizeOf(source) : 1;
  const length = whole.length / unit;
  const numbers = [start, end].map((index) => run.inputs[String(index)]).map((value) => (value === undefined ? undefined : Number(value)));
  const clamp = (index: number): number => (index < 0 ? Math.max(length + index, 0) : Math.min(index, length));
  const from = relative === 'indexes' ? clamp(numbers[0] ?? 0) : numbers[0] ?? 0;
  const to = relative === 'indexes' ? Math.max(clamp(numbers[1] ?? length), from) : from + (numbers[1] === undefined ? length - from : numbers[1] * elementSizeOf(run.settled));
  const actual = [bytes.byteOffset - whole.byteOffset, bytes.length];
  return actual[0] === from * unit && actual[1] === (to - from) * unit ? [] : [`says that the view has bytes ${from * unit} to ${to * unit}, but it has ${actual[0]} to ${actual[0]! + actual[1]!}`];
}

function elementSizeOf(value: unknown): number {
  return typeof value === 'object' && value !== null && 'BYTES_PER_ELEMENT' in value ? Number(value.BYTES_PER_ELEMENT) : 1;
}

function objectProblems(model: Extract<ResultModel, { kind: 'object' }>, value: unknown, run: ExerciseRun): readonly string[] {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return [`says that the result is an object, but it is ${typeof value}`];
  if (Object.values(run.inputs).includes(value)) return [`says that the result is a fresh ${model.class}, but it is an input`];
  // An object that is called bytes, or the other way round, would take the rows of the wrong class.
  return storesAt(value).length > 0 && !Array.isArray(value) ? [`says that the result is an object of ${model.class}, but it is a ${nameOf(value)}`] : [];
}
