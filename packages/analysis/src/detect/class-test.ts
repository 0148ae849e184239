/**
 * Tests of a value's class and what they leave open at a later place: whether the place may be reached although the test failed, and whether a value
 * is certainly a Buffer there because a test says so. What a test tells of a variable's class everywhere is `flow/tested-classes.ts`.
 */
import type { BlockId, ValueId } from '../ir/instruction.js';
import type { FunctionQuery } from './query.js';
import { isSameReference } from './same-value.js';

/** Receivers are followed this far: `body.subarray(8).subarray(0, 4)`. */
const maximumDepth = 8;

/**
 * Whether the place may be reached with the test failed: `if (!Buffer.isBuffer(x)) throw …` leaves no such way, `if (!Buffer.isBuffer(x)) x = …` does.
 * A test that decides no branch by itself may have failed anywhere.
 */
export function mayHaveFailed(fn: FunctionQuery, test: ValueId, place: ValueId): boolean {
  const { cfg } = fn.flow;
  const testBlock = cfg.blockOf[test] ?? -1;
  const placeBlock = cfg.blockOf[place] ?? -1;
  if (testBlock === -1 || placeBlock === -1 || placeBlock === testBlock) return true;
  const { terminator } = fn.function.blocks[testBlock]!;
  if (terminator.op !== 'branch' || terminator.test !== 'truthy' || terminator.then === terminator.else) return true;
  let failed = terminator.else;
  let value = fn.instruction(terminator.value);
  while (value?.op === 'unary' && value.operator === '!') {
    failed = failed === terminator.else ? terminator.then : terminator.else;
    value = fn.instruction(value.operand);
  }
  if (value?.id !== test) return true;
  // Behind the same test once more it is the later outcome that counts.
  const seen = new Set<BlockId>([testBlock, failed]);
  const work: BlockId[] = failed === testBlock ? [] : [failed];
  for (let block = work.pop(); block !== undefined; block = work.pop()) {
    if (block === placeBlock) return true;
    for (const next of [...cfg.successors[block]!, ...cfg.exceptional[block]!]) if (!seen.has(next)) { seen.add(next); work.push(next); }
  }
  return false;
}

/** Whether a test of the value, or of the Buffer that it is a part of, has held on every way to the place: it has the methods of a Buffer then. */
export function isTestedBuffer(fn: FunctionQuery, value: ValueId, place: ValueId): boolean {
  let current = value;
  for (let depth = 0; depth < maximumDepth; depth += 1) {
    if (bufferTestsOf(fn).some(({ test, tested }) => isSameReference(fn.flow, tested, current) && fn.isBefore(test, place) && !mayHaveFailed(fn, test, place))) return true;
    const call = fn.callOf(current);
    if (call?.operands.receiver == null || !/^(?:Buffer|Uint8Array)\.prototype\.(?:subarray|slice)$/.test(call.api ?? '')) return false;
    current = call.operands.receiver;
  }
  return false;
}

function bufferTestsOf(fn: FunctionQuery): readonly { readonly test: ValueId; readonly tested: ValueId }[] {
  const found: { test: ValueId; tested: ValueId }[] = [];
  for (const call of fn.calls()) {
    const [tested] = call.operands.arguments;
    if (call.api === 'Buffer.isBuffer' && tested !== undefined && call.operands.uncertainFrom === null) found.push({ test: call.value, tested });
  }
  for (const one of fn.instructions()) {
    const tester = one.op === 'binary' && one.operator === 'instanceof' ? fn.definition(one.right) : null;
    const isBuffer = (tester?.op === 'global' && tester.name === 'Buffer') || (tester?.op === 'import' && /^(?:node:)?buffer$/.test(tester.specifier) && tester.name === 'Buffer');
    if (one.op === 'binary' && isBuffer) found.push({ test: one.id, tested: one.left });
  }
  return found;
}
