import { createRequire } from 'node:module';
import { parseForESLint } from '@typescript-eslint/parser';
import { describe, expect, it } from 'vitest';
import { ownTypeScript, typeScriptOfTree } from './typescript-copies.js';

describe('typeScriptOfTree', () => {
  it('finds the copy that the parser runs on', () => {
    const { ast, services } = parseForESLint('const a = 1;', { filePath: 'a.ts', range: true, loc: true });
    const root = services.esTreeNodeToTSNodeMap.get(ast);
    const parserRequire = createRequire(createRequire(import.meta.url).resolve('@typescript-eslint/parser'));
    expect(typeScriptOfTree(root)).toBe(parserRequire('typescript'));
  });

  it('knows no copy for a tree of another making, whatever its numbers', () => {
    const imitation = { kind: ownTypeScript().SyntaxKind.SourceFile, text: '' };
    expect(typeScriptOfTree(imitation)).toBeNull();
  });
});
