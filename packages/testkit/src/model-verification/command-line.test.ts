import { expect, test } from 'vitest';
import { readCommandLine } from './command-line.js';

test.each([
  [[], { majors: [20, 24, 26], falsify: false, reasons: false }],
  [['--node', '24,24,26'], { majors: [24, 26], falsify: false, reasons: false }],
  [['--this-node', '--falsify', '--reasons'], { majors: null, falsify: true, reasons: true }],
])('%j is understood', (args, request) => {
  expect(readCommandLine(args)).toEqual({ request, problems: [] });
});

test.each([[['--node', '18']], [['--node', 'x']], [['--this-node', '--node', '24']], [['--fast']], [['row']]])('%j is refused with the usage', (args) => {
  const { request, problems } = readCommandLine(args);
  expect(request).toBeUndefined();
  expect(problems.join()).toContain('usage: pnpm model:verify');
});
