import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';

import { byCopyKey, copyKeyOf } from '@/domain/copies';
import { KEEPER_RULES, type KeeperRule } from '@/domain/keeper-rules';
import { NO_FILTERS } from '@/domain/library-query';
import { makePlan } from '@/domain/make-plan';
import type { SeenAsset } from '@/domain/plan';
import { anyFilters, anyLibrary, anyNow } from '@/testing/any-library';
import { anAsset } from '@/testing/assets';
import { openTestLibrary, type TestLibrary } from '@/testing/library';
import { naiveDuplicates } from '@/testing/naive-duplicates';

import type { DuplicatesQuestion, readExtraCopies } from './duplicates';

let library: TestLibrary;
beforeAll(async () => {
  library = await openTestLibrary();
});

/** Fewer contents than any library has, so that nearly all are copies. */
const anyCopies = fc
  .tuple(
    anyLibrary,
    fc.array(fc.constantFrom('00ff', 'abcd', 'abcde', 'not hex', null), { minLength: 12, maxLength: 12 }),
  )
  .map(([assets, hashes]) => assets.map((asset, at) => ({ ...asset, contentHash: hashes[at] ?? null })));

const anyRule: fc.Arbitrary<KeeperRule> = fc.oneof(
  fc.constantFrom(...KEEPER_RULES.filter((type) => type !== 'tagged')).map((type): KeeperRule => ({ type })),
  fc.constantFrom('output', 'ä').map((tag): KeeperRule => ({ type: 'tagged', tag })),
);
const ids = ['asset-1', 'asset-10', 'B', '🦊', '__proto__', "'"];

const anyQuestion: fc.Arbitrary<DuplicatesQuestion> = fc.record({
  likeness: fc.constantFrom('same', 'same', 'maybe'),
  filters: fc.oneof(fc.constant(NO_FILTERS), anyFilters),
  now: anyNow,
  wish: fc.record({
    rules: fc.array(anyRule, { maxLength: 3 }),
    pinned: fc.subarray(ids),
    chosen: fc.uniqueArray(
      fc.tuple(fc.constantFrom('hash 00ff', 'hash not hex', 'maybe 1000 f'), fc.constantFrom(...ids)),
      { selector: ([key]) => key, maxLength: 2 },
    ),
  }),
  hidden: fc.subarray(['hash abcd', 'hash not hex', 'maybe 0 fox.png', 'maybe 1000 f', 'nonsense']),
  onlyHidden: fc.constantFrom(false, false, true),
});

const EASY: DuplicatesQuestion = {
  ...{ likeness: 'same', filters: NO_FILTERS, now: 0, hidden: [], onlyHidden: false },
  wish: { rules: [], pinned: [], chosen: [] },
};
const copy = (id: string, about: Partial<ReturnType<typeof anAsset>> = {}) =>
  anAsset({ id, contentHash: 'abcd', ...about });
const idsOf = (assets: readonly { readonly id: string }[]) => assets.map(({ id }) => id);

describe('duplicates', () => {
  it('are what plain code finds, on any page, with any filters, rules and hidden groups', () => {
    const anyPage = fc.record({
      page: fc.integer({ min: 1, max: 3 }),
      pageSize: fc.integer({ min: 1, max: 4 }),
    });
    fc.assert(
      fc.property(
        anyCopies,
        anyQuestion,
        anyPage,
        fc.integer({ min: 0, max: 4 }),
        (assets, question, page, perGroup) => {
          library.fill(assets);
          const all = naiveDuplicates(assets, question);
          const found = library.call('duplicates', { ...question, ...page, perGroup });
          const { list, ...totals } = found;
          expect(totals).toEqual({
            groups: all.length,
            extras: all.reduce((sum, { spare }) => sum + spare, 0),
            bytes: all.reduce((sum, { spare, bytes }) => sum + spare * (bytes ?? 0), 0),
            unknownSizes: all.filter(({ bytes }) => bytes === null).length,
          });
          const start = (page.page - 1) * page.pageSize;
          expect(
            list.map(({ key, count, copies, keeperId, extraCount, extraIds }) => ({
              ...{ key, count, copies: idsOf(copies), keeperId, extraCount, extraIds },
            })),
          ).toEqual(
            all.slice(start, start + page.pageSize).map(({ key, copies, keeper, extras }) => {
              const shown = idsOf(copies).slice(0, perGroup);
              if (!shown.includes(keeper.id)) shown.push(keeper.id);
              return {
                ...{
                  key,
                  count: copies.length,
                  copies: shown,
                  keeperId: keeper.id,
                  extraCount: extras.length,
                },
                extraIds: idsOf(extras).filter((id) => shown.includes(id)),
              };
            }),
          );
        },
      ),
      { numRuns: 500 },
    );
  }, 120_000);

  it('are all ticked but the keepers, however many at a time, and never all of a group', () => {
    fc.assert(
      fc.property(anyCopies, anyQuestion, fc.integer({ min: 1, max: 3 }), (assets, question, limit) => {
        library.fill(assets);
        const ticked: SeenAsset[] = [];
        const keepers: string[] = [];
        let after: string | null = null;
        do {
          const chunk: ReturnType<typeof readExtraCopies> = library.call('extraCopies', {
            ...question,
            after,
            limit,
          });
          ticked.push(...chunk.extras);
          keepers.push(...chunk.keeperIds);
          after = chunk.next;
        } while (after !== null);
        const all = naiveDuplicates(assets, { ...question, likeness: 'same' });
        expect(idsOf(ticked).sort()).toEqual(all.flatMap(({ extras }) => idsOf(extras)).sort());
        expect(keepers.sort()).toEqual(all.map(({ keeper }) => keeper.id).sort());
        for (const { copies, keeper } of all) {
          expect(copies.some(({ id }) => !idsOf(ticked).includes(id))).toBe(true);
          expect(idsOf(ticked)).not.toContain(keeper.id);
        }
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  it('keep one where all copies match the filter', () => {
    library.fill([
      copy('a', { tags: ['old'], createdAt: '2026-01-01T00:00:00Z' }),
      copy('b', { tags: ['old'], createdAt: '2026-01-02T00:00:00Z' }),
      copy('c', { tags: ['old'], contentHash: 'ffff' }),
      copy('d', { contentHash: 'ffff' }),
    ]);
    const filters = { ...NO_FILTERS, includeTags: ['old'] };
    const wish = { ...EASY.wish, rules: [{ type: 'oldest' as const }] };
    const { extras } = library.call('extraCopies', { ...EASY, filters, wish, after: null, limit: 10 });
    // `c` is the keeper of its content; `d` does not match.
    expect(idsOf(extras)).toEqual(['b']);
  });

  it('give further copies of a group', () => {
    library.fill(Array.from({ length: 9 }, (_, at) => copy(`a${at}`)));
    expect(idsOf(library.call('copies', { likeness: 'same', like: 'a3', offset: 6, limit: 2 }))).toEqual([
      'a6',
      'a7',
    ]);
    expect(library.call('copies', { likeness: 'same', like: 'gone', offset: 0, limit: 2 })).toEqual([]);
  });
});

describe('other copies', () => {
  it('save the last copy of every content, whatever is asked for', () => {
    fc.assert(
      fc.property(anyCopies, fc.array(fc.nat(11)), (assets, places) => {
        library.fill(assets);
        const asked = assets.filter((_, at) => places.includes(at));
        const alone = asked.filter((asset) => copyKeyOf(asset) === null);
        const groups = [...byCopyKey(asked).values(), alone];
        const otherCopies = library.call('otherCopies', { groups: groups.map(idsOf) });
        expect(idsOf(otherCopies).filter((id) => idsOf(asked).includes(id))).toEqual([]);
        const { items } = makePlan(
          { connectionId: 'x', assets: asked, action: { type: 'delete' }, allMatching: false },
          { pinned: new Set(), known: [], keepLastCopies: false, otherCopies, onlyDuplicates: true },
        );
        for (const item of items) {
          const left = assets.filter(({ id }) => !idsOf(items).includes(id));
          const copies = left.filter((other) => copyKeyOf(other) === copyKeyOf(item));
          expect(idsOf(copies)).toContain(item.keptCopyId);
        }
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  it('are those first that are the surest to stay', () => {
    library.fill([
      copy('a'),
      copy('b'),
      copy('lost', { tags: ['missing'] }),
      copy('c'),
      copy('locked', { protection: 'immutable' }),
    ]);
    expect(idsOf(library.call('otherCopies', { groups: [['b']] }))).toEqual(['locked', 'a']);
    expect(idsOf(library.call('otherCopies', { groups: [['a', 'b', 'c', 'locked']] }))).toEqual(['lost']);
    expect(library.call('otherCopies', { groups: [['gone']] })).toEqual([]);
  });
});
