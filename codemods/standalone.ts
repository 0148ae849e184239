// Owns the codemods' way without a host: from a text alone, through an analysis session, to the rewritten text.
// `scrimp fix` is the way with a host, which also type-checks; here the text is all there is, so only its own annotations and imports are known.
import { createSession, syntaxOracle } from '@scrimp/analysis';
import type { Finding, Rule, SessionOptions } from '@scrimp/analysis';
import { applyEdits, runCodemod, splitByteOrderMark } from '@scrimp/rewrite';
import type { Codemod } from '@scrimp/rewrite';

export interface StandaloneRequest {
  /** Names the language (`.ts`, `.tsx`, `.js`) and stands in messages; nothing is read from it. */
  readonly file: string;
  readonly text: string;
  readonly codemod: Codemod;
  /** The rule whose findings the codemod settles. */
  readonly rule: Rule;
  /** The classic TypeScript compiler, 5.4 to 6.0, which parses the text. */
  readonly typescript: SessionOptions['typescript'];
}

export interface StandaloneResult {
  /** The text as given, with its byte order mark and line endings, where nothing was rewritten. */
  readonly text: string;
  readonly findings: readonly Finding[];
  readonly refused: readonly { readonly finding: string; readonly reason: string }[];
}

export function runCodemodOnText({ file, text, codemod, rule, typescript }: StandaloneRequest): StandaloneResult {
  const { byteOrderMark, body } = splitByteOrderMark(text);
  const session = createSession({ typescript, oracle: syntaxOracle(typescript), rules: [rule], target: 'node20', resolve: () => null });
  session.addFile(file, typescript.createSourceFile(file, body, typescript.ScriptTarget.Latest, true));
  const findings = session.analyze().findings.filter((finding) => finding.rule === codemod.id && finding.fix !== null && finding.suppressed === null);
  const { edits, refused } = runCodemod(codemod, file, body, findings);
  const applied = applyEdits(body, edits);
  // Edits that come from one printed text neither overlap nor lie outside of it.
  if ('problem' in applied) throw new Error(`${codemod.id} on ${file}: ${applied.problem}`);
  return { text: byteOrderMark + applied.text, findings, refused };
}
