// Owns where a group of derivations stands: the one block that holds them all, its statements from the first derivation to the last, and whether they can be wrapped in a `try`.
// It reads the tree only; a place that is not statically clean is a refusal.
import type { ASTNode, ASTPath, CallExpression, JSCodeshift } from 'jscodeshift';
import { referencesOf } from './kdf-binding.js';

/** The statements of a block or program, the tree's own array: splicing it changes the tree. */
export type Block = ASTNode[];

export interface StatementRun {
  readonly block: Block;
  /** Index in the block. */
  readonly first: number;
  /** From the first derivation to the last; with the `return` that follows, when it only hands out what was derived. */
  readonly statements: readonly ASTNode[];
  /** Declarations whose names are used outside of the run, so they must be declared before the `try`. Each declarator is a derivation. */
  readonly hoisted: ReadonlySet<ASTNode>;
}

type Placement = readonly { readonly block: Block; readonly index: number; readonly statement: ASTPath }[];

export function statementRun(j: JSCodeshift, calls: readonly ASTPath<CallExpression>[]): StatementRun | { readonly refusal: string } {
  const placements = calls.map(placementOf);
  const common = placements[0]?.find(({ block }) => placements.every((placement) => placement.some((place) => place.block === block)));
  if (common === undefined) return { refusal: 'the derivations are not statements of one block, so there is no place to extract once for all' };
  const { block } = common;
  const places = placements.map((placement) => placement.find((place) => place.block === block)!);
  const first = Math.min(...places.map(({ index }) => index));
  const last = Math.max(...places.map(({ index }) => index));
  const statements = block.slice(first, last + 1);
  const problem = statementProblem(j, statements);
  if (problem !== null) return { refusal: problem };
  const isFirstUnconditional = places.some(({ index, statement }, ordinal) => index === first && isUnconditional(calls[ordinal]!, statement));
  if (!isFirstUnconditional) return { refusal: 'the first derivation does not always run, and extracting before it would' };
  const inFirst = calls.filter((_, ordinal) => places[ordinal]!.index === first);
  if (mayChangeBefore(j, statements[0]!, inFirst)) return { refusal: 'something is called or assigned in the statement of the first derivation before it, and extracting would come before that' };
  return withDeclarations(j, { block, first, statements }, calls);
}

/** Whether the statement runs code, or assigns, before the first of the calls in it: that code may write the key material through another name. */
function mayChangeBefore(j: JSCodeshift, statement: ASTNode, calls: readonly ASTPath<CallExpression>[]): boolean {
  const scope = j(statement as never);
  const acting: ASTPath[] = [
    ...scope.find(j.CallExpression).paths(), ...scope.find(j.NewExpression).paths(), ...scope.find(j.TaggedTemplateExpression).paths(),
    ...scope.find(j.AssignmentExpression).paths(), ...scope.find(j.UpdateExpression).paths(),
  ];
  const starts = calls.map(({ node }) => startOf(node)).filter((start) => start !== null);
  const first = Math.min(...starts);
  return acting.some((path) => {
    const start = startOf(path.node);
    return !isInNestedFunction(path, statement) && !calls.some((call) => call.node === path.node || isAround(path.node, call)) && (start === null || start < first);
  });
}

function isAround(node: ASTNode, call: ASTPath): boolean {
  for (let current = call.parent as ASTPath | null; current !== null; current = current.parent as ASTPath | null) if (current.node === node) return true;
  return false;
}

/** Where a node stands in the text; null for one that a codemod made. */
function startOf(node: ASTNode): number | null {
  return 'start' in node && typeof node.start === 'number' ? node.start : null;
}

/** The innermost function, class body or program around a place. */
export function enclosingFunction(path: ASTPath): ASTNode | null {
  for (let current = path.parent as ASTPath | null; current !== null; current = current.parent as ASTPath | null) {
    if (isFunctionBoundary(current.node)) return current.node;
  }
  return null;
}

/** The blocks around a call, innermost first, up to its function; with the statement of each that holds the call. */
function placementOf(call: ASTPath<CallExpression>): Placement {
  const places: { block: Block; index: number; statement: ASTPath }[] = [];
  let current: ASTPath = call;
  for (;;) {
    const parent = current.parent as ASTPath | null;
    if (parent === null) return places;
    const { node } = parent;
    if (node.type === 'BlockStatement' || node.type === 'Program') {
      const block = node.body as Block;
      const index = block.indexOf(current.node);
      if (index >= 0) places.push({ block, index, statement: current });
    }
    if (isFunctionBoundary(node)) return places;
    current = parent;
  }
}

function isFunctionBoundary(node: ASTNode): boolean {
  return /Function(?:Expression|Declaration)$|^(?:Object|Class|ClassPrivate)Method$|^Class(?:Private|Accessor)?Property$|^StaticBlock$|^ClassBody$|^Program$/.test(node.type);
}

const unconditionalParents = new Set([
  'VariableDeclarator', 'VariableDeclaration', 'ExpressionStatement', 'ReturnStatement', 'ObjectExpression', 'ObjectProperty', 'Property', 'ArrayExpression', 'SpreadElement',
  'CallExpression', 'NewExpression', 'MemberExpression', 'TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression', 'ParenthesizedExpression',
]);

/** Whether the statement evaluates the call whenever it runs to its end. */
function isUnconditional(call: ASTPath, statement: ASTPath): boolean {
  for (let current = call; current.node !== statement.node; current = current.parent as ASTPath) {
    const { node } = current.parent as ASTPath;
    const isAssigned = node.type === 'AssignmentExpression' && node.operator === '=' && node.right === current.node;
    if (!unconditionalParents.has(node.type) && !isAssigned) return false;
  }
  return true;
}

/** Why the statements cannot stand in a `try`, or must not run with the extracted key alive. */
function statementProblem(j: JSCodeshift, statements: readonly ASTNode[]): string | null {
  const movable = /^(?:VariableDeclaration|ExpressionStatement|ReturnStatement|IfStatement|ForStatement|ForOfStatement|ForInStatement|WhileStatement|BlockStatement|ThrowStatement)$/;
  for (const statement of statements) {
    if (!movable.test(statement.type)) return `a ${statement.type} stands between the derivations, and would not mean the same in a \`try\``;
    const isUsing = statement.type === 'VariableDeclaration' && !['const', 'let', 'var'].includes(statement.kind);
    if (isUsing) return 'a resource is declared between the derivations, and would be disposed earlier in a `try`';
    const scope = j(statement as never);
    const suspensions = [...scope.find(j.AwaitExpression).paths(), ...scope.find(j.YieldExpression).paths(), ...scope.find(j.ForOfStatement, { await: true }).paths()];
    const hasSuspension = suspensions.some((path) => !isInNestedFunction(path, statement)) || ('await' in statement && statement.await === true);
    if (hasSuspension) return 'the function is suspended between the derivations, while the extracted key would stay in memory';
  }
  return null;
}

function isInNestedFunction(path: ASTPath, statement: ASTNode): boolean {
  for (let current: ASTPath | null = path; current !== null && current.node !== statement; current = current.parent as ASTPath | null) {
    if (isFunctionBoundary(current.node)) return true;
  }
  return false;
}

/** Decides how names that the run declares stay visible: by wrapping the closing `return` too, or by declaring them before the `try`. */
function withDeclarations(j: JSCodeshift, run: Omit<StatementRun, 'hoisted'>, calls: readonly ASTPath<CallExpression>[]): StatementRun | { readonly refusal: string } {
  const { block, first, statements } = run;
  const before = block.slice(0, first);
  const after = block.slice(first + statements.length);
  const declarations = statements.filter((statement) => statement.type === 'VariableDeclaration').filter(({ kind }) => kind !== 'var');
  const isUsedIn = (outside: readonly ASTNode[], name: string): boolean => outside.some((statement) => referencesOf(j, j(statement as never), name).length > 0);
  const namesOf = (declaration: ASTNode): string[] => j(declaration as never).find(j.VariableDeclarator).paths()
    .filter((path) => (path.parent as ASTPath).node === declaration).flatMap(({ node }) => patternNames(j, node.id));
  const usedOutside = (outside: readonly ASTNode[]): ASTNode[] => declarations.filter((declaration) => namesOf(declaration).some((name) => isUsedIn(outside, name)));

  const [closing, ...rest] = after;
  const endsByHandingOut = closing?.type === 'ReturnStatement' && rest.length === 0 && isPlainValue(closing.argument ?? null);
  if (endsByHandingOut && usedOutside(before).length === 0) return { ...run, statements: [...statements, closing], hoisted: new Set() };

  const hoisted = usedOutside([...before, ...after]);
  const callNodes = new Set<unknown>(calls.map(({ node }) => node));
  for (const declaration of hoisted) {
    const isDerivationOnly = declaration.type === 'VariableDeclaration'
      && declaration.declarations.every((declarator) => declarator.type === 'VariableDeclarator' && declarator.id.type === 'Identifier' && callNodes.has(declarator.init));
    if (!isDerivationOnly) return { refusal: `${namesOf(declaration).join(', ')} is declared between the derivations and used after them, so it cannot move into a \`try\`` };
  }
  return { ...run, hoisted: new Set(hoisted) };
}

function patternNames(j: JSCodeshift, pattern: ASTNode): string[] {
  if (pattern.type === 'Identifier') return [pattern.name];
  return j(pattern as never).find(j.Identifier).nodes().map(({ name }) => name);
}

/** Names, literals, and objects and arrays of them: evaluating it runs no code and takes no time. */
function isPlainValue(expression: ASTNode | null): boolean {
  if (expression === null) return true;
  switch (expression.type) {
    case 'Identifier':
    case 'StringLiteral':
    case 'NumericLiteral':
    case 'BooleanLiteral':
    case 'NullLiteral':
    case 'Literal':
      return true;
    case 'ObjectExpression':
      return expression.properties.every((property) => property.type === 'ObjectProperty' && property.computed !== true && isPlainValue(property.value));
    case 'ArrayExpression':
      return expression.elements.every((element) => isPlainValue(element));
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
      return isPlainValue(expression.expression);
    default:
      return false;
  }
}
