// Owns running a random program in this process: its modules as functions, its result with everything that a caller can see, as text.
// Which programs are run, and what two texts are compared for, is left to `batch.ts`.
import crypto from 'node:crypto';
import { dirname, posix } from 'node:path';
import { compileFunction } from 'node:vm';
import * as chacha from '@noble/ciphers/chacha.js';
import * as nobleHmac from '@noble/hashes/hmac.js';
import * as sha2 from '@noble/hashes/sha2.js';
import * as nobleUtils from '@noble/hashes/utils.js';
import ts from 'typescript';

const packages: Readonly<Record<string, unknown>> = {
  'node:crypto': crypto, '@noble/ciphers/chacha.js': chacha, '@noble/hashes/hmac.js': nobleHmac, '@noble/hashes/sha2.js': sha2, '@noble/hashes/utils.js': nobleUtils,
};

/** What `run` of the entry returns, or what is thrown, as comparable text. Programs import each other relatively, and the packages above. */
export async function execute(files: Readonly<Record<string, string>>, entry: string): Promise<string> {
  const loaded = new Map<string, object>();
  try {
    const module = load(entry) as { run?: () => unknown };
    return typeof module.run === 'function' ? describe(await module.run()) : 'no run';
  } catch (error) {
    return `throws ${String(error)}`;
  }

  function load(path: string): object {
    const known = loaded.get(path);
    if (known !== undefined) return known;
    const exported = {};
    loaded.set(path, exported);
    const body = compileFunction(asScript(files[path]!), ['exports', 'require']) as (exports: object, require: (specifier: string) => unknown) => void;
    body(exported, (specifier) => (specifier.startsWith('.') ? load(resolve(path, specifier)) : packages[specifier]));
    return exported;
  }

  function resolve(from: string, specifier: string): string {
    const target = posix.join(dirname(from), specifier);
    return [target, target.replace(/\.js$/, '.ts')].find((one) => files[one] !== undefined) ?? target;
  }
}

let scripts = new Map<string, string>();

/** A file that no edit touched is translated once for both runs. */
function asScript(text: string): string {
  const known = scripts.get(text);
  if (known !== undefined) return known;
  if (scripts.size > 32) scripts = new Map();
  const script = ts.transpileModule(text, { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS, esModuleInterop: true } }).outputText;
  scripts.set(text, script);
  return script;
}

/**
 * The value with the class and content of all bytes in it, and which of these bytes are the same memory.
 * Offsets and sizes of backing stores are left out: a caller that asks for them makes them part of the result.
 */
function describe(value: unknown): string {
  const seen: ArrayBufferView[] = [];
  const text = JSON.stringify(value, function (this: unknown, key: string, one: unknown): unknown {
    // Buffer has a toJSON, which ran already.
    const raw = (this as Record<string, unknown>)[key];
    if (ArrayBuffer.isView(raw)) {
      seen.push(raw);
      return [raw.constructor.name, raw.byteLength === 0 ? '' : Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString('hex')];
    }
    return typeof one === 'bigint' ? `${one}n` : typeof raw === 'function' ? 'function' : Object.is(raw, -0) ? '-0' : Number.isNaN(raw) ? 'NaN' : one;
  });
  return `${text} ${sharing(seen)}`;
}

/** Pairs of views whose bytes overlap. Views of a pool that do not overlap are as good as apart. */
function sharing(views: readonly ArrayBufferView[]): string {
  const pairs: string[] = [];
  for (const [index, one] of views.entries()) {
    for (let other = 0; other < index; other += 1) {
      const two = views[other]!;
      if (one.buffer === two.buffer && one.byteOffset < two.byteOffset + two.byteLength && two.byteOffset < one.byteOffset + one.byteLength) pairs.push(`${other}=${index}`);
    }
  }
  return pairs.join(' ');
}
