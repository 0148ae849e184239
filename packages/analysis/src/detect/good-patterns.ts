/**
 * What the program does well, so that a report can praise it and nobody "fixes" it: secrets that are wiped, lengths checked before bytes are cut,
 * codecs at module level, views into sinks, output arguments, constant-time comparison, one-shot hashes.
 * What is not certain is not praised: praise that is wrong costs the reader's trust as much as a wrong finding.
 */
import type { ValueId } from '../ir/instruction.js';
import type { GoodPattern } from './finding.js';
import { lengthCheckBefore } from './length-check.js';
import { positionOf } from './position.js';
import { wipingMessage } from './wiping.js';
import type { CallSite, FunctionQuery, ProgramQuery } from './query.js';

/** At most this many of one pattern in one function: the point is made by the first. */
const perFunction = 1;

export function findGoodPatterns(query: ProgramQuery): readonly GoodPattern[] {
  const found: GoodPattern[] = [];
  for (const fn of query.relevantFunctions()) {
    const seen = new Map<string, number>();
    for (const call of fn.calls()) {
      const good = goodPatternOf(fn, call);
      if (good === null) continue;
      const count = seen.get(good.pattern) ?? 0;
      seen.set(good.pattern, count + 1);
      if (count >= perFunction) continue;
      const { line } = positionOf(fn.module, fn.function.spans[2 * (good.at ?? call.value)] ?? 0);
      found.push({ pattern: good.pattern, file: fn.module.file, line, function: fn.function.name, message: good.message });
    }
  }
  return found;
}

interface Praise {
  readonly pattern: string;
  readonly message: string;
  /** Where it is, when that is not the call. */
  readonly at?: ValueId;
}

function goodPatternOf(fn: FunctionQuery, call: CallSite): Praise | null {
  const wiping = wipingMessage(fn, call);
  if (wiping !== null) return { pattern: 'secret-wiped', message: wiping };
  const check = lengthCheckBefore(fn, call);
  if (check !== null) return { pattern: 'length-checked', message: `the length of ${fn.text(call.operands.receiver!) ?? 'the bytes'} is checked before bytes are cut out of it`, at: check };
  const name = call.api;
  if (name === null) return null;
  if (call.hasRole('codec-create') && fn.runsOnce) return { pattern: 'codec-hoisted', message: 'the codec is made once, at module level' };
  if (call.hasRole('hash-oneshot')) return { pattern: 'oneshot-hash', message: 'the digest is made in one call, without a hash object' };
  if (/\.encodeInto$/.test(name)) return { pattern: 'encode-into', message: 'text is encoded straight into its buffer' };
  if (/timingSafeEqual$/.test(name)) return { pattern: 'constant-time-compare', message: 'secrets are compared in constant time and without strings' };
  if (/randomFillSync$|getRandomValues$/.test(name) && fn.hotness.level !== 'cold') return { pattern: 'random-filled', message: 'random bytes go into a buffer that exists already' };
  if (call.hasRole('sync-sink')) {
    const view = call.operands.arguments.find((argument) => isView(fn.callOf(argument)));
    if (view !== undefined) return { pattern: 'view-into-sink', message: `${fn.text(view) ?? 'a view'} is read without a copy` };
  }
  return null;
}

function isView(call: CallSite | null): boolean {
  return call !== null && call.complete && call.candidates.length > 0 && call.candidates.every((one) => one.name.endsWith('.prototype.subarray'));
}
