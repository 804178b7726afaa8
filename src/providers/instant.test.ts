import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { parseInstant } from './instant';

const zone = process.env['TZ'];
afterEach(() => {
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

describe('parseInstant', () => {
  it.each([
    ['2026-11-20T15:52:11.170220', '2026-11-20T15:52:11.170220Z'],
    ['2026-11-20T15:52:11', '2026-11-20T15:52:11Z'],
    ['2026-11-20 15:52:11.5Z', '2026-11-20T15:52:11.5Z'],
    ['2026-11-20T15:52', '2026-11-20T15:52:00Z'],
    ['2026-11-20t15:52:11z', '2026-11-20T15:52:11Z'],
    ['2026-11-20T00:30:00.123456+02:00', '2026-11-19T22:30:00.123456Z'],
    ['2026-12-31T23:30:00-0130', '2027-01-01T01:00:00Z'],
    ['2026-11-20T15:52:11+00', '2026-11-20T15:52:11Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00Z'],
  ])('reads %s', (text, expected) => expect(parseInstant(text)).toBe(expected));

  it.each([
    '',
    'yesterday',
    '2026',
    '2026-11-20',
    '2026-13-01T00:00:00Z',
    '2026-02-30T00:00:00Z',
    '2026-02-29T00:00:00',
    '2026-11-20T25:00:00Z',
    '20261120T155211Z',
    '0000-01-01T00:00:00+23:59',
  ])('reads nothing from "%s"', (text) => expect(parseInstant(text)).toBeNull());

  it.each(['UTC', 'America/New_York', 'Asia/Kathmandu'])('means the same moment in %s', (name) => {
    process.env['TZ'] = name;
    expect(new Date(2026, 0, 1).getTimezoneOffset()).toBe(
      { UTC: 0, 'America/New_York': 300, 'Asia/Kathmandu': -345 }[name],
    );
    expect(parseInstant('2026-03-29T02:30:00.5')).toBe('2026-03-29T02:30:00.5Z');
    expect(parseInstant('2026-03-29T02:30:00+05:45')).toBe('2026-03-28T20:45:00Z');
  });

  it('keeps every moment, whatever offset it is written with', () => {
    const moment = fc.date({ min: new Date('1970-01-02'), max: new Date('9998-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(moment, fc.integer({ min: -839, max: 839 }), (date, minutes) => {
        const local = new Date(date.getTime() + minutes * 60_000).toISOString().slice(0, -1);
        const size = Math.abs(minutes);
        const offset = `${minutes < 0 ? '-' : '+'}${String(Math.floor(size / 60)).padStart(2, '0')}:${String(size % 60).padStart(2, '0')}`;
        expect(parseInstant(local + offset)).toBe(date.toISOString());
      }),
    );
  });

  it('is null or a time in UTC for any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const read = parseInstant(text);
        expect(read === null || !Number.isNaN(Date.parse(read))).toBe(true);
      }),
    );
  });
});
