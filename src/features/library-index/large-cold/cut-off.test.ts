import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { DAY_STOPS, SIZE_STOPS } from '@/library/cut-offs';
import { anyLibrary, anyNow } from '@/testing/any-library';
import { naiveMatching } from '@/testing/naive-library';
import { naiveSizePlot, totalsOf } from '@/testing/naive-overview';

import { beyond, cutOffFilters, dayStopText, FIRST_CUT_OFF, sizeStopText } from './cut-off';

const cutOffs = fc.record({
  size: fc.integer({ min: 0, max: SIZE_STOPS.length - 1 }),
  days: fc.integer({ min: 0, max: DAY_STOPS.length - 1 }),
});

describe('a cut-off', () => {
  it('counts exactly what its filters find', () => {
    fc.assert(
      fc.property(
        anyLibrary,
        anyNow,
        cutOffs,
        fc.constantFrom(null, 'image' as const),
        (assets, now, cutOff, kind) => {
          const all = assets.filter((asset) => kind === null || asset.kind === kind);
          const found = naiveMatching(assets, cutOffFilters(kind, cutOff), now);
          expect(beyond(naiveSizePlot(all, now), cutOff)).toEqual({
            ...totalsOf(found),
            neverUsed: found.filter((asset) => asset.lastAccessedAt === null).length,
            protectedCount: found.filter((asset) => asset.protection !== null).length,
          });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is said in words', () => {
    expect([sizeStopText(FIRST_CUT_OFF.size), dayStopText(FIRST_CUT_OFF.days)]).toEqual(['10 MB', '90 days']);
    expect([sizeStopText(0), dayStopText(0), dayStopText(1)]).toEqual(['any size', 'any time', '1 day']);
  });
});
