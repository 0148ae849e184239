/**
 * Which files are tests: their allocations reach no user, so an audit of the folder around them leaves them out and says so.
 * Judged by names that nothing but tests have, and by what the file imports; a file in a test folder may be a support file and is analyzed.
 */
import { basename, dirname, join } from 'node:path';
import { ts } from '../typescript.js';
import type { FileSystem } from './file-system.js';

/** `x.test.ts`, `x.spec.js`: what Node's own runner, jest, vitest and mocha take for tests by default. */
const testName = /\.(?:test|spec)\.[cm]?[jt]sx?$/;
/** Some modules of libraries are called so (`utils/test.js`), hence only beside the manifest of a package. */
const testNameAtPackageRoot = /^tests?\.[cm]?[jt]sx?$/;
const testFolderName = /^(?:tests?|__tests__|specs?)$/;
const testFrameworks: readonly string[] = ['node:test', 'bun:test', 'vitest', '@jest/globals', '@playwright/test', 'mocha', 'tape', 'tap', 'ava', 'uvu'];
/** Whether it is worth to look for imports at all. */
const quotedFramework = new RegExp(`['"](?:${testFrameworks.join('|')})['"]`);

/** Why the file is taken for a test, or null. The file can be read: `content-gate.ts` let it pass. */
export function testReason(fileSystem: FileSystem, file: string): string | null {
  const name = basename(file);
  if (testName.test(name) || (testNameAtPackageRoot.test(name) && isPackageRoot(fileSystem, dirname(file)))) return 'is a test, by its name; name the file to analyze it';
  const framework = importedFramework(fileSystem, file);
  return framework === null ? null : `is a test, as it imports ${framework}; name the file to analyze it`;
}

/** Folders of tests: whoever names one means its tests. */
export function isTestFolder(name: string): boolean {
  return testFolderName.test(name);
}

function isPackageRoot(fileSystem: FileSystem, folder: string): boolean {
  return fileSystem.kindOf(join(folder, 'package.json')) === 'file';
}

function importedFramework(fileSystem: FileSystem, file: string): string | null {
  const text = fileSystem.read(file).toString('utf8');
  if (!quotedFramework.test(text)) return null;
  // The scanner of TypeScript knows comments and strings, in which a framework is only spoken of.
  const imported = ts.preProcessFile(text, true, true).importedFiles.find((one) => testFrameworks.includes(one.fileName));
  return imported?.fileName ?? null;
}
