/**
 * The forms that are not understood: emits `opaque`, and keeps the statistics that reports print.
 */
import type ts from 'typescript';
import type { Opaque, ValueId } from '../ir/instruction.js';
import { emit } from './function-builder.js';
import type { FunctionLowering } from './lowering.js';
import { captureAll } from './scope.js';

/** One expression that was visited and not understood. */
export function emitOpaque(f: FunctionLowering, node: ts.Node, reason: string, operands: readonly ValueId[], captures: 'none' | 'all'): ValueId {
  count(f, reason);
  if (captures === 'all') captureAll(f);
  return emit(f, node, { op: 'opaque', reason, operands, captures });
}

/** An instruction to put in the place of another one that turned out not to be right. */
export function opaqueInstruction(f: FunctionLowering, id: ValueId, reason: string): Opaque {
  count(f, reason);
  captureAll(f);
  return { id, op: 'opaque', reason, operands: [], captures: 'all' };
}

function count(f: FunctionLowering, reason: string): void {
  const { statistics } = f.module;
  statistics.opaque++;
  statistics.reasons.set(reason, (statistics.reasons.get(reason) ?? 0) + 1);
}

/** A whole subtree that is not entered: every expression in it counts as visited and not understood. */
export function emitOpaqueTree(f: FunctionLowering, node: ts.Node, reason: string): ValueId {
  const { typescript, statistics } = f.module;
  let expressions = 0;
  const work: ts.Node[] = [node];
  for (let next = work.pop(); next !== undefined; next = work.pop()) {
    if (next !== node && typescript.isExpression(next)) expressions++;
    typescript.forEachChild(next, (child) => { work.push(child); });
  }
  statistics.expressions += expressions;
  statistics.opaque += Math.max(0, expressions - 1);
  if (expressions === 0) statistics.expressions++;
  return emitOpaque(f, node, reason, [], 'all');
}
