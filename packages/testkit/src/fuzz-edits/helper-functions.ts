// Owns the functions that random programs call: readers, writers, keepers, makers, suspensions, classes with accessors and inheritance.
// Each stands for itself, in the module of the program or in a second one; who calls which is left to the units.

export interface HelperFunction {
  readonly text: string;
  /** Other helpers that it calls. */
  readonly needs?: readonly string[];
}

/** By name. What they share (`log`, `kept`, `slot`) is a helper, too, so that all users of it see the same. */
export const helperFunctions = {
  log: { text: 'export const log: unknown[] = [];' },
  kept: { text: 'export const kept: Bytes[] = [];' },
  slot: { text: 'export const slot: { data: Bytes | null } = { data: null };' },
  table: { text: 'export const table = new Map<string, Bytes>();' },
  marks: { text: 'export const marks = new WeakMap<object, number>();' },
  sum: { text: 'export function sum(a: Bytes): number {\n  let s = 0;\n  for (let i = 0; i < a.length; i += 1) s += a[i]! * (i + 1);\n  return s;\n}' },
  count: { text: 'export const count = (a: Bytes): number => {\n  let n = 0;\n  for (const one of a) if (one > 9) n += 1;\n  return n;\n};' },
  digestOf: { text: "export function digestOf(a: Bytes): string {\n  return createHash('sha1').update(a).digest('hex');\n}" },
  sumOf: { text: 'export function sumOf(box: { data: Bytes }): number {\n  return sum(box.data);\n}', needs: ['sum'] },
  each: { text: 'export function each(a: Bytes, visit: (one: number) => void): void {\n  for (let i = 0; i < 4; i += 1) visit(a[i] ?? 0);\n}' },
  walk: { text: 'export function* walk(a: Bytes): Generator<number> {\n  for (let i = 0; i < 3; i += 1) yield a[i] ?? 0;\n}' },
  touch: { text: 'export function touch(a: Bytes): void {\n  a[1] = (a[1] ?? 0) ^ 0x55;\n}' },
  touchIf: { text: 'export function touchIf(a: Bytes, wanted: boolean): void {\n  if (wanted) a[6] = 0x66;\n}' },
  touchBox: { text: 'export function touchBox(box: { data: Bytes }): void {\n  box.data[2] = 0x21;\n}' },
  wipe: { text: 'export function wipe(a: Bytes): void {\n  a.fill(0);\n}' },
  keep: { text: 'export function keep(a: Bytes): void {\n  kept.push(a);\n}', needs: ['kept'] },
  keepIn: { text: 'export function keepIn(name: string, a: Bytes): void {\n  table.set(name, a);\n}', needs: ['table'] },
  hold: { text: 'export function hold(...all: Bytes[]): void {\n  slot.data = all[0] ?? null;\n}', needs: ['slot'] },
  touchKept: { text: 'export function touchKept(): void {\n  for (const one of kept) one[0] = (one[0] ?? 0) ^ 0x33;\n  if (slot.data !== null) slot.data[2] = 0x77;\n  for (const one of table.values()) one[3] = 0x13;\n}', needs: ['kept', 'slot', 'table'] },
  same: { text: 'export function same(a: Bytes): Bytes {\n  return a;\n}' },
  either: { text: 'export function either(a: Bytes, b: Bytes): Bytes {\n  return a.length > b.length ? a : b;\n}' },
  viewOf: { text: 'export function viewOf(a: Bytes): Bytes {\n  return a.subarray(1);\n}' },
  copyOf: { text: 'export function copyOf(a: Bytes): Bytes {\n  return Uint8Array.prototype.slice.call(a);\n}' },
  made: { text: 'export function made(n: number, b: number): Bytes {\n  return new Uint8Array(n).fill(b);\n}' },
  cached: { text: 'const cache: Bytes = new Uint8Array(200).fill(6);\nexport function cached(): Bytes {\n  return cache;\n}' },
  boxOf: { text: 'export function boxOf(data: Bytes): { data: Bytes } {\n  return { data };\n}' },
  writerOf: { text: 'export function writerOf(a: Bytes): () => void {\n  return () => { a[3] = (a[3] ?? 0) ^ 0x0f; };\n}' },
  readerOf: { text: 'export function readerOf(a: Bytes): () => number {\n  return () => sum(a);\n}', needs: ['sum'] },
  call: { text: 'export function call(f: () => void): void {\n  f();\n}' },
  fail: { text: "export function fail(a: Bytes): never {\n  throw Object.assign(new Error('failed'), { data: a });\n}" },
  failIf: { text: "export function failIf(wanted: boolean): void {\n  if (wanted) throw new RangeError('wanted');\n}" },
  sumLater: { text: 'export async function sumLater(a: Bytes): Promise<number> {\n  await null;\n  return sum(a);\n}', needs: ['sum'] },
  touchLater: { text: 'export async function touchLater(a: Bytes): Promise<void> {\n  await null;\n  touch(a);\n}', needs: ['touch'] },
  steps: { text: 'export function* steps(a: Bytes): Generator<number> {\n  for (let i = 0; i < 2; i += 1) {\n    a[i] = 0x42 + i;\n    yield a[i]!;\n  }\n}' },
  give: { text: 'export function give(a: Bytes): number {\n  structuredClone(a, { transfer: [a.buffer as ArrayBuffer] });\n  return a.length;\n}' },
  Holder: {
    text: 'export class Holder {\n  data: Bytes;\n  reads = 0;\n  constructor(data: Bytes) { this.data = data; }\n  touch(): void { this.data[4] = 0x19; }\n  peek(): number { return this.data[4] ?? 0; }\n  replace(data: Bytes): Bytes {\n    const before = this.data;\n    this.data = data;\n    return before;\n  }\n  get size(): number {\n    this.data[5] = 0x29;\n    return this.data.length;\n  }\n  get bytes(): Bytes {\n    this.reads += 1;\n    return this.data;\n  }\n  set bytes(data: Bytes) { this.data = data; }\n}',
  },
  QuietHolder: { text: 'export class QuietHolder extends Holder {\n  override touch(): void { this.reads += 1; }\n  override get size(): number { return 3; }\n}', needs: ['Holder'] },
  Reader: { text: 'export class Reader {\n  private at = 0;\n  readonly data: Bytes;\n  constructor(data: Bytes) { this.data = data; }\n  next(): number {\n    const one = this.data[this.at] ?? 0;\n    this.at += 1;\n    return one;\n  }\n}' },
  Loud: { text: 'export class Loud extends Uint8Array {\n  override subarray(from?: number, to?: number): Uint8Array<ArrayBuffer> {\n    const part = super.slice(from, to);\n    part[0] = 0xee;\n    return new Uint8Array(part);\n  }\n}' },
  Plain: { text: 'export class Plain extends Uint8Array {}' },
} as const satisfies Readonly<Record<string, HelperFunction>>;

export type HelperName = keyof typeof helperFunctions;
