/**
 * What of a result counts when Node and the interpreter are compared, as plain data: bytes by class and content, errors by the name of their
 * constructor (their texts are the engine's), objects by own keys in order with their attributes, identity by back references.
 */

/** Plain data: strings, arrays and records only. */
export type Observation = string | readonly Observation[] | { readonly [part: string]: Observation };

/** How a call ended. */
export interface Outcome {
  readonly kind: 'returned' | 'threw';
  readonly observation: Observation;
}

/** Calls a function, awaits its result, and says how it ended. */
export async function observeCall(call: () => unknown): Promise<Outcome> {
  try {
    return { kind: 'returned', observation: observe(await call()) };
  } catch (error) {
    return { kind: 'threw', observation: observe(error) };
  }
}

export function observe(value: unknown): Observation {
  return describeValue(value, new Map());
}

function describeValue(value: unknown, seen: Map<object, number>): Observation {
  if (typeof value === 'function') return typeof value.prototype === 'object' && /^class\b/u.test(Function.prototype.toString.call(value)) ? `class ${value.name}` : 'function';
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value !== 'object' || value === null) return String(value);
  const known = seen.get(value);
  if (known !== undefined) return `#${known}`;
  seen.set(value, seen.size);
  return describeObject(value, seen);
}

function describeObject(value: object, seen: Map<object, number>): Observation {
  const name = className(value);
  if (ArrayBuffer.isView(value)) return { class: name, bytes: hex(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)), ...describeExtra(value, seen) };
  if (value instanceof ArrayBuffer || value instanceof SharedArrayBuffer) return { class: name, bytes: hex(new Uint8Array(value)) };
  if (value instanceof Error) return { class: name, ...describeProperties(value, seen, new Set(['message', 'stack'])) };
  if (value instanceof Map) return { class: name, entries: [...value].map(([key, item]) => [describeValue(key, seen), describeValue(item, seen)]) };
  if (value instanceof Set) return { class: name, items: [...value].map((item) => describeValue(item, seen)) };
  if (value instanceof Promise) return name;
  if (value instanceof RegExp || value instanceof Date) return { class: name, text: String(value) };
  if (Object.prototype.toString.call(value).endsWith('Generator]')) return Object.prototype.toString.call(value);
  if (value instanceof String || value instanceof Number || value instanceof Boolean) return { class: name, text: String(value) };
  if (isPlainList(value)) return value.map((item) => describeValue(item, seen));
  return { class: name, ...describeProperties(value, seen, new Set()) };
}

function describeProperties(value: object, seen: Map<object, number>, skipped: ReadonlySet<string>): Record<string, Observation> {
  const described: Record<string, Observation> = {};
  const order: string[] = [];
  for (const key of Reflect.ownKeys(value)) {
    if (typeof key === 'string' && skipped.has(key)) continue;
    const descriptor = Reflect.getOwnPropertyDescriptor(value, key);
    if (descriptor === undefined) continue;
    const attributes = `${descriptor.writable === true ? 'w' : ''}${descriptor.enumerable === true ? 'e' : ''}${descriptor.configurable === true ? 'c' : ''}`;
    const isAccessor = descriptor.get !== undefined || descriptor.set !== undefined;
    const content = isAccessor ? `accessor ${typeof descriptor.get} ${typeof descriptor.set}` : describeValue(descriptor.value, seen);
    const name = `.${String(key)}`;
    described[name] = attributes === 'wec' ? content : [attributes, content];
    order.push(name);
  }
  // Deep equality does not look at the order of keys, which is part of what a program computes.
  return order.length > 1 ? { ...described, order } : described;
}

/** An array without holes, extra properties or a class of its own: the usual case, kept short. */
function isPlainList(value: object): value is unknown[] {
  return Array.isArray(value) && Object.getPrototypeOf(value) === Array.prototype && Object.keys(value).length === value.length && Object.getOwnPropertySymbols(value).length === 0 && !Object.isFrozen(value)
    && Reflect.ownKeys(value).length === value.length + 1;
}

/** Own properties of a view beyond its elements. */
function describeExtra(value: ArrayBufferView, seen: Map<object, number>): Record<string, Observation> {
  const indexes = new Set(Object.keys(value).filter((key) => /^\d+$/u.test(key)));
  return describeProperties(value, seen, indexes);
}

function className(value: object): string {
  const prototype = Object.getPrototypeOf(value) as { constructor?: { name?: unknown } } | null;
  if (prototype === null) return 'null prototype';
  const name = prototype.constructor?.name;
  return typeof name === 'string' ? name : 'unnamed';
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}
