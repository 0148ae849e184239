/** A place in the program that a rule speaks of: one value of one function of one file. */
import type { FunctionIr, ModuleIr } from '../ir/function.js';
import type { ValueId } from '../ir/instruction.js';

export interface Site {
  readonly module: ModuleIr;
  readonly function: FunctionIr;
  readonly value: ValueId;
}
