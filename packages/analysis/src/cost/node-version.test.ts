/** Lower bounds of ranges as packages write them. */
import { expect, test } from 'vitest';
import { isOlder, lowestVersion } from './node-version.js';

test.each([
  ['>=20.19', '20.19'], ['>=16.20.1', '16.20.1'], ['^18.18.0 || >=20.9.0', '18.18.0'], ['>=20 <23', '20'], ['>= 20 <23', '20'], ['20.x', '20'], ['^22 || >=24', '22'], ['18 - 22', '18'], ['v22.1.0', '22.1.0'], ['*', null], ['<22', null], ['>=20 || *', null],
])('%s', (range, lowest) => {
  expect(lowestVersion(range)).toBe(lowest);
});

test('parts compare as numbers, and missing parts are zero', () => {
  expect(isOlder('20.9.0', '20.12.0')).toBe(true);
  expect(isOlder('20.12', '20.12.0')).toBe(false);
  expect(isOlder('22', '20.12.0')).toBe(false);
});
