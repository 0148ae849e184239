/**
 * What one activation of a function holds: its cells, the values computed so far, the arguments, and the context that arrows share with the
 * function around them (`this`, `new.target`, the home object, `arguments`). Creating and resolving cells is here;
 * what instructions do with them is `execute.ts`.
 */
import type { Export, FunctionIr, ModuleIr } from '@scrimp/analysis/ir/function';
import type { FunctionId, ValueId, VariableRef } from '@scrimp/analysis/ir/instruction';
import { InterpreterFault } from './fault.js';
import type { PrivateScope } from './private-names.js';
import type { Execution } from './suspension.js';

/** What the surroundings of a module supply. */
export interface Host {
  /** Unresolved names are properties of this object: the global object, or one that inherits from it and adds `require`, `module`, `exports`. */
  readonly globals: object;
  /** The namespace object of a specifier; properties are read when the binding is (live). */
  readonly importModule: (specifier: string) => Readonly<Record<string, unknown>>;
  /** The value of `import.meta`. */
  readonly importMeta?: object;
  /** Told of every fault, also of those that end as the rejection of a promise that nobody looks at. */
  readonly reportFault?: (fault: InterpreterFault) => void;
}

/** One run of one module. */
export interface Session {
  readonly module: ModuleIr;
  readonly host: Host;
  /** Strings arrays of tagged templates by `function:instruction`: one per site. */
  readonly templateObjects: Map<string, readonly string[]>;
  /** The base of `super` for closures that are methods, once an object or class took them in. */
  readonly homeObjects: WeakMap<object, object>;
  /** The IR of closures that this session made, to recognize methods when they are defined on an object. */
  readonly functionsOfClosures: WeakMap<object, FunctionIr>;
  /** Runs a frame; here so that closures and classes need not import the executor, which imports them. */
  readonly execute: (frame: Frame) => Execution;
}

/** A variable's storage; closures share the cell, not the value. */
export interface Cell {
  value: unknown;
  dead: boolean;
}

/** Cells of enclosing functions, by `cellKey`. */
export type CapturedCells = ReadonlyMap<number, Cell>;

/** What a function and the arrows in it have in common. */
export interface ThisContext {
  thisValue: unknown;
  /** False in a derived constructor before `super()` returned. */
  thisBound: boolean;
  readonly newTarget: unknown;
  /** Base of `super.x`; null outside of methods. */
  readonly homeObject: object | null;
  /** The running function object; null for initializers and the top level. */
  readonly callee: object | null;
  argumentsObject: object | null;
  /** The frame of the function itself, which `arguments` in an arrow means. */
  owner: Frame | null;
  /** In constructors: runs the field initializers of the class on the new object. */
  readonly initializeInstance: ((instance: object) => void) | null;
}

export interface Frame {
  readonly session: Session;
  readonly ir: FunctionIr;
  readonly cells: Cell[];
  readonly captured: CapturedCells;
  readonly context: ThisContext;
  readonly incoming: readonly unknown[];
  readonly privateScope: PrivateScope | null;
  readonly values: unknown[];
  /** What the last jump to a handler or a generator-return block brought along. */
  caught: unknown;
}

export function createFrame(session: Session, ir: FunctionIr, captured: CapturedCells, privateScope: PrivateScope | null, context: ThisContext, incoming: readonly unknown[]): Frame {
  // Every cell exists from the start; `declare` replaces it per entry of its scope.
  const cells = ir.variables.map((): Cell => ({ value: undefined, dead: false }));
  const frame: Frame = { session, ir, cells, captured, context, incoming, privateScope, values: new Array<unknown>(ir.valueCount), caught: undefined };
  if (ir.kind !== 'arrow') context.owner = frame;
  return frame;
}

export function plainContext(thisValue: unknown): ThisContext {
  return { thisValue, thisBound: true, newTarget: undefined, homeObject: null, callee: null, argumentsObject: null, owner: null, initializeInstance: null };
}

/** The value of an earlier instruction. */
export function operandValue(frame: Frame, id: ValueId): unknown {
  if (!(id in frame.values)) throw new InterpreterFault(`${frame.ir.name}: %${id} is read before it is computed`);
  return frame.values[id];
}

export function functionOf(session: Session, id: FunctionId): FunctionIr {
  const functionIr = session.module.functions[id];
  if (functionIr === undefined) throw new InterpreterFault(`function f${id} does not exist`);
  return functionIr;
}

/** The cell that an access in this frame reaches now. */
export function resolveCell(frame: Frame, variable: VariableRef): Cell {
  const cell = variable.function === frame.ir.id ? frame.cells[variable.slot] : frame.captured.get(cellKey(variable));
  if (cell === undefined) throw new InterpreterFault(`${frame.ir.name}: ${variableName(frame.session, variable)} has no cell: it is missing in variables or captures`);
  return cell;
}

/** Puts a fresh cell in place; closures made before keep the old one. */
export function replaceCell(frame: Frame, variable: VariableRef, cell: Cell): void {
  if (variable.function !== frame.ir.id) throw new InterpreterFault(`${frame.ir.name}: ${variableName(frame.session, variable)} is declared by another function`);
  frame.cells[variable.slot] = cell;
}

/** The cells that a closure over `target` made in this frame now keeps. */
export function captureCells(frame: Frame, target: FunctionIr): CapturedCells {
  const captured = new Map<number, Cell>();
  for (const variable of target.captures) {
    captured.set(cellKey(variable), resolveCell(frame, variable));
  }
  return captured;
}

export function readCell(session: Session, variable: VariableRef, cell: Cell): unknown {
  if (cell.dead) throw new ReferenceError(`Cannot access '${variableName(session, variable)}' before initialization`);
  return cell.value;
}

/** The getter behind one exported name. */
export function readExport(frame: Frame, entry: Export & { kind: 'local' }): unknown {
  return readCell(frame.session, entry.variable, resolveCell(frame, entry.variable));
}

export function variableName(session: Session, variable: VariableRef): string {
  return session.module.functions[variable.function]?.variables[variable.slot]?.name ?? `f${variable.function}.${variable.slot}`;
}

export function variableKind(session: Session, variable: VariableRef): string | undefined {
  return session.module.functions[variable.function]?.variables[variable.slot]?.kind;
}

function cellKey(variable: VariableRef): number {
  return variable.function * 0x100000 + variable.slot;
}
