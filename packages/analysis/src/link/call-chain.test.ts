/** Chains of calls that are longer than the stack is deep. */
import { expect, test } from 'vitest';
import { analyzeText } from './analyze-text.test-support.js';

test('a chain of a thousand functions is analyzed', () => {
  const chain = Array.from({ length: 1000 }, (_, index) => `function f${String(index)}(bytes) { return f${String(index + 1)}(Buffer.from(bytes)); }`).join('\n');
  const program = analyzeText(`${chain}\nfunction f1000(bytes) { return bytes; }`);
  expect(program.flow('f0').values.isSettled()).toBe(true);
  expect(program.summary('f999').name).toBe('f999');
});
