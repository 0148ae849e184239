/**
 * Content hashes of functions and modules, for summary keys: equal IR gives equal hashes, wherever it stands in the file.
 * Left out: spans, line numbers (also inside `<anonymous@12>`), ignore comments and statistics. Names of functions count, since findings print them.
 * Two 32-bit lanes of a multiply-xor mix (the scheme of MurmurHash3's finalizer); collisions cost a stale summary, so 64 bits are enough, and no dependency is needed.
 */
import type { FunctionIr, ModuleIr } from './function.js';

/**
 * 16 hexadecimal digits. Ids of other functions count relative to the function's own, and private names by the order in which the function mentions their classes,
 * so that a new function earlier in the file changes nothing.
 */
export function hashFunction(fn: FunctionIr): string {
  const state = newState();
  addFunction(state, fn);
  return digest(state);
}

/** 16 hexadecimal digits over everything that a module does, with its imports and exports. */
export function hashModule(module: ModuleIr): string {
  const state = newState();
  addString(state, module.format);
  addValue(state, module.imports);
  addValue(state, module.exports);
  addNumber(state, module.functions.length);
  for (const fn of module.functions) addFunction(state, fn);
  return digest(state);
}

interface State {
  first: number;
  second: number;
  /** Id of the function being hashed. */
  base: number;
  /** Classes of private names, by first mention. */
  readonly scopes: Map<number, number>;
}

function newState(): State {
  return { first: 0x9e3779b9, second: 0x85ebca6b, base: 0, scopes: new Map() };
}

/** Fields that hold the id of a function. */
const functionFields: ReadonlySet<string> = new Set(['function', 'construct', 'instanceInitializer', 'staticInitializer']);

/** The value of a field, with ids that depend on the rest of the file made relative. */
function relativeField(state: State, name: string, value: unknown): unknown {
  if (typeof value !== 'number') return value;
  if (functionFields.has(name)) return value - state.base;
  if (name !== 'scope' || value < 0) return value;
  const known = state.scopes.get(value) ?? state.scopes.size;
  state.scopes.set(value, known);
  return known;
}

function addFunction(state: State, fn: FunctionIr): void {
  state.base = fn.id;
  state.scopes.clear();
  addString(state, fn.name.replaceAll(/<anonymous@\d+>/g, '<anonymous>'));
  addValue(state, [fn.kind, fn.async, fn.generator, fn.strict, fn.className, fn.parameters, fn.hasRestParameter, fn.valueCount]);
  addValue(state, fn.parameterTypes);
  addValue(state, fn.variables);
  addValue(state, fn.captures);
  addValue(state, fn.blocks);
  addValue(state, fn.annotations.map(({ tag, text, parameter }) => [tag, text, parameter]));
  addValue(state, [...fn.types].sort(([a], [b]) => a - b));
}

/** Any plain data. Object keys are taken in sorted order, so the order in which fields were written does not count. */
function addValue(state: State, value: unknown): void {
  if (typeof value === 'string') {
    addNumber(state, 1);
    addString(state, value);
  } else if (typeof value === 'number') {
    addNumber(state, 2);
    addDouble(state, value);
  } else if (typeof value === 'boolean') addNumber(state, value ? 3 : 4);
  else if (value === null) addNumber(state, 5);
  else if (value === undefined) addNumber(state, 6);
  else if (Array.isArray(value)) {
    addNumber(state, 7);
    addNumber(state, value.length);
    for (const element of value) addValue(state, element);
  } else if (typeof value === 'object') {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    addNumber(state, 8);
    addNumber(state, entries.length);
    for (const [key, element] of entries) {
      addString(state, key);
      addValue(state, relativeField(state, key, element));
    }
  }
}

const doubleView = new DataView(new ArrayBuffer(8));

function addDouble(state: State, value: number): void {
  doubleView.setFloat64(0, value);
  addNumber(state, doubleView.getInt32(0));
  addNumber(state, doubleView.getInt32(4));
}

function addString(state: State, text: string): void {
  addNumber(state, text.length);
  for (let index = 0; index < text.length; index++) addNumber(state, text.charCodeAt(index));
}

function addNumber(state: State, value: number): void {
  state.first = Math.imul(state.first ^ value, 0xcc9e2d51);
  state.first ^= state.first >>> 15;
  state.second = Math.imul(state.second + value + 0x7f4a7c15, 0x1b873593);
  state.second ^= state.second >>> 13;
}

function digest(state: State): string {
  return finish(state.first ^ state.second) + finish(state.second + Math.imul(state.first, 5));
}

function finish(value: number): string {
  let mixed = value ^ (value >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  mixed ^= mixed >>> 16;
  return (mixed >>> 0).toString(16).padStart(8, '0');
}
