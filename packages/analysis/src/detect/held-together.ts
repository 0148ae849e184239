/** Values that one object holds: whether anybody else may keep one of them, and which functions of the program wipe its fields. */
import type { ValueId } from '../ir/instruction.js';
import { obligation } from './copy-proof.js';
import type { Obligation } from './finding.js';
import type { FunctionQuery, ProgramQuery } from './query.js';

/** ESC of giving up the value's own life: in this function nothing but `holder` keeps it. What the holder's owner does with its fields stays an assumption. */
export function proveHeldBy(fn: FunctionQuery, value: ValueId, holder: ValueId): Obligation {
  const { values, effects } = fn.flow;
  const { uses, leaves, capturedBy } = fn.flow.track(value);
  const holders = new Set(values.of(holder));
  const own = new Set(values.of(value));
  if (leaves.some((one) => one.holding !== 'inside')) return obligation('ESC', 'failed', `line ${fn.line(value)}: the array is also returned by itself`);
  if (capturedBy.length > 0) return obligation('ESC', 'open', `line ${fn.line(capturedBy[0]!)}: a closure captures one of the arrays`);
  for (const use of uses) {
    for (const effect of effects.of(use.instruction).effects) {
      const concerns = effect.objects.some((one) => own.has(one) || values.objects[one]!.stores.some((store) => own.has(store)));
      if (!concerns || (effect.kind === 'retain' && effect.keeper !== undefined && holders.has(effect.keeper))) continue;
      const who = effect.callee ?? effect.field ?? 'something';
      if (effect.kind === 'retain' || effect.kind === 'read-later' || effect.kind === 'yield') return obligation('ESC', 'open', `line ${fn.line(use.instruction)}: ${who} keeps one of the arrays by itself`);
      if (effect.kind === 'unknown') return obligation('ESC', 'open', `line ${fn.line(use.instruction)}: ${who} may keep one of the arrays by itself`);
    }
  }
  return obligation('ESC', 'assumed', 'nobody keeps one of the arrays longer than the object');
}

/** Every function that wipes fields with these names, with the ones that it wipes on one object; with an `owner`, a method, only methods of its class on their `this`. */
export function wipedFieldsOf(program: ProgramQuery, names: ReadonlySet<string>, owner: FunctionQuery | null): readonly { readonly in: FunctionQuery; readonly fields: ReadonlySet<string> }[] {
  const found: { in: FunctionQuery; fields: ReadonlySet<string> }[] = [];
  for (const fn of program.functions()) {
    if (owner === null ? !readsOneOf(fn, names) : fn.module !== owner.module || fn.function.className !== owner.function.className) continue;
    const byBase = new Map<number, Set<string>>();
    for (const instruction of fn.instructions()) {
      for (const effect of fn.flow.effects.of(instruction.id).effects) {
        if (effect.kind !== 'wipe') continue;
        for (const object of effect.objects) {
          const { source } = fn.flow.values.objects[object]!;
          const name = source.kind === 'path' ? source.key.replace(/@\d+$/, '').replace(/^#/, '') : null;
          if (source.kind !== 'path' || name === null || !names.has(name)) continue;
          if (owner !== null && fn.flow.values.objects[source.base]!.source.kind !== 'this') continue;
          byBase.set(source.base, (byBase.get(source.base) ?? new Set<string>()).add(name));
        }
      }
    }
    for (const fields of byBase.values()) found.push({ in: fn, fields });
  }
  return found;
}

/** Whether the function reads a property of one of the names, decided without its flow. A helper that wipes what hangs on its own parameter reads it itself. */
function readsOneOf(fn: FunctionQuery, names: ReadonlySet<string>): boolean {
  return fn.function.blocks.some((block) => block.instructions.some((one) => one.op === 'get' && one.key.kind !== 'computed' && names.has(one.key.name.replace(/^#/, ''))));
}
