/**
 * The executor: runs the blocks of a frame, one instruction after the other, as the comments of `ir/instruction.ts` and `ir/function.ts` say.
 * A frame is a host generator that pauses at await and yield; who resumes it is `execution-drivers.ts` and the generator objects.
 * Instructions that cannot suspend are in `evaluate.ts`.
 */
import type { Block } from '@scrimp/analysis/ir/function';
import type { BlockId, Instruction } from '@scrimp/analysis/ir/instruction';
import { evaluate } from './evaluate.js';
import { InterpreterFault } from './fault.js';
import type { Frame } from './frame.js';
import { operandValue } from './frame.js';
import { delegateAsync, delegateSync } from './iteration.js';
import type { Execution, Resumption, Suspension } from './suspension.js';
import { awaitValue, unwrapAsyncReturn } from './suspension.js';

/** What an instruction or terminator decided about the rest of the frame. */
type Step =
  | { readonly kind: 'jump'; readonly target: BlockId }
  | { readonly kind: 'return'; readonly value: unknown };

export function* execute(frame: Frame): Execution {
  let block = blockAt(frame, 0);
  for (;;) {
    let step: Step;
    try {
      step = yield* runBlock(frame, block);
    } catch (error) {
      if (error instanceof InterpreterFault) {
        frame.session.host.reportFault?.(error);
        throw error;
      }
      if (block.handler === null) throw error;
      frame.caught = error;
      step = { kind: 'jump', target: block.handler };
    }
    if (step.kind === 'return') return step.value;
    block = blockAt(frame, step.target);
  }
}

function* runBlock(frame: Frame, block: Block): Generator<Suspension, Step, Resumption> {
  for (const instruction of block.instructions) {
    switch (instruction.op) {
      case 'await':
        frame.values[instruction.id] = yield* awaitValue(operandValue(frame, instruction.value));
        break;
      case 'generator-start':
        yield { kind: 'start' };
        break;
      case 'yield': case 'yield-star': {
        const resumption = instruction.op === 'yield'
          ? yield* suspend(frame, operandValue(frame, instruction.value))
          : yield* delegate(frame, instruction);
        if (resumption.kind === 'throw') throw resumption.value;
        if (resumption.kind === 'return') return generatorReturn(frame, block, resumption.value);
        frame.values[instruction.id] = resumption.value;
        break;
      }
      default:
        frame.values[instruction.id] = evaluate(frame, instruction);
    }
  }
  return runTerminator(frame, block);
}

/** The lowering awaits the operand of a yield in an async generator; what `return(v)` brings is awaited here. */
function* suspend(frame: Frame, value: unknown): Generator<Suspension, Resumption, Resumption> {
  const resumption = yield { kind: 'yield', value };
  return frame.ir.async ? yield* unwrapAsyncReturn(resumption) : resumption;
}

function* delegate(frame: Frame, instruction: Instruction & { op: 'yield-star' }): Generator<Suspension, Resumption, Resumption> {
  const iterable = operandValue(frame, instruction.iterable);
  return yield* frame.ir.async ? delegateAsync(iterable) : delegateSync(iterable);
}

/** The consumer asked to return: run the finally blocks around, or end. */
function generatorReturn(frame: Frame, block: Block, value: unknown): Step {
  if (block.generatorReturn === null) return { kind: 'return', value };
  frame.caught = value;
  return { kind: 'jump', target: block.generatorReturn };
}

function runTerminator(frame: Frame, block: Block): Step {
  const { terminator } = block;
  switch (terminator.op) {
    case 'goto':
      return { kind: 'jump', target: terminator.target };
    case 'branch':
      return { kind: 'jump', target: holds(terminator.test, operandValue(frame, terminator.value)) ? terminator.then : terminator.else };
    case 'return':
      return { kind: 'return', value: operandValue(frame, terminator.value) };
    case 'throw':
      throw operandValue(frame, terminator.value);
    case 'unreachable':
      throw new InterpreterFault(`${frame.ir.name}: the unreachable end of b${block.id} was reached`);
  }
}

function holds(test: 'truthy' | 'nullish' | 'undefined', value: unknown): boolean {
  if (test === 'truthy') return Boolean(value);
  return test === 'nullish' ? value === null || value === undefined : value === undefined;
}

function blockAt(frame: Frame, id: BlockId): Block {
  const block = frame.ir.blocks[id];
  if (block === undefined) throw new InterpreterFault(`${frame.ir.name}: block b${id} does not exist`);
  return block;
}
