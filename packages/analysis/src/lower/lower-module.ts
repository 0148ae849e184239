/**
 * Lowers one source file into a module of the IR: the entry of this folder, and the place where the forms are tied together.
 * It never throws on any input that TypeScript could parse, broken or not: what is not understood is `opaque` and counted.
 */
import type ts from 'typescript';
import type { FunctionIr, ModuleIr } from '../ir/function.js';
import type { TypeFact } from '../ir/type-fact.js';
import { findStrayAnnotations } from './annotations.js';
import { lowerClass } from './classes.js';
import { assignPattern, bindName } from './destructuring.js';
import { expressionForms, lowerEffect, lowerExpression, lowerNamed } from './expressions.js';
import { beginFunction, finishFunction } from './function-builder.js';
import { hasUseStrict, lowerClosure, lowerFunctionLike } from './functions.js';
import { hoistStatements, hoistVariables } from './hoisting.js';
import type { ExpressionForm, Forms, ModuleLowering, StatementForm } from './lowering.js';
import { collectExports, hoistImports, storeDefaultClass } from './module-items.js';
import { lowerCondition } from './operators.js';
import { lowerChainLink, lowerParenthesizedChain } from './optional-chain.js';
import type { KnownNames, TypeOracle, TypeQuestion } from './oracle.js';
import { lowerStatement, lowerStatements, lowerVariableList, statementForms } from './statements.js';
import { hasModifier } from './typescript-erasure.js';
import { readAssumeComments, readIgnoreComments } from './waiver-comments.js';

export interface LoweringOptions {
  readonly oracle: TypeOracle;
  readonly names: KnownNames;
}

/** Lowers a file. `typescript` must be the copy that parsed it: syntax kinds are numbers that differ between versions. */
export function lowerModule(typescript: typeof ts, sourceFile: ts.SourceFile, options: LoweringOptions): ModuleIr {
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- the tree may come from another TypeScript, whose numbers differ.
  if (sourceFile.kind !== typescript.SyntaxKind.SourceFile) {
    throw new Error(`the tree was not parsed by TypeScript ${typescript.version}: its root has kind ${String(sourceFile.kind)}; pass the copy of TypeScript that made it`);
  }
  const module = beginModule(typescript, sourceFile, options.names);
  lowerTopLevel(module);
  const functions = withTypes(module, options.oracle);
  const { statistics } = module;
  return {
    file: sourceFile.fileName.replaceAll('\\', '/'),
    format: module.format,
    functions,
    imports: [...module.imports],
    exports: module.exports,
    ignores: readIgnoreComments(typescript, sourceFile, module.lineStarts),
    assumptions: readAssumeComments(typescript, sourceFile, module.lineStarts),
    strayAnnotations: findStrayAnnotations(module, functions),
    statistics: { expressions: statistics.expressions, opaque: statistics.opaque, reasons: Object.fromEntries([...statistics.reasons].sort(([a], [b]) => (a < b ? -1 : 1))) },
    lineStarts: module.lineStarts,
  };
}

const forms: Forms = {
  expression: lowerExpression, effect: lowerEffect, condition: lowerCondition, named: lowerNamed, statement: lowerStatement, statements: lowerStatements,
  variableList: (f, list) => { lowerVariableList(f, list, list); },
  exportDefaultClass: storeDefaultClass, functionLike: lowerFunctionLike, closure: lowerClosure, chainLink: lowerChainLink, parenthesizedChain: lowerParenthesizedChain,
  classLike: lowerClass, bind: bindName, assignPattern,
};

interface Tables {
  readonly expressions: readonly (ExpressionForm | undefined)[];
  readonly statements: readonly (StatementForm | undefined)[];
}

const tablesByVersion = new WeakMap<object, Tables>();

function tablesOf(typescript: typeof ts): Tables {
  const known = tablesByVersion.get(typescript);
  if (known !== undefined) return known;
  const tables: Tables = { expressions: expressionForms(typescript), statements: statementForms(typescript) };
  tablesByVersion.set(typescript, tables);
  return tables;
}

function beginModule(typescript: typeof ts, sourceFile: ts.SourceFile, names: KnownNames): ModuleLowering {
  const tables = tablesOf(typescript);
  return {
    typescript, sourceFile, text: sourceFile.text, lineStarts: sourceFile.getLineStarts(), names, forms,
    expressionForms: tables.expressions, statementForms: tables.statements,
    functions: [], lowerings: [], imports: new Set(), exports: [], statistics: { expressions: 0, opaque: 0, reasons: new Map() },
    namespaceMembers: new Map(), isTypeScript: /\.[cm]?tsx?$/.test(sourceFile.fileName), format: formatOf(typescript, sourceFile), privateScopes: 0,
  };
}

function lowerTopLevel(module: ModuleLowering): void {
  const { typescript, sourceFile } = module;
  const { statements } = sourceFile;
  const span = { start: 0, end: sourceFile.end };
  // TypeScript emits "use strict" for its own sources.
  const strict = module.format === 'esm' || module.isTypeScript || hasUseStrict(typescript, statements);
  const f = beginFunction({
    module, parent: null, kind: 'module', async: false, generator: false, strict, name: '<module>', namePrefix: '', className: null,
    span, nameSpan: { start: 0, end: 0 }, annotations: [], parameters: [], syntheticParameters: [],
  });
  hoistImports(f, statements, f.scope);
  hoistVariables(f, statements, f.scope);
  hoistStatements(f, statements, f.scope, 'function');
  collectExports(f, statements);
  lowerStatements(f, statements);
  finishFunction(f);
}

/** What the file is, by its name and by the syntax it uses; the host's module settings play no part, so that all hosts agree. */
function formatOf(typescript: typeof ts, sourceFile: ts.SourceFile): ModuleIr['format'] {
  const { fileName, statements } = sourceFile;
  const isModuleItem = (statement: ts.Statement): boolean => typescript.isImportDeclaration(statement) || typescript.isExportDeclaration(statement)
    || (typescript.isExportAssignment(statement) && statement.isExportEquals !== true) || hasModifier(statement, typescript.SyntaxKind.ExportKeyword);
  const isCommonJsItem = (statement: ts.Statement): boolean => (typescript.isImportEqualsDeclaration(statement) && typescript.isExternalModuleReference(statement.moduleReference))
    || (typescript.isExportAssignment(statement) && statement.isExportEquals === true);
  if (/\.c[jt]s$/.test(fileName)) return 'commonjs';
  if (/\.m[jt]s$/.test(fileName)) return 'esm';
  if (statements.some(isCommonJsItem)) return 'commonjs';
  if (statements.some(isModuleItem)) return 'esm';
  const mentionsCommonJs = /\b(?:require\s*\(|module\s*\.\s*exports|exports\s*\.|exports\s*\[)/.test(sourceFile.text);
  return mentionsCommonJs ? 'commonjs' : 'script';
}

/** Asks the oracle and files the answers. Most files of a large program have nothing to do with bytes; only what would show that is asked of every file. */
function withTypes(module: ModuleLowering, oracle: TypeOracle): readonly FunctionIr[] {
  const { typescript } = module;
  const asked = module.lowerings.flatMap((lowering) => lowering.questions);
  const parameters = module.lowerings.flatMap((lowering) => lowering.parameters.filter((parameter) => isWorthAsking(lowering.questions, parameter)));
  const answers = new Map<ts.Node, TypeFact>();
  ask(asked.filter((question) => question.aboutBytes));
  if (meetsBytes()) ask([...parameters.map((node) => ({ node })), ...asked.filter((question) => !question.aboutBytes)]);
  return module.lowerings.map((lowering) => {
    const types = new Map<number, TypeFact>();
    for (const { node, value } of lowering.questions) {
      const answer = answers.get(node);
      if (answer !== undefined) types.set(value, answer);
    }
    const parameterTypes = lowering.parameters.map((parameter) => answers.get(parameter) ?? null);
    const fn = module.functions[lowering.id];
    if (fn === null || fn === undefined) throw new Error(`function ${String(lowering.id)} was never finished`);
    return { ...fn, types, parameterTypes: [...lowering.syntheticParameters.map(() => null), ...parameterTypes] };
  });

  function ask(questions: readonly TypeQuestion[]): void {
    const given = oracle.answer(module.sourceFile, questions);
    questions.forEach(({ node }, index) => {
      const answer = given[index];
      if (answer !== null && answer !== undefined) answers.set(node, answer);
    });
  }

  /** Whether a type says so, something that is used like bytes has no type, or the name of a global that makes them is used or written as a type. */
  function meetsBytes(): boolean {
    const { names } = module;
    for (const fact of answers.values()) if (fact.names.some((name) => names.declaresBytes(name.name, name.from))) return true;
    if (asked.some(({ aboutBytes, node }) => aboutBytes && answers.get(node)?.any !== false)) return true;
    if (parameters.some(({ type }) => type !== undefined && module.text.slice(type.pos, type.end).match(/[\w$]+/g)?.some((word) => names.bytes.globals.has(word)) === true)) return true;
    return module.functions.some((fn) => fn?.blocks.some((block) => block.instructions.some((one) => one.op === 'global' && names.bytes.globals.has(one.name))));
  }

  function isWorthAsking(asked: readonly TypeQuestion[], parameter: ts.ParameterDeclaration): boolean {
    if (parameter.type !== undefined || parameter.initializer !== undefined) return true;
    const { name } = parameter;
    return typescript.isIdentifier(name) && asked.some((question) => typescript.isIdentifier(question.node) && (question.node).text === name.text);
  }
}
