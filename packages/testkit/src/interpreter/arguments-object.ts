/**
 * The `arguments` object. In strict functions, and where a parameter has a default, a pattern or a rest, it is a list of its own.
 * In a sloppy function with plain parameters its elements and the parameters are the same storage: a host function with as many parameters
 * supplies the object, and the cells of the interpreted parameters are redirected to the host's variables.
 */
import vm from 'node:vm';
import type { FunctionIr } from '@scrimp/analysis/ir/function';
import type { Cell, Frame } from './frame.js';

type ArgumentsMaker = (...incoming: readonly unknown[]) => object;

/** Compiled as text because the mode of the code decides what kind of object the host makes, and this module is strict. */
const sloppyArguments = vm.compileFunction('return arguments;') as ArgumentsMaker;
const strictArguments = vm.compileFunction("'use strict'; return arguments;") as ArgumentsMaker;

/** The object of the function whose frame this is (never an arrow's). */
export function makeArgumentsObject(frame: Frame): object {
  const { ir, incoming, context } = frame;
  if (ir.strict) return strictArguments(...incoming);
  const object = isMapped(ir) ? mapParameters(frame) : sloppyArguments(...incoming);
  return Object.defineProperty(object, 'callee', { value: context.callee, writable: true, configurable: true, enumerable: false });
}

/** Indexes of parameters that have a default: a default is a branch on whether the incoming value is undefined. */
export function parametersWithDefault(ir: FunctionIr): ReadonlySet<number> {
  const indexes = new Map<number, number>();
  const withDefault = new Set<number>();
  for (const block of ir.blocks) {
    for (const instruction of block.instructions) {
      if (instruction.op === 'parameter') indexes.set(instruction.id, instruction.index);
    }
    const { terminator } = block;
    if (terminator.op !== 'branch' || terminator.test !== 'undefined') continue;
    const index = indexes.get(terminator.value);
    if (index !== undefined) withDefault.add(index);
  }
  return withDefault;
}

function isMapped(ir: FunctionIr): boolean {
  return !ir.hasRestParameter && ir.parameters.every((name) => name !== null) && parametersWithDefault(ir).size === 0;
}

interface HostParameters {
  readonly object: object;
  readonly read: readonly (() => unknown)[];
  readonly write: readonly ((value: unknown) => void)[];
}

function mapParameters(frame: Frame): object {
  const { ir, incoming } = frame;
  const names = ir.parameters.map((_, index) => `p${index}`);
  const make = vm.compileFunction(`return { object: arguments, read: [${names.map((name) => `() => ${name}`).join()}], write: [${names.map((name) => `(value) => { ${name} = value; }`).join()}] };`, names);
  const cells = ir.parameters.map((name, index) => (index < incoming.length && ir.parameters.lastIndexOf(name) === index ? parameterCell(frame, name) : null));
  // The object may be asked for after a parameter was written: what it shows is the parameter's value of now.
  const current = incoming.map((value, index) => {
    const cell = cells[index];
    return cell === null || cell === undefined ? value : cell.value;
  });
  const host = (make as (...values: readonly unknown[]) => HostParameters)(...current);
  for (const [index, cell] of cells.entries()) {
    const get = host.read[index];
    const set = host.write[index];
    if (cell !== null && get !== undefined && set !== undefined) Object.defineProperty(cell, 'value', { get, set });
  }
  return host.object;
}

function parameterCell(frame: Frame, name: string | null): Cell | null {
  const slot = frame.ir.variables.findIndex((variable) => variable.name === name);
  return frame.cells[slot] ?? null;
}
