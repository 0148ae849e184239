/**
 * What the program does well, so that a report can praise it and nobody "fixes" it: secrets that are wiped, codecs at module level, views into sinks,
 * output arguments, constant-time comparison, one-shot hashes.
 */
import type { GoodPattern } from './finding.js';
import { positionOf } from './position.js';
import type { CallSite, FunctionQuery, ProgramQuery } from './query.js';

/** At most this many of one pattern in one function: the point is made by the first. */
const perFunction = 1;

export function findGoodPatterns(query: ProgramQuery): readonly GoodPattern[] {
  const found: GoodPattern[] = [];
  for (const fn of query.functions()) {
    const seen = new Map<string, number>();
    for (const call of fn.calls()) {
      const good = goodPatternOf(fn, call);
      if (good === null) continue;
      const count = seen.get(good.pattern) ?? 0;
      seen.set(good.pattern, count + 1);
      if (count >= perFunction) continue;
      const { line } = positionOf(fn.module, fn.function.spans[2 * call.value] ?? 0);
      found.push({ pattern: good.pattern, file: fn.module.file, line, function: fn.function.name, message: good.message });
    }
  }
  return found;
}

function goodPatternOf(fn: FunctionQuery, call: CallSite): { readonly pattern: string; readonly message: string } | null {
  const name = call.api;
  if (name === null) return null;
  const receiver = call.operands.receiver;
  if (/\.prototype\.fill$/.test(name) && receiver !== null && fn.isSecret(receiver)) return { pattern: 'secret-wiped', message: `${fn.text(receiver) ?? 'a secret'} is wiped when it is no longer needed` };
  if (call.hasRole('codec-create') && fn.runsOnce) return { pattern: 'codec-hoisted', message: 'the codec is made once, at module level' };
  if (call.hasRole('hash-oneshot')) return { pattern: 'oneshot-hash', message: 'the digest is made in one call, without a hash object' };
  if (/\.encodeInto$/.test(name)) return { pattern: 'encode-into', message: 'text is encoded straight into its buffer' };
  if (/timingSafeEqual$/.test(name)) return { pattern: 'constant-time-compare', message: 'secrets are compared in constant time and without strings' };
  if (/randomFillSync$|getRandomValues$/.test(name) && fn.hotness.level !== 'cold') return { pattern: 'random-filled', message: 'random bytes go into a buffer that exists already' };
  if (call.hasRole('sync-sink')) {
    const view = call.operands.arguments.find((argument) => fn.callOf(argument)?.candidates.every((one) => one.name.endsWith('.prototype.subarray')) === true);
    if (view !== undefined) return { pattern: 'view-into-sink', message: `${fn.text(view) ?? 'a view'} is read without a copy` };
  }
  return null;
}
