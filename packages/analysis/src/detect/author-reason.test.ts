/** Which comments count as a reason, and which do not. */
import { expect, test } from 'vitest';
import { authorReason } from './author-reason.js';

function reasonAt(text: string): string | null {
  const start = text.indexOf('x.slice()');
  return authorReason(text, start, start + 'x.slice()'.length, 1)?.state ?? null;
}

test('a bug, a workaround or a deliberate copy on the line is a reason', () => {
  expect(reasonAt('return x.slice(); // https://bugzil.la/1681809')).toBe('open');
  expect(reasonAt('return x.slice(); /* Firefox gives another realm */')).toBe('open');
  expect(reasonAt('  return x.slice(); // defensive: callers reuse x')).toBe('open');
});

test('other comments, other lines and text in strings are not', () => {
  expect(reasonAt('return x.slice(); // the first bytes')).toBeNull();
  expect(reasonAt('// workaround\nreturn x.slice();\n// bug')).toBeNull();
  expect(reasonAt("return [x.slice(), 'bug'];")).toBeNull();
});
