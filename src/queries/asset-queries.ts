import { keepPreviousData, queryOptions } from '@tanstack/react-query';

import type { AssetQuery } from '@/domain/asset-query';
import type { AssetProvider } from '@/providers/provider';

/**
 * Keys nest: connection → list → query, and connection → detail → id, so that a connection,
 * its lists or one asset can be refreshed. No key and no signed URL is ever part of one.
 */
export const assetKeys = {
  all: (connectionId: string) => ['assets', connectionId] as const,
  lists: (connectionId: string) => ['assets', connectionId, 'list'] as const,
  list: (connectionId: string, query: AssetQuery) => ['assets', connectionId, 'list', query] as const,
  details: (connectionId: string) => ['assets', connectionId, 'detail'] as const,
  detail: (connectionId: string, id: string) => ['assets', connectionId, 'detail', id] as const,
};

export const assetQueries = {
  list: (provider: AssetProvider, query: AssetQuery) =>
    queryOptions({
      queryKey: assetKeys.list(provider.connection.id, query),
      queryFn: ({ signal }) => provider.listAssets(query, { signal }),
      // Only within one connection: another's rows must never stand in for this one's.
      placeholderData: (previous, previousQuery) =>
        previousQuery?.queryKey[1] === provider.connection.id ? keepPreviousData(previous) : undefined,
      staleTime: 30_000,
    }),

  detail: (provider: AssetProvider, id: string) =>
    queryOptions({
      queryKey: assetKeys.detail(provider.connection.id, id),
      queryFn: ({ signal }) => provider.getAsset(id, { signal }),
      // A detail may carry a signed URL that lives 15 minutes: it is read anew whenever it is looked at.
      staleTime: 0,
      gcTime: 5 * 60_000,
    }),
};
