/**
 * Published packages, lowered and interpreted module by module, give the digests and ciphertexts of node:crypto:
 * code of other people, in the form in which they ship it, runs on the IR alone.
 */
import crypto from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { expect, test } from 'vitest';
import { lowerProgram } from './program-source.js';
import type { ModuleExports } from './run-module.js';
import { runModule } from './run-module.js';

type Bytes = Uint8Array;
const resolver = createRequire(import.meta.url);
const data = new Uint8Array(300).map((_, index) => index);

test('@noble/hashes computes what node:crypto computes', () => {
  const load = packageLoader('@noble/hashes', 'sha2.js');
  const { sha256, sha512 } = load('sha2.js') as Record<string, (input: Bytes) => Bytes>;
  const { blake2b } = load('blake2.js') as Record<string, (input: Bytes) => Bytes>;
  const { sha3_256: sha3 } = load('sha3.js') as Record<string, (input: Bytes) => Bytes>;
  const { hmac } = load('hmac.js') as Record<string, (hash: unknown, key: Bytes, input: Bytes) => Bytes>;
  const { hkdf } = load('hkdf.js') as Record<string, (hash: unknown, key: Bytes, salt: Bytes, info: undefined, length: number) => Bytes>;
  expect(hex(sha256?.(data))).toBe(crypto.createHash('sha256').update(data).digest('hex'));
  expect(hex(sha512?.(data))).toBe(crypto.createHash('sha512').update(data).digest('hex'));
  expect(hex(blake2b?.(data))).toBe(crypto.createHash('blake2b512').update(data).digest('hex'));
  expect(hex(sha3?.(data))).toBe(crypto.createHash('sha3-256').update(data).digest('hex'));
  expect(hex(hmac?.(sha256, data.subarray(0, 20), data))).toBe(crypto.createHmac('sha256', data.subarray(0, 20)).update(data).digest('hex'));
  expect(hex(hkdf?.(sha256, data, data, undefined, 42))).toBe(Buffer.from(crypto.hkdfSync('sha256', data, data, '', 42)).toString('hex'));
});

test('@noble/ciphers seals what node:crypto seals, and refuses what was changed', () => {
  const load = packageLoader('@noble/ciphers', 'chacha.js');
  const { chacha20poly1305 } = load('chacha.js') as Record<string, (key: Bytes, nonce: Bytes) => { encrypt(input: Bytes): Bytes; decrypt(input: Bytes): Bytes }>;
  const key = data.subarray(0, 32);
  const nonce = data.subarray(32, 44);
  const native = crypto.createCipheriv('chacha20-poly1305', key, nonce, { authTagLength: 16 });
  const expected = Buffer.concat([native.update(data), native.final(), native.getAuthTag()]);
  const sealed = chacha20poly1305?.(key, nonce).encrypt(data) ?? new Uint8Array(0);
  expect(hex(sealed)).toBe(expected.toString('hex'));
  expect(hex(chacha20poly1305?.(key, nonce).decrypt(sealed))).toBe(hex(data));
  sealed[5] = (sealed[5] ?? 0) ^ 1;
  expect(() => chacha20poly1305?.(key, nonce).decrypt(sealed)).toThrow();
});

/** Loads modules of one package in the interpreter, each once; other packages and built-in modules are Node's own. */
function packageLoader(packageName: string, entry: string): (file: string) => ModuleExports {
  const root = path.dirname(resolver.resolve(`${packageName}/${entry}`));
  const loaded = new Map<string, ModuleExports>();
  const load = (file: string): ModuleExports => {
    const known = loaded.get(file);
    if (known !== undefined) return known;
    const module = lowerProgram({ fileName: file.replace(/\.js$/u, '.mjs'), text: readFileSync(file, 'utf8') });
    expect(module.statistics.reasons).toEqual({});
    const importModule = (specifier: string): ModuleExports => {
      const resolved = path.resolve(path.dirname(file), specifier);
      return existsSync(resolved) ? load(resolved) : resolver(specifier) as ModuleExports;
    };
    const exported = runModule(module, { globals: globalThis, importModule });
    loaded.set(file, exported);
    return exported;
  };
  return (file) => load(path.join(root, file));
}

function hex(bytes: Bytes | undefined): string {
  return Buffer.from(bytes ?? []).toString('hex');
}
