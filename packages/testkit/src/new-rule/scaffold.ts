// Owns the files of a rule that is about to be written: they type-check, and every place that needs knowledge says `write me`.
// A test of all rules refuses `write me`, so that nothing passes by being empty.
import type { RuleMeta } from '@scrimp/analysis';
import { renderRuleHeader } from '../generate/rule-readme.js';

/** What shows that the rule is right: figures of a benchmark, or a program that breaks. */
export type EvidenceKind = RuleMeta['evidence'];

/** Texts by file name. `expected.md` and `bench.json` are missing on purpose: they are made from what will have been written. */
export function scaffoldRule(id: string, evidence: EvidenceKind): Readonly<Record<string, string>> {
  const common = { 'rule.ts': ruleModule(id, evidence), 'reported.ts': reportedFixture(id), 'ok.ts': okFixture(id), 'README.md': page(id, evidence) };
  return evidence === 'saving' ? { ...common, 'bench.ts': benchModule } : { ...common, 'breaks.ts': breaksModule };
}

/** What to do next, a step per line. */
export function nextSteps(id: string, evidence: EvidenceKind): string[] {
  const evidenceStep = evidence === 'saving'
    ? `write rules/${id}/bench.ts (packages/bench/README.md), then measure: pnpm bench:rules ${id} --node 20,24`
    : `write rules/${id}/breaks.ts: a program that does harm as written and none when mended`;
  return [
    `write rules/${id}/reported.ts and ok.ts first: what must be reported, marked by \`//~^ messageId\`, and its innocent neighbors`,
    `write rules/${id}/rule.ts until they agree: npx vitest run rules/rules.test.ts -t '${id}'`,
    evidenceStep,
    `write rules/${id}/README.md`,
    `accept what the rule says: UPDATE_GOLDENS=1 npx vitest run rules/rules.test.ts -t '${id}', and read the difference`,
  ];
}

function ruleModule(id: string, evidence: EvidenceKind): string {
  return `/**
 * write me: which waste this rule finds, and which neighboring waste it leaves to which other rule.
 */
import { defineRule } from '@scrimp/analysis/detect';

export const rule = defineRule({
  meta: {
    id: '${id}',
    summary: 'write me: one sentence, the waste that the rule finds',
    stage: 'nursery',
    category: 'message-payload',
    severity: 'medium',
    presets: ['strict', 'all'],
    needs: [],
    evidence: '${evidence}',
    fixable: null,
    effort: 'small',
    risk: 'low',
    messages: {
      found: {
        what: 'write me: what is wasted, with the evidence; placeholders as {{name}}',
        why: 'write me: why that costs',
        help: 'write me: what to do, imperative',
      },
    },
  },
  check(query) {
    for (const fn of query.functions()) {
      // write me: pick the calls by role or api name, ask for proofs, and report (second parameter of check).
      fn.calls();
    }
  },
});
`;
}

function reportedFixture(id: string): string {
  return `// What ${id} reports.
// write me: one behavior per function; below each line that must be reported, a comment that begins with two slashes and \`~^ found\`.
export {};
`;
}

function okFixture(id: string): string {
  return `// What ${id} leaves alone.
// write me: the innocent neighbor of every case in reported.ts.
export {};
`;
}

const benchModule = `/**
 * write me: the two ways to one result.
 */
import { defineBench } from '@scrimp/bench';

export default [
  defineBench({
    name: 'write me: the operation',
    size: [256, 4096],
    setup: (size) => new Uint8Array(size).fill(7),
    before: (bytes) => bytes.length,
    after: (bytes) => bytes.length,
  }),
];
`;

const breaksModule = `/**
 * write me: which harm these programs show.
 */
export const cases: readonly { readonly name: string; asWritten(): boolean; mended(): boolean }[] = [
  {
    name: 'write me: what breaks',
    /** True when the harm is observed. */
    asWritten: () => false,
    /** False when it is gone. */
    mended: () => false,
  },
];
`;

function page(id: string, evidence: EvidenceKind): string {
  return `${renderRuleHeader(metaOf(id, evidence), null)}

## Bad

write me: one sentence, then the code.

\`\`\`ts bad
export {};
\`\`\`

## Good

write me: one sentence, then the code.

\`\`\`ts good
export {};
\`\`\`

## Why

write me: what it costs and how that is known.

## When not to

write me: where the advice would be wrong or not worth it.

## Known limits

- write me: what the rule misses, and what it says wrongly.
`;
}

/** The metadata of `ruleModule`, so that the header of a new page is fresh. */
function metaOf(id: string, evidence: EvidenceKind): RuleMeta {
  return {
    id, summary: 'write me: one sentence, the waste that the rule finds', stage: 'nursery', category: 'message-payload', severity: 'medium', presets: ['strict', 'all'],
    needs: [], evidence, fixable: null, effort: 'small', risk: 'low', messages: {},
  };
}
