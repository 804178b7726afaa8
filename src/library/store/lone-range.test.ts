import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';

import type { Asset } from '@/domain/asset';
import { SORT_FIELDS, SORT_ORDERS } from '@/domain/asset-query';
import { NO_FILTERS, NO_INDEX_FILTERS, type IndexFilters, type Range } from '@/domain/library-query';
import { anyLibrary, anyNow, asIndexed } from '@/testing/any-library';
import { openTestLibrary, type TestLibrary } from '@/testing/library';
import { naiveFacet, naivePage } from '@/testing/naive-library';

import { FACET_NAMES } from './facets';

let library: TestLibrary;
beforeAll(async () => {
  library = await openTestLibrary();
});

const rangeOf = <T>(...values: readonly T[]): fc.Arbitrary<Range<T>> => {
  const end = fc.option(fc.constantFrom(...values));
  return fc.record({ from: end, to: end });
};
/** Wide and narrow, on the very moments that assets have and beside them, and with their ends the wrong way round. */
const times = rangeOf(
  ...['1969-12-31T23:59:59.5Z', '2025-01-01T00:00:00Z', '2026-03-12T08:00:00Z', '2026-03-12T08:00:00.1Z'],
  ...['2026-03-12T08:00:00.123456Z', '2026-06-01T00:00:00Z', '2030-01-01T00:00:00Z'],
);
const oneRange: fc.Arbitrary<Partial<IndexFilters>> = fc.oneof(
  rangeOf(0, 1, 999, 1_000, 5_000_000_000).map((size) => ({ size })),
  times.map((created) => ({ created })),
  times.map((updated) => ({ updated })),
  times.map((lastUsed) => ({ lastUsed })),
  fc.constantFrom(0, 10, 80, 81, 110, 500, 20_600).map((unusedDays) => ({ unusedDays })),
);
/** What cells can tell besides. */
const ofCells: fc.Arbitrary<Partial<IndexFilters>> = fc.constantFrom(
  {},
  {},
  { kinds: ['image', 'video'] as const },
  { hasHash: true },
);

/** All in one cell, or two. */
const alike = anyLibrary.map((assets) =>
  assets.map((asset, at): Asset => {
    const { id, sizeBytes, createdAt, updatedAt, lastAccessedAt } = asset;
    return { ...(assets[at % 2] ?? asset), id, sizeBytes, createdAt, updatedAt, lastAccessedAt };
  }),
);

type Change = (assets: readonly Asset[]) => readonly Asset[];
/** Changes after which the sums must still be right. */
const changes: fc.Arbitrary<Change> = fc.constantFrom<Change>(
  (assets) => assets,
  (assets) => {
    library.call('remove', { ids: assets.slice(0, 2).map(({ id }) => id) });
    return assets.slice(2);
  },
  (assets) => {
    library.call('retag', { tags: Object.fromEntries(assets.map(({ id }) => [id, ['other']])) });
    return assets.map((asset) => ({ ...asset, tags: ['other'] }));
  },
  ...(['updatedAt', 'lastAccessedAt', 'sizeBytes'] as const).map((field): Change => (assets) => {
    const now = assets.map((asset) => ({ ...asset, [field]: null }));
    library.call('write', { assets: now, pass: 2 });
    return now;
  }),
  (assets) => {
    const now = assets.map(({ updatedAt, lastAccessedAt, ...asset }, at) => ({
      ...asset,
      sizeBytes: at % 2 === 0 ? null : asset.sizeBytes,
      updatedAt: lastAccessedAt,
      lastAccessedAt: updatedAt,
    }));
    library.call('write', { assets: now, pass: 2 });
    return now;
  },
);

describe('what one range leaves', () => {
  it('is counted as plain code counts it, from whichever side, and after any change', () => {
    fc.assert(
      fc.property(
        ...([fc.oneof(anyLibrary, alike), oneRange, ofCells, changes, anyNow] as const),
        fc.constantFrom(...SORT_FIELDS),
        fc.constantFrom(...SORT_ORDERS),
        (before, range, cells, change, now, sort, order) => {
          library.fill(before);
          const assets = change(before);
          const filters = { ...NO_FILTERS, index: { ...NO_INDEX_FILTERS, ...cells, ...range } };
          const query = { ...filters, sort, order, page: 1, pageSize: 5 };
          const expected = naivePage(assets, query, now);
          expect(library.call('page', { query, now })).toEqual({
            ...expected,
            assets: expected.assets.map(asIndexed),
          });
          const found = library.call('facets', { filters, now, facets: FACET_NAMES });
          for (const name of FACET_NAMES) {
            const values = found[name]?.values.map(({ value, count, bytes, unknownSizes }) => ({
              ...{ value, count, bytes, unknownSizes },
            }));
            expect([name, values]).toEqual([name, naiveFacet(assets, name, filters, now)]);
          }
        },
      ),
      { numRuns: 500 },
    );
  }, 60_000);
});
