/**
 * Reading and writing a name: cell, import, property of a namespace or enum, or unresolved global.
 */
import type ts from 'typescript';
import type { ValueId, VariableRef } from '../ir/instruction.js';
import { emit, emitLoad, emitStore, emitUndefined, nameKey, terminate } from './function-builder.js';
import type { FunctionLowering } from './lowering.js';
import { resolve } from './scope.js';

export function loadName(f: FunctionLowering, node: ts.Node | null, name: string): ValueId {
  const binding = resolve(f, name);
  if (binding === null || binding.kind === 'type') return loadUnresolved(f, node, name);
  if (binding.kind === 'variable') return emitLoad(f, node, binding.variable);
  if (binding.kind === 'import') return emit(f, node, { op: 'import', specifier: binding.specifier, name: binding.name });
  return emit(f, node, { op: 'get', object: emitLoad(f, null, binding.object), key: nameKey(binding.name) });
}

export function storeName(f: FunctionLowering, node: ts.Node | null, name: string, value: ValueId): void {
  const binding = resolve(f, name);
  if (binding === null || binding.kind === 'type') {
    emit(f, node, { op: 'store-global', name, value });
    return;
  }
  if (binding.kind === 'import') {
    throwError(f, node, 'TypeError', `Assignment to constant variable.`);
    return;
  }
  if (binding.kind === 'property') {
    emit(f, node, { op: 'set', object: emitLoad(f, null, binding.object), key: nameKey(binding.name), value });
    return;
  }
  if (binding.immutable === 'no') emitStore(f, node, binding.variable, value);
  else if (f.strict) throwError(f, node, 'TypeError', 'Assignment to constant variable.');
}

/** Throws, and continues in code that is never reached. */
export function throwError(f: FunctionLowering, node: ts.Node | null, error: 'TypeError' | 'ReferenceError' | 'SyntaxError', message: string): ValueId {
  emit(f, node, { op: 'throw-error', error, message });
  terminate(f, { op: 'unreachable' });
  return emitUndefined(f, null);
}

/** The cell that a name denotes here, when it is one. */
export function variableOf(f: FunctionLowering, name: string): VariableRef | null {
  const binding = resolve(f, name);
  return binding?.kind === 'variable' ? binding.variable : null;
}

/** The value of `typeof name` for a name that may be missing. */
export function loadGuarded(f: FunctionLowering, node: ts.Node, name: string): ValueId {
  const binding = resolve(f, name);
  const isUnresolved = binding === null || binding.kind === 'type';
  const isSpecial = name === 'undefined' || (name === 'arguments' && hasArguments(f));
  return isUnresolved && !isSpecial ? emit(f, node, { op: 'global', name, guarded: true }) : loadName(f, node, name);
}

function loadUnresolved(f: FunctionLowering, node: ts.Node | null, name: string): ValueId {
  if (name === 'undefined') return emitUndefined(f, node);
  if (name === 'arguments' && hasArguments(f)) return emit(f, node, { op: 'arguments' });
  return emit(f, node, { op: 'global', name, guarded: false });
}

/** Whether the nearest enclosing function that is not an arrow has an `arguments` object. */
function hasArguments(f: FunctionLowering): boolean {
  let owner: FunctionLowering | null = f;
  while (owner !== null && owner.kind === 'arrow') owner = owner.parent;
  return owner !== null && owner.kind !== 'module' && owner.kind !== 'instance-initializer' && owner.kind !== 'static-initializer';
}
