/**
 * A nonce that is asked of the system's generator for each message: a call into the kernel and an own buffer for 8 to 24 bytes.
 * Says what a block of random bytes handed out piece by piece would save, with the conditions under which that is safe; never edits.
 * Random bytes that are keys, ids or salts are not meant: they have to reach a cipher's nonce, or be called a nonce.
 */
import { type CallSite, constantSize, defineRule, exactBytes, type FunctionQuery, obligation, type Obligation } from '@scrimp/analysis/detect';

const smallestNonce = 8;
const largestNonce = 24;
/** Not the `iv` of `give`, `private` or `active`: the two letters need a boundary, which camel case gives with a capital. */
const nonceName = /[nN]once|NONCE|(?:^|[^A-Za-z])(?:iv|IV)(?![a-z])|[a-z]I[vV](?![a-z])|[iI]nitiali[sz]ationVector/;

export const rule = defineRule({
  meta: {
    id: 'no-random-per-nonce',
    summary: 'the system generator is called for each nonce',
    stage: 'nursery',
    category: 'message-payload',
    severity: 'high',
    presets: ['crypto', 'all'],
    needs: ['alias', 'hotness'],
    evidence: 'saving',
    fixable: null,
    effort: 'medium',
    risk: 'high',
    messages: {
      random: {
        what: '{{random}} asks the system generator for {{bytes}} bytes per message, {{use}}',
        why: 'each call goes into the kernel and makes a buffer of its own, for {{bytes}} bytes',
        help: 'where the protocol allows a counter, count; otherwise cut nonces from a block that randomFillSync fills, if all of this holds: each piece is handed out once behind a cursor that only grows, copied into the frame or wiped after use, taken and used without an await in between, the block is refilled in every worker, forked process and restored snapshot, and no long-lived key is cut from it',
      },
    },
  },
  check(query, report) {
    for (const fn of query.relevantFunctions()) {
      if (fn.runsOnce) continue;
      for (const random of fn.calls()) {
        if (!random.hasRole('random-fresh') || (fn.hotness.level !== 'hot' && !fn.isInLoop(random.value))) continue;
        const bytes = exactBytes(fn.lengthOf(random.value));
        if (bytes === null || bytes < smallestNonce || bytes > largestNonce) continue;
        const use = nonceUse(fn, random);
        if (use === null) continue;
        report({
          site: fn.site(random.value),
          messageId: 'random',
          data: { random: fn.text(random.value) ?? 'randomBytes', bytes, use },
          obligations: [
            retention(fn, random),
            obligation('RE', 'assumed', 'no piece of the block is ever handed out twice, also not after a fork, in a worker or from a snapshot'),
            obligation('ZER', 'assumed', 'each piece is wiped when its message is sealed'),
          ],
          // bench.json, 12 bytes on Node 20: all but the amortized refill.
          saves: { objects: 7, heapBytes: constantSize(368), externalBytes: constantSize(bytes), nativeCalls: 1 },
          fix: null,
          scope: 'architectural',
        });
      }
    }
  },
});

/** How the bytes become a nonce, in words; null when nothing says so. */
function nonceUse(fn: FunctionQuery, random: CallSite): string | null {
  const { uses, leaves } = fn.flow.track(random.value);
  for (const use of uses) {
    const consumer = fn.calls().find((one) => one.value === use.instruction);
    if (consumer?.hasRole('cipher-create') === true && isNonceArgument(consumer, use.operand)) return `which line ${fn.line(consumer.value)} gives ${consumer.candidates[0]!.name.split('#').at(-1)!} as nonce`;
    const position = consumer?.operands.arguments.indexOf(use.operand) ?? -1;
    const callee = consumer === undefined || position === -1 ? null : fn.program.calleeOf(consumer);
    const parameter = callee?.function.parameters[position] ?? null;
    if (parameter !== null && isNonceName(parameter)) return `which line ${fn.line(use.instruction)} passes as ${parameter}`;
    const named = fn.text(use.operand);
    if (named !== null && isNonceName(named)) return `kept in ${named}`;
  }
  // The result of a function that is called a nonce, or of a method of a source of nonces.
  if (leaves.some((one) => one.how === 'return') && isNonceName(fn.function.name)) return `returned by ${fn.function.name}`;
  return null;
}

/** Node takes (algorithm, key, iv), @noble/ciphers (key, nonce). */
function isNonceArgument(consumer: CallSite, value: number): boolean {
  const isNode = consumer.candidates.every((one) => one.name.startsWith('node:crypto#'));
  return consumer.operands.arguments.indexOf(value) === (isNode ? 2 : 1);
}

function isNonceName(name: string): boolean {
  return /^[\w$.#[\]]+$/.test(name) && nonceName.test(name);
}

/** RET: a kept view would keep the whole block. */
function retention(fn: FunctionQuery, random: CallSite): Obligation {
  const { uses, leaves, capturedBy } = fn.flow.track(random.value);
  const own = new Set(fn.flow.values.of(random.value));
  const keeps = uses.find((use) => fn.flow.effects.of(use.instruction).effects.some((effect) => (effect.kind === 'retain' || effect.kind === 'unknown' || effect.kind === 'read-later') && effect.objects.some((one) => own.has(one))));
  if (leaves.length > 0 || capturedBy.length > 0) return obligation('RET', 'assumed', `the caller of ${fn.function.name} keeps no view of the nonce`);
  return keeps === undefined ? obligation('RET', 'proved', 'the nonce is read and not kept') : obligation('RET', 'assumed', `line ${fn.line(keeps.instruction)} keeps no view of the nonce after the message`);
}
