/**
 * Getters and setters of the program, by property name: whether reading or assigning a property of that name may run code that changes something.
 * By name alone, because an object of any class may stand where a property is read; one that only reads changes nothing for anybody.
 */
import type { CalleeEffects } from '../flow/call-effects.js';
import type { Program, ProgramFunction } from './program.js';

/** Answers for `value` of `get value() {…}` and `#value` of `get #value() {…}`. Null summaries (recursion) count as changing something. */
export function findChangingAccessors(program: Program, summaryOf: (accessor: ProgramFunction) => CalleeEffects | null): { readonly changes: (use: 'get' | 'set', name: string) => boolean; readonly has: (use: 'get' | 'set', name: string) => boolean } {
  const byName = new Map<string, ProgramFunction[]>();
  for (const module of program.modules) {
    for (const fn of module.functions) {
      if (fn.kind !== 'getter' && fn.kind !== 'setter') continue;
      const key = `${fn.kind === 'getter' ? 'get' : 'set'} ${fn.name.slice(fn.name.lastIndexOf('.') + 1)}`;
      byName.set(key, [...(byName.get(key) ?? []), { module, function: fn }]);
    }
  }
  return {
    has: (use, name) => byName.has(`${use} ${name}`),
    changes: (use, name) => (byName.get(`${use} ${name}`) ?? []).some((accessor) => {
      const effects = summaryOf(accessor);
      return effects === null || effects.outside === 'writes' || effects.writes.length > 0 || effects.unseen.length > 0 || effects.writesLater.length > 0 || effects.detaches.length > 0;
    }),
  };
}
