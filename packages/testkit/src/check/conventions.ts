// Owns the conventions that no compiler or linter of ours sees: module size, opening comments, machine paths, registry hosts, focused and skipped tests.
// Each check takes files and returns violations; which files each one looks at is part of the convention and decided here.
import ts from 'typescript';
import { isTestModule } from './source-module.js';
import type { SourceModule, StructuralViolation } from './source-module.js';

const maxLinesOfModule = 500;
const maxLinesOfRule = 200;

/** Modules that are over their size: 500 lines, 200 for a `rule.ts`. Models (lists of rows), generated modules and tests may be longer. */
export function checkModuleSizes(sources: readonly SourceModule[]): StructuralViolation[] {
  return sources.flatMap(({ path, text }) => {
    if (isTestModule(path) || path.endsWith('.model.ts') || isGenerated(text)) return [];
    const limit = /^rules\/[^/]+\/rule\.ts$/.test(path) ? maxLinesOfRule : maxLinesOfModule;
    const lineCount = text.replace(/\n$/, '').split('\n').length;
    if (lineCount <= limit) return [];
    return [{ path, line: limit + 1, message: `module has ${lineCount} lines and may have ${limit}; split it by concept` }];
  });
}

/** Modules that do not begin by saying what they own. Tests say it by the name of what they test. */
export function checkOpeningComments(sources: readonly SourceModule[]): StructuralViolation[] {
  return sources.flatMap(({ path, text }) => {
    if (isTestModule(path) || /^(?:#![^\n]*\n)?\s*\/[/*]/.test(text)) return [];
    return [{ path, line: 1, message: 'module does not begin with a comment; say what it owns and what it leaves to whom' }];
  });
}

/** Absolute paths of somebody's machine. The pattern is put together from parts, so that this module does not match it. */
export function checkMachinePaths(files: readonly SourceModule[]): StructuralViolation[] {
  const homes = ['work', 'root', 'home', 'Users'].join('|');
  const machinePath = new RegExp(String.raw`(?<![\w.\-/@}\])])/(?:${homes})/[A-Za-z]|[A-Za-z]:\\+(?:${homes})\\`);
  return linesMatching(files, machinePath, 'machine path; use a path relative to the workspace or a made-up one');
}

/** Places from where packages were fetched, in files that pnpm and npm write or read. */
export function checkRegistryHosts(files: readonly SourceModule[]): StructuralViolation[] {
  const settings = files.filter(({ path }) => /(?:^|\/)(?:pnpm-lock\.yaml|package-lock\.json|pnpm-workspace\.yaml|\.npmrc)$/.test(path));
  const registryHost = /registry\s*[=:]|tarball:|"resolved"|\/\/registry\.|https?:\/\/[^\s'"]*(?:verdaccio|artifactory|nexus|npmjs)/i;
  return linesMatching(settings, registryHost, 'registry host; write the lock file without one');
}

/** Tests that are focused, skipped, conditional or still to be written: each would make the count of passed tests say less than it seems. */
export function checkFocusedAndSkippedTests(sources: readonly SourceModule[]): StructuralViolation[] {
  return sources.filter(({ path }) => isTestModule(path)).flatMap((module) => {
    const sourceFile = ts.createSourceFile(module.path, module.text, ts.ScriptTarget.Latest, true);
    const violations: StructuralViolation[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isPropertyAccessExpression(node) && forbiddenModifiers.has(node.name.text) && startsAtTestFunction(node.expression)) {
        const line = sourceFile.getLineAndCharacterOfPosition(node.name.getStart(sourceFile)).line + 1;
        violations.push({ path: module.path, line, message: `.${node.name.text} keeps tests from running; mend or remove the test` });
      }
      ts.forEachChild(node, visit);
    };
    visit(sourceFile);
    return violations;
  });
}

const forbiddenModifiers = new Set(['only', 'skip', 'skipIf', 'runIf', 'todo']);
const testFunctions = new Set(['test', 'it', 'describe', 'suite', 'bench', 'context', 'ctx']);

/** Whether a chain such as `test.concurrent.each` begins at a function of vitest or at a test's context. */
function startsAtTestFunction(expression: ts.Expression): boolean {
  if (ts.isPropertyAccessExpression(expression)) return startsAtTestFunction(expression.expression);
  return ts.isIdentifier(expression) && testFunctions.has(expression.text);
}

function isGenerated(text: string): boolean {
  return /^\/[/*].*generated/i.test(text.split('\n', 1)[0] ?? '');
}

function linesMatching(files: readonly SourceModule[], pattern: RegExp, message: string): StructuralViolation[] {
  return files.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => {
      const match = pattern.exec(line);
      return match === null ? [] : [{ path, line: index + 1, message: `${message} (found ${JSON.stringify(match[0])})` }];
    }));
}
