/**
 * Where functions of the program are called, by syntax alone: cheap enough for every function, where a summary is not.
 * It serves hotness only, for which a forgotten call is a wrong rank and no wrong proof.
 */
import type { FunctionIr } from '../ir/function.js';
import type { BlockId } from '../ir/instruction.js';
import { buildCfg, type Cfg } from '../flow/cfg.js';
import { findLoops } from '../flow/loops.js';
import { functionsBehind } from './event-handlers.js';
import type { Program, ProgramFunction } from './program.js';

export interface StaticCall {
  readonly caller: ProgramFunction;
  /** Whether one run of the caller may make the call several times. */
  readonly isRepeated: boolean;
  /** Whether every path on from the call ends in a throw. */
  readonly isOnlyToThrow: boolean;
}

export interface CallSites {
  /** Every call that is seen. */
  callsOf(fn: FunctionIr): readonly StaticCall[];
  /** Whether the function is used other than by calling it: handed over, stored, returned. */
  isUsedAsValue(fn: FunctionIr): boolean;
}

export function findCallSites(program: Program): CallSites {
  const calls = new Map<FunctionIr, StaticCall[]>();
  const values = new Set<FunctionIr>();
  for (const module of program.modules) {
    for (const fn of module.functions) collectCalls(program, { module, function: fn }, calls, values);
  }
  return { callsOf: (fn) => calls.get(fn) ?? [], isUsedAsValue: (fn) => values.has(fn) };
}

function collectCalls(program: Program, caller: ProgramFunction, calls: Map<FunctionIr, StaticCall[]>, values: Set<FunctionIr>): void {
  const { module, function: fn } = caller;
  const callees = new Set<number>();
  const stored = new Set<number>();
  for (const block of fn.blocks) for (const one of block.instructions) {
    if (one.op === 'call') callees.add(one.callee);
    // The declaration of a function is no use of it.
    if (one.op === 'store') stored.add(one.value);
  }
  let shape: BlockShape | null = null;
  for (const block of fn.blocks) {
    for (const one of block.instructions) {
      if (one.op === 'call') {
        for (const callee of functionsBehind(program, module, fn, one.callee, 0)) {
          shape ??= shapeOf(fn);
          const list = calls.get(callee.function) ?? [];
          if (list.length === 0) calls.set(callee.function, list);
          list.push({ caller, isRepeated: shape.isRepeated(block.id), isOnlyToThrow: shape.isOnlyToThrow(block.id) });
        }
      } else if ((one.op === 'load' || one.op === 'import' || one.op === 'closure') && !callees.has(one.id) && !(one.op === 'closure' && stored.has(one.id))) {
        for (const used of functionsBehind(program, module, fn, one.id, 0)) values.add(used.function);
      }
    }
  }
}

interface BlockShape {
  isRepeated(block: BlockId): boolean;
  isOnlyToThrow(block: BlockId): boolean;
}

function shapeOf(fn: FunctionIr): BlockShape {
  const cfg = buildCfg(fn);
  const hasBackEdge = cfg.order.some((block, index) => cfg.successors[block]!.some((next) => cfg.order.indexOf(next) <= index));
  const loops = hasBackEdge ? findLoops(cfg) : null;
  const goesOn = fn.blocks.some((block) => block.terminator.op === 'throw') ? blocksThatGoOn(cfg, (block) => loops?.[block] != null) : null;
  return {
    isRepeated: (block) => loops?.[block] != null,
    isOnlyToThrow: (block) => goesOn !== null && !goesOn.has(block),
  };
}

/** Blocks from which the end of the function, or another round of a loop, can be reached without a throw. */
function blocksThatGoOn(cfg: Cfg, isRepeated: (block: BlockId) => boolean): ReadonlySet<BlockId> {
  const goesOn = new Set(cfg.order.filter((block) => cfg.function.blocks[block]!.terminator.op === 'return' || isRepeated(block)));
  const work = [...goesOn];
  for (let block = work.pop(); block !== undefined; block = work.pop()) {
    for (const before of [...cfg.predecessors[block]!, ...cfg.exceptionalPredecessors[block]!]) {
      if (goesOn.has(before)) continue;
      goesOn.add(before);
      work.push(before);
    }
  }
  return goesOn;
}
