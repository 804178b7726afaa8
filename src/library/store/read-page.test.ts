import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';

import { NO_FILTERS, type LibraryQuery } from '@/domain/library-query';
import { DEFAULT_QUERY } from '@/domain/asset-query';
import { anyLibrary, anyNow, anyQuery, asIndexed } from '@/testing/any-library';
import { openTestLibrary, type TestLibrary } from '@/testing/library';
import { naivePage } from '@/testing/naive-library';

let library: TestLibrary;
beforeAll(async () => {
  library = await openTestLibrary();
});

const EVERYTHING: LibraryQuery = { ...DEFAULT_QUERY, ...NO_FILTERS };

describe('a page of the index', () => {
  it('is what plain code over all assets finds, for any library and any question', () => {
    fc.assert(
      fc.property(anyLibrary, anyQuery, anyNow, (assets, query, now) => {
        library.fill(assets);
        const page = library.call('page', { query, now });
        const expected = naivePage(assets, query, now);
        expect(page).toEqual({ ...expected, assets: expected.assets.map(asIndexed) });
      }),
      { numRuns: 500 },
    );
  }, 60_000);

  it('is empty of an empty index', () => {
    library.fill([]);
    expect(library.call('page', { query: EVERYTHING, now: 0 })).toEqual({
      assets: [],
      total: 0,
      bytes: 0,
      unknownSizes: 0,
    });
  });
});
