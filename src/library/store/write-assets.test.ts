import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';

import type { Asset } from '@/domain/asset';
import { DEFAULT_QUERY } from '@/domain/asset-query';
import { NO_FILTERS, type LibraryQuery } from '@/domain/library-query';
import { anyLibrary, asIndexed } from '@/testing/any-library';
import { anAsset } from '@/testing/assets';
import { openTestLibrary, type TestLibrary } from '@/testing/library';
import { naivePage } from '@/testing/naive-library';

let library: TestLibrary;
beforeAll(async () => {
  library = await openTestLibrary();
});

const EVERYTHING: LibraryQuery = { ...DEFAULT_QUERY, ...NO_FILTERS, pageSize: 500 };

type Step =
  | { readonly type: 'write'; readonly assets: readonly Asset[] }
  | { readonly type: 'remove'; readonly ids: readonly string[] }
  | { readonly type: 'retag'; readonly tags: Readonly<Record<string, readonly string[]>> };

const ids = fc.constantFrom('asset-1', 'asset-02', '🦊', '__proto__', "'", 'never there');
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ type: fc.constant('write' as const), assets: anyLibrary }),
  fc.record({ type: fc.constant('remove' as const), ids: fc.array(ids) }),
  fc.record({
    type: fc.constant('retag' as const),
    tags: fc
      .array(fc.tuple(ids, fc.subarray(['output', 'missing', 'a,b', '🦊'])))
      .map((all) => Object.fromEntries(all)),
  }),
);

/** What the index should be after it. */
function apply(model: Map<string, Asset>, step: Step): void {
  if (step.type === 'write') for (const asset of step.assets) model.set(asset.id, asset);
  if (step.type === 'remove') for (const id of step.ids) model.delete(id);
  if (step.type !== 'retag') return;
  for (const [id, tags] of Object.entries(step.tags)) {
    const asset = model.get(id);
    if (asset !== undefined) model.set(id, { ...asset, tags });
  }
}

function carryOut(step: Step): void {
  if (step.type === 'write') library.call('write', { assets: step.assets, pass: 1 });
  if (step.type === 'remove') library.call('remove', { ids: step.ids });
  if (step.type === 'retag') library.call('retag', { tags: step.tags });
}

describe('writing', () => {
  it('keeps the index what it should be, whatever is done and though each step is done twice', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 6 }), (steps) => {
        library.fill([]);
        const model = new Map<string, Asset>();
        for (const step of steps) {
          apply(model, step);
          carryOut(step);
          carryOut(step);
        }
        const assets = [...model.values()];
        const expected = naivePage(assets, EVERYTHING, 0);
        expect(library.call('page', { query: EVERYTHING, now: 0 })).toEqual({
          ...expected,
          assets: expected.assets.map(asIndexed),
        });
        expect(library.call('assets', { ids: [...model.keys(), 'never there'] })).toEqual(
          assets.map(asIndexed),
        );
        expect(cellsByCounting()).toEqual(cellsAsKept());
      }),
      { numRuns: 200 },
    );
  }, 60_000);

  it('is all or nothing, with the notes beside it', () => {
    library.fill([anAsset({ id: 'fox', name: 'before.png' })]);
    const damaged = anAsset({ id: 'owl', kind: {} as Asset['kind'] });
    const assets = [anAsset({ id: 'fox', tags: ['new'], name: 'after.png' }), damaged];
    expect(() => library.call('write', { assets, pass: 2, notes: { step: 1 } })).toThrow();
    expect(library.call('assets', { ids: ['fox', 'owl'] })).toMatchObject([{ name: 'before.png' }]);
    expect(library.call('notes', { keys: ['step'] })).toEqual({ step: null });
    // What was made for it and is gone again is made anew.
    library.call('write', { assets: assets.slice(0, 1), pass: 2, notes: { step: 1 } });
    expect(library.call('assets', { ids: ['fox'] })).toMatchObject([{ tags: ['new'] }]);
    expect(library.call('notes', { keys: ['step'] })).toEqual({ step: 1 });
  });

  it('leaves no metadata behind of what was removed', () => {
    const [own, shared] = [{ prompt: 'a fox' }, { model: 'sdxl' }];
    library.fill([
      anAsset({ id: 'a', metadata: own }),
      anAsset({ id: 'b', metadata: shared }),
      anAsset({ id: 'c', metadata: shared }),
    ]);
    library.call('remove', { ids: ['a', 'b'] });
    const kept = library.sql.all('SELECT value FROM metadatas').map(({ value }) => value);
    expect(kept).toContain(JSON.stringify(shared));
    expect(kept).not.toContain(JSON.stringify(own));
    library.call('write', { assets: [anAsset({ id: 'a', metadata: own })], pass: 1 });
    expect(library.call('assets', { ids: ['a', 'c'] })).toMatchObject([
      { metadata: own },
      { metadata: shared },
    ]);
  });
});

describe('what is kept of an asset', () => {
  it('has no address that may be signed, and the others short', () => {
    const url = (id: string) => `https://cloud.example/api/view?filename=${id}.png&type=output`;
    library.fill(
      ['fox', 'owl', 'elk'].map((id) =>
        anAsset({
          ...{ id, name: `${id}.png` },
          preview: {
            url: url(id),
            access: id === 'elk' ? 'open' : 'connection',
            isImage: true,
            expiresAt: null,
          },
        }),
      ),
    );
    const previews = library
      .call('assets', { ids: ['fox', 'owl', 'elk'] })
      .map(({ preview }) => preview?.url);
    expect(previews).toEqual([url('fox'), url('owl'), undefined]);
    expect(library.sql.value('SELECT count(DISTINCT preview) FROM assets WHERE preview IS NOT NULL')).toBe(1);
    const everything = JSON.stringify(library.sql.all('SELECT * FROM assets'));
    expect(everything).not.toContain('filename=elk');
  });

  it('is metadata of bounded size', () => {
    const long = 'x'.repeat(501);
    const metadata = { prompt: long, seed: 7, list: [1, long], file: { width: 512, text: long }, none: null };
    const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, at) => [`key ${at}`, 'x'.repeat(40)]));
    library.fill([anAsset({ id: 'a', metadata }), anAsset({ id: 'b', metadata: many })]);
    const [small, bounded] = library.call('assets', { ids: ['a', 'b'] });
    expect(small?.metadata).toEqual({ seed: 7, list: [1], file: { width: 512 }, none: null });
    expect(JSON.stringify(bounded?.metadata).length).toBeLessThan(4_200);
    expect(Object.keys(bounded?.metadata ?? {}).length).toBeGreaterThan(50);
  });
});

describe('notes', () => {
  it('are given back as they were, and deleted by null', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (notes) => {
        library.sql.execute('DELETE FROM notes');
        library.call('note', { notes: notes as never });
        library.call('note', { notes: { gone: 1 } });
        library.call('note', { notes: { gone: null } });
        const keys = Object.keys(notes);
        const found = library.call('notes', { keys: [...keys, 'gone'] });
        const expected = { ...JSON.parse(JSON.stringify(notes)), gone: null } as object;
        // Not sorted as texts: a note may be an object that has no way to become one.
        expect(new Map(Object.entries(found))).toEqual(new Map(Object.entries(expected)));
      }),
    );
  });
});

const cellsAsKept = () =>
  library.sql.all(
    `SELECT cell, assets, bytes, unknown_sizes, updated_assets, updated_bytes, updated_unknown_sizes,
      used_assets, used_bytes, used_unknown_sizes
    FROM cells WHERE assets <> 0 ORDER BY cell`,
  );
const counted = (prefix: string, where: string) =>
  `count(*) FILTER (WHERE ${where}) AS ${prefix}assets,
  coalesce(sum(size) FILTER (WHERE ${where}), 0) AS ${prefix}bytes,
  count(*) FILTER (WHERE ${where} AND size IS NULL) AS ${prefix}unknown_sizes`;
const cellsByCounting = () =>
  library.sql.all(
    `SELECT cell, ${counted('', 'TRUE')}, ${counted('updated_', 'updated IS NOT NULL')},
      ${counted('used_', 'used IS NOT NULL')}
    FROM assets GROUP BY cell ORDER BY cell`,
  );
