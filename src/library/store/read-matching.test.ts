import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';

import type { Asset } from '@/domain/asset';
import { SORT_FIELDS, SORT_ORDERS } from '@/domain/asset-query';
import { NO_FILTERS, NO_INDEX_FILTERS, type LibraryFilters } from '@/domain/library-query';
import { anyFilters, anyLibrary, anyNow } from '@/testing/any-library';
import { anAsset } from '@/testing/assets';
import { openTestLibrary, type TestLibrary } from '@/testing/library';
import { naiveMatching, naivePage, naiveSorted } from '@/testing/naive-library';

import type { CallResult } from './calls';

let library: TestLibrary;
beforeAll(async () => {
  library = await openTestLibrary();
});

const idsOf = (assets: readonly { readonly id: string }[]) => assets.map(({ id }) => id);

function stream(
  filters: LibraryFilters,
  now: number,
  limit: number,
  meanwhile: () => void = () => undefined,
) {
  const ids: string[] = [];
  for (let after: number | null = null; ;) {
    const chunk: CallResult<'matching'> = library.call('matching', { filters, now, after, limit });
    expect(chunk.assets.length).toBeLessThanOrEqual(limit);
    ids.push(...idsOf(chunk.assets));
    after = chunk.next;
    if (after === null) return ids;
    meanwhile();
  }
}

describe('all that match, in chunks', () => {
  it('are those that plain code finds, each once', () => {
    fc.assert(
      fc.property(
        anyLibrary,
        anyFilters,
        anyNow,
        fc.integer({ min: 1, max: 13 }),
        (assets, filters, now, limit) => {
          library.fill(assets);
          const expected = idsOf(naiveMatching(assets, filters, now));
          expect(stream(filters, now, limit).toSorted()).toEqual(expected.toSorted());
        },
      ),
      { numRuns: 150 },
    );
  }, 60_000);

  it('are each met once though some are deleted and written on the way', () => {
    library.fill(Array.from({ length: 20 }, (_, at) => anAsset({ id: `a${at}` })));
    const ids = stream(NO_FILTERS, 0, 4, () => {
      library.call('remove', { ids: ['a0', 'a1'] });
      library.call('write', { assets: [anAsset({ id: 'a5', name: 'again.png' })], pass: 2 });
    });
    expect(ids).toEqual(Array.from({ length: 20 }, (_, at) => `a${at}`));
  });
});

/** Large enough for every way to find a page, with many ties. */
const MANY: readonly Asset[] = Array.from({ length: 3_000 }, (_, at) =>
  anAsset({
    id: `asset-${(at * 7919) % 3_000}`,
    name: at % 50 === 0 ? `rare ${at}.webp` : `fox ${at % 40}.png`,
    kind: at % 100 === 0 ? 'video' : 'image',
    sizeBytes: at % 9 === 0 ? null : (at % 30) * 1_000,
    tags: at % 2 === 0 ? ['output'] : ['output', 'draft'],
    contentHash: at % 3 === 0 ? `abcdef${at % 60}` : null,
    createdAt: new Date(Date.parse('2025-01-01') + (at % 500) * 86_400_000).toISOString(),
    updatedAt: at % 4 === 0 ? new Date(Date.parse('2026-01-01') + (at % 90) * 3_600_000).toISOString() : null,
    lastAccessedAt: at < 2_800 ? null : new Date(Date.parse('2026-01-01') + at * 1_000).toISOString(),
    metadata: at % 5 === 0 ? { model: `m${at % 25}` } : {},
    jobId: at % 2 === 0 ? `job-${Math.floor(at / 4)}` : null,
  }),
);
const NOW = Date.parse('2026-06-01');

const FILTERS: readonly Partial<LibraryFilters>[] = [
  {},
  { text: 'fox 3' },
  { text: 'rare' },
  { text: 'e' },
  { includeTags: ['draft'] },
  { text: 'fox', metadata: [{ key: 'model', value: 'm5' }] },
  ...[
    { kinds: ['video' as const] },
    { extensions: ['webp'] },
    { size: { from: 5_000, to: 6_000 } },
    { size: { from: 0, to: 29_000 }, unusedDays: 100 },
    { created: { from: '2025-02-01T00:00:00Z', to: '2025-02-03T00:00:00Z' } },
    { updated: { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' } },
    { lastUsed: { from: '2026-01-01T00:00:00Z', to: null } },
    { unusedDays: 60 },
    { contentHash: 'abcdef3', hasHash: true },
    { jobId: 'job-4' },
    { leftover: 'unknown-size' as const },
    { leftover: 'preview-in-use' as const },
  ].map((index) => ({ index: { ...NO_INDEX_FILTERS, ...index } })),
];

describe('pages of a large library', () => {
  beforeAll(() => {
    library.fill(MANY);
  });

  it('are what plain code finds, however far on, by every sort and filter', () => {
    for (const some of FILTERS) {
      const filters = { ...NO_FILTERS, ...some };
      const matching = naiveMatching(MANY, filters, NOW);
      for (const sort of SORT_FIELDS) {
        for (const order of SORT_ORDERS) {
          const expected = idsOf(naiveSorted(matching, sort, order));
          for (const page of [
            1,
            2,
            Math.ceil(matching.length / 40),
            Math.ceil(matching.length / 20),
            1_000,
          ]) {
            const query = { ...filters, sort, order, page: Math.max(1, page), pageSize: 20 };
            const found = library.call('page', { query, now: NOW });
            const wanted = expected.slice((query.page - 1) * 20, query.page * 20);
            expect([some, sort, order, page, idsOf(found.assets)]).toEqual([some, sort, order, page, wanted]);
            expect(found.total).toBe(matching.length);
          }
        }
      }
    }
  }, 120_000);

  it('make up the whole, without gaps and repetitions', () => {
    const query = { ...NO_FILTERS, text: 'fox', sort: 'updated_at', order: 'asc', pageSize: 250 } as const;
    const pages = Array.from({ length: 13 }, (_, at) =>
      library.call('page', { query: { ...query, page: at + 1 }, now: NOW }),
    );
    const expected = naivePage(MANY, { ...query, page: 1, pageSize: 5_000 }, NOW);
    expect(pages.flatMap(({ assets }) => idsOf(assets))).toEqual(idsOf(expected.assets));
    for (const { total, bytes, unknownSizes } of pages) {
      expect({ total, bytes, unknownSizes }).toEqual({
        ...{ total: expected.total, bytes: expected.bytes, unknownSizes: expected.unknownSizes },
      });
    }
  });

  it('are counted anew after something was written', () => {
    const query = {
      ...NO_FILTERS,
      text: 'unheard of',
      sort: 'name',
      order: 'asc',
      page: 1,
      pageSize: 20,
    } as const;
    expect(library.call('page', { query, now: NOW }).total).toBe(0);
    library.call('write', { assets: [anAsset({ id: 'new', name: 'Unheard of.png' })], pass: 1 });
    expect(library.call('page', { query, now: NOW })).toMatchObject({ total: 1, assets: [{ id: 'new' }] });
    library.call('remove', { ids: ['new'] });
    expect(library.call('page', { query, now: NOW }).total).toBe(0);
  });
});
