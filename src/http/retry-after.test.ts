import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRetryAfter } from './retry-after';

const NOW = Date.UTC(2026, 10, 21, 12);
const HOUR = 3_600_000;
const parse = (header: string | null, serverNow: string | null = null) =>
  parseRetryAfter(header, serverNow, NOW);

describe('parseRetryAfter', () => {
  it.each([
    ['0', 0],
    ['2', 2000],
    [' 2 ', 2000],
    ['1.5', 1500],
    ['99999999', HOUR],
    ['9'.repeat(400), HOUR],
    ['Sat, 21 Nov 2026 12:00:30 GMT', 30_000],
    ['Sat, 21 Nov 2099 12:00:30 GMT', HOUR],
  ])('reads %s', (header, expected) => expect(parse(header)).toBe(expected));

  it.each([
    null,
    '',
    'soon',
    '-1',
    '1e3',
    '0x10',
    'try 5',
    'try 2099',
    '2099-01-01',
    '2026-11-21',
    'Sat, 21 Nov 2026 11:59:59 GMT',
    'Sat, 99 Nov 2026 11:59:59 GMT',
  ])('reads nothing from %s', (header) => expect(parse(header)).toBeNull());

  it('prefers the server’s clock to this computer’s', () => {
    expect(parse('Sat, 21 Nov 2020 12:00:05 GMT', 'Sat, 21 Nov 2020 12:00:00 GMT')).toBe(5000);
    expect(parse('Sat, 21 Nov 2026 12:00:05 GMT', 'nonsense')).toBe(5000);
  });

  it('never waits less than nothing or more than an hour', () => {
    const header = fc.oneof(
      fc.string(),
      fc.double().map(String),
      fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
    );
    fc.assert(
      fc.property(header, fc.option(header), (value, serverNow) => {
        const wait = parse(value, serverNow);
        expect(wait === null || (wait >= 0 && wait <= HOUR)).toBe(true);
      }),
    );
  });
});
