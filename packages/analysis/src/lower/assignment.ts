/**
 * Assignment: `=`, compound and logical forms, to names, members, private and `super` members; patterns go to `destructuring.ts`.
 * A reference evaluates its object and key once, before the right side.
 */
import type ts from 'typescript';
import type { Key, ValueId } from '../ir/instruction.js';
import { assignmentOperators } from './assignment-operators.js';
import { branch, emit, emitLoad, emitStore, goto, newBlock, newSynthetic, startBlock } from './function-builder.js';
import type { FunctionLowering, NameHint } from './lowering.js';
import { unnamed } from './lowering.js';
import { loadName, storeName, throwError } from './names.js';
import { emitOpaque } from './opaque.js';
import { lowerKey, type PropertyNode } from './properties.js';
import { withoutWrappers } from './typescript-erasure.js';

/** A place that was evaluated once and may be read and written. */
export interface Reference {
  get(): ValueId;
  /** `node` gives the span of the write. */
  set(value: ValueId, node: ts.Node): void;
}

/** Evaluates the object and the key of an assignment target. */
export function prepareReference(f: FunctionLowering, target: ts.Expression): Reference {
  const { typescript } = f.module;
  const node = withoutWrappers(typescript, target);
  f.module.statistics.expressions++;
  if (typescript.isIdentifier(node) && node.text !== '') {
    return { get: () => loadName(f, node, node.text), set: (value, site) => { storeName(f, site, node.text, value); } };
  }
  if (typescript.isPropertyAccessExpression(node) || typescript.isElementAccessExpression(node)) return memberReference(f, node);
  const opaque = (operands: readonly ValueId[]): ValueId => emitOpaque(f, node, 'assignment target', operands, 'all');
  if (typescript.isCallExpression(node)) {
    f.module.forms.effect(f, node);
    const fail = (): ValueId => throwError(f, node, 'ReferenceError', 'Invalid left-hand side in assignment');
    return { get: fail, set: () => { fail(); } };
  }
  return { get: () => opaque([]), set: (value) => { opaque([value]); } };
}

function memberReference(f: FunctionLowering, node: PropertyNode): Reference {
  const { typescript, names } = f.module;
  if (node.expression.kind === typescript.SyntaxKind.SuperKeyword) {
    emit(f, null, { op: 'this' });
    const key = lowerKey(f, node);
    return { get: () => emit(f, node, { op: 'super-get', key }), set: (value, site) => { emit(f, site, { op: 'super-set', key, value }); } };
  }
  const object = f.module.forms.expression(f, node.expression);
  const isAsked = typescript.isPropertyAccessExpression(node) && names.members.has(node.name.text);
  if (isAsked) f.questions.push({ node: node.expression, value: object, aboutBytes: names.bytes.members.has(node.name.text) });
  const key: Key = lowerKey(f, node);
  return { get: () => emit(f, node, { op: 'get', object, key }), set: (value, site) => { emit(f, site, { op: 'set', object, key, value }); } };
}

export function lowerAssignment(f: FunctionLowering, node: ts.BinaryExpression): ValueId {
  const { typescript } = f.module;
  const operator = assignmentOperators(typescript).get(node.operatorToken.kind) ?? { kind: 'plain' };
  const target = withoutWrappers(typescript, node.left);
  if (operator.kind === 'logical') return lowerLogicalAssignment(f, node, operator.token);
  if (operator.kind === 'compound') {
    const reference = prepareReference(f, target);
    const left = reference.get();
    const right = f.module.forms.expression(f, node.right);
    const value = emit(f, node, { op: 'binary', operator: operator.operator, left, right });
    reference.set(value, node);
    return value;
  }
  if (typescript.isArrayLiteralExpression(target) || typescript.isObjectLiteralExpression(target)) {
    const value = f.module.forms.expression(f, node.right);
    f.module.forms.assignPattern(f, target, value);
    return value;
  }
  const reference = prepareReference(f, target);
  const value = f.module.forms.named(f, node.right, assignmentHint(f, node, target));
  reference.set(value, node);
  return value;
}

/** `a ||= b`: the right side is evaluated, and the place written, only when the left one does not decide. */
function lowerLogicalAssignment(f: FunctionLowering, node: ts.BinaryExpression, token: '&&' | '||' | '??'): ValueId {
  const result = newSynthetic(f, '$logical');
  const write = newBlock(f);
  const end = newBlock(f);
  const reference = prepareReference(f, node.left);
  const left = reference.get();
  emitStore(f, null, result, left);
  if (token === '&&') branch(f, 'truthy', left, write, end);
  else if (token === '||') branch(f, 'truthy', left, end, write);
  else branch(f, 'nullish', left, write, end);
  startBlock(f, write);
  const value = f.module.forms.named(f, node.right, assignmentHint(f, node, withoutWrappers(f.module.typescript, node.left)));
  reference.set(value, node);
  emitStore(f, null, result, value);
  goto(f, end);
  startBlock(f, end);
  return emitLoad(f, node, result);
}

/** The name that a function takes from the place it is assigned to: `exports.f = …` is `f`, `A.prototype.m = …` is `A.m`. */
function assignmentHint(f: FunctionLowering, node: ts.BinaryExpression, target: ts.Expression): NameHint {
  const { typescript } = f.module;
  const parts: string[] = [];
  let current = target;
  while (typescript.isPropertyAccessExpression(current)) {
    parts.unshift(current.name.text);
    current = withoutWrappers(typescript, current.expression);
  }
  if (typescript.isIdentifier(current)) parts.unshift(current.text);
  else if (current.kind !== typescript.SyntaxKind.ThisKeyword) return { ...unnamed, owner: node };
  const isModule = parts[0] === 'module' && parts[1] === 'exports';
  const rest = isModule ? parts.slice(2) : parts[0] === 'exports' ? parts.slice(1) : parts;
  const name = rest.filter((part) => part !== 'prototype' && part !== '').join('.');
  return { name: name === '' ? null : name, inferred: typescript.isIdentifier(target) ? target.text : null, owner: node };
}
