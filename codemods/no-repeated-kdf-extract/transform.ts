// Owns the rewrite of derivations that repeat HKDF's extract step: extract once, expand per key, wipe the extracted key on every path.
// `hkdf(h, ikm, salt, info, n)` is by definition `expand(h, extract(h, ikm, salt), info, n)` (RFC 5869, 2.1), so every key stays the same bit by bit.
// What may be rewritten is decided in `derivation-group.ts` and `statement-run.ts`; this module only builds the new code.
import { defineCodemod } from '@scrimp/rewrite';
import type { SyntaxTree } from '@scrimp/rewrite';
import type { ASTNode, CallExpression, ExpressionStatement, Identifier, JSCodeshift } from 'jscodeshift';
import { derivationGroup } from './derivation-group.js';
import type { DerivationGroup } from './derivation-group.js';
import { enclosingFunction } from './statement-run.js';
import { freshName, kdfFunction, removeUnusedKdfImports } from './kdf-binding.js';

export const codemod = defineCodemod({
  id: 'no-repeated-kdf-extract',
  rewrite(tree, finding) {
    const group = derivationGroup(tree, finding);
    if ('refusal' in group) return group;
    const [firstPlace, lastPlace] = [group.run.statements[0], group.run.statements.at(-1)].map(placeOf);
    extractOnce(tree, finding.file, group);
    return { firstLine: firstPlace?.start.line ?? finding.line, lastLine: lastPlace?.end.line ?? finding.line };
  },
  finish: ({ j, root }) => removeUnusedKdfImports(j, root),
});

interface Place {
  readonly start: { readonly line: number };
  readonly end: { readonly line: number };
}

/** Where a statement stands in the text; null for one that a codemod made. */
function placeOf(statement: ASTNode | undefined): Place | null {
  return statement !== undefined && 'loc' in statement ? (statement.loc ?? null) : null;
}

function extractOnce({ j, root }: SyntaxTree, file: string, { binding, calls, run }: DerivationGroup): void {
  const expand = kdfFunction(j, root, binding, 'expand');
  const extract = kdfFunction(j, root, binding, 'extract');
  // A name that the function does not mention neither hides nor is hidden by one that it uses.
  const extractedName = freshName(j, j((enclosingFunction(calls[0]!) ?? root.nodes()[0]) as never), ['prk']);
  const [hash, keyMaterial, salt] = calls[0]!.node.arguments;
  const extraction = j.variableDeclaration('const', [
    j.variableDeclarator(j.identifier(extractedName), j.callExpression(extract(), [copied(j, hash!), copied(j, keyMaterial!), copied(j, salt!)])),
  ]);

  for (const { node } of calls) {
    const [callHash, , , info, length] = node.arguments;
    node.callee = expand();
    node.arguments = [callHash!, j.identifier(extractedName), info!, length!];
  }

  const hoistedDeclarations: ASTNode[] = [];
  const guarded = run.statements.flatMap((statement) => {
    if (statement.type !== 'VariableDeclaration' || !run.hoisted.has(statement)) return [statement];
    const assignments: ExpressionStatement[] = [];
    for (const declarator of statement.declarations) {
      if (declarator.type !== 'VariableDeclarator' || declarator.id.type !== 'Identifier' || declarator.init === null || declarator.init === undefined) continue;
      const { id, init } = declarator;
      hoistedDeclarations.push(j.variableDeclaration('let', [j.variableDeclarator(declaredName(j, file, id, init, expand))]));
      assignments.push(j.expressionStatement(j.assignmentExpression('=', j.identifier(id.name), init)));
    }
    const [firstAssignment] = assignments;
    if (firstAssignment !== undefined) firstAssignment.comments = statement.comments ?? null;
    return assignments;
  });

  const wipe = j.expressionStatement(j.callExpression(j.memberExpression(j.identifier(extractedName), j.identifier('fill')), [j.numericLiteral(0)]));
  const guard = j.tryStatement(j.blockStatement(guarded as never[]), null, j.blockStatement([wipe]));
  run.block.splice(run.first, run.statements.length, extraction, ...hoistedDeclarations, guard);
}

/** A name declared ahead of its value: with its own annotation, else with the type that `expand` returns. */
function declaredName(j: JSCodeshift, file: string, id: Identifier, init: ASTNode, expand: () => CallExpression['callee']): Identifier {
  const isTypeScript = /\.[cm]?tsx?$/.test(file);
  const declared = j.identifier(id.name);
  if (id.typeAnnotation !== null && id.typeAnnotation !== undefined) declared.typeAnnotation = id.typeAnnotation;
  else if (isTypeScript && init.type === 'CallExpression') {
    const callee = expand();
    const name = callee.type === 'MemberExpression' ? j.tsQualifiedName(callee.object as Identifier, callee.property as Identifier) : (callee as Identifier);
    const returnType = j.tsTypeReference(j.identifier('ReturnType'), j.tsTypeParameterInstantiation([j.tsTypeQuery(name)]));
    declared.typeAnnotation = j.tsTypeAnnotation(returnType);
  }
  return declared;
}

/** A second node for the same expression, because a tree may not hold one node twice. Inputs are names and members of names. */
function copied(j: JSCodeshift, argument: CallExpression['arguments'][number]): Identifier | ReturnType<JSCodeshift['memberExpression']> | ReturnType<JSCodeshift['thisExpression']> {
  if (argument.type === 'Identifier') return j.identifier(argument.name);
  if (argument.type === 'MemberExpression') return j.memberExpression(copied(j, argument.object), argument.property);
  return j.thisExpression();
}
