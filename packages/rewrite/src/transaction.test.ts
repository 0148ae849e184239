import { describe, expect, test } from 'vitest';
import { keepPassing } from './bisect.js';
import { findingOf, memoryHost } from './fixture.test-support.js';
import { undoRun, writeRun } from './journal.js';
import { checkFixes } from './transaction.js';
import { renderUnifiedDiff } from './unified-diff.js';

const text = Array.from({ length: 16 }, (_, index) => `h.update(u${index}.slice(${index}));\n`).join('');
const options = { tier: 'safe', rules: null, codemods: [] } as const;
const rewrites = (bad: ReadonlyMap<number, string>): ReturnType<typeof findingOf>[] =>
  Array.from({ length: 16 }, (_, index) => findingOf(`f${index}`, text, 'slice', bad.get(index) ?? 'subarray', index));

describe('keepPassing', () => {
  test.each([[[]], [[0]], [[7]], [[15]], [[3, 4]], [[0, 15]], [Array.from({ length: 16 }, (_, index) => index)]])('leaves out exactly the guilty: %j', async (guilty) => {
    const ids = Array.from({ length: 16 }, (_, index) => String(index));
    const result = await keepPassing(ids, (some) => Promise.resolve(some.some((id) => guilty.includes(Number(id))) ? 'bad' : null));
    expect(result.kept).toEqual(ids.filter((id) => !guilty.includes(Number(id))));
    expect([...result.guilty.keys()]).toEqual(guilty.map(String));
  });

  test('asks once when all are innocent, and not at all for none', async () => {
    let asked = 0;
    const check = (): Promise<null> => { asked += 1; return Promise.resolve(null); };
    await keepPassing(['a', 'b', 'c'], check);
    await keepPassing([], check);
    expect(asked).toBe(1);
  });

  test('keeps one of two that are only bad together', async () => {
    const result = await keepPassing(['a', 'b', 'c'], (ids) => Promise.resolve(ids.includes('a') && ids.includes('c') ? 'a with c' : null));
    expect(result.kept).toEqual(['a', 'b']);
    expect([...result.guilty]).toEqual([['c', 'a with c']]);
  });
});

describe('checkFixes', () => {
  test('drops only the rewrites that do not type-check', async () => {
    const host = memoryHost({ 'a.ts': text }, ['subaray']);
    const { planned, kept, files, dropped } = await checkFixes(host, rewrites(new Map([[5, 'subaray'], [11, 'subaray']])), options);
    expect(planned).toHaveLength(16);
    expect(kept.map(({ finding }) => finding)).toEqual(planned.map(({ finding }) => finding).filter((id) => id !== 'f5' && id !== 'f11'));
    expect(dropped.map(({ finding, stage, reason }) => [finding, stage, reason])).toEqual([
      ['f5', 'types', 'a.ts:1: subaray does not exist (TS1)'],
      ['f11', 'types', 'a.ts:1: subaray does not exist (TS1)'],
    ]);
    expect(files[0]!.after).toBe(text.replace(/u(\d+)\.slice/g, (match, index: string) => (index === '5' || index === '11' ? match : `u${index}.subarray`)));
    expect(host.checks()).toBeLessThan(24);
  });

  test('drops what does not parse before it asks for types', async () => {
    const host = memoryHost({ 'a.ts': text });
    const { kept, dropped } = await checkFixes(host, rewrites(new Map([[0, '<<<']])), options);
    expect(kept).toHaveLength(15);
    expect(dropped.map(({ finding, stage }) => [finding, stage])).toEqual([['f0', 'parse']]);
    expect(host.checks()).toBe(2);
  });

  test('forgives problems that the program had before', async () => {
    const broken = `subaray\n${text}`;
    const host = memoryHost({ 'a.ts': broken, 'b.ts': 'subaray' }, ['subaray']);
    const { dropped } = await checkFixes(host, [findingOf('good', broken, 'slice', 'subarray', 0), findingOf('bad', broken, 'slice', 'subaray', 1)], options);
    expect(dropped.map(({ finding }) => finding)).toEqual(['bad']);
  });

  test('checks nothing when nothing is planned', async () => {
    const host = memoryHost({ 'a.ts': text });
    expect(await checkFixes(host, [], options)).toEqual({ planned: [], kept: [], files: [], dropped: [] });
    expect(host.checks()).toBe(0);
  });
});

describe('writeRun and undoRun', () => {
  const before = { 'a.ts': `\ufeff${text}`, 'b.ts': text.replaceAll('\n', '\r\n') };

  async function written(isFailing?: (file: string) => boolean): Promise<{ host: ReturnType<typeof memoryHost>; problem: string | null; files: Awaited<ReturnType<typeof checkFixes>>['files'] }> {
    const host = memoryHost(before, [], isFailing);
    const findings = [findingOf('a', text, 'slice', 'subarray', 0), findingOf('b', before['b.ts'], 'slice', 'subarray', 3, { file: 'b.ts' })];
    const { files } = await checkFixes(host, findings, options);
    return { host, problem: writeRun(host, 'run', files), files };
  }

  test('restore every file as it was', async () => {
    const { host, problem } = await written();
    expect(problem).toBeNull();
    expect(host.files.get('a.ts')).toBe(before['a.ts'].replace('slice', 'subarray'));
    expect(undoRun(host, 'run')).toEqual({ restored: ['a.ts', 'b.ts'], problems: [] });
    expect(Object.fromEntries(host.files)).toEqual(before);
    expect(undoRun(host, 'run')).toEqual({ restored: [], problems: ['run run is already undone'] });
  });

  test('restore nothing when a file was changed since', async () => {
    const { host } = await written();
    const rewrittenA = host.files.get('a.ts');
    host.files.set('b.ts', `${host.files.get('b.ts') ?? ''}// mine`);
    expect(undoRun(host, 'run')).toEqual({ restored: [], problems: ['b.ts: was changed since run run'] });
    expect(host.files.get('a.ts')).toBe(rewrittenA);
  });

  test('know a run that ended early: the file that was not yet written is left alone', async () => {
    const { host } = await written();
    host.files.set('b.ts', before['b.ts']);
    host.journals.set('run', `${host.journals.get('run') ?? ''}{"schema":"scrimp-journal/1","event":"wri`);
    expect(undoRun(host, 'run')).toEqual({ restored: ['a.ts'], problems: [] });
    expect(Object.fromEntries(host.files)).toEqual(before);
  });

  test('say when there is no such run', () => {
    expect(undoRun(memoryHost({}), 'other')).toEqual({ restored: [], problems: ['there is no run other'] });
  });

  test('change nothing when one file cannot be written', async () => {
    const { host, problem } = await written((file) => file === 'b.ts');
    expect(problem).toBe('b.ts: the disk is read-only; nothing is changed');
    expect(Object.fromEntries(host.files)).toEqual(before);
  });

  test('do not overwrite a file that was saved in the meantime', async () => {
    const { host, files } = await written();
    expect(writeRun(host, 'again', files)).toBe('a.ts: was changed while it was being rewritten; nothing is changed');
  });
});

test('a unified diff heads each hunk with its findings', async () => {
  const findings = [findingOf('first', text, 'slice', 'subarray', 0), findingOf('last', text, 'slice', 'subarray', 15)];
  const { files } = await checkFixes(memoryHost({ 'a.ts': text }), findings, options);
  const diff = renderUnifiedDiff(files, (finding) => `the ${finding}`);
  expect(diff.split('\n').filter((line) => /^(?:---|\+|@@|-)/.test(line))).toEqual([
    '--- a/a.ts', '+++ b/a.ts', '@@ -1,4 +1,4 @@ the first', '-h.update(u0.slice(0));', '+h.update(u0.subarray(0));',
    '@@ -13,4 +13,4 @@ the last', '-h.update(u15.slice(15));', '+h.update(u15.subarray(15));',
  ]);
});
