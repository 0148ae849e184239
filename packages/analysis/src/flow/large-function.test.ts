/** Functions in which too many objects have a name: they are analyzed with shorter paths, and say nothing to their callers. */
import { expect, test } from 'vitest';
import { analyzeText } from '../link/analyze-text.test-support.js';

const names = ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta', 'eta', 'theta', 'iota', 'kappa'];

/** Each step may read any property of what any step before has read: `n` names give `n` to the power of the depth of paths. */
const walk = `export function walk(value) { ${names.map((name) => `while (value.${name}) value = value.${name};`).join(' ')} return value; }`;

test('paths are cut before there are too many', () => {
  const program = analyzeText(walk);
  const { values } = program.flow('walk');
  expect(values.isSettled()).toBe(true);
  expect(values.namesPaths()).toBe(false);
  expect(values.objects.length).toBeLessThan(2000);
  const { module, function: fn } = program.function('walk');
  expect(program.linker.summary(module, fn)).toBeNull();
});

test('what fits is told apart and summarized', () => {
  const program = analyzeText('export function read(value) { while (value.next) value = value.next; return value.data; }');
  expect(program.flow('read').values.namesPaths()).toBe(true);
  expect(program.summary('read')).not.toBeNull();
});

test('lists that hold each other do not multiply without bound', () => {
  const lists = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  const stores = lists.flatMap((from) => lists.map((to) => `${from}.${to} = ${to}; ${from}.${to}.push(${from}.${to}); ${from} = ${to}.${from} ?? ${from};`)).join('\n');
  const program = analyzeText(`export function tangle(${lists.join(', ')}) { for (;;) { ${stores} } }`);
  expect(program.flow('tangle').values.isSettled() && program.flow('tangle').values.namesPaths()).toBe(false);
});
