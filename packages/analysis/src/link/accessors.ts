/**
 * Getters and setters of the program, by property name: whether reading or assigning a property of that name may run code that changes something.
 * By name alone, because an object of any class may stand where a property is read; one that only reads changes nothing for anybody.
 */
import type { CalleeEffects } from '../flow/call-effects.js';
import { anyAccessor } from '../flow/context.js';
import type { Program, ProgramFunction } from './program.js';

/** Answers for `value` of `get value() {…}` and `#value` of `get #value() {…}`. Null summaries (recursion) count as changing something. */
export function findChangingAccessors(program: Program, summaryOf: (accessor: ProgramFunction) => CalleeEffects | null): { readonly changes: (use: 'get' | 'set', name: string) => boolean; readonly has: (use: 'get' | 'set', name: string) => boolean } {
  const byName = new Map<string, ProgramFunction[]>();
  for (const module of program.modules) {
    for (const fn of module.functions) {
      if (fn.kind !== 'getter' && fn.kind !== 'setter') continue;
      const use = fn.kind === 'getter' ? 'get' : 'set';
      for (const name of namesOf(fn.name)) byName.set(`${use} ${name}`, [...(byName.get(`${use} ${name}`) ?? []), { module, function: fn }]);
    }
  }
  const namedSo = (use: 'get' | 'set', name: string): readonly ProgramFunction[] => {
    if (name === anyAccessor) return [...byName].filter(([key]) => key.startsWith(`${use} `) && !key.includes('#')).flatMap(([, accessors]) => accessors);
    // A computed name may be any but a private one.
    return [...(byName.get(`${use} ${name}`) ?? []), ...(name.startsWith('#') ? [] : byName.get(`${use} ${anyAccessor}`) ?? [])];
  };
  return {
    has: (use, name) => namedSo(use, name).length > 0,
    changes: (use, name) => namedSo(use, name).some((accessor) => {
      const effects = summaryOf(accessor);
      return effects === null || effects.outside === 'writes' || effects.writes.length > 0 || effects.unseen.length > 0 || effects.writesLater.length > 0 || effects.detaches.length > 0;
    }),
  };
}

/** `a.b.c`, `b.c` and `c`: a name in quotes may have dots of its own. A computed one may be any, but a symbol that every program has is never asked for by a name. */
function namesOf(qualified: string): readonly string[] {
  if (qualified.endsWith(']')) return [/\[Symbol\.\w+\]$/.exec(qualified)?.[0] ?? anyAccessor];
  const words = qualified.split('.');
  return words.map((_, index) => words.slice(index).join('.'));
}
