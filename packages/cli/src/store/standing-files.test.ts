/** Which files are lowered again after an edit, and which part of a file others depend on. */
import { afterEach, describe, expect, test } from 'vitest';
import { basename } from 'node:path';
import { runCommand } from '../command-run.test-support.js';
import { loadEngine } from '../engine.js';
import { declarationText } from '../project/declaration-text.js';
import { ts } from '../typescript.js';
import { removeTemporaryFolders } from '../temporary-folder.test-support.js';
import { editedProject, edits, projectFiles, type EditedProject } from './edited-project.test-support.js';

afterEach(removeTemporaryFolders);

/** Names of the files whose types were asked for, once each. */
async function lowered(project: EditedProject): Promise<string[]> {
  const names = new Set<string>();
  const engine = await loadEngine();
  await runCommand(project.folder, ['audit', '--json'], {
    buildIdentity: () => 'build',
    loadEngine: () => Promise.resolve({
      ...engine,
      checkerOracle: (typescript, program) => {
        const oracle = engine.checkerOracle(typescript, program);
        return { ...oracle, answer: (sourceFile, questions) => { names.add(basename(sourceFile.fileName)); return oracle.answer(sourceFile, questions); } };
      },
    }),
  });
  return [...names].sort();
}

const all = ['digest.ts', 'helper.ts', 'session.ts', 'types.ts'];

describe('after an edit', () => {
  test.each([
    ['in the body of a function whose result type is written', 'src/helper.ts', 'return bytes.subarray(0, 8);', 'return bytes.subarray(0, 9);', ['helper.ts']],
    ['of a file that nothing imports', 'src/digest.ts', '4096', '64', ['digest.ts']],
    ['that changes an inferred type, importers too', 'src/helper.ts', 'bytes.subarray(8)', '"text"', ['digest.ts', 'helper.ts']],
    ['that changes a written type, importers too', 'src/types.ts', 'key: Uint8Array', 'key: Buffer', ['digest.ts', 'session.ts', 'types.ts']],
    ['that declares something for all, all', 'src/types.ts', 'export interface', 'declare global { var key: string }\nexport interface', all],
    ['of the types of a dependency, all', 'node_modules/dep/index.d.ts', 'Uint8Array', 'Buffer', all],
    ['of the options, all', 'tsconfig.json', 'true', 'false', all],
  ])('%s: %s', async (_what, name, from, to, expected) => {
    const project = editedProject();
    expect(await lowered(project)).toEqual(all);
    project.write(name, (projectFiles[name] ?? '').replace(from, to));
    expect(await lowered(project)).toEqual(expected);
    // What was kept then stands as well.
    expect(await lowered(project)).toEqual([]);
    project.write('src/digest.ts', `${projectFiles['src/digest.ts'] ?? ''}\n`);
    expect(await lowered(project)).toEqual(['digest.ts']);
  });

  test('that cannot be parsed, the file and its importers; and again when it is mended', async () => {
    const project = editedProject();
    await lowered(project);
    project.write('src/helper.ts', 'export function head( {');
    // A file with syntax errors is asked nothing.
    expect(await lowered(project)).toEqual(['digest.ts']);
    project.write('src/helper.ts', projectFiles['src/helper.ts'] ?? '');
    expect(await lowered(project)).toEqual(['digest.ts', 'helper.ts']);
  });

  test('each edit of the list is one', () => {
    expect(new Set(edits.map((edit) => edit.name)).size).toBe(edits.length);
  });
});

describe('what types of others can depend on', () => {
  const isSame = (before: string, after: string, name = '/a.ts'): boolean =>
    declarationText(ts.createSourceFile(name, before, ts.ScriptTarget.ESNext)) === declarationText(ts.createSourceFile(name, after, ts.ScriptTarget.ESNext));

  test.each([
    ['the body of a function', 'export function f(): number { return 1; }', 'export function f(): number { return 2; }'],
    ['the body of a method', 'export class A { m(): number { return 1; } get g(): number { return 1; } }', 'export class A { m(): number { return 2; } get g(): number { return 3; } }'],
    ['the body of an arrow function', 'export const o = { f: (x: string): number => { return 1; } };', 'export const o = { f: (x: string): number => { return x.length; } };'],
  ])('not %s whose result type is written', (_what, before, after) => {
    expect(isSame(before, after)).toBe(true);
  });

  test.each([
    ['a body without a written result type', 'export function f() { return 1; }', 'export function f() { return ""; }'],
    ['an expression as a body', 'export const f = (): { a: number } => ({ a: 1 });', 'export const f = (): { a: number } => ({ a: 2 });'],
    ['a constructor, from which fields without types have theirs', 'export class A { x; constructor() { this.x = 1; } }', 'export class A { x; constructor() { this.x = ""; } }'],
    ['an assignment to a variable of the module, which ends its narrowing', 'let x: string | null = "";\nexport const f = () => x;\nexport function g(): void { }', 'let x: string | null = "";\nexport const f = () => x;\nexport function g(): void { x = null; }'],
    ['what is nested in a body without a written type', 'export function f() { let x: string | null = ""; const g = (): void => { x.length; }; return () => x; }', 'export function f() { let x: string | null = ""; const g = (): void => { x = null; }; return () => x; }'],
    ['an import in a body', 'export async function f(): Promise<void> { }', 'export async function f(): Promise<void> { await import("./b.js"); }'],
    ['a default of a parameter', 'export function f(x = 1): void { }', 'export function f(x = ""): void { }'],
  ])('but %s', (_what, before, after) => {
    expect(isSame(before, after)).toBe(false);
  });

  test('and everything in JavaScript', () => {
    expect(isSame('export function f() { return 1; }', 'export function f() { return 2; }', '/a.js')).toBe(false);
  });
});
