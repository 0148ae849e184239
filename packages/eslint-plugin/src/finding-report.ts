/** A finding as ESLint shows it: the text of the hover, the range, and its edits as a fix (when proved identical) or as a suggestion. */
import type { Edit, Finding, Fix } from '@scrimp/analysis';
import type { TSESLint } from '@typescript-eslint/utils';

/** Ids of a rule's own messages, `analysisProblem` and `applyEdits`. */
export type MessageId = string;

/** `mayEdit`: ESLint refuses edits of a rule whose metadata does not announce them. */
export function descriptorOf(finding: Finding, sourceCode: Readonly<TSESLint.SourceCode>, mayEdit: boolean): TSESLint.ReportDescriptor<MessageId> {
  const loc = { start: sourceCode.getLocFromIndex(finding.start), end: sourceCode.getLocFromIndex(finding.end) };
  const report = { loc, messageId: finding.messageId, data: { message: hoverText(finding) } };
  const edits = mayEdit ? editsOf(finding) : null;
  if (finding.fix === null || edits === null) return report;
  const fix = (fixer: TSESLint.RuleFixer): TSESLint.RuleFix[] => withRoomForNames(edits).map(({ start, end, text }) => fixer.replaceTextRange([start, end], text));
  if (finding.fix.tier === 'safe') return { ...report, fix };
  return { ...report, suggest: [{ messageId: 'applyEdits', data: { title: suggestionTitle(finding, finding.fix) }, fix }] };
}

/** What; why — help [what it saves; what the proof assumes, with the evidence]. */
export function hoverText(finding: Finding): string {
  const notes = [savingText(finding), ...obligationTexts(finding)].filter((note) => note !== null);
  const text = `${finding.message}; ${finding.why} — ${finding.help}`;
  return notes.length === 0 ? text : `${text} [${notes.join('; ')}]`;
}

function savingText({ cost, advice }: Finding): string | null {
  const isKnown = cost.objects !== 0 || cost.heapBytes !== 0 || cost.externalBytes !== 0;
  return advice === 'removable' && isKnown ? `saves ${cost.expression}` : null;
}

/** Proved obligations need no words. */
function obligationTexts({ obligations }: Finding): readonly string[] {
  return (['assumed', 'open'] as const).flatMap((state) => {
    const ofState = obligations.filter((obligation) => obligation.state === state);
    return ofState.length === 0 ? [] : [`${state} ${ofState.map(({ code, witness }) => `${code} (${witness})`).join(', ')}`];
  });
}

function suggestionTitle({ obligations }: Finding, { title, tier }: Fix): string {
  if (tier === 'review') return `${title} (a sketch: read it before you keep it)`;
  const codes = obligations.filter(({ state }) => state !== 'proved').map(({ code }) => code);
  return codes.length === 0 ? title : `${title} (identical if ${codes.join(', ')} ${codes.length === 1 ? 'holds' : 'hold'})`;
}

/**
 * ESLint makes one range of the edits of a fix, and in one pass takes all fixes whose ranges lie apart. Two that declare a constant may have chosen the same name
 * for it, in different places, because neither knows of the other. So each of them reaches to the start of the file: one pass takes one, and the next sees its name.
 */
function withRoomForNames(edits: readonly Edit[]): readonly Omit<Edit, 'file'>[] {
  const declares = edits.length > 1 && edits.some(({ start, end }) => start === end);
  return declares ? [{ start: 0, end: 0, text: '' }, ...edits] : edits;
}

/** ESLint edits only the file that it lints. */
function editsOf({ fix, file }: Finding): readonly Edit[] | null {
  const edits = fix?.edits ?? null;
  return edits !== null && edits.length > 0 && edits.every((edit) => edit.file === file) ? edits : null;
}
