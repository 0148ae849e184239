import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { applyEdits, runCodemod } from '@scrimp/rewrite';
import type { Codemod, CodemodFinding } from '@scrimp/rewrite';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { codemods } from './index.js';

const here = dirname(fileURLToPath(import.meta.url));

describe.each(codemods.map((codemod) => ({ id: codemod.id, codemod })))('$id', ({ id, codemod }) => {
  const inputFile = join(here, id, 'input.ts');
  const input = readFileSync(inputFile, 'utf8');
  const output = readFileSync(join(here, id, 'output.ts'), 'utf8');
  const refuses = readFileSync(join(here, id, 'refuses.ts'), 'utf8');

  test('turns input.ts into output.ts', () => {
    const findings = findingsIn(id, input);
    expect(findings.length).toBeGreaterThan(0);
    const { text, refused } = rewritten(codemod, input, findings);
    expect(refused).toEqual([]);
    expect(text).toBe(output);
  });

  test('keeps carriage returns, and their absence', () => {
    const withReturns = input.replaceAll('\n', '\r\n');
    expect(rewritten(codemod, withReturns, findingsIn(id, withReturns)).text).toBe(output.replaceAll('\n', '\r\n'));
  });

  test('changes nothing more in output.ts', () => {
    const { text } = rewritten(codemod, output, findingsIn(id, output));
    expect(text).toBe(output);
  });

  test('leaves refuses.ts alone and says why', () => {
    const findings = findingsIn(id, refuses);
    const expectedReasons = [...refuses.matchAll(/\/\/ refuses: (.*)$/gm)].map((match) => match[1]!);
    expect(findings.length).toBe(expectedReasons.length);
    const { text, refused } = rewritten(codemod, refuses, findings);
    expect(text).toBe(refuses);
    expect(refused.length).toBe(expectedReasons.length);
    refused.forEach(({ reason }, index) => expect(reason).toContain(expectedReasons[index]));
  });

  test('attributes each edit to the findings that need it', () => {
    const findings = findingsIn(id, input);
    const { edits } = runCodemod(codemod, 'input.ts', input, findings);
    expect(edits.every((edit) => edit.findings.length > 0)).toBe(true);
    for (const finding of findings) {
      expect(edits.filter((edit) => edit.findings.includes(finding.id)).length).toBeGreaterThan(0);
    }
  });

  test('one finding alone is rewritten without the others', () => {
    const findings = findingsIn(id, input);
    for (const finding of findings) {
      const { text, refused } = rewritten(codemod, input, [finding]);
      expect(refused).toEqual([]);
      expect(text).not.toBe(input);
      expect(findingsIn(id, text).length).toBe(findings.length - 1);
    }
  }, 30_000);

  test.each(['input.ts', 'output.ts', 'refuses.ts'])('%s type-checks', (name) => {
    const file = join(here, id, name);
    const program = ts.createProgram([file], {
      target: ts.ScriptTarget.ES2023, lib: ['lib.es2023.d.ts'], module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext,
      strict: true, noUncheckedIndexedAccess: true, noUnusedLocals: true, noUnusedParameters: true, noImplicitReturns: true, noEmit: true, skipLibCheck: true,
      types: ['node'], typeRoots: [join(here, '..', 'node_modules', '@types')],
    });
    expect(ts.getPreEmitDiagnostics(program).map((diagnostic) => ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'))).toEqual([]);
  }, 30_000);
});

function rewritten(codemod: Codemod, text: string, findings: readonly CodemodFinding[]): { text: string; refused: readonly { finding: string; reason: string }[] } {
  const { edits, refused } = runCodemod(codemod, 'input.ts', text, findings);
  const applied = applyEdits(text, edits);
  if ('problem' in applied) throw new Error(applied.problem);
  return { text: applied.text, refused };
}

/** What the rules would find in a fixture, by syntax alone, so that codemods are tested apart from the engine. */
function findingsIn(id: string, text: string): CodemodFinding[] {
  const sourceFile = ts.createSourceFile('input.ts', text, ts.ScriptTarget.Latest, true);
  return id === 'no-repeated-kdf-extract' ? derivationGroups(sourceFile) : slicesInArguments(sourceFile);
}

/** Per function at the top level, or method: the first derivation, the others related. */
function derivationGroups(sourceFile: ts.SourceFile): CodemodFinding[] {
  const units = sourceFile.statements.flatMap((statement): readonly ts.Node[] => (ts.isClassDeclaration(statement) ? statement.members : [statement]));
  return units.flatMap((unit, index): CodemodFinding[] => {
    const calls = callsBelow(unit).filter(({ expression }) => /^hkdf(?:Sync)?$/.test(expression.getText(sourceFile)));
    const [first, ...others] = calls;
    if (first === undefined || others.length === 0) return [];
    return [{ ...placeOf(sourceFile, first, `group${index}`), related: others.map((call) => ({ ...placeOf(sourceFile, call, ''), message: 'derived again' })) }];
  });
}

/** Calls that slice, or borrow `slice`, and are an argument. */
function slicesInArguments(sourceFile: ts.SourceFile): CodemodFinding[] {
  const isSlice = (call: ts.CallExpression): boolean => /slice/.test(call.expression.getText(sourceFile).split('.').slice(-2).join('.'));
  const slices = callsBelow(sourceFile).filter((call) => isSlice(call) && ts.isCallExpression(call.parent) && call.parent.arguments.includes(call));
  return slices.map((call, index) => placeOf(sourceFile, call, `slice${index}`));
}

function callsBelow(node: ts.Node): ts.CallExpression[] {
  const calls: ts.CallExpression[] = [];
  const visit = (child: ts.Node): void => {
    if (ts.isCallExpression(child)) calls.push(child);
    ts.forEachChild(child, visit);
  };
  visit(node);
  return calls.sort((left, right) => left.getStart() - right.getStart());
}

function placeOf(sourceFile: ts.SourceFile, node: ts.Node, id: string): CodemodFinding {
  const start = sourceFile.getLineAndCharacterOfPosition(node.getStart(sourceFile));
  const end = sourceFile.getLineAndCharacterOfPosition(node.getEnd());
  return { id, file: 'input.ts', line: start.line + 1, column: start.character + 1, endLine: end.line + 1, endColumn: end.character + 1, related: [] };
}
