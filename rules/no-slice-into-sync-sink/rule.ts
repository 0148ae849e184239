/**
 * A slice that is made only to be an argument of a call that reads bytes and keeps nothing: the copy is read once and thrown away.
 * The temporary case only; a slice in a variable is `no-redundant-slice`.
 */
import { type CallSite, defineRule, exactBytes, type FunctionQuery, obligation, type Obligation, printSize, subtractSizes, viewCost } from '@scrimp/analysis/detect';

const copyingSlice = /^(?:Uint8Array|Uint8ClampedArray|Int8Array)\.prototype\.slice$/;

export const rule = defineRule({
  meta: {
    id: 'no-slice-into-sync-sink',
    summary: 'a slice is copied only to be read once by a call that keeps nothing',
    stage: 'nursery',
    category: 'message-payload',
    severity: 'high',
    presets: ['recommended', 'hot', 'strict', 'all'],
    needs: ['types', 'alias'],
    evidence: 'saving',
    fixable: 'safe',
    effort: 'trivial',
    risk: 'low',
    codemod: 'no-slice-into-sync-sink',
    messages: {
      copy: {
        what: '{{source}} copies {{length}} bytes that {{sink}} reads once',
        why: 'slice allocates a new array and copies into it; {{sink}} only reads during the call and keeps nothing',
        help: 'pass a view: replace slice by subarray',
      },
    },
  },
  check(query, report) {
    for (const fn of query.relevantFunctions()) {
      for (const slice of fn.calls()) {
        if (!slice.candidates.some((one) => copyingSlice.test(one.name)) || slice.operands.receiver === null) continue;
        const sink = sinkOf(fn, slice);
        if (sink === null) continue;
        const proof = fn.proveView(slice, slice.operands.receiver);
        // Where unseen code may write the source in between, the copy may be needed: nothing to say.
        if (proof.verdict !== 'holds') continue;
        const length = fn.costLengthOf(slice.value);
        const view = viewCost(query.profile);
        const copy = fn.allocation(slice);
        const edit = fn.renameMethod(slice, 'subarray');
        report({
          site: fn.site(slice.value),
          messageId: 'copy',
          data: { source: fn.text(slice.value) ?? 'slice', length: printSize(length), sink: sink.candidates[0]!.name.replace('.prototype.', '#') },
          obligations: [...proof.obligations, sizeObligation(exactBytes(length))],
          saves: { objects: Math.max(0, copy.objects - view.objects), heapBytes: subtractSizes(copy.heapBytes, view.heapBytes), externalBytes: copy.externalBytes },
          fix: edit === null ? null : { title: 'replace slice by subarray', edits: [edit] },
          related: [{ site: sink, message: 'read here' }],
        });
      }
    }
  },
});

/** The call that takes the slice directly as an argument and is its only reader. */
function sinkOf(fn: FunctionQuery, slice: CallSite): CallSite | null {
  const reader = fn.calls().find((call) => call.operands.arguments.includes(slice.value) && call.hasRole('sync-sink'));
  return reader !== undefined && fn.isOnlyUsedBy(slice.value, reader.value) ? reader : null;
}

/** COSTS B: at 64 bytes and below a slice stays on the V8 heap and the view saves bytes but no time; above, the copy costs an external allocation. */
function sizeObligation(bytes: number | null): Obligation {
  if (bytes === null) return obligation('SIZE', 'assumed', 'the slice is longer than 64 bytes');
  return bytes > 64 ? obligation('SIZE', 'proved', `${bytes} bytes lie outside the V8 heap`) : obligation('SIZE', 'failed', `${bytes} bytes stay on the V8 heap, where a view saves nothing that matters`);
}
