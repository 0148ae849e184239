/** Files on which TypeScript runs out of stack: they are named, and hide nothing of the others. */
import { relative } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { runAudit } from '../audit.js';
import { realEngine } from '../real-engine.js';
import { removeTemporaryFolders, temporaryFolder } from '../temporary-folder.test-support.js';
import { tooDeepReason } from './deep-files.js';
import { nodeFileSystem } from './file-system.js';

afterEach(removeTemporaryFolders);

const wasteful = "import { createHash } from 'node:crypto';\nexport function digest(bytes: Buffer): Uint8Array {\n  return new Uint8Array(createHash('sha256').update(bytes).digest());\n}\n";

const levels = 20_000;
const deep: readonly (readonly [name: string, text: string])[] = [
  ['parentheses.ts', `export const a = ${'('.repeat(levels)}1${')'.repeat(levels)};\n`],
  ['calls.js', `export const a = x${'.f()'.repeat(levels)};\n`],
  ['members.js', `export const a = x${'.f'.repeat(levels)};\n`],
  ['blocks.ts', `${'{'.repeat(levels)}${'}'.repeat(levels)}\n`],
  ['branches.ts', `declare const x: number;\n${'if (x === 1) {} else '.repeat(levels)}{}\n`],
  // Within what TypeScript can do, near the end of what the stack has.
  ['branches-2500.ts', `declare const x: number;\n${'if (x === 1) {} else '.repeat(2500)}{}\n`],
  ['type.ts', `export type A = ${'Array<'.repeat(levels)}1${'>'.repeat(levels)};\n`],
];

test.each(deep)('%s is skipped, or analyzed, and the other file is audited', (name, text) => {
  const cwd = temporaryFolder({ 'package.json': '{ "type": "module" }', [name]: text, 'wasteful.ts': wasteful });
  const { result, problems } = runAudit({
    fileSystem: nodeFileSystem, engine: realEngine, rules: realEngine.rules, target: null, hot: [], cold: [], nodeVersion: '20.20.2', progress: { show: () => undefined, clear: () => undefined },
    cwd, paths: [name, 'wasteful.ts'], configs: [],
  });
  expect(result.findings.map((finding) => `${finding.file}: ${finding.rule}`)).toContain('wasteful.ts: no-copy-of-fresh-bytes');
  const reasons = result.skipped.map((skipped) => `${skipped.file}: ${skipped.reason}`);
  // How deep the stack goes is the machine's affair; that nothing else may be said of such a file is ours.
  if (!name.includes('2500')) expect(reasons).toEqual([`${name}: ${tooDeepReason}`]);
  expect(problems.map((problem) => `${relative(cwd, problem.path)}: ${problem.reason}`)).toEqual(reasons);
  expect(reasons.every((reason) => reason === `${name}: ${tooDeepReason}`)).toBe(true);
});
