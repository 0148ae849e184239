/** Line hashes against the values that github/codeql-action's own tests expect. */
import { expect, test } from 'vitest';
import { lineHashes } from './line-hashes.js';

const mixedEnds = ['e9496ae3ebfced30:1', 'fb7c023a8b9ccb3f:1', 'ce8ba1a563dcdaca:1', 'e20e36e16fcb0cc8:1', 'b3edc88f2938467e:1', 'c8e28b0b4002a3a0:1', 'c129715d7a2bc9a3:1'];

test.each([
  ['nothing', '', ['c129715d7a2bc9a3:1']],
  ['line ends of all kinds', ' hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n', mixedEnds],
  ['carriage returns with line feeds', ' hello; \t\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n', mixedEnds],
  ['one line, many times', 'Lorem ipsum dolor sit amet.\n'.repeat(10), [
    'a7f2ff13bc495cf2:1', 'a7f2ff13bc495cf2:2', 'a7f2ff13bc495cf2:3', 'a7f2ff13bc495cf2:4', 'a7f2ff13bc495cf2:5', 'a7f2ff13bc495cf2:6',
    'a7f2ff1481e87703:1', 'a9cf91f7bbf1862b:1', '55ec222b86bcae53:1', 'cc97dc7b1d7d8f7b:1', 'c129715d7a2bc9a3:1',
  ]],
  ['a short program', 'x = 2\nx = 1\nprint(x)\nx = 3\nprint(x)\nx = 4\nprint(x)\n', [
    'e54938cc54b302f1:1', 'bb609acbe9138d60:1', '1131fd5871777f34:1', '5c482a0f8b35ea28:1', '54517377da7028d2:1', '2c644846cb18d53e:1', 'f1b89f20de0d133:1', 'c129715d7a2bc9a3:1',
  ]],
])('%s', (_name, text, expected) => {
  expect(lineHashes(text)).toEqual(expected);
});
