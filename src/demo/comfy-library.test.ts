import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SORT_FIELDS, SORT_ORDERS } from '@/domain/asset-query';
import { comfyAsset, createComfyLibrary, type ComfyAssetJson, type ComfyChange } from './comfy-library';
import { compareText } from './comfy-rows';

const TAGS = ['output', 'input', 'wip', 'Wip'];
const pad = (value: number) => String(value).padStart(2, '0');

const anyAsset = fc
  .record({
    name: fc.constantFrom('a.png', 'A.png', 'b.png', 'ä.png', '🦊.png', '\uFFFD.png', 'ab.png'),
    size: fc.constantFrom(0, 1, 2, null),
    tags: fc.subarray(TAGS),
    user_metadata: fc.constantFrom(null, {}, { model: 'x' }, { model: ['x', 'y'] }),
    day: fc.integer({ min: 1, max: 5 }),
    isPublic: fc.boolean(),
  })
  .map(({ day, isPublic, ...asset }): ComfyAssetJson =>
    comfyAsset({ ...asset, created_at: `2026-01-${pad(day)}T00:00:00Z`, is_public: isPublic }),
  );

const anyQuery = fc.record({
  includeTags: fc.subarray(TAGS, { maxLength: 2 }),
  excludeTags: fc.subarray(TAGS, { maxLength: 1 }),
  nameContains: fc.constantFrom(null, 'A', 'png', 'Ä', 'zzz'),
  metadata: fc.constantFrom(null, { model: 'x' }),
  includePublic: fc.boolean(),
  sort: fc.constantFrom(...SORT_FIELDS),
  order: fc.constantFrom(...SORT_ORDERS),
});

const codePoints = (text: string) => Array.from(text, (char) => char.codePointAt(0) ?? 0);

/** The slowest and plainest way to compare. */
function naiveOrder(left: unknown, right: unknown): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  const [a, b] = [codePoints(String(left)), codePoints(String(right))];
  const at = a.findIndex((point, index) => point !== b[index]);
  return at < 0 ? a.length - b.length : (a[at] ?? -1) - (b[at] ?? -1);
}

describe('a list', () => {
  it('agrees with the plainest filter and sort there is', () => {
    fc.assert(
      fc.property(fc.array(anyAsset, { maxLength: 30 }), anyQuery, (assets, query) => {
        const expected = assets
          .filter(({ tags = [] }) => query.includeTags.every((tag) => tags.includes(tag)))
          .filter(({ tags = [] }) => !query.excludeTags.some((tag) => tags.includes(tag)))
          .filter(({ name }) => name.toLowerCase().includes((query.nameContains ?? '').toLowerCase()))
          .filter(
            ({ user_metadata: meta }) => query.metadata === null || [meta?.['model']].flat().includes('x'),
          )
          .filter(({ is_public: isPublic }) => query.includePublic || isPublic !== true)
          .sort((a, b) => {
            const value = (asset: ComfyAssetJson) =>
              query.sort === 'size' ? (asset.size ?? -1) : asset[query.sort];
            const sign = query.order === 'asc' ? 1 : -1;
            return sign * (naiveOrder(value(a), value(b)) || naiveOrder(a.id, b.id));
          });
        const page = createComfyLibrary(assets).list({ ...query, limit: 500 });
        expect(page.assets.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
        expect(page.total).toBe(expected.length);
      }),
    );
  });

  it('is the same by offset and by cursor, without gaps or repeats', () => {
    fc.assert(
      fc.property(
        fc.array(anyAsset, { maxLength: 40 }),
        anyQuery,
        fc.integer({ min: 1, max: 7 }),
        (assets, query, limit) => {
          const library = createComfyLibrary(assets);
          const whole = library.list({ ...query, limit: 500 }).assets;
          const byOffset: ComfyAssetJson[] = [];
          const byCursor: ComfyAssetJson[] = [];
          for (let page = library.list({ ...query, limit }); ;) {
            byCursor.push(...page.assets);
            if (page.next === null) break;
            page = library.list({ ...query, limit, after: page.next });
          }
          for (let offset = 0; offset < whole.length; offset += limit) {
            byOffset.push(...library.list({ ...query, limit, offset }).assets);
          }
          expect(byOffset).toEqual(whole);
          expect(byCursor).toEqual(whole);
        },
      ),
    );
  });

  it('sorts times of any precision, with or without a zone', () => {
    const times = [
      '2026-01-01T00:00:00',
      '2026-01-01T00:00:00.000001',
      '2026-01-01T00:00:00.1Z',
      '2026-01-01T00:00:01Z',
    ];
    const library = createComfyLibrary(times.map((created_at) => comfyAsset({ created_at })).reverse());
    expect(library.list({ order: 'asc' }).assets.map((asset) => asset.created_at)).toEqual(times);
  });

  it('follows deletions and tag changes at once', () => {
    const [first, second] = [comfyAsset({ tags: ['a'] }), comfyAsset({ tags: ['a'] })];
    const library = createComfyLibrary([first, second]);
    const count = () => library.list({ includeTags: ['a'] }).total;
    expect(count()).toBe(2);
    library.removeTags(first.id, ['a']);
    expect(count()).toBe(1);
    library.remove(second.id);
    expect(count()).toBe(0);
    library.restore();
    expect(count()).toBe(2);
  });
});

it('compares text by code point', () => {
  expect(['🦊', '\uFFFD', 'a', 'B'].sort(compareText)).toEqual(['B', 'a', '\uFFFD', '🦊']);
});

describe('changes', () => {
  it('are reported once each, and only when there was one', () => {
    const changes: ComfyChange[] = [];
    const asset = comfyAsset({ tags: ['a', 'b'] });
    const locked = comfyAsset({ is_immutable: true });
    const library = createComfyLibrary([asset, locked], { onChange: (change) => void changes.push(change) });
    library.removeTags(asset.id, ['nope']);
    library.removeTags(asset.id, ['a']);
    library.addTags(locked.id, ['c']);
    library.remove(locked.id);
    library.remove(asset.id);
    library.remove(asset.id);
    expect(changes).toEqual([
      { type: 'tags', id: asset.id, tags: ['b'] },
      { type: 'deleted', id: asset.id },
    ]);
  });

  it('can be repeated on a fresh library, silently', () => {
    const [kept, gone] = [comfyAsset({ tags: ['a'] }), comfyAsset()];
    const changes: ComfyChange[] = [];
    const library = createComfyLibrary([kept, gone], { onChange: (change) => void changes.push(change) });
    library.apply([
      { type: 'deleted', id: gone.id },
      { type: 'tags', id: kept.id, tags: ['b'] },
      { type: 'deleted', id: 'not-there-any-more' },
    ]);
    expect(library.get(gone.id)).toBeNull();
    expect(library.get(kept.id)?.tags).toEqual(['b']);
    expect(changes).toEqual([]);
  });

  it('are waited for by saved()', async () => {
    let finish: (() => void) | undefined;
    const kept = new Promise<void>((resolve) => (finish = resolve));
    const asset = comfyAsset();
    const library = createComfyLibrary([asset], { onChange: () => kept });
    library.remove(asset.id);
    let isSaved = false;
    const saved = library.saved().then(() => (isSaved = true));
    await Promise.resolve();
    expect(isSaved).toBe(false);
    finish?.();
    await saved;
    expect(isSaved).toBe(true);
  });
});
