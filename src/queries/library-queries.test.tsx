import { QueryObserver, type QueryClient } from '@tanstack/react-query';
import { waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';

import { DEFAULT_QUERY } from '@/domain/asset-query';
import { NO_FILTERS, type LibraryQuery } from '@/domain/library-query';
import type { IndexView } from '@/library/library-index';
import { LibraryError } from '@/library/library-error';
import { anAsset } from '@/testing/assets';
import { pretendIndex } from '@/testing/pretend-index';
import { testQueryClient } from '@/testing/render';

import { dropAssets } from './asset-cache';
import { isIndexPage, libraryQueries, watchLibrary } from './library-queries';
import { bury } from './tombstones';

const ASSETS = [
  anAsset({ id: 'a', name: 'fox.png', sizeBytes: 10 }),
  anAsset({ id: 'b', name: 'hen.png', sizeBytes: 20 }),
  anAsset({ id: 'c', name: 'owl.png', sizeBytes: null }),
];
const EVERYTHING: LibraryQuery = { ...DEFAULT_QUERY, ...NO_FILTERS, sort: 'name', order: 'asc' };

let opened: Awaited<ReturnType<typeof pretendIndex>>;
const open = async (view: Partial<IndexView> = {}) => (opened = await pretendIndex('cloud', ASSETS, view));
afterEach(() => opened.index.close());

/** Watches a page as a screen does. */
function watchPage(client: QueryClient, query = EVERYTHING) {
  const observer = new QueryObserver(client, libraryQueries.page(opened.index, query, true));
  const stop = observer.subscribe(() => undefined);
  const ids = () => observer.getCurrentResult().data?.rows.map((row) => (row.type === 'asset' ? row.id : ''));
  return { observer, ids, stop };
}

describe('a page that the index answers', () => {
  it('has the shape of any page, and what all of them hold', async () => {
    const { index } = await open();
    const page = await testQueryClient().query(
      libraryQueries.page(index, { ...EVERYTHING, pageSize: 20 }, true),
    );
    expect(page).toMatchObject({ total: 3, hasMore: false, nextCursor: null, bytes: 30, unknownSizes: 1 });
    expect(isIndexPage(page)).toBe(true);
  });

  it('is read anew when the index changes', async () => {
    const { index, store } = await open();
    const client = testQueryClient();
    const end = watchLibrary(client, index);
    const page = watchPage(client);
    await waitFor(() => expect(page.ids()).toEqual(['a', 'b', 'c']));
    await store.call('remove', { ids: ['b'] });
    await waitFor(() => expect(page.ids()).toEqual(['a', 'c']));
    page.stop();
    end();
  });

  it('loses at once what a job has deleted, and does not get it back', async () => {
    const { index } = await open();
    const client = testQueryClient();
    const page = watchPage(client);
    await waitFor(() => expect(page.ids()).toEqual(['a', 'b', 'c']));
    bury(client, 'cloud', ['b']);
    dropAssets(client, 'cloud', new Set(['b']));
    expect(page.ids()).toEqual(['a', 'c']);
    await page.observer.refetch();
    expect(page.ids()).toEqual(['a', 'c']);
    expect(page.observer.getCurrentResult().data?.total).toBe(2);
    page.stop();
    expect(index.view().count).toBe(3);
  });

  it('shows a sum that changed while the rows did not', async () => {
    const { store } = await open();
    const client = testQueryClient();
    const page = watchPage(client, { ...EVERYTHING, pageSize: 1 });
    await waitFor(() => expect(page.ids()).toEqual(['a']));
    await store.call('write', { assets: [anAsset({ id: 'c', name: 'owl.png', sizeBytes: 5 })], pass: 1 });
    await page.observer.refetch();
    expect(page.observer.getCurrentResult().data).toMatchObject({ bytes: 35, unknownSizes: 0 });
    page.stop();
  });
});

describe('watching an index', () => {
  it('does not open one that is not there', async () => {
    const { index, become } = await open({ state: 'none' });
    let looks = 0;
    const shy = new Proxy(index, {
      get: (target, name): unknown => {
        if (name === 'store') looks += 1;
        return Reflect.get(target, name);
      },
    });
    const end = watchLibrary(testQueryClient(), shy);
    expect(looks).toBe(0);
    become({ state: 'building' });
    expect(looks).toBe(1);
    end();
  });

  it('forgets all answers with the index', async () => {
    const { index, become } = await open();
    const client = testQueryClient();
    const end = watchLibrary(client, index);
    await client.query(libraryQueries.page(index, EVERYTHING, true));
    await client.query(libraryQueries.call(index, 'assets', { ids: ['a'] }));
    expect(client.getQueryCache().getAll()).toHaveLength(2);
    become({ state: 'none' });
    expect(client.getQueryCache().getAll()).toEqual([]);
    end();
  });
});

it('does not ask again what failed', async () => {
  const { index, store } = await open();
  store.close();
  const client = testQueryClient();
  client.setDefaultOptions({ queries: { retry: 3 } });
  await expect(client.query(libraryQueries.call(index, 'assets', { ids: ['a'] }))).rejects.toThrow(
    LibraryError,
  );
});
