/** `// scrimp-ignore-next-line <rule> -- <reason>`: marks findings as suppressed, and makes a missing reason a finding of its own. */
import { hashText } from '../ir/text-hash.js';
import type { IgnoreComment, ModuleIr } from '../ir/function.js';
import type { Finding } from './finding.js';
import { positionOf } from './position.js';

export function applySuppressions(findings: readonly Finding[], modules: readonly ModuleIr[]): readonly Finding[] {
  const byFile = new Map(modules.map((module) => [module.file, module]));
  const marked = findings.map((finding): Finding => {
    const comment = byFile.get(finding.file)?.ignores.find((one) => one.line === finding.line && (one.rules.length === 0 || one.rules.includes(finding.rule)));
    return comment === undefined ? finding : { ...finding, suppressed: { kind: 'comment', reason: comment.reason } };
  });
  const missing = modules.flatMap((module) => module.ignores.filter((one) => one.reason === null).map((one) => missingReason(module, one)));
  return [...marked, ...missing];
}

function missingReason(module: ModuleIr, comment: IgnoreComment): Finding {
  const from = positionOf(module, comment.span.start);
  const to = positionOf(module, comment.span.end);
  const fingerprint = hashText(['ignore-without-reason', module.file.slice(module.file.lastIndexOf('/') + 1), String(from.line)].join('\u0000'));
  return {
    id: fingerprint.slice(0, 8), rule: 'ignore-without-reason', stage: 'stable', messageId: 'missingReason',
    message: 'this scrimp-ignore comment gives no reason',
    why: 'a waiver without a reason cannot be reviewed when the code around it changes',
    help: 'write the reason behind two dashes: `// scrimp-ignore-next-line <rule> -- <reason>`',
    severity: 'low', category: 'buffer-lifetime', scope: 'site', rootCause: 'waivers without reasons', confidence: 'proven', advice: 'missing',
    file: module.file, start: comment.span.start, end: comment.span.end, line: from.line, column: from.column, endLine: to.line, endColumn: to.column,
    function: '<module>', hotness: { level: 'cold', source: 'a comment' },
    cost: { objects: 0, heapBytes: 0, externalBytes: 0, retainedBytes: 0, nativeCalls: 0, expression: '0 B' },
    effort: 'trivial', risk: 'none', fix: null, obligations: [], related: [], fingerprint, suppressed: null,
  };
}
