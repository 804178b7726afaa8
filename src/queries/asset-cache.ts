import type { QueryClient } from '@tanstack/react-query';

import { isAsset, type Asset, type AssetPage } from '@/domain/asset';

import { assetKeys } from './asset-queries';

/** Rewrites one asset wherever it is cached: in its detail and on every list page. */
export function patchAsset(
  client: QueryClient,
  connectionId: string,
  id: string,
  change: (asset: Asset) => Asset,
): void {
  client.setQueryData<Asset>(assetKeys.detail(connectionId, id), (asset) => asset && change(asset));
  client.setQueriesData<AssetPage>({ queryKey: assetKeys.lists(connectionId) }, (page) => {
    if (!page?.rows.some((row) => isAsset(row) && row.id === id)) return page;
    return { ...page, rows: page.rows.map((row) => (isAsset(row) && row.id === id ? change(row) : row)) };
  });
}

/** Takes assets that are gone out of every cached page and forgets their details. */
export function dropAssets(client: QueryClient, connectionId: string, ids: ReadonlySet<string>): void {
  // One look through the cache, however many ids there are.
  client.removeQueries({
    queryKey: assetKeys.details(connectionId),
    predicate: ({ queryKey: [, , , id] }) => typeof id === 'string' && ids.has(id),
  });
  client.setQueriesData<AssetPage>({ queryKey: assetKeys.lists(connectionId) }, (page) => {
    if (page === undefined) return page;
    const rows = page.rows.filter((row) => !isAsset(row) || !ids.has(row.id));
    const gone = page.rows.length - rows.length;
    return gone === 0 ? page : { ...page, rows, total: Math.max(0, page.total - gone) };
  });
}

/** An asset as some list already showed it, so that the drawer opens without waiting. */
export function findListedAsset(client: QueryClient, connectionId: string, id: string): Asset | undefined {
  for (const [, page] of client.getQueriesData<AssetPage>({ queryKey: assetKeys.lists(connectionId) })) {
    const row = page?.rows.find((each) => isAsset(each) && each.id === id);
    if (row !== undefined && isAsset(row)) return row;
  }
  return undefined;
}

/** Everything that any list of a connection shows at the moment; an asset may come more than once. */
export function* listedAssets(client: QueryClient, connectionId: string): Generator<Asset> {
  for (const [, page] of client.getQueriesData<AssetPage>({ queryKey: assetKeys.lists(connectionId) })) {
    for (const row of page?.rows ?? []) if (isAsset(row)) yield row;
  }
}
