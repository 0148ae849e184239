/** Why a function is hot, in words that name the root once. */
import { expect, test } from 'vitest';
import { analyzeText } from './analyze-text.test-support.js';
import { computeHotness } from './hotness.js';

const source = `
/** @hot */
export function root() { return near(); }
function near() { return far(); }
function far() { return 1; }
export function configured() { return other(); }
function other() { return 2; }
`;

test.each([
  ['root', '@hot on root'],
  ['near', 'called from root, which is @hot'],
  ['far', 'called from root, which is @hot'],
  ['configured', 'configured: configured'],
  ['other', 'called from configured, which is configured as hot'],
])('%s', (name, expected) => {
  const program = analyzeText(source);
  // The edges are those of the functions that were analyzed.
  for (const one of ['root', 'near', 'far', 'configured', 'other']) program.summary(one);
  const heat = computeHotness(program.linker.program, program.linker.edges, new Set(['configured']));
  const { module, function: fn } = program.function(name);
  expect(heat(module, fn)).toEqual({ level: 'hot', source: expected });
});
