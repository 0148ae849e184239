import { applyEdits, runCodemod } from '@scrimp/rewrite';
import { describe, expect, test } from 'vitest';
import { codemod } from './transform.js';

describe('imports', () => {
  test('follow an alias', () => {
    expect(rewritten(`import { hkdf as derive } from '@noble/hashes/hkdf';
function keys(h, s, t) {
  const a = derive(h, s, t, 1, 32);
  const b = derive(h, s, t, 2, 32);
  return [a, b];
}
`)).toBe(`import { expand, extract } from '@noble/hashes/hkdf';
function keys(h, s, t) {
  const prk = extract(h, s, t);

  try {
    const a = expand(h, prk, 1, 32);
    const b = expand(h, prk, 2, 32);
    return [a, b];
  } finally {
    prk.fill(0);
  }
}
`);
  });

  test('go through a namespace', () => {
    expect(rewritten(`import * as kdf from "@noble/hashes/hkdf.js";
function keys(h, s, t) {
  return [kdf.hkdf(h, s, t, 1, 32), kdf.hkdf(h, s, t, 2, 32)];
}
`)).toBe(`import * as kdf from "@noble/hashes/hkdf.js";
function keys(h, s, t) {
  const prk = kdf.extract(h, s, t);

  try {
    return [kdf.expand(h, prk, 1, 32), kdf.expand(h, prk, 2, 32)];
  } finally {
    prk.fill(0);
  }
}
`);
  });

  test('are taken as they are, and keep hkdf while something uses it', () => {
    expect(rewritten(`import { hkdf, expand as grow } from '@noble/hashes/hkdf.js';
function keys(h, s, t) {
  return [hkdf(h, s, t, 1, 32), hkdf(h, s, t, 2, 32)];
}
export { hkdf };
`)).toBe(`import { hkdf, expand as grow, extract } from '@noble/hashes/hkdf.js';
function keys(h, s, t) {
  const prk = extract(h, s, t);

  try {
    return [grow(h, prk, 1, 32), grow(h, prk, 2, 32)];
  } finally {
    prk.fill(0);
  }
}
export { hkdf };
`);
  });

  test('get other names where theirs are taken', () => {
    const text = rewritten(`import { hkdf } from '@noble/hashes/hkdf.js';
function keys(h, s, t, prk, expand) {
  return [hkdf(h, s, t, prk, 32), hkdf(h, s, t, expand, 32)];
}
`);
    expect(text).toContain(`import { expand as hkdfExpand, extract } from '@noble/hashes/hkdf.js';`);
    expect(text).toContain('const prk2 = extract(h, s, t);');
    expect(text).toContain('return [hkdfExpand(h, prk2, prk, 32), hkdfExpand(h, prk2, expand, 32)];');
  });

  test('of types are no imports of the function', () => {
    expect(refusal(`import type { hkdf } from '@noble/hashes/hkdf.js';
function keys(h, s, t) {
  return [hkdf(h, s, t, 1, 32), hkdf(h, s, t, 2, 32)];
}
`)).toBe('line 3 has no call of hkdf imported from @noble/hashes/hkdf');
  });

  test('that something hides are refused', () => {
    expect(refusal(`import { hkdf } from '@noble/hashes/hkdf.js';
function keys(h, s, t, { make: hkdf }) {
  return [hkdf(h, s, t, 1, 32), hkdf(h, s, t, 2, 32)];
}
`)).toBe('hkdf is declared again in the file, so a call may not mean the import');
  });

  test('from elsewhere are refused', () => {
    expect(refusal(`import { hkdf } from './hkdf.js';
function keys(h, s, t) {
  return [hkdf(h, s, t, 1, 32), hkdf(h, s, t, 2, 32)];
}
`)).toBe('line 3 has no call of hkdf imported from @noble/hashes/hkdf');
  });
});

describe('formatting', () => {
  test('stays tabs where the file has tabs', () => {
    expect(rewritten(`import { hkdf } from '@noble/hashes/hkdf.js';
class Keys {
\topen(h, s, t) {
\t\tconst a = hkdf(h, s, t, 1, 32);
\t\tconst b = hkdf(h, s, t, 2, 32);
\t\treturn new Pair(a, b);
\t}
}
`)).toBe(`import { expand, extract } from '@noble/hashes/hkdf.js';
class Keys {
\topen(h, s, t) {
\t\tconst prk = extract(h, s, t);
\t\tlet a;
\t\tlet b;

\t\ttry {
\t\t\ta = expand(h, prk, 1, 32);
\t\t\tb = expand(h, prk, 2, 32);
\t\t} finally {
\t\t\tprk.fill(0);
\t\t}

\t\treturn new Pair(a, b);
\t}
}
`);
  });

  test('of everything else is left alone', () => {
    const untouched = `use( 1,2 )   ;   [ 3,4 ] . at( 0 )  // as it was\n\n\n\n`;
    expect(rewritten(`${untouched}import { hkdf } from '@noble/hashes/hkdf.js';
function keys(h, s, t) {
  return [hkdf(h, s, t, 1, 32), hkdf(h, s, t, 2, 32)];
}
${untouched}`).split(untouched).length).toBe(3);
  });
});

/** Derivations of the snippet, in the order of the text, as one finding. */
function run(text: string): ReturnType<typeof runCodemod> {
  const places = text.split('\n').flatMap((lineText, index) =>
    [...lineText.matchAll(/\b(?:kdf\.hkdf|hkdf|derive)\(h/g)].map((match) => ({ file: 'keys.js', line: index + 1, column: match.index + 1, message: '' })));
  const [first, ...related] = places;
  return runCodemod(codemod, 'keys.js', text, [{ id: 'f', ...first!, endLine: first!.line, endColumn: first!.column, related }]);
}

function rewritten(text: string): string {
  const { edits, refused } = run(text);
  expect(refused).toEqual([]);
  const applied = applyEdits(text, edits);
  if ('problem' in applied) throw new Error(applied.problem);
  return applied.text;
}

function refusal(text: string): string | undefined {
  const { edits, refused } = run(text);
  expect(edits).toEqual([]);
  return refused[0]?.reason;
}
