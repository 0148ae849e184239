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

/** Values that a site is made of are followed this far. */
const maximumDepth = 3;

/** TY of what a site rests on when no declaration names its class: assumed with the evidence; null when nothing there was recovered. */
export function proveRecovered(fn: FunctionQuery, value: ValueId): Obligation | null {
  const seen = new Set<ValueId>();
  return recoveredBehind(value, 0);

  function recoveredBehind(one: ValueId, depth: number): Obligation | null {
    const made = fn.definition(one) ?? fn.instruction(one);
    if (made === null || seen.has(one) || depth > maximumDepth) return null;
    seen.add(one);
    const found = fn.knowledge(one).classes.find((possible) => possible.recovered !== undefined);
    if (found !== undefined) return obligation('TY', 'assumed', `line ${fn.line(one)}: ${shortened(fn.text(one))} is taken for a ${found.name}: ${found.recovered!}`);
    const call = fn.flow.values.calls.get(made.id);
    const operands = [...operandsOf(made), ...(call === undefined ? [] : [...(call.operands.receiver === null ? [] : [call.operands.receiver]), ...call.operands.arguments])];
    for (const operand of operands) {
      const behind = recoveredBehind(operand, depth + 1);
      if (behind !== null) return behind;
    }
    return null;
  }
}

function shortened(text: string | null): string {
  return text === null || text.length > 40 ? 'what is used' : text;
}

/** Whether one of the obligations says so already. */
export function namesRecovered(obligations: readonly Obligation[]): boolean {
  return obligations.some((one) => one.state === 'assumed' && one.witness.includes(' is taken for a '));
}

/** Whether one of the obligations says so already. */
export function namesReceiver(obligations: readonly Obligation[]): boolean {
  return obligations.some((one) => one.state === 'assumed' && one.witness.endsWith('as declared'));
}
