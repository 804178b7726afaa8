import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';

import { DEFAULT_QUERY } from '@/domain/asset-query';
import type { Asset } from '@/domain/asset';
import { LEFTOVERS, NO_FILTERS, NO_INDEX_FILTERS, type Leftover } from '@/domain/library-query';
import { anAsset } from '@/testing/assets';
import { anyLibrary, anyNow, asIndexed } from '@/testing/any-library';
import { openTestLibrary } from '@/testing/library';
import { naivePage } from '@/testing/naive-library';

let library: Awaited<ReturnType<typeof openTestLibrary>>;
beforeAll(async () => {
  library = await openTestLibrary();
});

/** The index has these, and nothing else. */
function fill(assets: readonly Asset[]) {
  library.sql.execute('DELETE FROM assets');
  library.call('write', { assets, pass: 1 });
}

const idsOf = (wanted: Leftover) =>
  library
    .call('leftovers', { now: 0, first: 10 })
    .find(({ leftover }) => leftover === wanted)
    ?.assets.map(({ id }) => id);

describe('leftovers', () => {
  it('are what plain code finds in each category, largest first', () => {
    fc.assert(
      fc.property(anyLibrary, anyNow, fc.integer({ min: 1, max: 4 }), (assets, now, first) => {
        fill(assets);
        expect(library.call('leftovers', { now, first })).toEqual(
          LEFTOVERS.map((leftover) => {
            const index = { ...NO_INDEX_FILTERS, leftover };
            const query = { ...DEFAULT_QUERY, ...NO_FILTERS, index, sort: 'size' as const, pageSize: first };
            const page = naivePage(assets, query, now);
            return { leftover, ...page, assets: page.assets.map(asIndexed) };
          }),
        );
      }),
      { numRuns: 200 },
    );
  }, 60_000);

  it('are the same as the table shows with the filter of that name', () => {
    fc.assert(
      fc.property(anyLibrary, anyNow, (assets, now) => {
        fill(assets);
        for (const { leftover, total, bytes } of library.call('leftovers', { now, first: 1 })) {
          const query = { ...DEFAULT_QUERY, ...NO_FILTERS, index: { ...NO_INDEX_FILTERS, leftover } };
          expect(library.call('page', { query, now })).toMatchObject({ total, bytes });
        }
      }),
      { numRuns: 50 },
    );
  }, 60_000);

  it('count a picture named like a preview once its owner points elsewhere, or is gone', () => {
    const preview = anAsset({ id: 'small', name: 'mesh_preview.png', kind: 'image' });
    const owner = anAsset({ id: 'mesh', name: 'mesh.glb', kind: '3d', previewAssetId: 'small' });
    fill([preview, owner]);
    expect([idsOf('preview-in-use'), idsOf('orphan-preview')]).toEqual([['small'], []]);
    library.call('write', { assets: [{ ...owner, previewAssetId: 'other' }], pass: 2 });
    expect([idsOf('preview-in-use'), idsOf('orphan-preview')]).toEqual([[], ['small']]);
    library.call('write', { assets: [owner], pass: 3 });
    library.call('remove', { ids: ['mesh'] });
    expect([idsOf('preview-in-use'), idsOf('orphan-preview')]).toEqual([[], ['small']]);
  });

  it('do not count an asset that is its own preview as the preview of another', () => {
    fill([anAsset({ id: 'self', previewAssetId: 'self' })]);
    expect(idsOf('preview-in-use')).toEqual([]);
  });
});
