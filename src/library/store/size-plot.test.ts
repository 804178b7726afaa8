import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';

import type { Asset } from '@/domain/asset';
import { NO_FILTERS } from '@/domain/library-query';
import { anyFilters, anyLibrary, anyNow } from '@/testing/any-library';
import { anAsset } from '@/testing/assets';
import { openTestLibrary, type TestLibrary } from '@/testing/library';
import { naiveMatching } from '@/testing/naive-library';
import { naiveSizeCurve, naiveSizePlot, totalsOf } from '@/testing/naive-overview';

import { DAY_STOPS, SIZE_STOPS } from '../cut-offs';

let library: TestLibrary;
beforeAll(async () => {
  library = await openTestLibrary();
});

const NOW = Date.parse('2026-06-01T00:00:00Z');
const DAY = 86_400_000;

/** Sizes and moments on the stops, and one beside them. */
const onTheEdge: fc.Arbitrary<Asset> = fc
  .record({
    size: fc.option(fc.constantFrom(...SIZE_STOPS)),
    offBy: fc.constantFrom(-1, 0, 1),
    days: fc.constantFrom(...DAY_STOPS),
    late: fc.constantFrom(-1, 0, 1),
    used: fc.boolean(),
  })
  .map(({ size, offBy, days, late, used }) => {
    const at = new Date(NOW - days * DAY + late).toISOString();
    return anAsset({
      sizeBytes: size === null ? null : Math.max(0, size + offBy),
      createdAt: used ? '2000-01-01T00:00:00Z' : at,
      lastAccessedAt: used ? at : null,
    });
  });
const edges = fc
  .array(onTheEdge, { maxLength: 20 })
  .map((assets) => assets.map((asset, at) => ({ ...asset, id: `asset-${at}` })));

describe('sizePlot', () => {
  it('has the bins that plain code finds, for any library and any filters', () => {
    fc.assert(
      fc.property(anyLibrary, anyFilters, anyNow, (assets, filters, now) => {
        library.fill(assets);
        const matching = naiveMatching(assets, filters, now);
        const bins = library.call('sizePlot', { filters, now });
        expect(bins).toEqual(naiveSizePlot(matching, now));
        expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(matching.length);
      }),
      { numRuns: 150 },
    );
  }, 60_000);

  it('is exact at the stops', () => {
    fc.assert(
      fc.property(edges, (assets) => {
        library.fill(assets);
        expect(library.call('sizePlot', { filters: NO_FILTERS, now: NOW })).toEqual(
          naiveSizePlot(assets, NOW),
        );
      }),
    );
  }, 60_000);

  it('counts what was used in the future as used just now', () => {
    library.fill([anAsset({ lastAccessedAt: '2199-01-01T00:00:00Z' })]);
    expect(library.call('sizePlot', { filters: NO_FILTERS, now: NOW })).toEqual([
      expect.objectContaining({ days: 0, count: 1, neverUsed: 0 }),
    ]);
  });
});

describe('sizeCurve', () => {
  const percents = [1, 5, 10, 20, 50, 100];

  it('holds what the largest hold together, for any library and any filters', () => {
    fc.assert(
      fc.property(anyLibrary, anyFilters, anyNow, (assets, filters, now) => {
        library.fill(assets);
        const curve = library.call('sizeCurve', { filters, now, percents });
        expect(curve).toEqual(naiveSizeCurve(naiveMatching(assets, filters, now), percents));
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  it('never falls, and ends at everything', () => {
    fc.assert(
      fc.property(edges, (assets) => {
        library.fill(assets);
        const { shares, bytes } = library.call('sizeCurve', { filters: NO_FILTERS, now: NOW, percents });
        for (const [at, share] of shares.entries()) {
          expect(share.bytes).toBeGreaterThanOrEqual(shares[at - 1]?.bytes ?? 0);
        }
        expect(shares.at(-1)?.bytes).toBe(bytes);
        expect(bytes).toBe(totalsOf(assets).bytes);
      }),
    );
  }, 60_000);
});
