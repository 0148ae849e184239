// Every rule against its own folder: fixtures, golden, edits, page, evidence. How a rule is written is CONTRIBUTING.md, "How to write a rule".
// `npx vitest run rules/rules.test.ts -t <id>` runs one rule; UPDATE_GOLDENS=1 rewrites its golden and the header of its page.
import { writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Rule } from '@scrimp/analysis';
import { compareBehavior } from '../packages/testkit/src/rule-runner/behavior-comparison.js';
import type { BehaviorCases } from '../packages/testkit/src/rule-runner/behavior-comparison.js';
import { freshPage, problemsOfAnatomy, problemsOfBreaking, problemsOfEvidence, problemsOfPage } from '../packages/testkit/src/rule-runner/rule-anatomy.js';
import type { BreakCase } from '../packages/testkit/src/rule-runner/rule-anatomy.js';
import { editedFixture, expectedText, problemsOfBreaks, problemsOfEdited, problemsOfFences, problemsOfOk, problemsOfReported, problemsOfTypes } from '../packages/testkit/src/rule-runner/rule-checks.js';
import type { RuleSubject } from '../packages/testkit/src/rule-runner/rule-checks.js';
import { listRuleIds, programTexts, readRuleFolder } from '../packages/testkit/src/rule-runner/rule-folder.js';
import { createSourceProgram } from '../packages/testkit/src/rule-runner/source-program.js';
import type { SourceProgram } from '../packages/testkit/src/rule-runner/source-program.js';
import { isValidRuleId } from '../packages/testkit/src/new-rule/rule-id.js';

const updatesGoldens = process.env['UPDATE_GOLDENS'] === '1';
const folders = new Map(listRuleIds().map((id) => [id, readRuleFolder(id)]));

/** One program for the fixtures of all rules: the library files dominate its cost. */
let program: SourceProgram | null = null;
const sources = (): SourceProgram => (program ??= createSourceProgram(Object.assign({}, ...[...folders.values()].map(programTexts)) as Record<string, string>));

test('rules are named in kebab case', () => {
  expect([...folders.keys()].filter((id) => !isValidRuleId(id))).toEqual([]);
});

describe.each([...folders])('%s', (id, folder) => {
  // A rule that does not load fails its own tests and nobody else's.
  let loaded: RuleSubject | null = null;
  const subject = async (): Promise<RuleSubject> => {
    if (loaded === null) {
      const { rule } = await moduleOf<{ rule: Rule }>(id, 'rule.ts');
      loaded = { folder, rule, sources: sources() };
    }
    return loaded;
  };

  test('has every part of a rule', async () => {
    expect(problemsOfAnatomy(folder, (await subject()).rule)).toEqual([]);
  });

  test('has fixtures that type-check', () => {
    expect(problemsOfTypes({ folder, sources: sources() })).toEqual([]);
  });

  test('reports what is marked and nothing else', async () => {
    expect(problemsOfReported(await subject())).toEqual([]);
  });

  test('is silent about innocent neighbors', async () => {
    expect(problemsOfOk(await subject())).toEqual([]);
  });

  test('says what expected.md says', async () => {
    const text = expectedText(await subject());
    if (updatesGoldens) return writeFileSync(pathOf(id, 'expected.md'), text);
    const golden = folder.files.get('expected.md');
    expect(golden === undefined ? ['expected.md is missing; write it with UPDATE_GOLDENS=1 and read it'] : []).toEqual([]);
    expect(text).toBe(golden);
  });

  test('edits its fixture into code that type-checks and behaves the same', async () => {
    const { text, problems } = editedFixture(await subject());
    expect(problems).toEqual([]);
    if (text === null) return;
    expect(problemsOfEdited(folder, text)).toEqual([]);
    if (!folder.files.has('run.ts')) return;
    const { cases } = await moduleOf<{ cases: BehaviorCases }>(id, 'run.ts');
    expect(await compareBehavior(id, folder.files.get('reported.ts') ?? '', text, cases)).toBeNull();
  });

  test('has a page with fresh figures, whose bad code is reported and whose good code is not', async () => {
    const { rule } = await subject();
    const fresh = updatesGoldens ? freshPage(folder, rule) : null;
    if (fresh !== null) writeFileSync(pathOf(id, 'README.md'), fresh);
    const current = fresh === null ? folder : { id, files: new Map([...folder.files, ['README.md', fresh]]) };
    expect(problemsOfPage(current, rule)).toEqual([]);
    expect(problemsOfFences(await subject())).toEqual([]);
  });

  test('has evidence', async () => {
    const { rule } = await subject();
    if (rule.meta.evidence === 'saving') return expect(problemsOfEvidence(folder)).toEqual([]);
    expect(folder.files.has('breaks.ts'), 'breaks.ts exists').toBe(true);
    expect(problemsOfBreaks(await subject())).toEqual([]);
    expect(await problemsOfBreaking(await moduleOf<{ cases?: readonly BreakCase[] }>(id, 'breaks.ts'))).toEqual([]);
  });
});

async function moduleOf<T>(id: string, file: string): Promise<T> {
  return await import(/* @vite-ignore */ pathToFileURL(pathOf(id, file)).href) as T;
}

function pathOf(id: string, file: string): string {
  return fileURLToPath(new URL(`./${id}/${file}`, import.meta.url));
}
