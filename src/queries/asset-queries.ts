import { queryOptions, replaceEqualDeep, type QueryKey, type UseQueryOptions } from '@tanstack/react-query';

import { rowKeyOf, type AssetPage, type AssetRow } from '@/domain/asset';
import type { AssetQuery } from '@/domain/asset-query';
import { isUnreachable } from '@/domain/retry';
import type { AssetProvider } from '@/providers/provider';

import { withoutBuried } from './tombstones';

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

const LOOK_AGAIN_MS = 15_000;

/** How one page of the table is read, whoever answers it. */
export type ListOptions = UseQueryOptions<AssetPage>;

/** The page before stands in for the next, but another connection's rows never for this one's. */
export const within =
  (connectionId: string) =>
  (previous: AssetPage | undefined, { queryKey }: { queryKey: QueryKey } = { queryKey: [] }) =>
    queryKey[1] === connectionId ? previous : undefined;

export const assetQueries = {
  list: (provider: AssetProvider, query: AssetQuery) =>
    queryOptions<AssetPage>({
      queryKey: assetKeys.list(provider.connection.id, query),
      queryFn: async ({ signal, client }) =>
        withoutBuried(client, provider.connection.id, await provider.listAssets(query, { signal })),
      placeholderData: within(provider.connection.id),
      staleTime: 30_000,
      // A server that was out of reach is looked for now and then: nobody has to be there when it comes back.
      refetchInterval: ({ state }) => (isUnreachable(state.error) ? LOOK_AGAIN_MS : false),
      structuralSharing: shareRows,
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

/**
 * Keeps the object of every row that did not change, so that a refresh redraws only what did.
 * Rows are matched by id: comparing a page with the page before it, row by row, would cost much and share nothing.
 */
export function shareRows(before: unknown, now: unknown): unknown {
  if (!isPage(before) || !isPage(now)) return now;
  const known = new Map<string, AssetRow>(before.rows.map((row) => [rowKeyOf(row), row]));
  const rows = now.rows.map((row) => {
    const earlier = known.get(rowKeyOf(row));
    return earlier === undefined ? row : replaceEqualDeep(earlier, row);
  });
  const same = rows.length === before.rows.length && rows.every((row, index) => row === before.rows[index]);
  // Keeps the page itself as well when nothing changed: a new object would be news to everyone who watches.
  return keepIfSame(before, { ...now, rows: same ? before.rows : rows });
}

const keepIfSame = (before: AssetPage, now: AssetPage): AssetPage =>
  before.rows === now.rows &&
  before.total === now.total &&
  before.hasMore === now.hasMore &&
  before.nextCursor === now.nextCursor
    ? before
    : now;

const isPage = (data: unknown): data is AssetPage =>
  typeof data === 'object' && data !== null && 'rows' in data;
