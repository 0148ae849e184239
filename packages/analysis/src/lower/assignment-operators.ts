/**
 * Which tokens assign, and which operator each compound assignment performs; per TypeScript, since kinds differ between versions.
 */
import type ts from 'typescript';
import type { BinaryOperator } from '../ir/instruction.js';

/** `plain`: `=`. `logical`: `&&=`, `||=`, `??=`. Otherwise the arithmetic operator. */
export type AssignmentOperator = { readonly kind: 'plain' } | { readonly kind: 'logical'; readonly token: '&&' | '||' | '??' } | { readonly kind: 'compound'; readonly operator: BinaryOperator };

const tables = new WeakMap<object, { readonly assignment: ReadonlyMap<ts.SyntaxKind, AssignmentOperator>; readonly binary: ReadonlyMap<ts.SyntaxKind, BinaryOperator> }>();

export function assignmentOperators(typescript: typeof ts): ReadonlyMap<ts.SyntaxKind, AssignmentOperator> {
  return tablesOf(typescript).assignment;
}

/** Binary operators without control flow; not `&&`, `||`, `??`, and not the comma. */
export function binaryOperators(typescript: typeof ts): ReadonlyMap<ts.SyntaxKind, BinaryOperator> {
  return tablesOf(typescript).binary;
}

function tablesOf(typescript: typeof ts): { readonly assignment: ReadonlyMap<ts.SyntaxKind, AssignmentOperator>; readonly binary: ReadonlyMap<ts.SyntaxKind, BinaryOperator> } {
  const known = tables.get(typescript);
  if (known !== undefined) return known;
  const { SyntaxKind: kind } = typescript;
  const compound = (operator: BinaryOperator): AssignmentOperator => ({ kind: 'compound', operator });
  const assignment = new Map<ts.SyntaxKind, AssignmentOperator>([
    [kind.EqualsToken, { kind: 'plain' }],
    [kind.AmpersandAmpersandEqualsToken, { kind: 'logical', token: '&&' }],
    [kind.BarBarEqualsToken, { kind: 'logical', token: '||' }],
    [kind.QuestionQuestionEqualsToken, { kind: 'logical', token: '??' }],
    [kind.PlusEqualsToken, compound('+')], [kind.MinusEqualsToken, compound('-')], [kind.AsteriskEqualsToken, compound('*')],
    [kind.SlashEqualsToken, compound('/')], [kind.PercentEqualsToken, compound('%')], [kind.AsteriskAsteriskEqualsToken, compound('**')],
    [kind.LessThanLessThanEqualsToken, compound('<<')], [kind.GreaterThanGreaterThanEqualsToken, compound('>>')],
    [kind.GreaterThanGreaterThanGreaterThanEqualsToken, compound('>>>')],
    [kind.AmpersandEqualsToken, compound('&')], [kind.BarEqualsToken, compound('|')], [kind.CaretEqualsToken, compound('^')],
  ]);
  const binary = new Map<ts.SyntaxKind, BinaryOperator>([
    [kind.PlusToken, '+'], [kind.MinusToken, '-'], [kind.AsteriskToken, '*'], [kind.SlashToken, '/'], [kind.PercentToken, '%'], [kind.AsteriskAsteriskToken, '**'],
    [kind.LessThanLessThanToken, '<<'], [kind.GreaterThanGreaterThanToken, '>>'], [kind.GreaterThanGreaterThanGreaterThanToken, '>>>'],
    [kind.AmpersandToken, '&'], [kind.BarToken, '|'], [kind.CaretToken, '^'],
    [kind.LessThanToken, '<'], [kind.LessThanEqualsToken, '<='], [kind.GreaterThanToken, '>'], [kind.GreaterThanEqualsToken, '>='],
    [kind.EqualsEqualsToken, '=='], [kind.ExclamationEqualsToken, '!='], [kind.EqualsEqualsEqualsToken, '==='], [kind.ExclamationEqualsEqualsToken, '!=='],
    [kind.InKeyword, 'in'], [kind.InstanceOfKeyword, 'instanceof'],
  ]);
  const made = { assignment, binary };
  tables.set(typescript, made);
  return made;
}
