import { keepPreviousData, queryOptions, type QueryClient } from '@tanstack/react-query';

import type { AssetPage } from '@/domain/asset';
import type { LibraryQuery } from '@/domain/library-query';
import { calmed, type Calm } from '@/lib/calmed';
import type { LibraryIndex } from '@/library/library-index';
import type { LibraryStore } from '@/library/library-store';
import type { CallName, CallParams } from '@/library/store/calls';

import { assetKeys, shareRows, within, type ListOptions } from './asset-queries';
import { withoutBuried } from './tombstones';

/** Answers of the library index, by connection, question and what was asked. */
export const libraryKeys = {
  all: (connectionId: string) => ['library', connectionId] as const,
  call: <Name extends CallName>(connectionId: string, name: Name, params: CallParams<Name>) =>
    ['library', connectionId, name, params] as const,
  /** Pages of the table: below the lists of assets, so that whatever changes those reaches them as well. */
  pages: (connectionId: string) => [...assetKeys.lists(connectionId), 'index'] as const,
};

/** What is true until the index says that it changed. */
export const UNTIL_NEWS = {
  staleTime: Infinity,
  // The database answers as it did the first time; what may help is offered to the person.
  retry: false,
  refetchOnReconnect: false,
} as const;

/** A page of the table that the index answered, with what all pages hold together. */
interface IndexPage extends AssetPage {
  /** Of those whose size is known. */
  readonly bytes: number;
  readonly unknownSizes: number;
}

const HOUR_MS = 3_600_000;

/** "Now" for questions with whole days: one that moved all the time would be another question each time. */
export const questionTime = (): number => Math.floor(Date.now() / HOUR_MS) * HOUR_MS;

export const libraryQueries = {
  /** Any question that the index can be asked; the answer before stands in while the same question is put anew. */
  call: <Name extends CallName>(index: LibraryIndex, name: Name, params: CallParams<Name>) =>
    queryOptions({
      queryKey: libraryKeys.call(index.connectionId, name, params),
      queryFn: ({ signal }) => index.store.call(name, params, { signal }),
      placeholderData: (previous, previousQuery) =>
        previousQuery?.queryKey[1] === index.connectionId && previousQuery.queryKey[2] === name
          ? keepPreviousData(previous)
          : undefined,
      ...UNTIL_NEWS,
    }),

  /** One page of the table. @param enabled whether there is anything to ask yet */
  page: (index: LibraryIndex, query: LibraryQuery, enabled: boolean): ListOptions => {
    const params = { query, now: query.index.unusedDays === null ? 0 : questionTime() };
    return {
      queryKey: [...libraryKeys.pages(index.connectionId), params],
      queryFn: async ({ signal, client }): Promise<IndexPage> => {
        const { assets, ...sums } = await index.store.call('page', params, { signal });
        const hasMore = params.query.page * params.query.pageSize < sums.total;
        const page = { rows: assets, hasMore, nextCursor: null, ...sums };
        return { ...page, ...withoutBuried(client, index.connectionId, page) };
      },
      placeholderData: within(index.connectionId),
      structuralSharing: shareRowsAndSums,
      enabled,
      ...UNTIL_NEWS,
    };
  },
};

function shareRowsAndSums(before: unknown, now: unknown): unknown {
  const shared = shareRows(before, now);
  const same = !isIndexPage(shared) || !isIndexPage(now) || sumsOf(shared) === sumsOf(now);
  return same ? shared : { ...shared, bytes: now.bytes, unknownSizes: now.unknownSizes };
}

const sumsOf = ({ bytes, unknownSizes }: IndexPage): string => `${bytes} ${unknownSizes}`;

/** Whether a page of the table came from the index. */
export const isIndexPage = (data: unknown): data is IndexPage =>
  typeof data === 'object' && data !== null && 'unknownSizes' in data;

/** A walk writes many times in a second; nobody reads as fast, and each answer costs the database a moment. */
const NEWS: Calm = { firstGapMs: 300, longestGapMs: 4_000, quietMs: 500 };

/**
 * Has everything that was read from an index read anew when the index changes, and forgotten with the index.
 * In one place for all views; to be ended with what it returns.
 */
export function watchLibrary(client: QueryClient, index: LibraryIndex): () => void {
  const keys = [libraryKeys.all(index.connectionId), libraryKeys.pages(index.connectionId)];
  let watched: LibraryStore | null = null;
  let unwatch: (() => void) | undefined;

  const renew = calmed(NEWS, () => {
    if (watched !== null) for (const queryKey of keys) void client.invalidateQueries({ queryKey });
  });

  /** An index that is forgotten and built again has another store; one that is not there is not to be opened by looking. */
  function follow() {
    const store = index.view().state === 'none' ? null : index.store;
    if (store === watched) return;
    unwatch?.();
    if (watched !== null) for (const queryKey of keys) client.removeQueries({ queryKey });
    watched = store;
    unwatch = store?.subscribe((news) => {
      if (news.type === 'changed') renew();
    });
  }

  follow();
  const unfollow = index.subscribe(follow);
  return () => {
    unfollow();
    unwatch?.();
    watched = null;
  };
}
