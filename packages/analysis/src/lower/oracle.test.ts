/**
 * What the two oracles say of the same programs. The checker runs on files in memory with the workspace's lib and @types/node.
 */
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import type { FunctionIr, ModuleIr } from '../ir/function.js';
import { printTypeFact } from '../ir/print.js';
import { checkerOracle } from './checker-oracle.js';
import { lowerModule } from './lower-module.js';
import type { KnownNames, TypeOracle } from './oracle.js';
import { syntaxOracle } from './syntax-oracle.js';

const asked = ['slice', 'update', 'm', 'use', 'Uint8Array'];
const names: KnownNames = { members: new Set(['slice', 'update', 'm', 'push']), callees: new Set(['use', 'Uint8Array', 'list']), bytes: { members: new Set(asked), globals: new Set(['Buffer']) }, declaresBytes: (name) => name === 'Uint8Array' || name === 'Buffer' };
const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** Lowers `main.ts`; other files are there to be imported. */
function lowerChecked(files: Readonly<Record<string, string>>): ModuleIr {
  const options: ts.CompilerOptions = { target: ts.ScriptTarget.ES2023, lib: ['lib.es2023.d.ts'], module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, strict: true, types: ['node'], typeRoots: [`${root}node_modules/@types`], noEmit: true };
  const host = ts.createCompilerHost(options);
  const readFile = host.readFile.bind(host);
  const fileExists = host.fileExists.bind(host);
  const virtual = (file: string): string | undefined => (file.startsWith(root) ? files[file.slice(root.length)] : undefined);
  host.readFile = (file) => virtual(file) ?? readFile(file);
  host.fileExists = (file) => virtual(file) !== undefined || fileExists(file);
  host.getSourceFile = (file, language) => {
    const text = virtual(file) ?? readFile(file);
    return text === undefined ? undefined : ts.createSourceFile(file, text, language);
  };
  const program = ts.createProgram([`${root}main.ts`], options, host);
  const sourceFile = program.getSourceFile(`${root}main.ts`);
  if (sourceFile === undefined) throw new Error('main.ts is missing');
  return lowerModule(ts, sourceFile, { oracle: checkerOracle(ts, program), names });
}

function lowerPlain(text: string, file = '/dir/main.ts'): ModuleIr {
  return lowerModule(ts, ts.createSourceFile(file, text, ts.ScriptTarget.Latest, false), { oracle: syntaxOracle(ts), names });
}

function functionOf(module: ModuleIr, name: string): FunctionIr {
  const fn = module.functions.find((candidate) => candidate.name === name);
  if (fn === undefined) throw new Error(`no function ${name}`);
  return fn;
}

/** The types told in a function, in order of values. */
function typesIn(module: ModuleIr, name: string): readonly string[] {
  return [...functionOf(module, name).types].sort(([a], [b]) => a - b).map(([, fact]) => printTypeFact(fact).replace(root, '/'));
}

function parameterTypes(module: ModuleIr, name: string): readonly (string | null)[] {
  return functionOf(module, name).parameterTypes.map((fact) => (fact === null ? null : printTypeFact(fact).replace(root, '/')));
}

describe('syntax oracle', () => {
  test('annotations of parameters', () => {
    const module = lowerPlain('function f(a: Uint8Array, b: string | null, c?: Readonly<Buffer>, d: number[] = [], e = 1, g: any, h, ...r) { h.slice(); }');
    expect(parameterTypes(module, 'f')).toEqual(['Uint8Array (es)', 'string (primitive) | null', 'Buffer (es) | null', 'Array<number> (es)', 'number (primitive)', 'any', null, null]);
  });

  test('type arguments, unions, and types that the syntax does not know', () => {
    const module = lowerPlain('function f<T>(a: Uint8Array<ArrayBuffer>, b: Buffer | Uint8Array | undefined, c: T, d: A["b"] | Buffer, e: Promise<string>) {}\ntype A = { b: 1 };');
    expect(parameterTypes(module, 'f')).toEqual(['Uint8Array<ArrayBuffer> (es)', 'Buffer (es) | Uint8Array (es) | null', null, 'Buffer (es) | any', 'Promise<string> (es)']);
  });

  test('imported, local and shadowed names', () => {
    const module = lowerPlain('import { Hash as H, type X } from "node:crypto"; import * as net from "node:net"; class Buffer {}\nfunction f(a: H, b: Buffer, c: X, d: net.Socket) {}\nfunction g<Uint8Array>(a: Uint8Array) {}');
    expect(parameterTypes(module, 'f')).toEqual(['Hash (node:crypto)', 'Buffer (/dir/main.ts)', 'X (node:crypto)', 'Socket (node:net)']);
    expect(parameterTypes(module, 'g')).toEqual([null]);
  });

  test('receivers: variables, fields, casts, new', () => {
    const module = lowerPlain(`
      class C { key!: Uint8Array; readonly made = new Uint8Array(4); private own?: Buffer; constructor(private given: ArrayBuffer) {}
        f(p: Uint8Array) { const v = p; let w = p; var x: Buffer; v.slice(); w.slice(); x!.slice(); this.key.slice(); this.made.slice(); this.own!.slice(); this.given.slice(0); (p as Buffer).slice(); new Uint8Array(4).slice(); { const p = 'text'; p.slice(); } } }`);
    expect(typesIn(module, 'C.f')).toEqual(['Uint8Array (es)', 'Buffer (es)', 'Uint8Array (es)', 'Uint8Array (es)', 'Buffer (es)', 'ArrayBuffer (es)', 'Buffer (es)', 'Uint8Array (es)', 'string (primitive)']);
  });

  test('arguments of known callees and operands of spread', () => {
    const module = lowerPlain('function f(a: Buffer, b: number[], o: any) { o.use(a, 1, b); new Uint8Array([...b]); other(a); }');
    expect(typesIn(module, 'f')).toEqual(['Buffer (es)', 'Array<number> (es)', 'Array<number> (es)', 'Array (es)']);
  });

  test('this of an inner function is not the class', () => {
    const module = lowerPlain('class C { key!: Uint8Array; f() { return function inner(this: any) { return this.key.slice(); }; } }');
    expect(typesIn(module, 'C.f.inner')).toEqual([]);
  });

  test('cyclic constants end', () => {
    expect(typesIn(lowerPlain('const a = b; const b = a; a.slice();'), '<module>')).toEqual([]);
  });
});

describe('checker oracle', () => {
  test('where types come from', () => {
    const module = lowerChecked({
      'main.ts': `
        import { createHash, type Hash } from 'node:crypto';
        import { Session } from './session.js';
        export function f(bytes: Uint8Array, buffer: Buffer, hash: Hash, session: Session, text: 'a' | 'b', many: string[], anything: unknown, enumeration: E, maybe: Buffer | undefined) {
          createHash('sha256').update(bytes); buffer.slice(1); session.m(); many.slice(); maybe?.slice();
        }
        enum E { A, B }
      `,
      'session.ts': 'export class Session extends Uint8Array { m() {} }',
    });
    expect(parameterTypes(module, 'f')).toEqual([
      'Uint8Array<ArrayBufferLike> (es)', 'Buffer<ArrayBufferLike> (es)', 'Hash (node:crypto)', 'Session (/session.ts)', 'string (primitive)', 'Array<string> (es)', 'any', 'number (primitive)', 'Buffer<ArrayBufferLike> (es) | null',
    ]);
    expect(typesIn(module, 'f')).toEqual(['Hash (node:crypto)', 'Buffer<ArrayBufferLike> (es)', 'Session (/session.ts)', 'Array<string> (es)', 'Buffer<ArrayBufferLike> (es) | null']);
  });

  test('constraints, intersections, functions, inferred values', () => {
    const module = lowerChecked({
      'main.ts': `
        export function f<T extends Uint8Array, U>(a: T, b: U, c: Uint8Array & { brand: 1 }, d: () => void, e: { x: number }, g: typeof Uint8Array) { const made = new Uint8Array(4).subarray(1); made.slice(); }
      `,
    });
    expect(parameterTypes(module, 'f')).toEqual(['Uint8Array<ArrayBufferLike> (es)', 'any', 'Uint8Array<ArrayBufferLike> (es)', 'function (primitive)', 'object (primitive)', 'Uint8ArrayConstructor (es)']);
    expect(typesIn(module, 'f')).toEqual(['Uint8Array<ArrayBuffer> (es)']);
  });

  test('parameters without an annotation are asked about only where it matters', () => {
    const module = lowerChecked({ 'main.ts': 'export const f = (use: (a: Buffer, b: Buffer) => void) => use; f((a, b) => { a.slice(); return b; });' });
    const arrow = module.functions.find((fn) => fn.name.startsWith('<anonymous'));
    expect(arrow?.parameterTypes.map((fact) => (fact === null ? null : printTypeFact(fact)))).toEqual(['Buffer<ArrayBufferLike> (es)', null]);
  });
});

test.each([
  ['a file without bytes is asked only about what might be some', 'export function f(list: string[], hash: { update(x: string): void }, key: string) { list.push(key); hash.update(key); }', ['hash']],
  ['a type in the answers', 'declare const key: Uint8Array; export function f(list: string[]) { list.push(\'\'); key.slice(); }', ['key', 'list: string[]', 'list']],
  ['a global', 'export function f(list: string[]) { list.push(Buffer.name); }', ['list: string[]', 'list']],
  ['the name of a type', 'export function f(list: string[], key: Buffer) { list.push(String(key)); }', ['list: string[]', 'key: Buffer', 'list']],
  ['something without a type that is used like bytes', 'export function f(list: string[], key: unknown) { list.push((key as any).slice()); }', ['(key as any)', 'list: string[]', 'key: unknown', 'list']],
])('what is asked in steps: %s', (_name, text, expected) => {
  const asked: string[] = [];
  const sourceFile = ts.createSourceFile('/main.ts', text, ts.ScriptTarget.Latest, true);
  const plain = syntaxOracle(ts);
  const oracle: TypeOracle = {
    name: 'none',
    answer(file, questions) {
      asked.push(...questions.map(({ node }) => node.getText(file)));
      return plain.answer(file, questions).map((fact) => fact ?? { any: false, nullable: false, names: [] }).map((fact, index) => (questions[index]!.node.getText(file).includes('any') ? { ...fact, any: true } : fact));
    },
  };
  lowerModule(ts, sourceFile, { oracle, names });
  expect(asked).toEqual(expected);
});
