/**
 * Scopes and bindings: which cell, import or property a name means at a place. Purely lexical; no checker is asked.
 * Which names a scope declares is `hoisting.ts`; what reading and writing a binding lowers to is `names.ts`.
 */
import type ts from 'typescript';
import type { Variable } from '../ir/function.js';
import type { FunctionId, VariableRef } from '../ir/instruction.js';
import type { FunctionLowering } from './lowering.js';

export type Binding =
  /** A cell. `immutable` cells ignore or refuse assignment: a named function expression's own name. */
  | { readonly kind: 'variable'; readonly variable: VariableRef; readonly immutable: 'no' | 'function-name'; readonly declaration: ts.ParameterDeclaration | null }
  /** A live ESM import. */
  | { readonly kind: 'import'; readonly specifier: string; readonly name: string }
  /** A property of an object in a cell: an enum member inside its enum, an exported variable inside its namespace. */
  | { readonly kind: 'property'; readonly object: VariableRef; readonly name: string }
  /** A name that has a type but no value: an interface, an import that is only a type. */
  | { readonly kind: 'type' };

export interface Scope {
  readonly parent: Scope | null;
  readonly function: FunctionId;
  readonly bindings: Map<string, Binding>;
}

/** The private names of a class body. */
export interface PrivateScope {
  readonly parent: PrivateScope | null;
  /** Unique per module. */
  readonly id: number;
  readonly names: ReadonlySet<string>;
}

export function openScope(f: FunctionLowering): Scope {
  f.scope = { parent: f.scope, function: f.id, bindings: new Map() };
  return f.scope;
}

/** Runs `body` in a new scope and leaves it afterwards. */
export function inScope(f: FunctionLowering, body: (scope: Scope) => void): void {
  const outer = f.scope;
  body(openScope(f));
  f.scope = outer;
}

export function newVariable(f: FunctionLowering, name: string, kind: Variable['kind']): VariableRef {
  f.variables.push({ name, kind, captured: false });
  return { function: f.id, slot: f.variables.length - 1 };
}

/** Declares a name as a new cell of the current function, in the given scope. A second declaration of the name (a syntax error, or `var` twice) keeps the first cell. */
export function declareVariable(f: FunctionLowering, scope: Scope, name: string, kind: Variable['kind'], declaration: ts.ParameterDeclaration | null = null): VariableRef {
  const existing = scope.bindings.get(name);
  if (existing?.kind === 'variable') return existing.variable;
  const variable = newVariable(f, name, kind);
  scope.bindings.set(name, { kind: 'variable', variable, immutable: 'no', declaration });
  return variable;
}

export function resolve(f: FunctionLowering, name: string): Binding | null {
  for (let scope: Scope | null = f.scope; scope !== null; scope = scope.parent) {
    const binding = scope.bindings.get(name);
    if (binding !== undefined) return binding;
  }
  return null;
}

/** Notes that `f` uses a cell: a foreign cell becomes captured, and every function between the two passes it on. */
export function noteUse(f: FunctionLowering, variable: VariableRef): void {
  if (variable.function === f.id) return;
  const key = `${String(variable.function)}:${String(variable.slot)}`;
  let user: FunctionLowering | null = f;
  while (user !== null && user.id !== variable.function) {
    user.captures.set(key, variable);
    user = user.parent;
  }
  const cell = user?.variables[variable.slot];
  if (cell !== undefined) cell.captured = true;
}

/** Every cell in scope counts as captured: what `eval` and `with` could reach. */
export function captureAll(f: FunctionLowering): void {
  for (let scope: Scope | null = f.scope; scope !== null; scope = scope.parent) {
    for (const binding of scope.bindings.values()) {
      if (binding.kind === 'import' || binding.kind === 'type') continue;
      const variable = binding.kind === 'variable' ? binding.variable : binding.object;
      noteUse(f, variable);
      if (variable.function === f.id) {
        const cell = f.variables[variable.slot];
        if (cell !== undefined) cell.captured = true;
      }
    }
  }
}

/** The id of the class that declares a private name; -1 when none does (a syntax error). */
export function resolvePrivate(f: FunctionLowering, name: string): number {
  for (let scope = f.privateScope; scope !== null; scope = scope.parent) {
    if (scope.names.has(name)) return scope.id;
  }
  return -1;
}
