import { QueryClientProvider, useQuery, type QueryClient } from '@tanstack/react-query';
import { renderHook, waitFor } from '@testing-library/react';
import { getResponse, http, HttpResponse, type RequestHandler } from 'msw';
import type { ReactNode } from 'react';
import { describe, expect, it } from 'vitest';

import type { AssetPage } from '@/domain/asset';
import { DEFAULT_QUERY, type AssetQuery } from '@/domain/asset-query';
import type { AssetProvider } from '@/providers/provider';
import { COMFY_URL, comfyProvider, deferred, idOf, pretendNetwork } from '@/testing/pretend-network';
import { testQueryClient } from '@/testing/render';

import { assetKeys, assetQueries } from './asset-queries';
import { tagQueries } from './tag-queries';

const network = pretendNetwork();
const provider = comfyProvider();
const page = (number: number, pageSize = 2): AssetQuery => ({ ...DEFAULT_QUERY, page: number, pageSize });

function watch(client: QueryClient, first: { provider: AssetProvider; query: AssetQuery }) {
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  return renderHook(({ provider, query }) => useQuery(assetQueries.list(provider, query)), {
    wrapper,
    initialProps: first,
  });
}

const names = (data: AssetPage | undefined) =>
  data?.rows.map((row) => (row.type === 'asset' ? row.name : row.rowKey));

describe('keys', () => {
  const keys = {
    list: assetKeys.list('cloud', DEFAULT_QUERY),
    page: assetKeys.list('cloud', page(2)),
    detail: assetKeys.detail('cloud', 'a'),
    elsewhere: assetKeys.list('home', DEFAULT_QUERY),
    tags: tagQueries.all('cloud'),
  };

  it.each([
    { told: 'a connection', key: assetKeys.all('cloud'), stale: ['list', 'page', 'detail'] },
    { told: 'the lists of a connection', key: assetKeys.lists('cloud'), stale: ['list', 'page'] },
    { told: 'the details of a connection', key: assetKeys.details('cloud'), stale: ['detail'] },
    { told: 'one asset', key: assetKeys.detail('cloud', 'a'), stale: ['detail'] },
    { told: 'one question', key: assetKeys.list('cloud', page(2)), stale: ['page'] },
  ])('nest, so that $told can be refreshed, and nothing beside', async ({ key, stale }) => {
    const client = testQueryClient();
    for (const each of Object.values(keys)) client.setQueryData(each, { rows: [] });
    await client.invalidateQueries({ queryKey: key });
    const invalid = Object.entries(keys).filter(([, each]) => client.getQueryState(each)?.isInvalidated);
    expect(invalid.map(([name]) => name)).toEqual(stale);
  });
});

describe('a list', () => {
  it('shows the page before while the next one is on its way', async () => {
    network.serveComfy([{ name: 'a' }, { name: 'b' }, { name: 'c' }]);
    const { result, rerender } = watch(testQueryClient(), { provider, query: page(1) });
    await waitFor(() => expect(names(result.current.data)).toEqual(['c', 'b']));
    rerender({ provider, query: page(2) });
    expect(result.current.isPlaceholderData).toBe(true);
    expect(names(result.current.data)).toEqual(['c', 'b']);
    await waitFor(() => expect(names(result.current.data)).toEqual(['a']));
    expect(result.current.isPlaceholderData).toBe(false);
  });

  it('never shows the rows of another connection meanwhile', async () => {
    network.serveComfy([{ name: 'a' }]);
    const { result, rerender } = watch(testQueryClient(), { provider, query: page(1) });
    await waitFor(() => expect(result.current.isSuccess).toBe(true));
    rerender({ provider: comfyProvider({ id: 'home' }), query: page(1) });
    expect(result.current.data).toBeUndefined();
    expect(result.current.isPending).toBe(true);
    await waitFor(() => expect(names(result.current.data)).toEqual(['a']));
  });

  it('stops asking once something else is asked', async () => {
    network.serveComfy([{ name: 'a' }]);
    const stopped: string[] = [];
    const begun = deferred();
    network.use(
      http.get(`${COMFY_URL}/api/assets`, async ({ request }) => {
        const text = new URL(request.url).searchParams.get('name_contains');
        if (text !== 'slow') return undefined;
        const { promise, resolve } = deferred();
        request.signal.addEventListener('abort', () => {
          stopped.push(text);
          resolve();
        });
        begun.resolve();
        return promise.then(() => undefined);
      }),
    );
    const { result, rerender } = watch(testQueryClient(), {
      provider,
      query: { ...DEFAULT_QUERY, text: 'slow' },
    });
    await begun.promise;
    rerender({ provider, query: DEFAULT_QUERY });
    await waitFor(() => expect(stopped).toEqual(['slow']));
    await waitFor(() => expect(names(result.current.data)).toEqual(['a']));
  });
});

describe('a refresh', () => {
  /** Asks twice, with a change between, and gives what watchers of the cache got. */
  async function twice(change: (library: ReturnType<typeof network.serveComfy>) => void) {
    const library = network.serveComfy([{ name: 'a' }, { name: 'b' }, { name: 'c' }]);
    const client = testQueryClient();
    const list = assetQueries.list(provider, page(1, 20));
    const ask = async () => {
      await client.query({ ...list, staleTime: 0 });
      return client.getQueryData(list.queryKey)!;
    };
    const before = await ask();
    change(library);
    return { before, after: await ask(), asked: network.requests('GET /api/assets?').length };
  }

  it('keeps the page itself when nothing changed', async () => {
    const { before, after, asked } = await twice(() => undefined);
    expect(asked).toBe(2);
    expect(after).toBe(before);
  });

  it('gives only the changed row a new object', async () => {
    const { before, after } = await twice((library) => library.addTags(idOf(2), ['new']));
    expect(after).not.toBe(before);
    expect(after.rows.map((row, index) => row === before.rows[index])).toEqual([true, false, true]);
    expect(after.rows[1]).toMatchObject({ tags: ['output', 'new'] });
  });

  it('knows rows by their ids when one before them is gone', async () => {
    const { before, after } = await twice((library) => library.remove(idOf(3)));
    expect(after.total).toBe(2);
    expect(after.rows[0]).toBe(before.rows[1]);
    expect(after.rows[1]).toBe(before.rows[2]);
  });

  it('keeps the rows when only the total changed', async () => {
    const { before, after } = await twice(() =>
      network.use(
        http.get(`${COMFY_URL}/api/assets`, async ({ request }) => {
          const answer = await getResponse(
            network.server.listHandlers().slice(1) as RequestHandler[],
            request,
          );
          return HttpResponse.json({ ...((await answer?.json()) as object), total: 4 });
        }),
      ),
    );
    expect([before.total, after.total]).toEqual([3, 4]);
    expect(after.rows).toBe(before.rows);
  });
});
