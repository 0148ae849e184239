/**
 * Runs the exercise of one model row once, with optional mutations of its inputs before or after the call, and records what could be seen.
 * What that must look like is `verify-row.ts`.
 */
import { pbkdf2 } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Exercise } from '@scrimp/analysis/model/row';

/** Imports a module for an exercise; another one may map names to another version of a package. */
export type ModuleLoader = (specifier: string) => Promise<unknown>;

export const importModule: ModuleLoader = (specifier) => import(specifier);

/** Changes bytes in place. */
export type Mutation = (bytes: Uint8Array) => void;

export interface RunOptions {
  readonly load: ModuleLoader;
  /** Applied to the bytes at this path right before the call. */
  readonly before?: { readonly path: string; readonly mutation: Mutation };
  /** Applied right after the call returned, before anything else can run. */
  readonly after?: { readonly path: string; readonly mutation: Mutation };
}

/** The visible bytes at one input, at one time. */
export type Snapshot = Readonly<Record<string, string>>;

export interface ExerciseRun {
  /** The values that stood at the paths. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** What the call returned, promises not awaited. */
  readonly result: unknown;
  /** What the promise gave, or the result itself. */
  readonly settled: unknown;
  /** Bytes of the inputs before the call, right after it, and at the end. */
  readonly before: Snapshot;
  readonly after: Snapshot;
  readonly end: Snapshot;
  /** Sizes of the inputs' backing stores before and right after the call. */
  readonly storesBefore: Snapshot;
  readonly storesAfter: Snapshot;
  /** Calls of the spies among the inputs, when the call had returned. */
  readonly called: Readonly<Record<string, number>>;
  /** The text of `observe`, or empty. */
  readonly observed: string;
}

/** Runs it. Rejects when the setup, the call or the observation throws. */
export async function runExercise(exercise: Exercise, options: RunOptions): Promise<ExerciseRun> {
  const counts = new Map<unknown, number>();
  const spy = (wrapped: (...values: unknown[]) => unknown): ((...values: unknown[]) => unknown) => {
    const counting = function (this: unknown, ...values: unknown[]): unknown {
      counts.set(counting, (counts.get(counting) ?? 0) + 1);
      return wrapped.apply(this, values);
    };
    counts.set(counting, 0);
    return counting;
  };
  const recorded: { before: Snapshot; after: Snapshot; storesBefore: Snapshot; storesAfter: Snapshot; called: Record<string, number> } = { before: {}, after: {}, storesBefore: {}, storesAfter: {}, called: {} };
  const phase = {
    before(inputs: Record<string, unknown>): void {
      if (options.before !== undefined) for (const bytes of bytesAtPath(inputs, options.before.path)) options.before.mutation(bytes);
      recorded.before = snapshot(inputs);
      recorded.storesBefore = storeSizes(inputs);
    },
    after(inputs: Record<string, unknown>): void {
      recorded.after = snapshot(inputs);
      recorded.storesAfter = storeSizes(inputs);
      for (const [path, value] of Object.entries(inputs)) {
        const count = counts.get(value);
        if (count !== undefined) recorded.called[path] = count;
      }
      if (options.after !== undefined) for (const bytes of bytesAtPath(inputs, options.after.path)) options.after.mutation(bytes);
    },
  };
  const program = new AsyncFunction('load', 'spy', 'temporaryFile', 'occupyThreads', 'deferred', '$phase', programText(exercise));
  const { inputs, result, observe } = (await program(options.load, spy, temporaryFile, occupyThreads, deferred, phase)) as { inputs: Record<string, unknown>; result: unknown; observe: () => Promise<unknown> };
  const settled = await result;
  const observed = String(await observe());
  return { inputs, result, settled, ...recorded, end: snapshot(inputs), observed };
}

const AsyncFunction = runExercise.constructor as new (...texts: string[]) => (...values: unknown[]) => Promise<unknown>;

function programText(exercise: Exercise): string {
  const inputs = Object.entries(exercise.inputs).map(([path, expression]) => `${JSON.stringify(path)}: (${expression})`).join(', ');
  // The result travels inside an object so that a promise is not awaited on the way.
  return `${exercise.setup}
const $inputs = { ${inputs} };
$phase.before($inputs);
const $result = ${exercise.call};
$phase.after($inputs);
return { inputs: $inputs, result: $result, observe: async () => (${exercise.observe ?? "''"}) };`;
}

let temporaryDirectory: string | null = null;
let temporaryFiles = 0;

/** Removes what the exercises wrote. The caller's duty, once at the end: a test runner ends its processes without an exit event. */
export function removeTemporaryFiles(): void {
  if (temporaryDirectory !== null) rmSync(temporaryDirectory, { recursive: true, force: true });
  temporaryDirectory = null;
}

/** A new file with some text, in one directory per process. */
async function temporaryFile(): Promise<string> {
  temporaryDirectory ??= mkdtempSync(join(tmpdir(), 'scrimp-model-'));
  temporaryFiles += 1;
  const path = join(temporaryDirectory, String(temporaryFiles));
  await writeFile(path, 'some text');
  return path;
}

/**
 * Gives every thread of the pool that files, compression and key work run on a few milliseconds of other work.
 * What an asynchronous call queues behind it starts after the call returned, so that a write in between is certain to be seen or not.
 */
function occupyThreads(): void {
  const threads = Number(process.env['UV_THREADPOOL_SIZE'] ?? 4);
  for (let index = 0; index < threads; index += 1) pbkdf2('other', 'work', 15_000, 32, 'sha256', () => {});
}

/** A promise and the callback of Node's convention that settles it with the second argument, or rejects it with the first. */
function deferred(): { readonly done: Promise<unknown>; readonly settle: (error?: unknown, value?: unknown) => void } {
  let settle: (error?: unknown, value?: unknown) => void = () => {};
  const done = new Promise<unknown>((resolve, reject) => {
    settle = (error, value) => {
      if (error instanceof Error) reject(error);
      else resolve(value);
    };
  });
  return { done, settle };
}

/** A list stands for its elements only where the path says so; elsewhere it is an array object, whose elements are no bytes of its own. */
function bytesAtPath(inputs: Readonly<Record<string, unknown>>, path: string): readonly Uint8Array[] {
  const value = inputs[path];
  return Array.isArray(value) && !path.endsWith('[]') && !path.endsWith('...') ? [] : bytesAt(value);
}

/** Every run of visible bytes in a value: of a view, of a buffer, or of the elements of a list. Nothing of a detached one. */
export function bytesAt(value: unknown): readonly Uint8Array[] {
  if (storesAt(value).some((store) => store instanceof ArrayBuffer && isDetached(store))) return [];
  if (ArrayBuffer.isView(value)) return [new Uint8Array(value.buffer, value.byteOffset, value.byteLength)];
  if (isBuffer(value)) return [new Uint8Array(value)];
  if (Array.isArray(value)) return value.flatMap((element: unknown) => bytesAt(element));
  return [];
}

export function isBuffer(value: unknown): value is ArrayBuffer | SharedArrayBuffer {
  return value instanceof ArrayBuffer || value instanceof SharedArrayBuffer;
}

/** Node 20 has no `detached` property; making a view of a detached buffer throws. */
function isDetached(store: ArrayBuffer): boolean {
  if (store.byteLength > 0) return false;
  try {
    return new Uint8Array(store).length > 0;
  } catch {
    return true;
  }
}

/** The backing stores of a value. */
export function storesAt(value: unknown): readonly (ArrayBuffer | SharedArrayBuffer)[] {
  if (ArrayBuffer.isView(value)) return [value.buffer];
  if (isBuffer(value)) return [value];
  if (Array.isArray(value)) return value.flatMap((element: unknown) => storesAt(element));
  return [];
}

export function toHex(value: unknown): string {
  return bytesAt(value).map((bytes) => Buffer.from(bytes).toString('hex')).join(' ');
}

function snapshot(inputs: Readonly<Record<string, unknown>>): Snapshot {
  const texts: Record<string, string> = {};
  for (const path of Object.keys(inputs)) if (storesAtPath(inputs, path).length > 0) texts[path] = bytesAtPath(inputs, path).map((bytes) => Buffer.from(bytes).toString('hex')).join(' ');
  return texts;
}

function storeSizes(inputs: Readonly<Record<string, unknown>>): Snapshot {
  const texts: Record<string, string> = {};
  for (const path of Object.keys(inputs)) {
    const stores = storesAtPath(inputs, path);
    if (stores.length > 0) texts[path] = stores.map((store) => store.byteLength).join(' ');
  }
  return texts;
}

function storesAtPath(inputs: Readonly<Record<string, unknown>>, path: string): readonly (ArrayBuffer | SharedArrayBuffer)[] {
  const value = inputs[path];
  return Array.isArray(value) && !path.endsWith('[]') && !path.endsWith('...') ? [] : storesAt(value);
}
