/**
 * Whether what an advice would call is still what the language and libraries made it. The rows of what the program replaces are void, so that no rule
 * speaks of calls of it; this is the other side: the names that a finding's edits and help bring in, asked once for all rules.
 */
import type { ModuleIr } from '../ir/function.js';
import { obligation } from './copy-proof.js';
import type { Obligation } from './finding.js';
import { lineOf } from './position.js';
import type { ProgramQuery } from './query.js';

/** TY, open where the program replaces something that the texts of an advice name; null when all of it is left alone. */
export function proveIntact(query: ProgramQuery, module: ModuleIr, texts: readonly string[]): Obligation | null {
  const names = new Set(texts.flatMap((text) => text.match(/[A-Za-z_$][\w$]*/g) ?? []));
  for (const name of names) {
    const replaced = query.replacementNamed(name);
    if (replaced === null) continue;
    const start = replaced.module.functions[replaced.fn]!.spans[2 * replaced.value] ?? -1;
    const line = start === -1 ? null : lineOf(replaced.module, start);
    const file = replaced.module === module ? '' : `${replaced.module.file.slice(replaced.module.file.lastIndexOf('/') + 1)} `;
    const place = line === null ? 'the program' : `${file}line ${line}`;
    return obligation('TY', 'open', `${place} replaces ${replaced.isAll ? `members of ${replaced.api === '' ? 'the global object' : replaced.api}` : replaced.api}, and the advice may call ${name}`);
  }
  return null;
}
