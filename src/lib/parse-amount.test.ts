import fc from 'fast-check';
import { expect, it } from 'vitest';

import { formatDuration } from './format';
import { parseBytes, parseDuration } from './parse-amount';

it.each([
  ['0', 0],
  ['1200', 1200],
  [' 1.5 GB ', 1_500_000_000],
  ['1,5gb', 1_500_000_000],
  ['800kb', 800_000],
  ['800 k', 800_000],
  ['2 MiB', 2_097_152],
  ['3 TB', 3_000_000_000_000],
  ['12 b', 12],
])('reads the size %s', (text, bytes) => {
  expect(parseBytes(text)).toBe(bytes);
});

it.each(['', 'GB', '-1', '1e9', '1..5 MB', '5 parsecs', '1 2 MB', '9999999999 TB'])(
  'does not take %j for a size',
  (text) => {
    expect(parseBytes(text)).toBeNull();
  },
);

it('reads back every duration that is shown', () => {
  fc.assert(
    fc.property(fc.nat({ max: 359_999 }), (seconds) => {
      expect(parseDuration(formatDuration(seconds))).toBe(seconds);
      expect(parseDuration(String(seconds))).toBe(seconds);
    }),
  );
});

it.each(['', ':', '1:', 'a:30', '-5', '1:2:3:4'])('does not take %j for a duration', (text) => {
  expect(parseDuration(text)).toBeNull();
});
