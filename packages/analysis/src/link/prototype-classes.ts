/**
 * Classes that are written as functions: `function Foo() {…}` with `Foo.prototype.bar = function () {…}`. Each becomes a class of the program like any other,
 * as far as its members are in sight; a member that may be something else stands there as a getter, which nobody can call by its name.
 */
import type { ModuleIr } from '../ir/function.js';
import type { ClassMember, FunctionId, NewClass } from '../ir/instruction.js';
import type { Denotations } from './denotation.js';
import type { ProgramClass } from './program.js';

export interface PrototypeClass extends ProgramClass {
  /** The function that constructs. */
  readonly constructedBy: FunctionId;
}

/** `base` is still to be found: the value that it inherits from, null for none, undefined when that is not in sight. */
export interface FoundClass {
  readonly class: PrototypeClass;
  readonly inherits: { readonly fn: FunctionId; readonly value: number } | null | undefined;
}

/** Whether the module mentions prototypes at all: most do not, and cost nothing. */
export function mentionsPrototypes(module: ModuleIr): boolean {
  return module.functions.some((fn) => fn.blocks.some((block) => block.instructions.some((one) => (one.op === 'get' || one.op === 'set') && one.key.kind === 'name' && one.key.name === 'prototype')));
}

export function findPrototypeClasses(module: ModuleIr, denotations: Denotations): readonly FoundClass[] {
  const members = denotations.membersIn(module);
  return module.functions.flatMap((fn): readonly FoundClass[] => {
    if (fn.kind !== 'function' || fn.async || fn.generator) return [];
    const root = `f${String(fn.id)}`;
    const put = members.member(root, 'prototype');
    const inherited = members.inherits(root);
    const literal = put === null || put === 'unknown' ? null : members.rootOf(put.fn, put.value);
    const roots = [`p${root}`, ...(literal?.startsWith('o') === true ? [literal] : [])];
    const names = [...new Set(roots.flatMap((one) => members.names(one)))].filter((name) => name !== 'constructor');
    // A prototype that is somebody else's has members out of sight, and those that are seen here may be of another object.
    if (put === 'unknown' || (put !== null && inherited === 'unknown') || (names.length === 0 && inherited === null)) return [];
    const definition: NewClass = {
      op: 'class', id: -1, name: fn.name, extends: null, construct: fn.id, instanceInitializer: null, staticInitializer: null, binding: null,
      members: names.map((name) => memberNamed(name, roots)),
    };
    return [{
      class: { key: `${module.file}#${fn.name}`, module, definedIn: fn.parent ?? 0, definition, base: null, constructedBy: fn.id },
      inherits: inherited === 'unknown' ? undefined : inherited,
    }];

    function memberNamed(name: string, holders: readonly string[]): ClassMember {
      const places = holders.map((holder) => members.member(holder, name)).filter((place) => place !== null);
      const [only, ...more] = places;
      const denoted = only === undefined || only === 'unknown' || more.length > 0 ? null : denotations.of(module, only.fn, only.value);
      const key = { kind: 'name', name } as const;
      // The function of a getter is never looked at: any will do.
      return denoted?.kind === 'function' && denoted.module === module ? { kind: 'method', static: false, key, function: denoted.function } : { kind: 'getter', static: false, key, function: fn.id };
    }
  });
}
