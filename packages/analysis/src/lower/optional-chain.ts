/**
 * Optional chains: `a?.b.c(d)` is cut short as a whole by one nullish base, and is `undefined` then.
 */
import type ts from 'typescript';
import type { BlockId, ValueId } from '../ir/instruction.js';
import { lowerCall } from './calls.js';
import { maximumDepth } from './depth.js';
import { emit, emitConstant, emitLoad, emitStore, emitUndefined, goto, newBlock, newSynthetic, startBlock } from './function-builder.js';
import type { ExpressionForm, FunctionLowering } from './lowering.js';
import { emitOpaqueTree } from './opaque.js';
import { lowerBase, lowerKey, lowerMember, type MemberValue, type PropertyNode } from './properties.js';

export function propertyForms(typescript: typeof ts): readonly (readonly [ts.SyntaxKind, ExpressionForm])[] {
  const { SyntaxKind } = typescript;
  return [
    [SyntaxKind.PropertyAccessExpression, lowerProperty],
    [SyntaxKind.ElementAccessExpression, lowerProperty],
    [SyntaxKind.CallExpression, (f, node) => (typescript.isOptionalChain(node) ? lowerChain(f, node) : lowerCall(f, node as ts.CallExpression, null))],
    [SyntaxKind.NonNullExpression, (f, node) => {
      const expression = node as ts.NonNullExpression;
      return typescript.isOptionalChain(expression) ? lowerChain(f, expression) : f.module.forms.expression(f, expression.expression);
    }],
  ];
}

function lowerProperty(f: FunctionLowering, expression: ts.Expression): ValueId {
  const node = expression as PropertyNode;
  return f.module.typescript.isOptionalChain(node) ? lowerChain(f, node) : lowerMember(f, node, null).value;
}

/** The next link inward: it continues the chain when it belongs to it, else it is an ordinary expression. */
export function lowerChainLink(f: FunctionLowering, node: ts.Expression, exit: BlockId | null): MemberValue {
  if (exit === null || !f.module.typescript.isOptionalChain(node)) return { value: f.module.forms.expression(f, node), receiver: null };
  f.module.statistics.expressions++;
  return lowerChainNode(f, node, exit);
}

function lowerChainNode(f: FunctionLowering, node: ts.OptionalChain, exit: BlockId): MemberValue {
  const { typescript } = f.module;
  if (f.depth >= maximumDepth) return { value: emitOpaqueTree(f, node, 'nesting too deep'), receiver: null };
  f.depth++;
  const result = typescript.isPropertyAccessExpression(node) || typescript.isElementAccessExpression(node) ? lowerMember(f, node, exit)
    : typescript.isCallExpression(node) ? { value: lowerCall(f, node, exit), receiver: null }
      : lowerChainLink(f, node.expression, exit);
  f.depth--;
  return result;
}

/** A whole chain as a value: `undefined` when it was cut short. */
function lowerChain(f: FunctionLowering, node: ts.OptionalChain): ValueId {
  const result = newSynthetic(f, '$chain');
  const exit = newBlock(f);
  const end = newBlock(f);
  emitStore(f, null, result, lowerChainNode(f, node, exit).value);
  goto(f, end);
  startBlock(f, exit);
  emitStore(f, null, result, emitUndefined(f, null));
  goto(f, end);
  startBlock(f, end);
  return emitLoad(f, node, result);
}

/** `(a?.b)(c)`: the parentheses end the chain but keep the receiver. */
export function lowerParenthesizedChain(f: FunctionLowering, node: ts.OptionalChain): MemberValue {
  const result = newSynthetic(f, '$chain');
  const object = newSynthetic(f, '$receiver');
  const exit = newBlock(f);
  const end = newBlock(f);
  const { value, receiver } = lowerChainNode(f, node, exit);
  emitStore(f, null, result, value);
  emitStore(f, null, object, receiver ?? emitUndefined(f, null));
  goto(f, end);
  startBlock(f, exit);
  const missing = emitUndefined(f, null);
  emitStore(f, null, result, missing);
  emitStore(f, null, object, missing);
  goto(f, end);
  startBlock(f, end);
  return { value: emitLoad(f, node, result), receiver: emitLoad(f, null, object) };
}

/** `delete a?.b.c`: true when the chain is cut short. */
export function deleteInChain(f: FunctionLowering, node: ts.DeleteExpression, target: PropertyNode): ValueId {
  const result = newSynthetic(f, '$chain');
  const exit = newBlock(f);
  const end = newBlock(f);
  const object = lowerBase(f, target, exit);
  emitStore(f, null, result, emit(f, node, { op: 'delete', object, key: lowerKey(f, target) }));
  goto(f, end);
  startBlock(f, exit);
  emitStore(f, null, result, emitConstant(f, null, { kind: 'boolean', value: true }));
  goto(f, end);
  startBlock(f, end);
  return emitLoad(f, node, result);
}
