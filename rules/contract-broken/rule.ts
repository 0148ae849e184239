/**
 * A function that promises what one call of it allocates, `@nonallocating` or `@allocs <= 2, bytes <= n + 64`, and does not keep the promise, or of which nobody can tell.
 * The engine follows the calls and counts; this rule says it at the function, with the way to the place.
 */
import { type ContractVerdict, contractVerdicts, defineRule, obligation, type Obligation } from '@scrimp/analysis/detect';

export const rule = defineRule({
  meta: {
    id: 'contract-broken',
    summary: 'a function allocates more than its contract allows, or nobody can tell whether it does',
    stage: 'nursery',
    category: 'buffer-lifetime',
    severity: 'high',
    presets: ['recommended', 'hot', 'strict', 'all'],
    needs: ['summaries'],
    evidence: 'guard',
    fixable: null,
    effort: 'small',
    risk: 'none',
    messages: {
      broken: {
        what: '{{name}} promises {{contract}}, but {{evidence}}',
        why: 'callers on hot paths count on the promise, and what is allocated there is collected there',
        help: 'remove the allocation, or move it to where the caller can reuse its result; if the promise was wrong, raise the bound',
      },
      unverified: {
        what: '{{name}} promises {{contract}}, which cannot be verified: {{evidence}}',
        why: 'a promise that nobody can check breaks without a sign',
        help: 'call what is in sight, or vouch for the line: `// scrimp-assume-next-line nonallocating -- <reason>`',
      },
    },
  },
  check(query, report) {
    for (const verdict of contractVerdicts(query)) {
      if (verdict.state !== 'broken' && verdict.state !== 'unverified') continue;
      const { fn, contract } = verdict;
      report({
        site: fn.site(-1),
        messageId: verdict.state,
        data: { name: fn.function.name, contract: contract.text, evidence: evidenceOf(verdict) },
        obligations: obligationsOf(verdict),
        advice: 'missing',
        related: [...verdict.chain.slice(0, -1), ...lastSteps(verdict)].map(({ site, what }) => ({ site, message: what })),
        rootCause: verdict.state === 'broken' ? 'broken allocation contracts' : 'allocation contracts that cannot be verified',
      });
    }
  },
});

/** `it allocates 2 objects: it calls helper on line 12, which allocates an array on line 30`. */
function evidenceOf({ fn, because, chain, state }: ContractVerdict): string {
  const lineOf = ({ site }: ContractVerdict['chain'][number]): string => `${site.module === fn.module ? '' : `${baseName(site.module.file)} `}line ${String(fn.program.functionOf(site.module, site.function).line(site.value))}`;
  const last = chain.at(-1);
  if (last === undefined) return because;
  const calls = chain.slice(0, -1).map((step) => `${step.what} on ${lineOf(step)}`);
  // What is not known is the last step itself.
  if (state === 'unverified' && last.what === because) return `${because} on ${lineOf(last)}${calls.length === 0 ? '' : `, where it comes because it ${calls.join(', which ')}`}`;
  return `${because}: it ${[...calls, `${last.what} on ${lineOf(last)}`].join(', which ')}`;
}

function baseName(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}

/** The place itself, and the other places that have a part in it. */
function lastSteps({ chain, others }: ContractVerdict): ContractVerdict['chain'] {
  return [chain, ...others].flatMap((one) => one.slice(-1));
}

function obligationsOf({ state, because, assumptions }: ContractVerdict): readonly Obligation[] {
  if (state === 'unverified') return [obligation('ALLOC', 'open', because)];
  return [obligation('ALLOC', 'proved', because), ...assumptions.filter((one) => one.includes('as declared')).slice(0, 3).map((one) => obligation('ALLOC', 'assumed', one))];
}
