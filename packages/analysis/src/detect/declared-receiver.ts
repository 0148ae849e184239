/**
 * What a proof rests on when methods were found by declared classes alone: TypeScript compares shapes, so an object of another class may stand there,
 * with methods that do anything. Every finding that such a call touches carries this as an assumption, whichever rule made it.
 */
import type { ValueId } from '../ir/instruction.js';
import { operandsOf } from '../ir/operands.js';
import { obligation } from './copy-proof.js';
import type { Obligation } from './finding.js';
import type { FunctionQuery } from './query.js';

/** ESC of the value at a site: assumed when the value or what it is made of went through a method that only a declared class names; null otherwise. */
export function proveReceivers(fn: FunctionQuery, value: ValueId): Obligation | null {
  const { values, escapes } = fn.flow;
  const instruction = fn.instruction(value);
  const call = values.calls.get(value);
  const operands = call === undefined ? (instruction === null ? [] : operandsOf(instruction)) : [...(call.operands.receiver === null ? [] : [call.operands.receiver]), ...call.operands.arguments];
  for (const one of [value, ...operands].flatMap((each) => values.of(each))) {
    if (values.objects[one]!.source.kind === 'method') continue;
    const behind = escapes.declaredBehind(one);
    if (behind !== null) return obligation('ESC', 'assumed', `line ${fn.line(behind.instruction)}: ${behind.what}`);
  }
  return null;
}

/** Whether one of the obligations says so already. */
export function namesReceiver(obligations: readonly Obligation[]): boolean {
  return obligations.some((one) => one.state === 'assumed' && one.witness.endsWith('as declared'));
}
