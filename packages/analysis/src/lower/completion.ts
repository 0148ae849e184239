/**
 * Leaving: return, break, continue and throw through the constructs between here and there.
 * A `finally` body exists once: every exit stores a completion and goes to it; behind it a dispatch continues the exit outward.
 * An iteration closes its iterator on the way out. What try, loops and patterns mean otherwise is `try-statement.ts`, `loops.ts`, `destructuring.ts`.
 */
import type { BlockId, ValueId, VariableRef } from '../ir/instruction.js';
import { aside, branch, emit, emitLoad, emitStore, emitString, goto, newBlock, setHandler, startBlock, terminate } from './function-builder.js';
import type { FunctionLowering } from './lowering.js';

/** A construct that an exit may target or must pass through, outermost first in `FunctionLowering.controls`. */
export type Control =
  /** A loop, switch or labeled statement. `unlabeled`: plain `break` targets it; a `continueTarget` makes it a loop. */
  | { readonly kind: 'target'; readonly labels: readonly string[]; readonly unlabeled: boolean; readonly breakTarget: BlockId | null; readonly continueTarget: BlockId | null }
  | FinallyControl
  | IteratorControl;

export interface FinallyControl {
  readonly kind: 'finally';
  readonly completion: VariableRef;
  readonly value: VariableRef;
  readonly entry: BlockId;
  /** Exits that pass through, by the completion text that stands for them. */
  readonly exits: Map<string, Exit>;
  /** Where a generator's `return()` goes, by the handler in force at the `yield`. */
  readonly generatorReturns: Map<BlockId | null, BlockId>;
}

export interface IteratorControl {
  readonly kind: 'iterator';
  readonly outerHandler: BlockId | null;
  /** Closes the iterator in the current block; errors of the close count. */
  close(): void;
  readonly generatorReturns: Map<BlockId | null, BlockId>;
}

/** Where an exit goes: out of the function, or to a block of the control at `depth`. */
export type Exit = { readonly kind: 'return' } | { readonly kind: 'jump'; readonly depth: number; readonly target: BlockId };

/** Returns a value from the function, through everything in between. */
export function exitReturn(f: FunctionLowering, value: ValueId): void {
  leave(f, { kind: 'return' }, value);
}

export function exitBreak(f: FunctionLowering, label: string | null): boolean {
  return exitTo(f, label, 'breakTarget');
}

export function exitContinue(f: FunctionLowering, label: string | null): boolean {
  return exitTo(f, label, 'continueTarget');
}

function exitTo(f: FunctionLowering, label: string | null, side: 'breakTarget' | 'continueTarget'): boolean {
  for (let depth = f.controls.length - 1; depth >= 0; depth--) {
    const control = f.controls[depth];
    if (control?.kind !== 'target') continue;
    const matches = label === null ? (side === 'breakTarget' ? control.unlabeled : control.continueTarget !== null) : control.labels.includes(label);
    const target = control[side];
    if (!matches || target === null) continue;
    leave(f, { kind: 'jump', depth, target }, null);
    return true;
  }
  return false;
}

/** Emits the exit from the current block: closes iterators, hands over to the innermost `finally`. The controls and the handler are as before afterwards. */
function leave(f: FunctionLowering, exit: Exit, value: ValueId | null): void {
  const controls = [...f.controls];
  const { handler } = f;
  const last = exit.kind === 'return' ? -1 : exit.depth;
  let isHandedOver = false;
  for (let depth = controls.length - 1; depth > last; depth--) {
    const control = controls[depth];
    if (control === undefined || control.kind === 'target') continue;
    if (control.kind === 'finally') {
      enterFinally(f, control, exit, value);
      isHandedOver = true;
      break;
    }
    f.controls.length = depth;
    setHandler(f, control.outerHandler);
    control.close();
  }
  if (!isHandedOver) {
    if (exit.kind === 'jump') goto(f, exit.target);
    else if (value !== null) terminate(f, { op: 'return', value });
  }
  f.controls.length = 0;
  f.controls.push(...controls);
  f.handler = handler;
  f.block.handler = handler;
}

function enterFinally(f: FunctionLowering, control: FinallyControl, exit: Exit, value: ValueId | null): void {
  const code = exit.kind === 'return' ? 'return' : `jump ${String(exit.target)}`;
  const known = [...control.exits.keys()].indexOf(code);
  const text = exit.kind === 'return' ? 'return' : `jump ${String(known >= 0 ? known : control.exits.size)}`;
  if (!control.exits.has(code)) control.exits.set(code, exit);
  if (value !== null) emitStore(f, null, control.value, value);
  emitStore(f, null, control.completion, emitString(f, null, text));
  goto(f, control.entry);
}

/** After the finally body: continue as the completion says. Falls through for a normal one. */
export function dispatchCompletion(f: FunctionLowering, control: FinallyControl): void {
  dispatchArm(f, control, 'throw', () => { terminate(f, { op: 'throw', value: emitLoad(f, null, control.value) }); });
  // The exits were registered in order, and their texts number them in that order; no further ones arrive here, since the body is complete.
  let index = 0;
  for (const exit of control.exits.values()) {
    const text = exit.kind === 'return' ? 'return' : `jump ${String(index)}`;
    index++;
    dispatchArm(f, control, text, () => { leave(f, exit, exit.kind === 'return' ? emitLoad(f, null, control.value) : null); });
  }
}

function dispatchArm(f: FunctionLowering, control: FinallyControl, text: string, body: () => void): void {
  const taken = newBlock(f);
  const next = newBlock(f);
  const matches = emit(f, null, { op: 'binary', operator: '===', left: emitLoad(f, null, control.completion), right: emitString(f, null, text) });
  branch(f, 'truthy', matches, taken, next);
  startBlock(f, taken);
  body();
  startBlock(f, next);
}

/** The block where `generator.return(v)` at a `yield` here goes; null when nothing is to run. */
export function generatorReturnBlock(f: FunctionLowering): BlockId | null {
  const control = f.controls.findLast((candidate) => candidate.kind !== 'target');
  if (control === undefined) return null;
  const known = control.generatorReturns.get(f.handler);
  if (known !== undefined) return known;
  const block = newBlock(f);
  control.generatorReturns.set(f.handler, block);
  aside(f, block, () => {
    const caught = emit(f, null, { op: 'caught' });
    exitReturn(f, caught);
  });
  return block;
}
