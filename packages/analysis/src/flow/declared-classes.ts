/** What declarations say of classes: of parameters, of `this`, and of the properties that the model knows. */
import type { FunctionIr } from '../ir/function.js';
import type { ResultModel } from '../model/row.js';
import type { FlowContext } from './context.js';
import { type ClassKnowledge, declaredKnowledge, nothingKnown } from './value-class.js';

export function parameterKnowledge(fn: FunctionIr, index: number, context: FlowContext): ClassKnowledge {
  const fact = fn.parameterTypes[index];
  return fact === null || fact === undefined ? nothingKnown : declaredKnowledge(fact, context.catalog);
}

export function thisKnowledge(fn: FunctionIr, context: FlowContext): ClassKnowledge {
  let current: FunctionIr | undefined = fn;
  while (current !== undefined && current.kind === 'arrow' && current.parent !== null) current = context.module.functions[current.parent];
  const name = current?.className ?? null;
  return name === null ? nothingKnown : { classes: [{ name: `${context.module.file}#${name}`, exact: false }], primitives: [], complete: true };
}

/** What reading the property gives, by the class or the nearest one that it extends. */
export function propertyModel(className: string, property: string, context: FlowContext): ResultModel | undefined {
  let current = context.catalog.class(className);
  while (current !== null) {
    const found = current.properties?.[property];
    if (found !== undefined) return found;
    current = current.extends === undefined ? null : context.catalog.class(current.extends);
  }
  return undefined;
}
