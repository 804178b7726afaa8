import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';

import { DEFAULT_QUERY } from '@/domain/asset-query';
import { NO_FILTERS, NO_INDEX_FILTERS, type LibraryFilters } from '@/domain/library-query';
import { anyLibrary } from '@/testing/any-library';
import { anAsset } from '@/testing/assets';
import { openTestLibrary, type TestLibrary } from '@/testing/library';
import { naiveOverview, totalsOf } from '@/testing/naive-overview';

import { NOTHING, plus, type Totals } from '../totals';

let library: TestLibrary;
beforeAll(async () => {
  library = await openTestLibrary();
});

/** What the table says above its rows. */
function totalsOfTable(filters: Partial<LibraryFilters>): Totals {
  const query = { ...DEFAULT_QUERY, ...NO_FILTERS, ...filters };
  const { total, bytes, unknownSizes } = library.call('page', { query, now: Date.now() });
  return { count: total, bytes, unknownSizes };
}

const just = ({ count, bytes, unknownSizes }: Totals): Totals => ({ count, bytes, unknownSizes });
const by = fc.constantFrom('tag' as const, 'extension' as const, 'project' as const);
const measure = fc.constantFrom('bytes' as const, 'count' as const);

describe('overview', () => {
  it('counts what plain code counts, for any library', () => {
    fc.assert(
      fc.property(anyLibrary, fc.constantFrom(1, 3, 50), (assets, most) => {
        library.fill(assets);
        expect(library.call('overview', { most })).toEqual(naiveOverview(assets, most));
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  it('says of each part what the table says of it', () => {
    fc.assert(
      fc.property(anyLibrary, (assets) => {
        library.fill(assets);
        const overview = library.call('overview', { most: 50 });
        const index = (about: Partial<LibraryFilters['index']>) =>
          totalsOfTable({ index: { ...NO_INDEX_FILTERS, ...about } });
        expect(overview.all).toEqual(totalsOfTable({}));
        for (const { kind, ...totals } of overview.kinds) expect(totals).toEqual(index({ kinds: [kind] }));
        for (const { id, ...totals } of overview.projects)
          expect(just(totals)).toEqual(index({ projects: [id] }));
        expect(overview.untagged).toEqual(index({ hasTags: false }));
        for (const { tag, ...totals } of overview.tags) {
          // A filter finds a tag also without the blanks around it.
          if (tag === tag.trim()) expect(totals).toEqual(totalsOfTable({ includeTags: [tag] }));
        }
        expect(overview.months.reduce<Totals>(plus, NOTHING)).toEqual(overview.all);
      }),
    );
  }, 60_000);

  it('counts months in UTC, also before 1970', () => {
    library.fill(
      ['2026-03-31T23:59:59.999999Z', '2026-04-01T00:00:00Z', '1969-12-31T23:59:59.5Z'].map((createdAt, at) =>
        anAsset({ id: String(at), createdAt, sizeBytes: 10 ** at }),
      ),
    );
    expect(library.call('overview', { most: 1 }).months).toEqual([
      { month: '1969-12', count: 1, bytes: 100, unknownSizes: 0 },
      { month: '2026-03', count: 1, bytes: 1, unknownSizes: 0 },
      { month: '2026-04', count: 1, bytes: 10, unknownSizes: 0 },
    ]);
  });
});

describe('treemap', () => {
  it('has each asset in one cell, and says of each what the table says of it', () => {
    fc.assert(
      fc.property(anyLibrary, by, measure, (assets, by, measure) => {
        library.fill(assets);
        const { cells } = library.call('treemap', { by, measure });
        expect(cells.reduce<Totals>(plus, NOTHING)).toEqual(totalsOf(assets));
        for (const { filters, ...cell } of cells) {
          if (filters !== null) expect(just(cell)).toEqual(totalsOfTable(filters));
          expect(cell.count).toBeGreaterThan(0);
        }
      }),
      { numRuns: 500 },
    );
  }, 60_000);

  it('puts an asset under that of its tags which holds the most, and under its folder only when nothing else is left', () => {
    library.fill([
      anAsset({ id: 'a', tags: ['output', 'fox', 'draft'], sizeBytes: 500 }),
      anAsset({ id: 'b', tags: ['output', 'fox'], sizeBytes: 400 }),
      anAsset({ id: 'c', tags: ['output', 'draft'], sizeBytes: 300 }),
      anAsset({ id: 'd', tags: ['output'], sizeBytes: 200 }),
      anAsset({ id: 'e', tags: [], sizeBytes: 100 }),
    ]);
    expect(library.call('treemap', { by: 'tag', measure: 'bytes' }).cells).toEqual([
      expect.objectContaining({ value: 'fox', count: 2, bytes: 900 }),
      expect.objectContaining({ value: 'draft', count: 1, bytes: 300 }),
      expect.objectContaining({ value: 'output', count: 1, bytes: 200 }),
      expect.objectContaining({ value: null, others: 0, count: 1, bytes: 100 }),
    ]);
  });

  it('gathers what is too small for a cell of its own', () => {
    library.fill(
      Array.from({ length: 40 }, (_, at) =>
        anAsset({ id: String(at), name: `x.e${at}`, tags: [`t${at}`], sizeBytes: at < 3 ? 1_000 : 1 }),
      ),
    );
    for (const by of ['tag', 'extension'] as const) {
      const { cells } = library.call('treemap', { by, measure: 'bytes' });
      expect(cells.map(({ others, count }) => [others, count])).toEqual([
        ...[
          [0, 1],
          [0, 1],
          [0, 1],
        ],
        [37, 37],
      ]);
    }
    // By number none is large: as many as can be told apart, and the rest.
    const { cells } = library.call('treemap', { by: 'tag', measure: 'count' });
    expect(cells).toHaveLength(13);
    expect(cells.map(({ others }) => others).sort((a, b) => b - a)[0]).toBe(28);
  });
});
