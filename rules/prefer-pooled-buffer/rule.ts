/**
 * Work buffers of 65 bytes or more that are allocated in every call on a hot path and are dead when the call ends: one buffer that is kept serves all calls.
 * Shorter ones stay on the V8 heap, where reuse gains nothing; buffers with secrets must not be shared. Buffers that leave the call are somebody else's.
 */
import { type CallSite, defineRule, exactBytes, type FunctionQuery, obligation, type Obligation, printSize, proveDiesInCall, type Size, subtractSizes, viewCost } from '@scrimp/analysis/detect';

/** COSTS B: the break-even of pooling is exactly the limit of typed arrays on the V8 heap. */
const onHeapLimit = 64;
const maker = /^(?:new (?:Uint8Array|Uint8ClampedArray|Int8Array|Uint16Array|Int16Array|Uint32Array|Int32Array|Float32Array|Float64Array|BigUint64Array|BigInt64Array|ArrayBuffer)|Buffer\.(?:alloc|allocUnsafe|allocUnsafeSlow))$/;
const uninitialized = /^Buffer\.allocUnsafe/;

export const rule = defineRule({
  meta: {
    id: 'prefer-pooled-buffer',
    summary: 'a work buffer of 65 bytes or more is allocated in every call and dies there',
    stage: 'nursery',
    category: 'buffer-lifetime',
    severity: 'high',
    presets: ['hot', 'strict', 'all'],
    needs: ['alias', 'summaries', 'hotness'],
    evidence: 'saving',
    fixable: 'review',
    effort: 'small',
    risk: 'medium',
    messages: {
      fixed: {
        what: '{{code}} allocates {{length}} bytes in every {{round}} of {{function}} and is dead when it ends',
        why: 'above 64 bytes every array is allocated outside the V8 heap and collected with it, which takes ten times as long as filling a kept one',
        help: 'keep one array of {{length}} bytes {{place}}, take it with fill(0), and never let it leave the call',
      },
      sized: {
        what: '{{code}} allocates {{length}} bytes in every {{round}} of {{function}} and is dead when it ends',
        why: 'above 64 bytes every array is allocated outside the V8 heap and collected with it, which takes ten times as long as filling a kept one',
        help: 'keep one array {{place}} that grows to the largest {{length}} needed, take subarray(0, {{length}}) of it with fill(0), and check the length, because writes beyond an array are silent',
      },
    },
  },
  check(query, report) {
    for (const fn of query.relevantFunctions()) {
      if (fn.runsOnce) continue;
      for (const made of fn.calls()) {
        const isInLoop = fn.isInLoop(made.value);
        if (fn.hotness.level !== 'hot' && !isInLoop) continue;
        const length = workLength(fn, made);
        if (length === null || fn.isSecret(made.value)) continue;
        const dies = proveDiesInCall(fn, made.value);
        // A callee out of sight that may keep the buffer is reason enough for a buffer per call.
        if (dies.some((one) => one.code === 'ESC' && one.state !== 'proved' && one.state !== 'assumed')) continue;
        const cost = fn.allocation(made);
        const isFixed = exactBytes(length) !== null;
        report({
          site: fn.site(made.value),
          messageId: isFixed ? 'fixed' : 'sized',
          data: {
            code: fn.text(made.value) ?? 'the call', length: printSize(length), function: fn.function.name, round: isInLoop ? 'round of a loop' : 'call',
            place: isInLoop ? 'before the loop' : fn.function.className === null ? 'at module level' : `in ${fn.function.className}`,
          },
          obligations: [...dies, sizeObligation(length), fillObligation(made), secretObligation(fn, made)],
          saves: isFixed ? cost : { objects: Math.max(0, cost.objects - 1), heapBytes: subtractSizes(cost.heapBytes, viewCost(query.profile).heapBytes), externalBytes: cost.externalBytes },
          fix: null,
        });
      }
    }
  },
});

/** The length of a work buffer, when it is certainly above the limit whatever its symbols stand for; null for everything else. */
function workLength(fn: FunctionQuery, made: CallSite): Size | null {
  const [argument] = made.operands.arguments;
  if (argument === undefined || made.operands.uncertainFrom !== null || !made.complete || made.candidates.length === 0) return null;
  if (!made.candidates.every(({ name, result }) => maker.test(name) && result.kind === 'bytes' && result.source === undefined)) return null;
  const length = fn.lengthOf(made.value);
  const isCertain = length.constant > onHeapLimit && Object.values(length.terms).every((factor) => factor >= 0);
  return isCertain && !length.unknown ? length : null;
}

function sizeObligation(length: Size): Obligation {
  return obligation('SIZE', 'proved', exactBytes(length) === null ? `at least ${length.constant} bytes lie outside the V8 heap` : `${length.constant} bytes lie outside the V8 heap`);
}

/** FILL: a kept buffer has the bytes of the last call in it. */
function fillObligation(made: CallSite): Obligation {
  if (made.candidates.every((one) => uninitialized.test(one.name))) return obligation('FILL', 'proved', 'the code writes what it reads, since a new buffer is not zeroed either');
  return obligation('FILL', 'proved', 'fill(0) when the buffer is taken gives the zeros of a new one, and is in the measured figures');
}

/** ZER: what is written into a kept buffer stays there until the next call. */
function secretObligation(fn: FunctionQuery, made: CallSite): Obligation {
  for (const use of fn.flow.track(made.value).uses) {
    const call = fn.calls().find((one) => one.value === use.instruction);
    const writes = fn.flow.effects.of(use.instruction).effects.some((effect) => effect.kind === 'write');
    if (call === undefined) continue;
    const others = [call.operands.receiver, ...call.operands.arguments].filter((one) => one !== null && one !== use.operand);
    const secret = others.find((one) => fn.isSecret(one!));
    if (secret !== undefined && secret !== null && writes) return obligation('ZER', 'failed', `line ${fn.line(use.instruction)}: a secret is written into the buffer`);
    if (fn.flow.effects.of(use.instruction).effects.some((effect) => effect.kind === 'wipe')) return obligation('ZER', 'failed', `line ${fn.line(use.instruction)}: the buffer is wiped, so it holds secrets`);
  }
  return obligation('ZER', 'assumed', 'nothing that goes into the buffer is secret: it stays there until the next call');
}

