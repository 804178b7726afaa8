import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';

import type { Asset } from '@/domain/asset';
import { foldText } from '@/domain/fold-text';
import { nearKey } from '@/domain/near-tags';
import { anAsset } from '@/testing/assets';
import { anyLibrary, anyNow, asIndexed } from '@/testing/any-library';
import { openTestLibrary } from '@/testing/library';
import { compare } from '@/testing/naive-library';
import { naiveTags } from '@/testing/naive-tags';

import { TAG_SORTS, type TagFilters, type TagSort } from './tags';

let library: Awaited<ReturnType<typeof openTestLibrary>>;
beforeAll(async () => {
  library = await openTestLibrary();
});

/** The index has these, and nothing else. */
function fill(assets: readonly Asset[]) {
  library.sql.execute('DELETE FROM assets');
  library.call('write', { assets, pass: 1 });
}

const TAGS = [
  'fox',
  'Fox',
  'foxes',
  'f-ox',
  'FOX',
  'draft',
  'Drafts',
  'output',
  'ä',
  'A\u0308',
  'v1.0',
  'v10',
];
/** With spellings of one tag among them. */
const tagged = fc
  .tuple(anyLibrary, fc.array(fc.subarray(TAGS, { maxLength: 4 }), { minLength: 12, maxLength: 12 }))
  .map(([assets, tags]) => assets.map((asset, at) => ({ ...asset, tags: tags[at] ?? [] })));

const anyFilters = (now: number) =>
  fc.record({
    text: fc.constantFrom('', '', 'fox', ' FOX ', 'ä', 'r'),
    atMost: fc.constantFrom(null, null, 1, 2),
    unusedDays: fc.constantFrom(null, null, 0, 30, 500),
    now: fc.constant(now),
  });
const question = anyNow.chain(anyFilters);
const paging = fc.record({ page: fc.integer({ min: 1, max: 3 }), pageSize: fc.integer({ min: 1, max: 5 }) });

type NaiveTag = ReturnType<typeof naiveTags>[number];

const matches =
  ({ text, atMost, unusedDays, now }: TagFilters) =>
  ({ name, count, lastUse }: NaiveTag): boolean =>
    foldText(name).includes(foldText(text.trim())) &&
    (atMost === null || count <= atMost) &&
    (unusedDays === null || (now * 1_000 - lastUse) / 86_400_000_000 >= unusedDays);

const byName = (a: NaiveTag, b: NaiveTag) =>
  compare(foldText(a.name), foldText(b.name)) || compare(a.name, b.name);
const inOrder = (sort: TagSort, sign: number) => (a: NaiveTag, b: NaiveTag) =>
  sort === 'name' ? sign * byName(a, b) : sign * (a[sort] - b[sort]) || byName(a, b);

const pageOf = <T>(all: readonly T[], { page, pageSize }: { page: number; pageSize: number }) =>
  all.slice((page - 1) * pageSize, page * pageSize);

describe('tags of the index', () => {
  it('are what plain code counts, filtered and in order', () => {
    fc.assert(
      fc.property(
        tagged,
        question,
        fc.constantFrom(...TAG_SORTS),
        fc.constantFrom('asc' as const, 'desc' as const),
        paging,
        (assets, filters, sort, order, pages) => {
          fill(assets);
          const all = naiveTags(assets);
          const found = all.filter(matches(filters)).sort(inOrder(sort, order === 'asc' ? 1 : -1));
          expect(library.call('tags', { ...filters, sort, order, ...pages })).toEqual({
            tags: pageOf(found, pages),
            total: found.length,
            all: all.length,
          });
        },
      ),
      { numRuns: 500 },
    );
  }, 60_000);

  it('are counted anew after every change', () => {
    const all = { ...{ text: '', atMost: null, unusedDays: null, now: 0 }, page: 1, pageSize: 10 };
    const names = () =>
      library
        .call('tags', { ...all, sort: 'name', order: 'asc' })
        .tags.map(({ name, count }) => `${name} ${count}`);
    fill([anAsset({ id: 'a', tags: ['draft', 'fox'] }), anAsset({ id: 'b', tags: ['draft'] })]);
    expect(names()).toEqual(['draft 2', 'fox 1']);
    library.call('retag', { tags: { a: ['draft'] } });
    expect(names()).toEqual(['draft 2']);
    library.call('remove', { ids: ['b'] });
    expect(names()).toEqual(['draft 1']);
  });
});

describe('spellings of one tag', () => {
  it('are what plain code groups, those with the most assets first', () => {
    fc.assert(
      fc.property(tagged, question, paging, (assets, filters, pages) => {
        fill(assets);
        const tags = naiveTags(assets);
        const groups = [...new Set(tags.map(({ name }) => nearKey(name)))]
          .map((key) => tags.filter(({ name }) => nearKey(name) === key).sort(inOrder('count', -1)))
          .filter((group) => group.length > 1 && group.some(matches(filters)));
        const sum = (group: readonly NaiveTag[]) => group.reduce((count, each) => count + each.count, 0);
        groups.sort((a, b) => sum(b) - sum(a) || compare(a[0]?.name ?? '', b[0]?.name ?? ''));
        expect(library.call('spellings', { ...filters, ...pages })).toEqual({
          groups: pageOf(groups, pages),
          total: groups.length,
        });
      }),
      { numRuns: 500 },
    );
  }, 60_000);
});

describe('assets with one of some tags', () => {
  it('are each found once, part by part, as many as were announced', () => {
    const some = fc.subarray([...TAGS, 'nobody has it']);
    fc.assert(
      fc.property(tagged, some, fc.integer({ min: 1, max: 5 }), (assets, tags, limit) => {
        fill(assets);
        const having = assets.filter((asset) => asset.tags.some((tag) => tags.includes(tag)));
        const found: unknown[] = [];
        for (let after: number | null = 0; after !== null;) {
          const part: ReturnType<typeof library.call<'tagged'>> = library.call('tagged', {
            tags,
            after,
            limit,
          });
          found.push(...part.assets);
          after = part.next;
        }
        expect(found).toEqual(having.map(asIndexed));
        expect(library.call('taggedTotals', { tags })).toEqual({
          count: having.length,
          protected: having.filter(({ protection }) => protection !== null).length,
          existing: tags.filter((tag) => assets.some((asset) => asset.tags.includes(tag))),
        });
      }),
      { numRuns: 300 },
    );
  }, 60_000);
});
