import { describe, expect, it } from 'vitest';
import { targetOf, targetOfRange, type ReadableFiles } from './target-runtime.js';

describe('targetOfRange', () => {
  it.each([
    ['>=20.19', 'node20'], ['^22.1.0 || >=24', 'node22'], ['>=24 <27', 'node24'], ['20 - 22', 'node20'], ['<23 >=22', 'node22'], ['>=16', 'node20'], ['>=99', 'node26'],
  ])('%s asks for %s', (range, target) => {
    expect(targetOfRange(range)).toBe(target);
  });

  it.each(['*', '<22', ''])('%s has no lower bound', (range) => {
    expect(targetOfRange(range)).toBeNull();
  });
});

describe('targetOf', () => {
  const files = (contents: Readonly<Record<string, string>>): ReadableFiles => ({
    fileExists: (path) => path in contents,
    readFile: (path) => contents[path],
  });

  it('takes the nearest package.json, also when a farther one says more', () => {
    const tree = files({ '/near/package.json': '{"engines":{"node":">=22"}}', '/near/inner/package.json': '{}' });
    expect(targetOf('/near/lib/a.ts', tree, '24.1.0')).toBe('node22');
    expect(targetOf('/near/inner/a.ts', tree, '24.1.0')).toBe('node24');
  });

  it('falls back to the running Node', () => {
    expect(targetOf('/broken/a.ts', files({ '/broken/package.json': '{' }), '20.20.2')).toBe('node20');
    expect(targetOf('/nowhere/a.ts', undefined, '26.0.0')).toBe('node26');
  });
});
