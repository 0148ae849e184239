/**
 * Member access: `o.k`, `o[k]`, `o.#k`, `super.k`; with the early exit of an optional chain where one is under way.
 * Whole chains are `optional-chain.ts`.
 */
import type ts from 'typescript';
import type { BlockId, Key, ValueId } from '../ir/instruction.js';
import { branch, emit, nameKey, newBlock, startBlock } from './function-builder.js';
import type { FunctionLowering } from './lowering.js';
import { resolvePrivate } from './scope.js';

export type PropertyNode = ts.PropertyAccessExpression | ts.ElementAccessExpression;

/** A member with the object it was read from: the receiver of a call. */
export interface MemberValue {
  readonly value: ValueId;
  readonly receiver: ValueId | null;
}

/** Reads a member. `exit` is where an optional chain goes when its base is nullish; null outside of chains. */
export function lowerMember(f: FunctionLowering, node: PropertyNode, exit: BlockId | null): MemberValue {
  const { typescript } = f.module;
  if (node.expression.kind === typescript.SyntaxKind.SuperKeyword) {
    const receiver = emit(f, null, { op: 'this' });
    return { value: emit(f, node, { op: 'super-get', key: lowerKey(f, node) }), receiver };
  }
  const object = lowerBase(f, node, exit);
  askReceiver(f, node, object);
  return { value: emit(f, node, { op: 'get', object, key: lowerKey(f, node) }), receiver: object };
}

/** The object of a member access; leaves through `exit` when the access is `?.` and the object is nullish. */
export function lowerBase(f: FunctionLowering, node: PropertyNode, exit: BlockId | null): ValueId {
  const object = f.module.forms.chainLink(f, node.expression, exit).value;
  exitWhenNullish(f, node.questionDotToken !== undefined, object, exit);
  return object;
}

export function exitWhenNullish(f: FunctionLowering, optional: boolean, value: ValueId, exit: BlockId | null): void {
  if (!optional || exit === null) return;
  const proceed = newBlock(f);
  branch(f, 'nullish', value, exit, proceed);
  startBlock(f, proceed);
}

function askReceiver(f: FunctionLowering, node: PropertyNode, object: ValueId): void {
  const { typescript } = f.module;
  if (!typescript.isPropertyAccessExpression(node) || !f.module.names.members.has(node.name.text)) return;
  f.questions.push({ node: node.expression, value: object, aboutBytes: f.module.names.bytes.members.has(node.name.text) });
}

/** The key of a member access; a computed key is evaluated here. */
export function lowerKey(f: FunctionLowering, node: PropertyNode): Key {
  const { typescript } = f.module;
  if (typescript.isPropertyAccessExpression(node)) {
    if (typescript.isPrivateIdentifier(node.name)) return { kind: 'private', name: node.name.text, scope: resolvePrivate(f, node.name.text) };
    return nameKey(node.name.text);
  }
  const argument = node.argumentExpression;
  if (typescript.isStringLiteralLike(argument)) {
    f.module.statistics.expressions++;
    return nameKey(argument.text);
  }
  return { kind: 'computed', value: f.module.forms.expression(f, argument) };
}
