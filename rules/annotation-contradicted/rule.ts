/**
 * An ownership annotation that the program is seen to break: a function that borrows bytes and writes or keeps them, a caller that writes bytes which it gave away.
 * Others rest proofs on these annotations, so a wrong one makes a needed copy look removable.
 */
import { brokenClaims, defineRule, obligation } from '@scrimp/analysis/detect';

export const rule = defineRule({
  meta: {
    id: 'annotation-contradicted',
    summary: 'bytes that are annotated as borrowed are written or kept, or bytes that were given away are written',
    stage: 'nursery',
    category: 'buffer-lifetime',
    severity: 'high',
    presets: ['recommended', 'crypto', 'strict', 'all'],
    needs: ['alias'],
    evidence: 'guard',
    fixable: null,
    effort: 'small',
    risk: 'medium',
    messages: {
      borrowWritten: {
        what: '{{promise}} by its annotation, but {{by}} writes the bytes here',
        why: 'callers pass their own bytes without a copy, because they are told that nobody writes them',
        help: 'write a copy, or drop the annotation and tell the callers',
      },
      borrowKept: {
        what: '{{promise}} by its annotation, but {{by}} keeps the bytes here',
        why: 'callers reuse the bytes after the call, because they are told that nobody holds them, and what is kept then changes',
        help: 'keep a copy, or annotate @takesOwnership and tell the callers',
      },
      usedAfterHandover: {
        what: '{{promise}}, but {{by}} writes the bytes here afterwards',
        why: 'the new owner keeps the bytes without a copy, so that this write changes what it holds',
        help: 'give a copy away, or write other bytes',
      },
    },
  },
  check(query, report) {
    const isOwnershipUsed = query.annotatedFunctions().some((fn) => fn.function.annotations.some((one) => one.tag === 'takesOwnership' || one.tag === 'borrows'));
    if (!isOwnershipUsed) return;
    for (const fn of query.functions()) {
      for (const { kind, at, promise, by, isCertain } of brokenClaims(fn)) {
        const code = kind === 'borrowKept' ? 'ESC' : 'SRC';
        report({
          site: fn.site(at),
          messageId: kind,
          data: { promise, by },
          obligations: [isCertain ? obligation(code, 'proved', `${by} does it`) : obligation(code, 'assumed', `${by} does it on the way that this call takes`)],
          advice: 'missing',
          rootCause: 'ownership annotations that do not hold',
        });
      }
    }
  },
});
