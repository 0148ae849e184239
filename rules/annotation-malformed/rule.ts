/**
 * An annotation or waiver that nothing can be made of: it looks like a promise, and no tool keeps anybody to it.
 * The engine says what is wrong with each; this rule says it at the comment.
 */
import { annotationProblems, defineRule, obligation } from '@scrimp/analysis/detect';

export const rule = defineRule({
  meta: {
    id: 'annotation-malformed',
    summary: 'an annotation or waiver for scrimp is not understood, so that nothing checks what it says',
    stage: 'nursery',
    category: 'buffer-lifetime',
    severity: 'medium',
    presets: ['recommended', 'strict', 'all'],
    needs: [],
    evidence: 'guard',
    fixable: null,
    effort: 'trivial',
    risk: 'none',
    messages: {
      malformed: {
        what: '{{subject}} says nothing here: {{problem}}',
        why: 'who reads the comment takes it for checked, and it is not',
        help: 'mend the comment or remove it; the page of this rule lists what may be written',
      },
    },
  },
  check(query, report) {
    for (const module of query.modules) {
      for (const { span, subject, problem, function: fn } of annotationProblems(module)) {
        report({
          site: { module, function: fn, value: -1 },
          at: span,
          messageId: 'malformed',
          data: { subject, problem },
          obligations: [obligation('PUB', 'proved', problem)],
          advice: 'missing',
          rootCause: 'annotations that nothing reads',
        });
      }
    }
  },
});
