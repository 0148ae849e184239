// Owns the probe: a rule that asks the proof of every slice whether a view would do, without the cost gates of the real rules, so that nothing hides an unsound proof.
import { defineRule } from '@scrimp/analysis/detect';
import type { Rule } from '@scrimp/analysis';

export const sliceProbe: Rule = defineRule({
  meta: {
    id: 'slice-probe', summary: 'a slice could be a view', stage: 'nursery', category: 'buffer-lifetime', severity: 'low', presets: ['all'], needs: ['alias'], evidence: 'saving',
    fixable: 'safe', effort: 'trivial', risk: 'low', messages: { view: { what: 'a view would do', why: 'probe', help: 'probe' } },
  },
  check(query, report) {
    for (const fn of query.functions()) {
      for (const call of fn.calls()) {
        const receiver = call.operands.receiver;
        if (receiver === null || !call.candidates.some((one) => one.name.endsWith('Array.prototype.slice') && one.name !== 'Array.prototype.slice')) continue;
        const edit = fn.renameMethod(call, 'subarray');
        const proof = fn.proveView(call, receiver);
        const complete = call.complete ? [] : [{ code: 'TY' as const, state: 'open' as const, witness: 'something else may be called' }];
        report({ site: fn.site(call.value), messageId: 'view', obligations: [...proof.obligations, ...complete], fix: edit === null ? null : { title: 'view', edits: [edit] } });
      }
    }
  },
});
