import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { monthAt } from '@/library/months';
import { NOTHING, plus, type Totals } from '@/library/totals';

import { periodsOf } from './periods';

const monthsOf = (indexes: readonly number[]) =>
  [...new Set(indexes)]
    .sort((a, b) => a - b)
    .map((index) => ({ month: monthAt(index), count: 1, bytes: index, unknownSizes: 0 }));
const totals = ({ count, bytes, unknownSizes }: Totals): Totals => ({ count, bytes, unknownSizes });

describe('periodsOf', () => {
  it('loses nothing, never has too many bars, and no two of them overlap', () => {
    const near = fc.array(fc.integer({ min: 2_020 * 12, max: 2_027 * 12 }));
    const far = fc.array(fc.integer({ min: 12, max: 9_999 * 12 + 11 }));
    fc.assert(
      fc.property(fc.oneof(near, far), (indexes) => {
        const months = monthsOf(indexes);
        const periods = periodsOf(months);
        expect(periods.map(totals).reduce(plus, NOTHING)).toEqual(months.map(totals).reduce(plus, NOTHING));
        expect(periods.length).toBeLessThanOrEqual(61);
        const bounds = periods.flatMap(({ filters }) => [
          filters.index?.created.from ?? '',
          filters.index?.created.to ?? '',
        ]);
        expect(bounds.toSorted()).toEqual(bounds);
        expect(new Set(bounds).size).toBe(bounds.length);
      }),
    );
  });

  it('shows a month without anything as a gap', () => {
    expect(periodsOf(monthsOf([2_026 * 12, 2_026 * 12 + 2])).map(({ key, count }) => [key, count])).toEqual([
      ['2026-01', 1],
      ['2026-02', 0],
      ['2026-03', 1],
    ]);
  });

  it('asks for all of a month, to its last microsecond', () => {
    const [february] = periodsOf(monthsOf([2_024 * 12 + 1]));
    expect(february?.filters.index?.created).toEqual({
      from: '2024-02-01T00:00:00Z',
      to: '2024-02-29T23:59:59.999999Z',
    });
  });

  it('goes over to years where months would be too many', () => {
    expect(
      periodsOf(monthsOf([2_010 * 12 + 5, 2_026 * 12, 2_026 * 12 + 1])).map(({ key, count }) => [key, count]),
    ).toEqual([
      ['2010', 1],
      ['2026', 2],
    ]);
    const old = periodsOf(monthsOf(Array.from({ length: 80 }, (_, at) => (1_900 + at) * 12)));
    expect(old).toHaveLength(61);
    expect(old[0]).toMatchObject({ key: 'until 1919', count: 20 });
    expect(old[1]).toMatchObject({ key: '1920', count: 1 });
  });
});
