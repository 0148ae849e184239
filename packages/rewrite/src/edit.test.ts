import { describe, expect, test } from 'vitest';
import { applyEdits } from './edit.js';
import { editsBetween } from './text-difference.js';
import { normalizeLineEndings, splitByteOrderMark } from './source-text.js';

describe('applyEdits', () => {
  test('takes edits in any order, and touching ones', () => {
    expect(applyEdits('abcdef', [{ start: 4, end: 6, text: 'EF' }, { start: 0, end: 2, text: '' }, { start: 2, end: 2, text: '-' }])).toEqual({ text: '-cdEF' });
  });

  test('counts UTF-16 units', () => {
    const text = '/* 🦜🦜 */ x.slice(1)';
    expect(applyEdits(text, [{ start: 13, end: 18, text: 'subarray' }])).toEqual({ text: '/* 🦜🦜 */ x.subarray(1)' });
  });

  test('puts new constants at one place in one order, whichever is given first', () => {
    const edits = [{ start: 1, end: 1, text: '\nconst b = 1;' }, { start: 1, end: 1, text: '\nconst a = [\n  2,\n];' }, { start: 1, end: 2, text: 'B' }];
    expect(applyEdits('ab', edits.slice(0, 2))).toEqual({ text: 'a\nconst a = [\n  2,\n];\nconst b = 1;b' });
    expect(applyEdits('ab', edits.slice(0, 2).reverse())).toEqual({ text: 'a\nconst a = [\n  2,\n];\nconst b = 1;b' });
    expect(applyEdits('ab', edits)).toEqual({ problem: 'edits at 1 and 1 overlap' });
  });

  test.each([
    ['overlapping', [{ start: 0, end: 2, text: '' }, { start: 1, end: 3, text: '' }], 'edits at 0 and 1 overlap'],
    ['two at one place', [{ start: 1, end: 1, text: 'a' }, { start: 1, end: 1, text: 'b' }], 'edits at 1 and 1 overlap'],
    ['two constants of one name', [{ start: 1, end: 1, text: '\nconst a = 1;' }, { start: 1, end: 1, text: '\nconst a = 2;' }], 'edits at 1 and 1 overlap'],
    ['two constants of one name far from each other', [{ start: 0, end: 0, text: 'const a = 1;\n' }, { start: 1, end: 2, text: 'B' }, { start: 3, end: 3, text: '\nconst a = 2;' }], 'edits at 0 and 3 both declare a'],
    ['a constant beside something else', [{ start: 1, end: 1, text: '\nconst a = 1;' }, { start: 1, end: 1, text: '(' }], 'edits at 1 and 1 overlap'],
    ['outside', [{ start: 0, end: 9, text: '' }], 'edit of 0 to 9 lies outside of a text of 3 units'],
    ['backwards', [{ start: 2, end: 1, text: '' }], 'edit of 2 to 1 lies outside of a text of 3 units'],
  ])('refuses edits that are %s', (_name, edits, problem) => {
    expect(applyEdits('abc', edits)).toEqual({ problem });
  });
});

describe('editsBetween', () => {
  test('is as small as whole words allow', () => {
    expect(editsBetween('a\n  x.slice(1);\nb\n', 'a\n  x.subarray(1);\nb\n')).toEqual([{ start: 6, end: 11, text: 'subarray' }]);
  });

  test('leaves surrogate pairs whole', () => {
    // Both characters begin with the same unit.
    expect(editsBetween('"🦜"\n', '"🦝"\n')).toEqual([{ start: 1, end: 3, text: '🦝' }]);
  });

  test('leads from any text to any other', () => {
    const words = ['a', ' ', '\n', 'bc', '🦜', '  ', ';', 'a'];
    let state = 1;
    const random = (limit: number): number => {
      state = (state * 48271) % 0x7fffffff;
      return state % limit;
    };
    const text = (): string => Array.from({ length: random(30) }, () => words[random(words.length)]).join('');
    for (let round = 0; round < 500; round++) {
      const before = text();
      const after = text();
      expect(applyEdits(before, editsBetween(before, after))).toEqual({ text: after });
    }
  });
});

describe('source text', () => {
  test('keeps the byte order mark aside', () => {
    expect(splitByteOrderMark('\ufeffa')).toEqual({ byteOrderMark: '\ufeff', body: 'a' });
    expect(splitByteOrderMark('a\ufeff')).toEqual({ byteOrderMark: '', body: 'a\ufeff' });
  });

  test('maps edits back to carriage returns', () => {
    const original = 'a\r\nb\r\nc\n';
    const normalized = normalizeLineEndings(original);
    expect(normalized?.text).toBe('a\nb\nc\n');
    const edit = normalized!.originalEdit({ start: 2, end: 4, text: 'x\ny\n' });
    expect(applyEdits(original, [edit])).toEqual({ text: 'a\r\nx\r\ny\r\nc\n' });
    expect(applyEdits(original, [normalized!.originalEdit({ start: 1, end: 1, text: '!' })])).toEqual({ text: 'a!\r\nb\r\nc\n' });
  });

  test.each(['a\rb', 'a\u2028b', 'a\u2029b'])('gives up on other separators: %j', (text) => {
    expect(normalizeLineEndings(text)).toBeNull();
  });
});
