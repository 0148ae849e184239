// Owns the anatomy of a rule's folder: which files there must be, that none waits to be written, and that its evidence shows something.
import type { Rule } from '@scrimp/analysis';
import { parseEvidence, savingOf } from '@scrimp/bench';
import type { BenchEvidence } from '@scrimp/bench';
import { withRuleHeader } from '../generate/rule-readme.js';
import { readPage } from './rule-page.js';
import type { RuleFolder } from './rule-folder.js';

const filesOfEveryRule = ['rule.ts', 'README.md', 'reported.ts', 'ok.ts', 'expected.md'];

/** Missing files, misnamed rules, and places that still say that somebody has to write something. */
export function problemsOfAnatomy(folder: RuleFolder, rule: Rule): string[] {
  const { meta } = rule;
  const needed = [...filesOfEveryRule, ...(meta.evidence === 'saving' ? ['bench.ts', 'bench.json'] : ['breaks.ts'])];
  const problems = needed.filter((name) => !folder.files.has(name)).map((name) => `${name} is missing; ${howToMake(name, folder.id)}`);
  if (meta.id !== folder.id) problems.push(`rule.ts: meta.id is ${JSON.stringify(meta.id)} in the folder ${folder.id}`);
  if (!meta.presets.includes('all')) problems.push('rule.ts: every rule is in the preset "all"');
  problems.push(...problemsOfMessages(rule), ...unwrittenPlaces(folder));
  return problems;
}

/** Sections, fences and freshness of the page. */
export function problemsOfPage(folder: RuleFolder, rule: Rule): string[] {
  const page = folder.files.get('README.md');
  if (page === undefined) return ['README.md is missing'];
  const fresh = freshPage(folder, rule);
  const header = fresh === null
    ? ['README.md has no `<!-- begin header -->` and `<!-- end header -->`']
    : fresh === page ? [] : ['README.md: the header is stale; run `pnpm generate`, or the test with UPDATE_GOLDENS=1'];
  return [...header, ...readPage(page).problems];
}

/** The page with a fresh header; null when it has no place for one. */
export function freshPage(folder: RuleFolder, rule: Rule): string | null {
  return withRuleHeader(folder.files.get('README.md') ?? '', rule.meta, evidenceOf(folder).evidence);
}

/** A saving rule whose figures show no saving on any Node. */
export function problemsOfEvidence(folder: RuleFolder): string[] {
  const { evidence, problems } = evidenceOf(folder);
  if (evidence === null) return [...problems];
  const verdicts = Object.values(evidence.nodes).flatMap(({ cases }) => cases.map((one) => savingOf(one.before, one.after, one.stable ? 'stable' : 'unstable')));
  return verdicts.some((verdict) => verdict === 'saves' || verdict === 'trades') ? [] : ['bench.json shows no saving on any Node; a rule without one is not given as advice'];
}

/** One program of `breaks.ts`. */
export interface BreakCase {
  readonly name: string;
  /** True when the harm is observed. */
  asWritten(): boolean | Promise<boolean>;
  /** False when the harm is gone. */
  mended(): boolean | Promise<boolean>;
}

/** Runs the programs of `breaks.ts`, given its module. */
export async function problemsOfBreaking(module: { readonly cases?: readonly BreakCase[] }): Promise<string[]> {
  const cases = module.cases ?? [];
  if (cases.length === 0) return ['breaks.ts exports no `cases`'];
  const problems: string[] = [];
  for (const one of cases) {
    if (!(await one.asWritten())) problems.push(`breaks.ts "${one.name}": as written it does no harm`);
    if (await one.mended()) problems.push(`breaks.ts "${one.name}": mended it still does harm`);
  }
  return problems;
}

function evidenceOf(folder: RuleFolder): { evidence: BenchEvidence | null; problems: readonly string[] } {
  const text = folder.files.get('bench.json');
  if (text === undefined) return { evidence: null, problems: [`bench.json is missing; ${howToMake('bench.json', folder.id)}`] };
  const { evidence, problems } = parseEvidence(text);
  return { evidence: evidence ?? null, problems: problems.map((problem) => `bench.json ${problem}`) };
}

function problemsOfMessages({ meta }: Rule): string[] {
  const texts = Object.entries(meta.messages).flatMap(([id, message]) => Object.entries(message).map(([part, text]) => [`messages.${id}.${part}`, text] as const));
  return [['summary', meta.summary] as const, ...texts].flatMap(([place, text]) => {
    const isConventional = /^(?:[^A-Z]|[A-Z][\w.]*[A-Z(.#])/.test(text) && !/\.$/.test(text);
    return isConventional && text !== '' ? [] : [`rule.ts ${place}: begin in lower case (names of code excepted) and end without a period: ${JSON.stringify(text)}`];
  });
}

function unwrittenPlaces(folder: RuleFolder): string[] {
  return [...folder.files].flatMap(([name, text]) =>
    text.split('\n').flatMap((line, index) => (/write me\b/.test(line) ? [`${name}:${index + 1}: ${line.trim().replace(/^[/*\-<!\s]+/, '')}`] : [])));
}

function howToMake(name: string, id: string): string {
  switch (name) {
    case 'expected.md': return `write it with \`UPDATE_GOLDENS=1 npx vitest run rules/rules.test.ts -t '${id}'\` and read it`;
    case 'bench.json': return `measure it with \`pnpm bench:rules ${id}\``;
    case 'breaks.ts': return 'show a program that breaks as written and does not when mended';
    case 'bench.ts': return 'show the saving, as packages/bench/README.md says';
    default: return 'see CONTRIBUTING.md, "How to write a rule"';
  }
}
