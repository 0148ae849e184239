/**
 * Classes of values: what is known of the run-time class of a value, from producers (exact) and from declared types (not exact).
 * A declared `Uint8Array` admits a Buffer and subclasses, so it stands for both here; obligation TY tells which it was.
 */
import type { TypeFact } from '../ir/type-fact.js';
import type { Catalog } from '../model/known.js';
import type { ArgumentClass } from '../model/row.js';

export interface PossibleClass {
  /** Model class name or `file#Class`. */
  readonly name: string;
  readonly exact: boolean;
  /** Why the class is believed although nobody declares it; absent for what is declared or made in sight. Never with `exact`. */
  readonly recovered?: string;
}

export interface ClassKnowledge {
  /** Object classes that are possible. */
  readonly classes: readonly PossibleClass[];
  /** Primitive classes that are possible. */
  readonly primitives: readonly ArgumentClass[];
  /** False when something else is possible too. */
  readonly complete: boolean;
}

export const nothingKnown: ClassKnowledge = { classes: [], primitives: [], complete: false };

/** What a declared type says. Types that the model has no class for are kept by `from#name` so that program classes resolve. */
export function declaredKnowledge(fact: TypeFact, catalog: Catalog): ClassKnowledge {
  const known = remembered.get(fact);
  if (known?.catalog === catalog) return known.knowledge;
  const knowledge = readFact(fact, catalog);
  remembered.set(fact, { catalog, knowledge });
  return knowledge;
}

/** Facts are asked about in every round of every analysis of their function. */
const remembered = new WeakMap<TypeFact, { readonly catalog: Catalog; readonly knowledge: ClassKnowledge }>();

function readFact(fact: TypeFact, catalog: Catalog): ClassKnowledge {
  const classes: PossibleClass[] = [];
  const primitives: ArgumentClass[] = [];
  if (fact.nullable) primitives.push('absent');
  for (const name of fact.names) {
    const primitive = primitiveClasses[name.from === 'primitive' ? name.name : ''];
    if (primitive !== undefined) {
      primitives.push(primitive);
      continue;
    }
    const known = catalog.declaredClass(name.name, name.from);
    if (known === null) {
      classes.push({ name: `${name.from}#${name.name}`, exact: false });
      continue;
    }
    classes.push({ name: known.name, exact: false });
    // `@types/node` declares Buffer as a Uint8Array, so a declared Uint8Array may be a Buffer at run time.
    if (known.name === 'Uint8Array') classes.push({ name: 'Buffer', exact: false });
  }
  return { classes, primitives, complete: !fact.any && classes.length + primitives.length > 0 };
}

/** The argument classes of model conditions that the knowledge admits; null when anything is possible. */
export function argumentClasses(knowledge: ClassKnowledge, catalog: Catalog): readonly ArgumentClass[] | null {
  if (!knowledge.complete) return null;
  const found = new Set<ArgumentClass>(knowledge.primitives);
  for (const possible of knowledge.classes) {
    for (const name of argumentClassesOf(possible.name, catalog)) found.add(name);
  }
  return [...found];
}

/** Exactly one class, made by a known producer. */
export function exactly(name: string): ClassKnowledge {
  return { classes: [{ name, exact: true }], primitives: [], complete: true };
}

/** One of these classes, as the code around lets expect. */
export function recoveredKnowledge(names: readonly string[], because: string): ClassKnowledge {
  return { classes: names.map((name) => ({ name, exact: false, recovered: because })), primitives: [], complete: true };
}

/** What is known when any of several values may be there. */
export function joinKnowledge(list: readonly ClassKnowledge[], primitives: readonly ArgumentClass[]): ClassKnowledge {
  if (list.length === 0 && primitives.length === 0) return nothingKnown;
  const classes = new Map<string, PossibleClass>();
  const all = new Set<ArgumentClass>(primitives);
  for (const one of list) {
    for (const possible of one.classes) classes.set(possible.name, joined(classes.get(possible.name), possible));
    for (const primitive of one.primitives) all.add(primitive);
  }
  return { classes: [...classes.values()], primitives: [...all], complete: list.every((one) => one.complete) };
}

function joined(known: PossibleClass | undefined, other: PossibleClass): PossibleClass {
  if (known === undefined || known.recovered !== undefined) return known === undefined || other.recovered !== undefined ? other : { ...other, exact: false, recovered: known.recovered! };
  return other.recovered === undefined ? { name: known.name, exact: known.exact && other.exact } : { ...other, exact: false };
}

export function mergeKnowledge(left: ClassKnowledge, right: ClassKnowledge): ClassKnowledge {
  return joinKnowledge([left, right], []);
}

/** Whether `outer` already admits everything that `inner` does. */
export function isSubsumed(inner: ClassKnowledge, outer: ClassKnowledge): boolean {
  return (inner.complete || !outer.complete) && inner.classes.every((one) => outer.classes.some((other) => other.name === one.name && (one.exact || !other.exact)));
}

const primitiveClasses: Readonly<Record<string, ArgumentClass>> = {
  string: 'string', number: 'number', bigint: 'number', boolean: 'number', symbol: 'object', undefined: 'absent', void: 'absent', never: 'absent', null: 'object',
};

function argumentClassesOf(name: string, catalog: Catalog): readonly ArgumentClass[] {
  if (name === 'Array' || name === 'es#Array' || name === 'es#ReadonlyArray') return ['array'];
  if (name === 'Function' || name === 'es#Function' || name === 'primitive#function') return ['function'];
  const known = catalog.class(name);
  if (known === null) {
    // An interface of the library may be a typed array or a buffer in disguise (ArrayLike, Iterable, ArrayBufferView).
    return name.startsWith('es#') || name.startsWith('node#') ? ['bytes', 'buffer', 'array', 'object', 'function', 'string'] : ['object', 'function', 'bytes', 'array'];
  }
  return known.kind === 'object' ? ['object'] : [known.kind];
}

/** The class of what a unary operator gives. */
export function unaryClass(operator: string): ArgumentClass {
  if (operator === 'typeof' || operator === 'to-string' || operator === 'to-property-key') return 'string';
  return operator === 'void' ? 'absent' : 'number';
}
