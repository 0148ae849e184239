/** One ESLint rule out of one scrimp rule: asks the shared analysis of the file and reports the findings that are its own. */
import type { Confidence, RuleMeta } from '@scrimp/analysis';
import { getParserServices, RuleCreator } from '@typescript-eslint/utils/eslint-utils';
import type { TSESLint } from '@typescript-eslint/utils';
import { descriptorOf, type MessageId } from './finding-report.js';
import { noticeMissingTypes } from './missing-types-notice.js';
import { rulePageUrl } from './rule-page-url.js';
import type { AnalysisOf, LintedFile, ParserTree } from './shared-analysis.js';

interface RuleOptions {
  /** The least confidence that is shown; default `possible`, which is everything. */
  readonly confidence?: Confidence;
}

interface RuleDocs {
  readonly description: string;
  readonly url?: string;
  readonly requiresTypeChecking: boolean;
  readonly presets: readonly string[];
}

type ScrimpEslintRule = TSESLint.RuleModule<MessageId, [RuleOptions], RuleDocs>;
type Context = Readonly<TSESLint.RuleContext<MessageId, [RuleOptions]>>;

/** Best first; the index is the rank. */
const confidences: readonly Confidence[] = ['proven', 'likely', 'possible'];

export function createEslintRule(meta: RuleMeta, analysisOf: AnalysisOf): ScrimpEslintRule {
  const page = rulePageUrl(meta.id);
  const docs: RuleDocs = { description: meta.summary, ...(page === null ? {} : { url: page }), requiresTypeChecking: meta.needs.includes('types'), presets: meta.presets };
  // The named creator would make a link of every rule, also of one without a page.
  const rule = RuleCreator.withoutDocs<[RuleOptions], MessageId>({
    name: meta.id,
    meta: {
      // A guard speaks of code that can go wrong, every other rule of bytes for nothing.
      type: meta.evidence === 'guard' ? 'problem' : 'suggestion',
      ...(meta.fixable === null ? {} : { fixable: 'code', hasSuggestions: true }),
      messages: {
        // The engine has filled in the texts already.
        ...Object.fromEntries(Object.keys(meta.messages).map((id) => [id, '{{message}}'])),
        analysisProblem: '{{message}}',
        applyEdits: '{{title}}',
      },
      schema: [{
        type: 'object',
        properties: { confidence: { type: 'string', enum: [...confidences], description: 'The least confidence of a finding that is shown.' } },
        additionalProperties: false,
      }],
      defaultOptions: [{ confidence: 'possible' }],
    },
    create: (context, [options]) => ({
      Program(program) {
        const file = lintedFileOf(context, program);
        const analysis = analysisOf(file, meta.id);
        if (analysis.problem !== null && analysis.speaker === meta.id) {
          context.report({ loc: { line: 1, column: 0 }, messageId: 'analysisProblem', data: { message: analysis.problem } });
        }
        if (analysis.oracle === 'none' && analysis.problem === null) noticeMissingTypes(file, meta);
        const worst = confidences.indexOf(options.confidence ?? 'possible');
        for (const finding of analysis.findings) {
          if (finding.rule !== meta.id || confidences.indexOf(finding.confidence) > worst) continue;
          context.report(descriptorOf(finding, context.sourceCode, meta.fixable !== null));
        }
      },
    }),
  });
  return { ...rule, meta: { ...rule.meta, docs } };
}

function lintedFileOf(context: Context, program: object): LintedFile {
  const { sourceCode } = context;
  return { path: context.filename, text: sourceCode.text, sourceCode, parserServices: parserTreeOf(context, program), settings: context.settings['scrimp'] };
}

/** Null for espree, for oxlint, which has no parser services, and for every parser that is not typescript-eslint's. */
function parserTreeOf(context: Context, program: object): ParserTree | null {
  let services: ReturnType<typeof getParserServices>;
  try {
    services = getParserServices(context, true);
  } catch {
    // It throws where it does not know the parser; the text is enough then.
    return null;
  }
  const { esTreeNodeToTSNodeMap: nodes, program: types } = services;
  // A parser around typescript-eslint's, for a template language, has a root of its own.
  return nodes.has(program) ? { root: nodes.get(program as Parameters<typeof nodes.get>[0]), program: types } : null;
}
