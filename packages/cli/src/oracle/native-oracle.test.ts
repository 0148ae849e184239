/**
 * The native oracle beside the checker of this process: the same types of every parameter and every receiver that is asked about, and the
 * same findings. Both read the same files from the disk, with the types of Node that this workspace has.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { checkerOracle, lowerModule, printModule, type KnownNames, type TypeOracle } from '@scrimp/analysis';
import { runCommand } from '../command-run.test-support.js';
import { loadEngine } from '../engine.js';
import { inferredOptions } from '../project/compiler-options.js';
import { nodeFileSystem } from '../project/file-system.js';
import { removeTemporaryFolders, temporaryFolder } from '../temporary-folder.test-support.js';
import { ts } from '../typescript.js';
import { openOracle } from './chosen-oracle.js';
import { openNativeChecker } from './native-oracle.js';
import { findNativeTypescript, type NativeTypescript } from './native-typescript.js';

afterEach(removeTemporaryFolders);

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const members = new Set(['slice', 'update', 'm', 'push']);
const names: KnownNames = { members, callees: new Set(['use', 'Uint8Array', 'list']), bytes: { members, globals: new Set(['Buffer']) }, declaresBytes: (name) => name === 'Uint8Array' || name === 'Buffer' };
const typeRoots = [dirname(dirname(createRequire(import.meta.url).resolve('@types/node/package.json')))];

let native: NativeTypescript;

beforeAll(async () => {
  const found = await findNativeTypescript(dirname(fileURLToPath(import.meta.url)));
  if (found === null) throw new Error('TypeScript 7 is not installed; run the install of the workspace');
  native = found;
});

/** What `main.ts` is lowered to, with every type that was asked, by both oracles; one line for each part. */
function loweredByBoth(files: Readonly<Record<string, string>>): { readonly checker: readonly string[]; readonly native: readonly string[] } {
  const folder = temporaryFolder({ 'package.json': '{ "type": "module" }', ...files });
  const main = join(folder, 'main.ts');
  const options = { ...inferredOptions(nodeFileSystem, folder), types: ['node'], typeRoots };
  const program = ts.createProgram([main], options);
  const sourceFile = program.getSourceFile(main);
  if (sourceFile === undefined) throw new Error('main.ts is missing');
  const lowered = (oracle: TypeOracle): readonly string[] => partsOf(printModule(lowerModule(ts, sourceFile, { oracle, names })));
  const checker = openNativeChecker(native, folder);
  try {
    const both = { checker: lowered(checkerOracle(ts, program)), native: lowered(checker.oracleOf({ configFile: null, options, files: [main], declarationFiles: [] })) };
    expect(checker.failures()).toBe(0);
    return both;
  } finally {
    checker.close();
  }
}

/** Stored modules hold the types; a part that has none would compare nothing. */
function partsOf(printed: string): readonly string[] {
  expect(printed).toContain('"names"');
  return printed.split('},');
}

describe('the same types', () => {
  test.each<[name: string, files: Readonly<Record<string, string>>]>([
    ['of the language, of Node, of packages and of the project', {
      'main.ts': `
        import { createHash, type Hash } from 'node:crypto';
        import * as net from 'net';
        import { Session } from './session.js';
        import Hidden from './session.js';
        enum E { A, B }
        export function f(bytes: Uint8Array, buffer: Buffer, hash: Hash, session: Session, hidden: Hidden, text: 'a' | 'b', many: string[], tuple: [Buffer, number], anything: unknown, e: E, maybe: Buffer | undefined, socket: net.Socket, map: Map<string, Buffer>, timeout: NodeJS.Timeout) {
          createHash('sha256').update(bytes); buffer.slice(1); session.m(); hidden.m(); many.slice(); maybe?.slice(); tuple.slice(); new Uint8Array(4).slice(); hash.copy().update(bytes);
        }`,
      'session.ts': 'export class Session extends Uint8Array { m() {} }\nexport default class Hidden { m() {} }\n',
    }],
    ['constraints, intersections, functions, literals, recursive and mapped types', {
      'main.ts': `
        interface Tree { readonly child?: Tree; readonly bytes: Uint8Array }
        type Keyed<T> = { [K in keyof T]: T[K] };
        type Element<T> = T extends (infer U)[] ? U : never;
        export function f<T extends Uint8Array, U, K extends keyof Tree>(a: T, b: U, c: Uint8Array & { brand: 1 }, d: () => void, e: { x: number }, g: typeof Uint8Array, h: Tree, i: Keyed<Tree>, j: Element<Buffer[]>, k: Tree[K], l: 1n | symbol | null, m: boolean, n: new () => Buffer, o: readonly Buffer[], p: Promise<Uint8Array>, q: never, r: object, s: Iterable<number>) {
          const made = new Uint8Array(4).subarray(1); made.slice(); h.child?.bytes.slice(); i.bytes.slice(); a.slice(); o.slice(); (r as Buffer).slice(); j.slice();
        }`,
    }],
    ['beyond ASCII, and without annotations', {
      'main.ts': `
        // \u00fcn\u00ef \u{1f600} \u4e2d\u6587
        export const f = (use: (a: Buffer, b: Buffer) => void) => use; f((a, b) => { /* \u{1f600} */ a.slice(); return b; });
        export const text = '\u{1f600}'; const caf\u00e9 = new Uint8Array(1); caf\u00e9.slice();`,
    }],
  ])('%s', (_name, files) => {
    const { checker, native: other } = loweredByBoth(files);
    expect(other).toEqual(checker);
  });

  test('under options that TypeScript 7 no longer has', () => {
    const folder = temporaryFolder({ 'src/bytes.ts': 'export class Bytes extends Uint8Array { m() {} }\n', 'main.ts': 'import { Bytes } from "bytes";\nexport function f(a: Bytes, b: Uint8Array) { a.m(); b.slice(); }\n' });
    const { options } = ts.convertCompilerOptionsFromJson({ target: 'es5', module: 'commonjs', moduleResolution: 'node10', baseUrl: 'src', lib: ['es2023'], types: ['node'], typeRoots, ignoreDeprecations: '6.0', noEmit: true }, folder);
    const main = join(folder, 'main.ts');
    const program = ts.createProgram([main], options);
    const checker = openNativeChecker(native, folder);
    try {
      const lowered = (oracle: TypeOracle): string => printModule(lowerModule(ts, program.getSourceFile(main)!, { oracle, names }));
      expect(lowered(checker.oracleOf({ configFile: null, options, files: [main], declarationFiles: [] }))).toBe(lowered(checkerOracle(ts, program)));
      expect(lowered(checkerOracle(ts, program))).toContain('Bytes');
    } finally {
      checker.close();
    }
  });
});

describe('scrimp audit --oracle', () => {
  test.each(['reference-impl/before', 'fixtures/programs/commonjs', 'fixtures/programs/needed-copies', 'fixtures/programs/soundness'])('native finds in %s what the checker finds', async (path) => {
    const run = (oracle: string) => runCommand(root, ['audit', path, '--no-config', '--oracle', oracle, '--json'], { loadEngine });
    const checker = await run('checker');
    const other = await run('native');
    expect(checker.code).toBe(0);
    expect(other).toMatchObject({ code: 0, stderr: '' });
    expect(other.stdout).toBe(checker.stdout);
  });

  test('none knows what annotations say', async () => {
    const cwd = temporaryFolder({ 'package.json': '{}', 'a.ts': "import { createHash } from 'node:crypto';\nexport const f = (message: Uint8Array) => createHash('sha256').update(message.slice(4)).digest();\n" });
    const { code, stdout } = await runCommand(cwd, ['audit', '--oracle', 'none', '--json'], { loadEngine });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ summary: { files: 1 } });
    expect(stdout).toContain('no-slice-into-sync-sink');
  });

  test('native without TypeScript 7 says what to install', async () => {
    expect(await openOracle('native', root, await loadEngine(), () => Promise.resolve(null))).toEqual({ problem: '--oracle native needs TypeScript 7, which is not installed here; install it with `npm install --save-dev typescript-7@npm:typescript@7`' });
  });

  test('native that does not start says why', async () => {
    const broken = { ...native, sync: { ...native.sync, API: function refuse() { throw new Error('no program for this platform'); } } } as unknown as NativeTypescript;
    expect(await openOracle('native', root, await loadEngine(), () => Promise.resolve(broken))).toEqual({ problem: `TypeScript ${native.version} does not start: no program for this platform` });
  });

  test.each([
    [['--oracle', 'nativ'], '`nativ` is not a value of --oracle (did you mean native?)'],
    [['--oracle', 'native', '--watch'], '--oracle native and --watch exclude each other'],
    [['--oracle', 'none', '--shard', '1/2'], '--oracle none and --shard exclude each other'],
  ])('%j cannot run', async (argv, sentence) => {
    const cwd = temporaryFolder({ 'a.ts': 'export {};\n' });
    const { code, stderr, stdout } = await runCommand(cwd, ['audit', ...argv]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(sentence);
  });
});
