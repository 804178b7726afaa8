import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  formatBytes,
  formatCount,
  formatDay,
  formatDuration,
  formatExact,
  formatNumber,
  formatRelative,
  formatUpTo,
} from './format';

/** Numbers as the machine's own locale writes them, so that these tests hold in every one. */
const local = (value: number) => new Intl.NumberFormat().format(value);

describe('formatBytes', () => {
  it.each([
    [0, `${local(0)} B`],
    [1, `${local(1)} B`],
    [999, `${local(999)} B`],
    [1_000, `${local(1)} kB`],
    [1_549, `${local(1.5)} kB`],
    [99_900, `${local(99.9)} kB`],
    [123_400, `${local(123)} kB`],
    [999_499, `${local(999)} kB`],
    [999_500, `${local(1)} MB`],
    [999_999_999, `${local(1)} GB`],
    [6_938_040_682, `${local(6.9)} GB`],
    [1e15, `${local(1)} PB`],
    [25e18, `${local(25_000)} PB`],
  ])('writes %d as %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  it('needs a thousand of a unit only above the largest', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (bytes) => {
        const [number = ''] = formatBytes(bytes).split(' ');
        expect(number.replaceAll(/\D/g, '').length).toBeLessThanOrEqual(3);
      }),
    );
  });
});

it('writes a size that is not certain, and nothing as nothing', () => {
  expect(formatUpTo(4_200_000_000)).toBe(`up to ${local(4.2)} GB`);
  expect(formatUpTo(1)).toBe(`up to ${local(1)} B`);
  expect(formatUpTo(0)).toBe(`${local(0)} bytes`);
});

it('writes numbers with the separators of the locale', () => {
  expect(formatNumber(1_204)).toBe(local(1_204));
  expect(formatNumber(1_000_000)).toBe(local(1_000_000));
});

it('counts in singular and plural', () => {
  expect(formatCount(0, 'asset')).toBe(`${local(0)} assets`);
  expect(formatCount(1, 'asset')).toBe(`${local(1)} asset`);
  expect(formatCount(1_204, 'asset')).toBe(`${local(1_204)} assets`);
  expect(formatCount(2, 'asset was', 'assets were')).toBe(`${local(2)} assets were`);
});

describe('formatDuration', () => {
  it.each([
    [0, '0:00'],
    [0.4, '0:00'],
    [9, '0:09'],
    [59.5, '1:00'],
    [247, '4:07'],
    [3_599.4, '59:59'],
    [3_599.6, '1:00:00'],
    [3_729, '1:02:09'],
    [360_000, '100:00:00'],
  ])('writes %d s as %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });
});

describe('formatRelative', () => {
  const NOW = Date.parse('2026-11-20T12:00:00Z');

  it.each([
    ['2026-11-20T12:00:00Z', 'now'],
    ['2026-11-20T11:59:59.600Z', 'now'],
    ['2026-11-20T11:59:55Z', '5 seconds ago'],
    ['2026-11-20T12:02:00Z', 'in 2 minutes'],
    ['2026-11-20T11:00:01Z', '59 minutes ago'],
    ['2026-11-20T09:00:00Z', '3 hours ago'],
    ['2026-11-19T11:00:00Z', 'yesterday'],
    ['2026-11-08T12:00:00Z', '12 days ago'],
    ['2026-08-15T12:00:00Z', '3 months ago'],
    ['2023-11-01T12:00:00Z', '3 years ago'],
  ])('writes %s as "%s"', (instant, text) => {
    expect(formatRelative(instant, NOW)).toBe(text);
  });
});

describe('dates', () => {
  const instant = '2026-03-12T23:30:00Z';

  it('are written in the time zone of the machine, which is UTC in tests', () => {
    const utc = { timeZone: 'UTC' } as const;
    expect(formatDay(instant)).toBe(
      new Intl.DateTimeFormat(undefined, { ...utc, dateStyle: 'medium' }).format(new Date(instant)),
    );
    expect(formatExact(instant)).toBe(
      new Intl.DateTimeFormat(undefined, { ...utc, dateStyle: 'long', timeStyle: 'long' }).format(
        new Date(instant),
      ),
    );
  });

  it('name the day, or all there is to know', () => {
    expect(formatDay(instant)).toMatch(/12.*2026/);
    expect(formatExact(instant)).toMatch(/12.*2026.*30.*UTC/);
  });
});
