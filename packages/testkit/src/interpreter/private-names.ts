/**
 * Private names at run time. Each evaluation of a class makes new ones, so two classes out of the same source do not read each other's `#x`.
 * Fields live in a WeakMap per name, methods and accessors on the name itself with a brand per object. Which class declares which scope is not
 * written in the `class` instruction; it follows from the private members and from the private `define`s of the class's initializers.
 */
import type { FunctionIr } from '@scrimp/analysis/ir/function';
import type { NewClass } from '@scrimp/analysis/ir/instruction';
import { InterpreterFault } from './fault.js';
import { isObject } from './operators.js';

export interface PrivateName {
  readonly description: string;
  readonly fields: WeakMap<object, unknown>;
  /** Objects that have the method or accessor. */
  readonly brands: WeakSet<object>;
  method: unknown;
  getter: (() => unknown) | undefined;
  setter: ((value: unknown) => void) | undefined;
  kind: 'field' | 'method' | 'accessor';
}

/** The private names that code of a class body sees; classes nest. */
export interface PrivateScope {
  readonly scope: number;
  readonly names: Map<string, PrivateName>;
  readonly outer: PrivateScope | null;
}

/** The scope number that a class declares, or null when it declares no private name. */
export function declaredPrivateScope(instruction: NewClass, initializers: readonly (FunctionIr | null)[]): number | null {
  for (const member of instruction.members) {
    if (member.key.kind === 'private') return member.key.scope;
  }
  for (const initializer of initializers) {
    for (const block of initializer?.blocks ?? []) {
      for (const step of block.instructions) {
        if (step.op === 'define' && step.key.kind === 'private') return step.key.scope;
      }
    }
  }
  return null;
}

export function resolvePrivateName(privateScope: PrivateScope | null, scope: number, name: string): PrivateName {
  for (let current = privateScope; current !== null; current = current.outer) {
    if (current.scope === scope) return declarePrivateName(current, name);
  }
  throw new InterpreterFault(`private scope ${scope} of #${name} is not around the code that names it`);
}

/** The name, made at its first use: the syntax guarantees that the class declares it. */
export function declarePrivateName(privateScope: PrivateScope, name: string): PrivateName {
  const key = name.replace(/^#/, '');
  const known = privateScope.names.get(key);
  if (known !== undefined) return known;
  const privateName: PrivateName = { description: key, fields: new WeakMap(), brands: new WeakSet(), method: undefined, getter: undefined, setter: undefined, kind: 'field' };
  privateScope.names.set(key, privateName);
  return privateName;
}

export function hasPrivate(object: unknown, name: PrivateName): boolean {
  if (!isObject(object)) throw new TypeError(`Cannot use 'in' operator to search for '#${name.description}' in a primitive`);
  return name.fields.has(object) || name.brands.has(object);
}

export function getPrivate(object: unknown, name: PrivateName): unknown {
  if (!isObject(object) || !hasPrivate(object, name)) throw new TypeError(`Cannot read private member #${name.description} from an object whose class did not declare it`);
  if (name.kind === 'field') return name.fields.get(object);
  if (name.kind === 'method') return name.method;
  if (name.getter === undefined) throw new TypeError(`'#${name.description}' was defined without a getter`);
  return Reflect.apply(name.getter, object, []);
}

export function setPrivate(object: unknown, name: PrivateName, value: unknown): void {
  if (!isObject(object) || !hasPrivate(object, name)) throw new TypeError(`Cannot write private member #${name.description} to an object whose class did not declare it`);
  if (name.kind === 'field') {
    name.fields.set(object, value);
    return;
  }
  if (name.kind === 'method') throw new TypeError(`Private method '#${name.description}' is not writable`);
  if (name.setter === undefined) throw new TypeError(`'#${name.description}' was defined without a setter`);
  Reflect.apply(name.setter, object, [value]);
}

export function addPrivateField(object: object, name: PrivateName, value: unknown): void {
  if (hasPrivate(object, name)) throw new TypeError(`Cannot initialize #${name.description} twice on the same object`);
  name.fields.set(object, value);
}

/** Gives an object the private methods and accessors of a class. */
export function brandObject(object: object, names: Iterable<PrivateName>): void {
  for (const name of names) {
    if (hasPrivate(object, name)) throw new TypeError('Cannot initialize private methods of a class twice on the same object');
    name.brands.add(object);
  }
}
