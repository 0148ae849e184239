import { describe, expect, test } from 'vitest';
import { defineCodemod } from './codemod.js';
import { findingOf, memoryHost } from './fixture.test-support.js';
import { countHeldBack, planFixes } from './plan.js';
import type { PlanOptions } from './plan.js';
import type { Finding } from '@scrimp/analysis/detect';

const text = 'h.update(a.slice(1));\nh.update(b.slice(2));\nh.update(c.slice(3));\n';

/** Renames every function that is called at a finding. */
const renaming = defineCodemod({
  id: 'rename',
  rewrite(tree, finding) {
    const call = tree.callsAt(finding)[0]?.node;
    if (call?.callee.type !== 'Identifier') return { refusal: 'no plain call' };
    call.callee.name = 'renamed';
    return { firstLine: finding.line, lastLine: finding.line };
  },
});

function options(files: Readonly<Record<string, string>>, over: Partial<PlanOptions> = {}): PlanOptions {
  return { tier: 'safe', rules: null, codemods: [renaming], readFile: memoryHost(files).readFile, ...over };
}

describe('planFixes', () => {
  test('makes one plan per file, sorted', () => {
    const findings = [findingOf('f3', text, 'slice', 'subarray', 2), findingOf('g', text, 'slice', 'subarray', 0, { file: 'A.ts' }), findingOf('f1', text, 'slice', 'subarray', 0)];
    const { planned, files, dropped } = planFixes(findings, options({ 'a.ts': text, 'A.ts': text }));
    expect(planned.map(({ finding }) => finding)).toEqual(['g', 'f1', 'f3']);
    expect(files.map(({ file, edits }) => [file, edits.map((edit) => edit.findings)])).toEqual([['A.ts', [['g']]], ['a.ts', [['f1'], ['f3']]]]);
    expect(files[1]!.after).toBe(text.replace('a.slice', 'a.subarray').replace('c.slice', 'c.subarray'));
    expect(dropped).toEqual([]);
  });

  test('takes only what tier, rules and suppressions allow', () => {
    const findings = [
      findingOf('safe', text, 'slice', 'subarray', 0),
      findingOf('guarded', text, 'slice', 'subarray', 1, { tier: 'guarded' }),
      findingOf('review', text, 'slice', 'subarray', 2, { tier: 'review', rule: 'other' }),
      findingOf('silenced', text, 'update', 'put', 0, { isSuppressed: true }),
      findingOf('unmade', text, 'update', null, 1, { codemod: 'not-written' }),
    ];
    const plannedBy = (over: Partial<PlanOptions>): string[] => planFixes(findings, options({ 'a.ts': text }, over)).planned.map(({ finding }) => finding);
    expect(plannedBy({})).toEqual(['safe']);
    expect(plannedBy({ tier: 'guarded' })).toEqual(['safe', 'guarded']);
    expect(plannedBy({ tier: 'review' })).toEqual(['safe', 'guarded', 'review']);
    expect(plannedBy({ tier: 'review', rules: new Set(['other']) })).toEqual(['review']);
    expect([...countHeldBack(findings, options({ 'a.ts': text }))]).toEqual([['guarded', 1], ['review', 1]]);
  });

  test('drops what overlaps, and says what with', () => {
    const findings = [findingOf('outer', text, 'a.slice(1)', 'a', 0), findingOf('inner', text, 'slice', 'subarray', 0), findingOf('free', text, 'slice', 'subarray', 1)];
    const { planned, dropped } = planFixes(findings, options({ 'a.ts': text }));
    expect(planned.map(({ finding }) => finding)).toEqual(['outer', 'free']);
    expect(dropped).toEqual([{ finding: 'inner', rule: 'no-slice-into-sync-sink', file: 'a.ts', line: 1, stage: 'plan', reason: 'overlaps the rewrite of outer (no-slice-into-sync-sink); run `scrimp fix` again after that one' }]);
  });

  test('makes an edit that two findings share once', () => {
    const findings = [findingOf('one', text, 'slice', 'subarray', 0), findingOf('two', text, 'slice', 'subarray', 0)];
    const { planned, files, dropped } = planFixes(findings, options({ 'a.ts': text }));
    expect(planned).toHaveLength(2);
    expect(files[0]!.edits).toEqual([expect.objectContaining({ findings: ['one', 'two'] })]);
    expect(dropped).toEqual([]);
  });

  test('inserts different constants at one place, and drops a second one of the same name wherever it goes', () => {
    const hoist = (id: string, nth: number, start: number, declaration: string): Finding => {
      const finding = findingOf(id, text, 'slice', 'subarray', nth);
      return { ...finding, fix: { ...finding.fix!, edits: [{ file: 'a.ts', start, end: start, text: start === 0 ? `${declaration}\n` : `\n${declaration}` }, ...finding.fix!.edits!] } };
    };
    const findings = [hoist('z', 0, 0, 'const z = 1;'), hoist('y', 1, 0, 'const y = 2;'), hoist('other z', 2, text.indexOf('\n'), 'const z = 3;')];
    const { files, dropped } = planFixes(findings, options({ 'a.ts': text }));
    expect(files[0]!.after).toBe(`const y = 2;\nconst z = 1;\n${text.replace('a.slice', 'a.subarray').replace('b.slice', 'b.subarray')}`);
    expect(dropped.map(({ finding, stage }) => [finding, stage])).toEqual([['other z', 'plan']]);
    // Without one of them, as when a check fails, the other is made all the same.
    expect(planFixes(findings.slice(1, 2), options({ 'a.ts': text })).files[0]!.after).toBe(`const y = 2;\n${text.replace('b.slice', 'b.subarray')}`);
  });

  test('drops what does not fit the file, or has none', () => {
    const late = findingOf('late', text, 'slice', 'subarray', 2);
    const { planned, dropped } = planFixes([late, { ...late, id: 'lost', file: 'b.ts', fix: { ...late.fix!, edits: [{ file: 'b.ts', start: 0, end: 1, text: '' }] } }], options({ 'a.ts': 'short' }));
    expect(planned).toEqual([]);
    expect(dropped.map(({ finding, reason }) => [finding, reason])).toEqual([
      ['late', 'edit of 55 to 60 lies outside of a text of 5 units; the file is not the one that was analyzed'],
      ['lost', 'no such file or folder'],
    ]);
  });

  test('runs a codemod once per file, beside plain edits, and drops what it refuses', () => {
    const source = 'first(a.slice(1));\nsecond.third();\nfourth();\n';
    const findings = [
      findingOf('one', source, 'first', null, 0, { codemod: 'rename' }),
      findingOf('edit', source, 'slice', 'subarray', 0),
      findingOf('two', source, 'second', null, 0, { codemod: 'rename' }),
      findingOf('three', source, 'fourth', null, 0, { codemod: 'rename' }),
    ];
    const { planned, files, dropped } = planFixes(findings, options({ 'a.ts': source }));
    expect(files[0]!.after).toBe('renamed(a.subarray(1));\nsecond.third();\nrenamed();\n');
    expect(planned.map(({ finding, codemod }) => [finding, codemod])).toEqual([['one', 'rename'], ['edit', null], ['three', 'rename']]);
    expect(dropped.map(({ finding, reason }) => [finding, reason])).toEqual([['two', 'no plain call']]);
  });

  test('leaves a byte order mark and carriage returns where they are', () => {
    const source = `\ufefffirst();\r\nx('🦜', a.slice(1));\r\n`;
    const body = source.slice(1);
    const findings = [findingOf('one', body, 'first', null, 0, { codemod: 'rename' }), findingOf('edit', body, 'slice', 'subarray', 0)];
    expect(planFixes(findings, options({ 'a.ts': source })).files[0]!.after).toBe(`\ufeffrenamed();\r\nx('🦜', a.subarray(1));\r\n`);
  });
});
