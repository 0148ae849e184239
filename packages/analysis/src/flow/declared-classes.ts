/** What declarations say of classes: of parameters, of `this`, and of the properties that the model knows. Where they say nothing, what is recovered stands in. */
import type { FunctionIr } from '../ir/function.js';
import type { ValueId, VariableRef } from '../ir/instruction.js';
import type { ResultModel } from '../model/row.js';
import type { Cfg } from './cfg.js';
import type { FlowContext } from './context.js';
import type { ReachingDefinitions } from './reaching.js';
import { recoveredClasses } from './recovered-classes.js';
import { testedClasses } from './tested-classes.js';
import { type ClassKnowledge, declaredKnowledge, nothingKnown } from './value-class.js';

export function parameterKnowledge(fn: FunctionIr, index: number, context: FlowContext): ClassKnowledge {
  const fact = fn.parameterTypes[index];
  const declared = fact === null || fact === undefined ? nothingKnown : declaredKnowledge(fact, context.catalog);
  return declared === nothingKnown || fact!.any ? recoveredClasses(context).ofParameter(fn, index) ?? declared : declared;
}

/** What is declared of the values of one function, and of cells of enclosing functions; what tests, uses and stores of a class say where nothing is declared. */
export function declaredClassesIn(cfg: Cfg, reaching: ReachingDefinitions, context: FlowContext): { readonly of: (value: ValueId) => ClassKnowledge; readonly captured: (variable: VariableRef) => ClassKnowledge } {
  const fn = cfg.function;
  const tested = testedClasses(cfg, reaching, context);
  const recovered = recoveredClasses(context);
  return {
    of(value) {
      const fact = fn.types.get(value);
      if (fact !== undefined && !fact.any) return declaredKnowledge(fact, context.catalog);
      return recoveredOf(value) ?? (fact === undefined ? nothingKnown : declaredKnowledge(fact, context.catalog));
    },
    captured(variable) {
      const known = context.capturedKnowledge(variable);
      return known.complete ? known : recovered.ofVariable(variable) ?? known;
    },
  };

  function recoveredOf(value: ValueId): ClassKnowledge | null {
    const made = cfg.instructions[value];
    if (made?.op === 'load') return tested.get(value) ?? null;
    if (made?.op !== 'get' || made.key.kind === 'computed' || cfg.instructions[made.object]?.op !== 'this') return null;
    return recovered.ofField(fn, made.key.name);
  }
}

export function thisKnowledge(fn: FunctionIr, context: FlowContext): ClassKnowledge {
  let current: FunctionIr | undefined = fn;
  while (current !== undefined && current.kind === 'arrow' && current.parent !== null) current = context.module.functions[current.parent];
  const name = current?.className ?? null;
  const key = name !== null ? `${context.module.file}#${name}` : current === undefined ? null : context.receiverIn(current);
  return key === null ? nothingKnown : { classes: [{ name: key, exact: false }], primitives: [], complete: true };
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
