/**
 * The state that a hash of @noble/hashes 2.4 leaves behind: `digest` wipes it. `digestInto` does so for HMAC, SHA-3 and BLAKE3 only; elsewhere what was hashed
 * stays in memory, and the hash is not destroyed for those who use it afterwards. Read off the package's sources.
 */
import { obligation } from './copy-proof.js';
import type { Obligation } from './finding.js';
import type { CallSite, FunctionQuery } from './query.js';

/** Makers of hashes whose `digestInto` destroys them. */
const destroying = /#hmac\.create$|\/sha3(?:-addons)?#|\/blake3#/;

/** Whether `digestInto` leaves no more behind than the `digest` at hand does. */
export function wipesItsState(fn: FunctionQuery, digest: CallSite): boolean {
  let maker = digest.operands.receiver === null ? null : fn.callOf(digest.operands.receiver);
  while (maker?.api?.endsWith('.prototype.update') === true && maker.operands.receiver !== null) maker = fn.callOf(maker.operands.receiver);
  return maker !== null && maker.complete && maker.candidates.length > 0 && maker.candidates.every((one) => destroying.test(one.name));
}

/** ZER of `digestInto` in place of a `digest`: open where secrets are known to go in, or where others see whether the hash is destroyed. */
export function proveStateWiped(fn: FunctionQuery, digest: CallSite): Obligation {
  if (wipesItsState(fn, digest)) return obligation('ZER', 'proved', 'digestInto wipes the state of this hash, as digest does');
  const { values, escapes } = fn.flow;
  const hash = digest.operands.receiver === null ? [] : values.of(digest.operands.receiver);
  const feeds = fn.calls().filter((one) => one.operands.receiver !== null && values.of(one.operands.receiver).some((each) => hash.includes(each)));
  const secret = feeds.flatMap((one) => one.operands.arguments).find((one) => fn.isSecret(one));
  if (secret !== undefined) return obligation('ZER', 'open', `${fn.text(secret) ?? 'what is hashed'} is secret, and stays in the state of the hash until it is destroyed`);
  const isKept = hash.some((one) => values.objects[one]!.source.kind !== 'allocation' || escapes.leakOf(one) !== null || escapes.isReturned(one) || escapes.isThrown(one));
  if (isKept) return obligation('ZER', 'open', 'the hash may be in use elsewhere, and only digest destroys it');
  return obligation('ZER', 'assumed', 'what is hashed is no secret: digest wipes the state of the hash, digestInto leaves it');
}
