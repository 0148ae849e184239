/**
 * The two ways in which an interpreted program stops without being at fault itself: it reached a form that the lowering does not understand,
 * or the IR breaks its own contract. Neither may be caught by the program's handlers, so the executor lets both through.
 */
import type { FunctionIr } from '@scrimp/analysis/ir/function';
import type { Opaque } from '@scrimp/analysis/ir/instruction';

/** The IR breaks its contract: a cell that was never declared, a value that does not exist, an unknown private scope. */
export class InterpreterFault extends Error {
  override readonly name: string = 'InterpreterFault';
}

/** The program reached an `opaque` instruction, whose meaning the IR does not say. */
export class OpaqueReached extends InterpreterFault {
  override readonly name = 'OpaqueReached';
  constructor(functionIr: FunctionIr, instruction: Opaque) {
    super(`opaque instruction reached in ${functionIr.name}: ${instruction.reason}`);
  }
}
