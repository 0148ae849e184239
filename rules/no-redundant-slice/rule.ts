/**
 * A slice that is kept for a while and only read: by several readers, by functions of the program, by element reads. A view reads the same bytes.
 * A slice that is made as the argument of one library call is `no-slice-into-sync-sink`; one that is copied again is `no-copy-of-fresh-bytes`.
 */
import { byteCopyOf, type CallSite, defineRule, exactBytes, freshProducerOf, type FunctionQuery, isCopiedAtItsEnd, isCopyOfRemovableCopy, obligation, type Obligation, printSize, type Size, subtractSizes, viewCost } from '@scrimp/analysis/detect';

const copyingSlice = /^(?:Uint8|Uint8Clamped|Int8|Uint16|Int16|Uint32|Int32|Float32|Float64|BigUint64|BigInt64)Array\.prototype\.slice$/;
/** Bytes of a typed array up to here lie on the V8 heap (COSTS B). */
const onHeapLimit = 64;

export const rule = defineRule({
  meta: {
    id: 'no-redundant-slice',
    summary: 'a slice is copied although it is only read while its source stays as it is',
    stage: 'nursery',
    category: 'message-payload',
    severity: 'high',
    presets: ['hot', 'strict', 'all'],
    needs: ['types', 'alias', 'summaries'],
    evidence: 'saving',
    fixable: 'safe',
    effort: 'trivial',
    risk: 'low',
    messages: {
      copy: {
        what: '{{source}} copies {{amount}} that are only read',
        why: 'slice allocates an array and copies into it; {{readers}}, and {{from}} is not written meanwhile',
        help: 'make it a view: replace slice by subarray',
      },
    },
  },
  check(query, report) {
    for (const fn of query.relevantFunctions()) {
      if (fn.runsOnce) continue;
      for (const slice of fn.calls()) {
        const source = slice.operands.receiver;
        if (source === null || !slice.complete || !slice.candidates.some((one) => copyingSlice.test(one.name)) || isLeftAlone(fn, slice)) continue;
        const { obligations, verdict } = fn.proveView(slice, source);
        // Where somebody unseen may write or keep the bytes, the copy is what a careful author would write.
        if (verdict !== 'holds') continue;
        const length = fn.costLengthOf(slice.value);
        const view = viewCost(query.profile);
        const copy = fn.allocation(slice);
        // A copy of a copy goes second: its proof holds for the program in which the first is still a copy.
        const edit = isCopyOfRemovableCopy(fn, source) ? null : fn.renameMethod(slice, 'subarray');
        report({
          site: fn.site(slice.value),
          messageId: 'copy',
          data: {
            source: fn.text(slice.value) ?? 'slice', from: fn.text(source) ?? 'its source', amount: amountOf(length),
            readers: obligations.find((one) => one.code === 'ESC')?.witness ?? 'the copy is only read',
          },
          obligations: [...obligations, retentionObligation(fn, slice), sizeObligation(exactBytes(length), exactBytes(fn.costLengthOf(source)))],
          saves: { objects: Math.max(0, copy.objects - view.objects), heapBytes: subtractSizes(copy.heapBytes, view.heapBytes), externalBytes: copy.externalBytes },
          fix: edit === null ? null : { title: 'replace slice by subarray', edits: [edit] },
        });
      }
    }
  },
});

/** A temporary that one library call reads, or one of a pair of copies. And `Uint8Array.prototype.slice.call(x)` says that a copy is wanted, whatever x is. */
function isLeftAlone(fn: FunctionQuery, slice: CallSite): boolean {
  if (fn.renameMethod(slice, 'subarray') === null) return true;
  const reader = fn.calls().find((call) => call.operands.arguments.includes(slice.value) && call.hasRole('sync-sink'));
  if (reader !== undefined && fn.isOnlyUsedBy(slice.value, reader.value)) return true;
  const copy = byteCopyOf(slice);
  return isCopiedAtItsEnd(fn, slice.value) || (copy !== null && freshProducerOf(fn, copy) !== null);
}

/** A view keeps its whole source alive: not longer than the call, unless the function waits while it uses the view. */
function retentionObligation(fn: FunctionQuery, slice: CallSite): Obligation {
  const wait = [...fn.flow.track(slice.value).liveRange].find((one) => fn.flow.effects.of(one).runs?.kind === 'suspension');
  return wait === undefined
    ? obligation('RET', 'proved', 'the view ends with the call')
    : obligation('RET', 'assumed', `line ${fn.line(wait)}: keeping the whole source in memory meanwhile is fine`);
}

/** COSTS B: a slice of up to 64 bytes stays on the V8 heap, and a view of a source of that size moves it off the heap, which costs more than the copy. */
function sizeObligation(bytes: number | null, sourceBytes: number | null): Obligation {
  if (bytes !== null) {
    return bytes > onHeapLimit
      ? obligation('SIZE', 'proved', `${bytes} bytes lie outside the V8 heap`)
      : obligation('SIZE', 'failed', `${bytes} bytes stay on the V8 heap, where a view saves nothing that matters`);
  }
  if (sourceBytes !== null && sourceBytes <= onHeapLimit) return obligation('SIZE', 'failed', `the source has only ${sourceBytes} bytes`);
  return obligation('SIZE', 'assumed', `the slice is longer than ${onHeapLimit} bytes`);
}

/** `1024 bytes`, `end - start bytes`, `bytes` when nothing is known. */
function amountOf(length: Size): string {
  const text = printSize(length);
  return text === 'unknown' ? 'bytes' : `${text} bytes`;
}
