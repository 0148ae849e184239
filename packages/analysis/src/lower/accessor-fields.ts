/**
 * `accessor x = 0`: a private field with a getter and a setter over it.
 */
import type ts from 'typescript';
import type { ClassMember, FunctionId, Key } from '../ir/instruction.js';
import { beginFunction, emit, finishFunction, spanOf, terminate } from './function-builder.js';
import type { FunctionLowering } from './lowering.js';
import { lowerPropertyName, memberName } from './object-literal.js';

/** Adds the getter and the setter to `members` and returns the key of the field behind them. */
export function lowerAccessorField(f: FunctionLowering, node: ts.PropertyDeclaration, qualified: string, className: string, isStatic: boolean, members: ClassMember[]): Key {
  const key = lowerPropertyName(f, node.name);
  const own = memberName(f.module.typescript, null, node.name);
  const storage: Key = { kind: 'private', name: `#${own} (accessor storage)`, scope: f.privateScope?.id ?? -1 };
  for (const kind of ['getter', 'setter'] as const) {
    members.push({ kind, static: isStatic, key, function: lowerAccess(f, node, `${qualified}.${own}`, className, kind, storage) });
  }
  return storage;
}

function lowerAccess(outer: FunctionLowering, node: ts.PropertyDeclaration, name: string, className: string, kind: 'getter' | 'setter', storage: Key): FunctionId {
  const f = beginFunction({
    module: outer.module, parent: outer, kind, async: false, generator: false, strict: true, name, namePrefix: name, className,
    span: spanOf(outer.module, node), nameSpan: spanOf(outer.module, node.name), annotations: [], parameters: [], syntheticParameters: kind === 'setter' ? ['value'] : [],
  });
  const object = emit(f, null, { op: 'this' });
  if (kind === 'getter') terminate(f, { op: 'return', value: emit(f, node, { op: 'get', object, key: storage }) });
  else emit(f, node, { op: 'set', object, key: storage, value: emit(f, null, { op: 'parameter', index: 0 }) });
  finishFunction(f);
  return f.id;
}
