/** How wide a report is: as the terminal says, within what can be read. */
import { expect, test } from 'vitest';
import { terminalWidth } from './terminal.js';

const write = (): void => undefined;

test.each([
  ['a terminal without a size', { write, columns: 0 }, {}, 100],
  ['a terminal', { write, columns: 80 }, { COLUMNS: '60' }, 80],
  ['a wide terminal', { write, columns: 300 }, {}, 120],
  ['a narrow terminal', { write, columns: 20 }, {}, 40],
  ['a pipe', { write }, {}, 100],
  ['a pipe with COLUMNS', { write }, { COLUMNS: '72' }, 72],
])('%s', (_name, stream, env, width) => {
  expect(terminalWidth(stream, env)).toBe(width);
});
