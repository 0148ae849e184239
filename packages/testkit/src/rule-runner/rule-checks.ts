// Owns what every rule is held to, as questions that answer with problems; an empty answer is a pass.
// Nothing here knows a particular rule, and nothing depends on a test framework: `rules/rules.test.ts` asks.
import type { Finding, Rule } from '@scrimp/analysis';
import { applyEdits } from '@scrimp/rewrite';
import { analyzeProgram } from './analyze-sources.js';
import { renderExpected } from './expected-text.js';
import type { FixtureFindings } from './expected-text.js';
import { compareWithMarkers, readMarkers } from './marker.js';
import { fencesOf, fixtureFiles, pathInRule, programTexts } from './rule-folder.js';
import type { RuleFolder } from './rule-folder.js';
import { createSourceProgram } from './source-program.js';
import type { SourceProgram } from './source-program.js';

/** One rule under test: the folder, its rule, and a program that holds the folder's files. */
export interface RuleSubject {
  readonly folder: RuleFolder;
  readonly rule: Rule;
  readonly sources: SourceProgram;
}

/** Type errors of the fixtures and of the page's fences. Fences are excerpts: unused names are fine there. */
export function problemsOfTypes({ folder, sources }: Omit<RuleSubject, 'rule'>): string[] {
  return Object.keys(programTexts(folder)).flatMap((path) => {
    const isFence = path.includes('/README.');
    const problems = sources.problemsOf(path).filter((problem) => !isFence || !unusedName.test(problem));
    return problems.map((problem) => `${path}:${problem}`);
  });
}

const unusedName = /\(TS(?:6133|6192|6196|6198|6199|6205)\)$/;

/** Reports and markers of `reported.*` that disagree; a fixture without a marker asserts nothing and is a problem. */
export function problemsOfReported(subject: RuleSubject): string[] {
  const fixtures = fixtureFiles(subject.folder, 'reported');
  const markers = fixtures.flatMap((name) => readMarkers(subject.folder.files.get(name)!).markers);
  const problems = fixtures.flatMap((name) => {
    const file = readMarkers(subject.folder.files.get(name)!);
    const misplaced = file.markers.filter((marker) => marker.claim.kind === 'known-false-alarm');
    return [
      ...file.problems,
      ...misplaced.map((marker) => `line ${marker.at}: a known false alarm belongs into ok.ts`),
      ...compareWithMarkers(file.markers, findingsIn(subject, name)),
    ].map((problem) => `${name} ${problem}`);
  });
  if (!markers.some((marker) => marker.claim.kind === 'reported')) problems.push('reported.ts marks no report; put `//~^ messageId` below each line that the rule must report');
  return problems;
}

/** Reports in `ok.*`, except known false alarms. */
export function problemsOfOk(subject: RuleSubject): string[] {
  return fixtureFiles(subject.folder, 'ok').flatMap((name) => {
    const { markers, problems } = readMarkers(subject.folder.files.get(name)!);
    const misplaced = markers.filter((marker) => marker.claim.kind !== 'known-false-alarm');
    return [
      ...problems,
      ...misplaced.map((marker) => `line ${marker.at}: only known-false-alarm markers stand in ok.ts; move the case to reported.ts`),
      ...compareWithMarkers(markers.filter((marker) => marker.claim.kind === 'known-false-alarm'), findingsIn(subject, name)),
    ].map((problem) => `${name} ${problem}`);
  });
}

/** Bad fences that are not reported, good ones that are. */
export function problemsOfFences(subject: RuleSubject): string[] {
  return fencesOf(subject.folder).flatMap((fence) => {
    const findings = findingsAt(subject, fence.path);
    if (fence.verdict === 'bad' && findings.length === 0) return [`README.md line ${fence.line}: the bad code is not reported`];
    if (fence.verdict === 'good') return findings.map((finding) => `README.md line ${fence.line + finding.line - 1}: the good code is reported: ${finding.message}`);
    return [];
  });
}

/** The text of `expected.md`, as the rule speaks now. */
export function expectedText(subject: RuleSubject): string {
  return renderExpected(subject.folder.id, fixtureFiles(subject.folder, 'reported').map((name) => fixtureFindings(subject, name)));
}

/** `reported.ts` after all its safe and guarded edits; problems when they overlap. Null when there is no such edit. */
export function editedFixture(subject: RuleSubject): { text: string | null; problems: readonly string[] } {
  const name = 'reported.ts';
  const edits = new Map(findingsIn(subject, name)
    .filter((finding) => finding.fix?.tier === 'safe' || finding.fix?.tier === 'guarded')
    .flatMap((finding) => finding.fix?.edits ?? [])
    .map((edit) => [JSON.stringify([edit.start, edit.end, edit.text]), edit]));
  if (edits.size === 0) return { text: null, problems: [] };
  const elsewhere = [...edits.values()].filter((edit) => edit.file !== pathInRule(subject.folder.id, name));
  if (elsewhere.length > 0) return { text: null, problems: elsewhere.map((edit) => `an edit of ${name} changes ${edit.file}`) };
  const applied = applyEdits(subject.folder.files.get(name) ?? '', [...edits.values()]);
  return 'problem' in applied ? { text: null, problems: [applied.problem] } : { text: applied.text, problems: [] };
}

/** What the edited fixture does not parse or type-check as. */
export function problemsOfEdited(folder: RuleFolder, text: string): string[] {
  const path = pathInRule(folder.id, 'reported.ts');
  return createSourceProgram({ [path]: text }).problemsOf(path).map((problem) => `after the edits, line ${problem}`);
}

/** Whether the rule sees the harm in the program that shows it. */
export function problemsOfBreaks(subject: RuleSubject): string[] {
  const path = pathInRule(subject.folder.id, 'breaks.ts');
  return findingsAt(subject, path).length > 0 ? [] : ['the rule reports nothing in breaks.ts; the harmful code must stand in that file as the rule would meet it'];
}

function fixtureFindings(subject: RuleSubject, file: string): FixtureFindings {
  return { file, text: subject.folder.files.get(file)!, findings: findingsIn(subject, file) };
}

function findingsIn(subject: RuleSubject, file: string): readonly Finding[] {
  return findingsAt(subject, pathInRule(subject.folder.id, file));
}

/** Findings of a file of the subject, which is analyzed alone and once. */
function findingsAt(subject: RuleSubject, path: string): readonly Finding[] {
  const known = analyzed.get(subject) ?? new Map<string, readonly Finding[]>();
  analyzed.set(subject, known);
  const found = known.get(path) ?? analyzeProgram(subject.sources, [path], { rules: [subject.rule] }).findings
    .filter((finding) => finding.rule === subject.rule.meta.id && finding.suppressed === null);
  known.set(path, found);
  return found;
}

const analyzed = new WeakMap<RuleSubject, Map<string, readonly Finding[]>>();
