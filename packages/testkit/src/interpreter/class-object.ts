/**
 * Classes of interpreted programs: real host classes with the members, private names and initializers that a `class` instruction lists.
 * Construction follows ECMA-262 10.2.2 ([[Construct]]): base classes make the object from `new.target`, derived ones wait for `super()`.
 */
import type { FunctionIr } from '@scrimp/analysis/ir/function';
import type { ClassMember, NewClass } from '@scrimp/analysis/ir/instruction';
import type { Closure } from './closure.js';
import { createClosure, defineFunctionName, defineLengthAndName } from './closure.js';
import { runSyncExecution } from './execution-drivers.js';
import type { CapturedCells, Frame, Session, ThisContext } from './frame.js';
import { captureCells, createFrame, functionOf, operandValue, plainContext, resolveCell } from './frame.js';
import { isConstructor, isObject, toPropertyKey } from './operators.js';
import type { PrivateName, PrivateScope } from './private-names.js';
import { brandObject, declaredPrivateScope, resolvePrivateName } from './private-names.js';

/** Code of a class together with what it closes over. */
interface ClassCode {
  readonly ir: FunctionIr;
  readonly captured: CapturedCells;
}

type AnyClass = new (...incoming: unknown[]) => object;

/** Evaluates a `class` instruction: makes the class, initializes its inner binding, runs the static initializer. */
export function createClass(frame: Frame, instruction: NewClass): AnyClass {
  const { session } = frame;
  const initializerIr = optionalFunction(session, instruction.instanceInitializer);
  const staticIr = optionalFunction(session, instruction.staticInitializer);
  const scope = declaredPrivateScope(instruction, [initializerIr, staticIr]);
  const privateScope = scope === null ? frame.privateScope : { scope, names: new Map<string, PrivateName>(), outer: frame.privateScope };
  const codeOf = (ir: FunctionIr): ClassCode => ({ ir, captured: captureCells(frame, ir) });

  const parents = parentsOf(frame, instruction);
  const constructIr = optionalFunction(session, instruction.construct);
  const construct = constructIr === null ? null : codeOf(constructIr);
  const instancePrivateNames = new Set<PrivateName>();
  const initializer = initializerIr === null ? null : codeOf(initializerIr);
  const initializeInstance = (instance: object): void => {
    brandObject(instance, instancePrivateNames);
    if (initializer !== null) runInitializer(session, initializer, privateScope, instance, prototype);
  };
  const runConstructor = (incoming: readonly unknown[], newTarget: AnyClass): object => (parents === null
    ? constructBase(session, construct, privateScope, classObject, prototype, incoming, newTarget, initializeInstance)
    : constructDerived(session, construct, privateScope, classObject, prototype, incoming, newTarget, initializeInstance));
  const classObject = hostClass(runConstructor);
  const prototype = classObject.prototype as object;
  Object.setPrototypeOf(classObject, parents === null ? Function.prototype : parents.constructor);
  Object.setPrototypeOf(prototype, parents === null ? Object.prototype : parents.prototype);
  defineLengthAndName(classObject, constructIr, instruction.name);

  const staticPrivateNames = new Set<PrivateName>();
  for (const member of instruction.members) {
    const home = member.static ? classObject : prototype;
    const closure = createClosure(frame, functionOf(session, member.function), privateScope);
    session.homeObjects.set(closure, home);
    if (member.key.kind === 'private') {
      const name = resolvePrivateName(privateScope, member.key.scope, member.key.name);
      definePrivateMember(name, member, closure);
      (member.static ? staticPrivateNames : instancePrivateNames).add(name);
    } else {
      const key = member.key.kind === 'name' ? member.key.name : toPropertyKey(operandValue(frame, member.key.value));
      definePublicMember(home, key, member, closure);
    }
  }
  if (instruction.binding !== null) {
    const cell = resolveCell(frame, instruction.binding);
    cell.value = classObject;
    cell.dead = false;
  }
  brandObject(classObject, staticPrivateNames);
  if (staticIr !== null) runInitializer(session, codeOf(staticIr), privateScope, classObject, classObject);
  return classObject;
}

/** Runs `super(...)` in a constructor or in an arrow of one. */
export function callSuperConstructor(frame: Frame, incoming: readonly unknown[]): unknown {
  const { context } = frame;
  const parent: unknown = Object.getPrototypeOf(context.callee);
  if (!isConstructor(parent)) throw new TypeError('Super constructor is not a constructor');
  const instance = Reflect.construct<readonly unknown[], object>(parent as AnyClass, incoming, context.newTarget as AnyClass);
  if (context.thisBound) throw new ReferenceError('Super constructor may only be called once');
  context.thisValue = instance;
  context.thisBound = true;
  context.initializeInstance?.(instance);
  return instance;
}

function constructBase(
  session: Session, construct: ClassCode | null, privateScope: PrivateScope | null, callee: AnyClass, homeObject: object,
  incoming: readonly unknown[], newTarget: AnyClass, initializeInstance: (instance: object) => void,
): object {
  // `Object` as the target and another `new.target` is OrdinaryCreateFromConstructor.
  const instance = newTarget === (Object as unknown) ? {} : Reflect.construct(Object, [], newTarget) as object;
  initializeInstance(instance);
  if (construct === null) return instance;
  const context: ThisContext = { ...plainContext(instance), newTarget, homeObject, callee, initializeInstance };
  const result = runSyncExecution(session.execute(createFrame(session, construct.ir, construct.captured, privateScope, context, incoming)));
  return isObject(result) ? result : instance;
}

function constructDerived(
  session: Session, construct: ClassCode | null, privateScope: PrivateScope | null, callee: AnyClass, homeObject: object,
  incoming: readonly unknown[], newTarget: AnyClass, initializeInstance: (instance: object) => void,
): object {
  if (construct === null) {
    const parent: unknown = Object.getPrototypeOf(callee);
    if (!isConstructor(parent)) throw new TypeError('Super constructor is not a constructor');
    const instance = Reflect.construct<readonly unknown[], object>(parent as AnyClass, incoming, newTarget);
    initializeInstance(instance);
    return instance;
  }
  const context: ThisContext = { ...plainContext(undefined), thisBound: false, newTarget, homeObject, callee, initializeInstance };
  const result = runSyncExecution(session.execute(createFrame(session, construct.ir, construct.captured, privateScope, context, incoming)));
  if (isObject(result)) return result;
  if (result !== undefined) throw new TypeError('Derived constructors may only return object or undefined');
  if (!context.thisBound) throw new ReferenceError('Must call super constructor before returning from derived constructor');
  return context.thisValue as object;
}

/** A host class that leaves construction to us: deriving from null, it makes no object of its own and is not callable without `new`. */
function hostClass(construct: (incoming: readonly unknown[], newTarget: AnyClass) => object): AnyClass {
  return class extends (null as unknown as ObjectConstructor) {
    constructor(...incoming: unknown[]) {
      const instance = construct(incoming, new.target);
      // Never so. The compiler wants to see a call of the parent, and there is no parent to call.
      if (!isObject(instance)) super();
      return instance;
    }
  };
}

function parentsOf(frame: Frame, instruction: NewClass): { constructor: object; prototype: object | null } | null {
  if (instruction.extends === null) return null;
  const parent = operandValue(frame, instruction.extends);
  if (parent === null) return { constructor: Function.prototype, prototype: null };
  if (!isConstructor(parent)) throw new TypeError('Class extends value is not a constructor or null');
  const prototype: unknown = (parent as AnyClass).prototype;
  if (prototype !== null && !isObject(prototype)) throw new TypeError('Class extends value does not have valid prototype property');
  return { constructor: parent as AnyClass, prototype };
}

function runInitializer(session: Session, code: ClassCode, privateScope: PrivateScope | null, thisValue: object, homeObject: object): void {
  const context: ThisContext = { ...plainContext(thisValue), homeObject };
  runSyncExecution(session.execute(createFrame(session, code.ir, code.captured, privateScope, context, [])));
}

function definePublicMember(home: object, key: PropertyKey, member: ClassMember, closure: Closure): void {
  if (member.kind === 'method') {
    defineFunctionName(closure, key, '');
    Object.defineProperty(home, key, { value: closure, writable: true, configurable: true });
    return;
  }
  const prefix = member.kind === 'getter' ? 'get ' : 'set ';
  defineFunctionName(closure, key, prefix);
  Object.defineProperty(home, key, { [member.kind === 'getter' ? 'get' : 'set']: closure, enumerable: false, configurable: true });
}

function definePrivateMember(name: PrivateName, member: ClassMember, closure: Closure): void {
  if (member.kind === 'method') {
    defineFunctionName(closure, `#${name.description}`, '');
    name.kind = 'method';
    name.method = closure;
    return;
  }
  name.kind = 'accessor';
  defineFunctionName(closure, `#${name.description}`, member.kind === 'getter' ? 'get ' : 'set ');
  if (member.kind === 'getter') name.getter = closure;
  else name.setter = closure;
}

function optionalFunction(session: Session, id: number | null): FunctionIr | null {
  return id === null ? null : functionOf(session, id);
}
