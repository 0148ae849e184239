/**
 * From a linted file to a TypeScript tree that the engine can read, with the copy of TypeScript that made it, and the best oracle there is:
 * the parser's own tree and program where typescript-eslint parsed the file, otherwise the text, parsed with this package's TypeScript.
 */
import { checkerOracle, syntaxOracle, type TypeOracle } from '@scrimp/analysis';
import type ts from 'typescript-classic';
import { ownTypeScript, typeScriptOfTree } from './typescript-copies.js';
import type { LintedFile } from './shared-analysis.js';

export interface SourceTree {
  readonly typescript: typeof ts;
  readonly sourceFile: ts.SourceFile;
  readonly oracle: TypeOracle;
}

/** Null when TypeScript finds syntax errors in the text. */
export function sourceTreeOf(file: LintedFile): SourceTree | null {
  return treeOfParser(file) ?? treeOfText(file);
}

/** One oracle per program, because it remembers what the program's types are. */
const oracles = new WeakMap<object, TypeOracle>();

function treeOfParser({ parserServices, text }: LintedFile): SourceTree | null {
  if (parserServices === null) return null;
  const typescript = typeScriptOfTree(parserServices.root);
  if (typescript === null) return null;
  const sourceFile = parserServices.root as ts.SourceFile;
  // A processor or a template language parses a part of the text, or another text; offsets would not fit.
  if (sourceFile.text !== text || hasSyntaxErrors(sourceFile)) return null;
  return { typescript, sourceFile, oracle: oracleOf(typescript, parserServices.program as ts.Program | null) };
}

function oracleOf(typescript: typeof ts, program: ts.Program | null): TypeOracle {
  if (program === null) return syntaxOracle(typescript);
  const known = oracles.get(program);
  if (known !== undefined) return known;
  const oracle = checkerOracle(typescript, program);
  oracles.set(program, oracle);
  return oracle;
}

function treeOfText({ path, text }: LintedFile): SourceTree | null {
  const typescript = ownTypeScript();
  const sourceFile = typescript.createSourceFile(scriptName(path), text, typescript.ScriptTarget.Latest, true);
  return hasSyntaxErrors(sourceFile) ? null : { typescript, sourceFile, oracle: syntaxOracle(typescript) };
}

/** A text from an editor or from a block of another language may have no name that says its language; TypeScript with JSX reads most of both. */
function scriptName(path: string): string {
  return /\.[cm]?[jt]sx?$/.test(path) ? path : `${path}.tsx`;
}

/** TypeScript keeps the errors of parsing on the tree, and shows them only through a program, which a lone text does not have. */
function hasSyntaxErrors(sourceFile: ts.SourceFile): boolean {
  const { parseDiagnostics } = sourceFile as { readonly parseDiagnostics?: readonly unknown[] };
  return (parseDiagnostics?.length ?? 0) > 0;
}
