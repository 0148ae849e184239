/** An engine with one hand-written rule behind the seam: every call of `.slice(` is a finding, `hot` in a file that says `@hot`. */
import type { AnalysisEngine } from './engine.js';
import type { AnalysisResult, Finding, Rule, SessionOptions, Severity } from '@scrimp/analysis';

function rule(id: string, severity: Severity): Rule {
  return {
    meta: {
      id, summary: `finds what ${id} names`, stage: 'stable', category: 'message-payload', severity, presets: ['all'], needs: [], evidence: 'saving', fixable: 'safe', effort: 'trivial', risk: 'none',
      messages: { copy: { what: '`{{name}}` copies', why: 'a copy costs', help: 'use subarray' } },
    },
    check: () => undefined,
  };
}

export interface FakeEngine extends AnalysisEngine {
  /** Options of the last session, and the files that it was given, in order. */
  readonly seen: { options: SessionOptions | null; files: string[] };
}

export function createFakeEngine(): FakeEngine {
  const seen: FakeEngine['seen'] = { options: null, files: [] };
  return {
    seen,
    rules: [rule('no-slice-into-sync-sink', 'high'), rule('no-byte-spread', 'low')],
    rulePage: (id) => (id === 'no-slice-into-sync-sink' ? '# no-slice-into-sync-sink\n\nThe page.\n' : null),
    checkerOracle: () => ({ name: 'checker', answer: (_sourceFile, questions) => questions.map(() => null) }),
    syntaxOracle: () => ({ name: 'none', answer: (_sourceFile, questions) => questions.map(() => null) }),
    createSession(options) {
      seen.options = options;
      seen.files = [];
      const findings: Finding[] = [];
      return {
        addFile(file, sourceFile) {
          seen.files.push(file);
          for (const match of sourceFile.text.matchAll(/\.slice\(/g)) findings.push(findingAt(file, sourceFile.text, match.index + 1, match.index + 6, findings.length));
        },
        // It lowers nothing, so there is nothing to keep.
        lowered: () => null,
        addLowered: () => undefined,
        explain: (inquiry) => (inquiry.kind === 'finding'
          ? { kind: 'finding', found: findings.filter((one) => one.fingerprint.startsWith(inquiry.fingerprint)).map((finding) => ({ finding, steps: [] })) }
          : { kind: 'place', file: inquiry.file, line: inquiry.line, isRead: seen.files.includes(inquiry.file), functions: [], unknownCalls: [], verdicts: [], copies: [] }),
        analyze(skipped = []): AnalysisResult {
          const shown = options.rules.some((candidate) => candidate.meta.id === 'no-slice-into-sync-sink') ? findings : [];
          return {
            summary: {
              files: seen.files.length, functions: seen.files.length, findings: shown.length,
              bySeverity: { critical: 0, high: shown.length, medium: 0, low: 0, info: 0 },
              byRule: shown.length === 0 ? {} : { 'no-slice-into-sync-sink': shown.length }, expressionsUnderstood: 1,
            },
            findings: shown, entryPoints: [], goodPatterns: [], contracts: [], waivers: [], missingBenchmarks: [], skipped,
          };
        },
      };
    },
  };
}

function findingAt(file: string, text: string, start: number, end: number, ordinal: number): Finding {
  const before = text.slice(0, start).split('\n');
  const line = before.length;
  const column = (before.at(-1)?.length ?? 0) + 1;
  return {
    id: `f${String(ordinal)}`, rule: 'no-slice-into-sync-sink', stage: 'stable', messageId: 'copy', message: '`slice` copies what is only read', why: 'a copy costs', help: 'use subarray',
    severity: 'high', category: 'message-payload', scope: 'site', rootCause: 'slice', confidence: 'proven', advice: 'removable', file, start, end, line, column, endLine: line, endColumn: column + end - start,
    function: 'f', hotness: { level: 'warm', source: 'exported entry point' },
    cost: { objects: 1, heapBytes: 96, externalBytes: null, retainedBytes: null, nativeCalls: null, expression: 'n + 96 B in 1 object' }, effort: 'trivial', risk: 'none',
    fix: { tier: 'safe', codemod: null, title: 'replace slice by subarray', edits: [{ file, start, end, text: 'subarray' }] },
    obligations: [{ code: 'TY', state: 'proved', witness: 'declared Uint8Array' }], related: [], fingerprint: `fingerprint-${String(ordinal)}`, suppressed: null,
  };
}
