/**
 * Binding names and patterns to values: declarations, parameters, catch clauses and loop heads (`bindName`), and assignment patterns (`assignPattern`).
 * Both kinds of pattern are read into one shape, so that defaults, rest elements and the iterator protocol exist once.
 */
import type ts from 'typescript';
import type { Key, ValueId, VariableRef } from '../ir/instruction.js';
import { prepareReference } from './assignment.js';
import type { IteratorControl } from './completion.js';
import { branch, emit, emitConstant, emitInitialize, emitLoad, emitStore, emitUndefined, goto, nameKey, newBlock, newSynthetic, setHandler, startBlock, terminate } from './function-builder.js';
import { closeIterator, closeSuppressed } from './iterator-close.js';
import type { BindMode, FunctionLowering, NameHint } from './lowering.js';
import { storeName, variableOf } from './names.js';
import { lowerPropertyName } from './object-literal.js';
import { maximumDepth } from './depth.js';
import { emitOpaque, emitOpaqueTree } from './opaque.js';
import { withoutWrappers } from './typescript-erasure.js';

/** One element of a pattern. `target` evaluates what the language evaluates before the value is taken, and returns how to store. */
interface Element {
  readonly node: ts.Node;
  readonly initializer: ts.Expression | null;
  /** Name for an anonymous function default. */
  readonly name: string | null;
  readonly rest: boolean;
  /** True when binding it can throw or run code: a default, a nested pattern, a member target. */
  readonly effectful: boolean;
  target(): (value: ValueId) => void;
}

/** Binds a declared name or pattern. */
export function bindName(f: FunctionLowering, name: ts.BindingName, value: ValueId, mode: BindMode): void {
  const { typescript } = f.module;
  if (typescript.isIdentifier(name)) {
    bindIdentifier(f, name, value, mode);
    return;
  }
  if (f.depth >= maximumDepth) {
    emitOpaqueTree(f, name, 'nesting too deep');
    return;
  }
  f.depth++;
  bindPattern(f, name, value, mode);
  f.depth--;
}

function bindPattern(f: FunctionLowering, name: ts.BindingPattern, value: ValueId, mode: BindMode): void {
  const { typescript } = f.module;
  if (typescript.isArrayBindingPattern(name)) {
    const elements = name.elements.map((element) => (typescript.isBindingElement(element) ? bindingElement(f, element, mode) : null));
    takeArray(f, name, elements, value);
    return;
  }
  emit(f, name, { op: 'require-object', value });
  const taken: Key[] = [];
  for (const element of name.elements) {
    const shape = bindingElement(f, element, mode);
    if (shape.rest) {
      shape.target()(emit(f, element, { op: 'copy-properties', object: null, source: value, excluded: taken }));
      continue;
    }
    const key = element.propertyName === undefined ? nameKey(typescript.isIdentifier(element.name) ? element.name.text : '') : lowerPropertyName(f, element.propertyName);
    taken.push(key);
    takeProperty(f, shape, value, key, shape.target());
  }
}

function bindIdentifier(f: FunctionLowering, name: ts.Identifier, value: ValueId, mode: BindMode): void {
  const variable = mode === 'initialize' ? variableOf(f, name.text) : null;
  if (name.text === '') emitOpaque(f, name, 'missing name', [value], 'none');
  else if (variable === null) storeName(f, name, name.text, value);
  else emitInitialize(f, name, variable, value);
}

function bindingElement(f: FunctionLowering, node: ts.BindingElement, mode: BindMode): Element {
  const isName = f.module.typescript.isIdentifier(node.name);
  return {
    node, initializer: node.initializer ?? null, name: isName ? (node.name).text : null, rest: node.dotDotDotToken !== undefined,
    effectful: node.initializer !== undefined || !isName,
    target: () => (value) => { bindName(f, node.name, value, mode); },
  };
}

/** Assigns a value to `[a, b.c] = …` or `({a, b: c} = …)`. */
export function assignPattern(f: FunctionLowering, pattern: ts.ArrayLiteralExpression | ts.ObjectLiteralExpression, value: ValueId): void {
  f.module.statistics.expressions++;
  if (f.depth >= maximumDepth) {
    emitOpaqueTree(f, pattern, 'nesting too deep');
    return;
  }
  f.depth++;
  assignElements(f, pattern, value);
  f.depth--;
}

function assignElements(f: FunctionLowering, pattern: ts.ArrayLiteralExpression | ts.ObjectLiteralExpression, value: ValueId): void {
  const { typescript } = f.module;
  if (typescript.isArrayLiteralExpression(pattern)) {
    const elements = pattern.elements.map((element) => (typescript.isOmittedExpression(element) ? null : assignmentElement(f, element)));
    takeArray(f, pattern, elements, value);
    return;
  }
  emit(f, pattern, { op: 'require-object', value });
  const taken: Key[] = [];
  for (const property of pattern.properties) assignProperty(f, property, value, taken);
}

function assignProperty(f: FunctionLowering, property: ts.ObjectLiteralElementLike, value: ValueId, taken: Key[]): void {
  const { typescript } = f.module;
  if (typescript.isSpreadAssignment(property)) {
    const store = targetOf(f, property.expression)();
    store(emit(f, property, { op: 'copy-properties', object: null, source: value, excluded: [...taken] }));
    return;
  }
  if (typescript.isShorthandPropertyAssignment(property)) {
    const key = nameKey(property.name.text);
    taken.push(key);
    const initializer = property.objectAssignmentInitializer ?? null;
    const element: Element = { node: property, initializer, name: property.name.text, rest: false, effectful: true, target: targetOf(f, property.name) };
    takeProperty(f, element, value, key, element.target());
    return;
  }
  if (!typescript.isPropertyAssignment(property)) {
    emitOpaque(f, property, 'assignment target', [value], 'all');
    return;
  }
  const key = lowerPropertyName(f, property.name);
  taken.push(key);
  const element = assignmentElement(f, property.initializer);
  takeProperty(f, element, value, key, element.target());
}

/** `x`, `x.y`, `[a]`, `x = default`, `...x` inside an assignment pattern. */
function assignmentElement(f: FunctionLowering, expression: ts.Expression): Element {
  const { typescript } = f.module;
  if (typescript.isSpreadElement(expression)) {
    return { node: expression, initializer: null, name: null, rest: true, effectful: true, target: targetOf(f, expression.expression) };
  }
  const isDefault = typescript.isBinaryExpression(expression) && expression.operatorToken.kind === typescript.SyntaxKind.EqualsToken;
  const target = isDefault ? expression.left : expression;
  const plain = withoutWrappers(typescript, target);
  return { node: expression, initializer: isDefault ? expression.right : null, name: typescript.isIdentifier(plain) ? plain.text : null, rest: false, effectful: true, target: targetOf(f, target) };
}

function targetOf(f: FunctionLowering, expression: ts.Expression): () => (value: ValueId) => void {
  const { typescript } = f.module;
  const target = withoutWrappers(typescript, expression);
  if (typescript.isArrayLiteralExpression(target) || typescript.isObjectLiteralExpression(target)) return () => (value) => { assignPattern(f, target, value); };
  return () => {
    const reference = prepareReference(f, target);
    return (value) => { reference.set(value, target); };
  };
}

function takeProperty(f: FunctionLowering, element: Element, object: ValueId, key: Key, store: (value: ValueId) => void): void {
  const value = emit(f, element.node, { op: 'get', object, key });
  store(withDefault(f, element, value));
}

/** The value, or the default when it is `undefined`. */
export function withDefault(f: FunctionLowering, element: { readonly node: ts.Node; readonly initializer: ts.Expression | null; readonly name: string | null }, value: ValueId): ValueId {
  if (element.initializer === null) return value;
  const result = newSynthetic(f, '$default');
  const absent = newBlock(f);
  const end = newBlock(f);
  emitStore(f, null, result, value);
  branch(f, 'undefined', value, absent, end);
  startBlock(f, absent);
  const hint: NameHint = { name: element.name, inferred: element.name, owner: element.node };
  emitStore(f, null, result, f.module.forms.named(f, element.initializer, hint));
  goto(f, end);
  startBlock(f, end);
  return emitLoad(f, element.node, result);
}

/** Array patterns by the iterator protocol (ECMA-262 8.6.2, 13.15.5.5): steps never close the iterator when they throw, everything else does unless it is done. */
function takeArray(f: FunctionLowering, node: ts.Node, elements: readonly (Element | null)[], value: ValueId): void {
  const iterator = emit(f, node, { op: 'iterator', iterable: value, async: false });
  const done = newSynthetic(f, '$done');
  const outer = f.handler;
  const isGuarded = elements.some((element) => element?.effectful === true);
  if (isGuarded || elements.length === 0) setDone(f, done, 'not done');
  const closing = isGuarded ? newBlock(f) : null;
  const close = (): void => { closeUnlessDone(f, done, () => { closeIterator(f, iterator, false); }); };
  if (closing !== null) {
    const control: IteratorControl = { kind: 'iterator', outerHandler: outer, close, generatorReturns: new Map() };
    f.controls.push(control);
    setHandler(f, closing);
  }
  elements.forEach((element, index) => {
    if (element?.rest === true) {
      const store = element.target();
      store(takeRest(f, element.node, iterator, done, index > 0));
      return;
    }
    const store = element?.target();
    const taken = takeStep(f, element?.node ?? node, iterator, done, index > 0);
    if (element !== null && store !== undefined) store(withDefault(f, element, taken));
  });
  if (closing !== null) {
    f.controls.pop();
    setHandler(f, outer);
  }
  const lastIsRest = elements.at(-1)?.rest === true;
  if (!lastIsRest) close();
  if (closing === null) return;
  const after = newBlock(f);
  goto(f, after);
  startBlock(f, closing);
  const error = emit(f, null, { op: 'caught' });
  closeUnlessDone(f, done, () => { closeSuppressed(f, iterator, false); });
  terminate(f, { op: 'throw', value: error });
  startBlock(f, after);
}

function setDone(f: FunctionLowering, done: VariableRef, state: 'done' | 'not done'): void {
  emitStore(f, null, done, emitConstant(f, null, { kind: 'boolean', value: state === 'done' }));
}

function closeUnlessDone(f: FunctionLowering, done: VariableRef, close: () => void): void {
  const open = newBlock(f);
  const end = newBlock(f);
  branch(f, 'truthy', emitLoad(f, null, done), end, open);
  startBlock(f, open);
  close();
  goto(f, end);
  startBlock(f, end);
}

/** One step: the next value, or `undefined` when the iterator is done. `done` is set while a step runs, so that its errors close nothing. */
function takeStep(f: FunctionLowering, node: ts.Node, iterator: ValueId, done: VariableRef, mayBeDone: boolean): ValueId {
  const result = newSynthetic(f, '$element');
  const end = newBlock(f);
  emitStore(f, null, result, emitUndefined(f, null));
  if (mayBeDone) {
    const step = newBlock(f);
    branch(f, 'truthy', emitLoad(f, null, done), end, step);
    startBlock(f, step);
  }
  setDone(f, done, 'done');
  const next = emit(f, node, { op: 'iterator-next', iterator });
  const more = newBlock(f);
  branch(f, 'truthy', emit(f, null, { op: 'iterator-done', result: next }), end, more);
  startBlock(f, more);
  emitStore(f, null, result, emit(f, node, { op: 'iterator-value', result: next }));
  setDone(f, done, 'not done');
  goto(f, end);
  startBlock(f, end);
  return emitLoad(f, null, result);
}

/** The remaining values as a fresh array. */
function takeRest(f: FunctionLowering, node: ts.Node, iterator: ValueId, done: VariableRef, mayBeDone: boolean): ValueId {
  const array = emit(f, node, { op: 'array', elements: [] });
  const count = newSynthetic(f, '$count');
  const head = newBlock(f);
  const more = newBlock(f);
  const end = newBlock(f);
  emitStore(f, null, count, emitConstant(f, null, { kind: 'number', value: 0 }));
  if (mayBeDone) branch(f, 'truthy', emitLoad(f, null, done), end, head);
  else goto(f, head);
  startBlock(f, head);
  setDone(f, done, 'done');
  const next = emit(f, node, { op: 'iterator-next', iterator });
  branch(f, 'truthy', emit(f, null, { op: 'iterator-done', result: next }), end, more);
  startBlock(f, more);
  const index = emitLoad(f, null, count);
  emit(f, node, { op: 'define', object: array, key: { kind: 'computed', value: index }, value: emit(f, node, { op: 'iterator-value', result: next }), kind: 'value' });
  emitStore(f, null, count, emit(f, null, { op: 'unary', operator: 'increment', operand: index }));
  goto(f, head);
  startBlock(f, end);
  return array;
}
