import { skipToken, useQuery } from '@tanstack/react-query';

import type { AssetQuery } from '@/domain/asset-query';
import { filtersOf, whoAnswers } from '@/domain/who-answers';
import type { Collect } from '@/features/select-all/use-collect';
import type { AssetProvider } from '@/providers/provider';
import { assetKeys, assetQueries, within, type ListOptions } from '@/queries/asset-queries';
import { useQueryAtOnce } from '@/queries/use-query-at-once';

import { useIndex, type OpenLibrary } from './use-index';

/** The table's question, and its answer: of the provider alone, or of the index alone. */
export function useAnswers(
  provider: AssetProvider,
  query: AssetQuery,
  askedWhere: string,
  openLibrary: OpenLibrary,
  /** Whether the index is wanted even if the table can do without. */
  wantsIndex: boolean,
) {
  const { id } = provider.connection;
  const needsIndex = whoAnswers(query, askedWhere, provider) === 'index';
  const indexed = useIndex(provider, needsIndex || wantsIndex, openLibrary);
  const { access, view, unloadable } = indexed;
  // Until the part that can read it is here, everything in the URL counts.
  const where = access?.parts.readableWhere(askedWhere) ?? askedWhere;
  const answerer = whoAnswers(query, where, provider);
  const libraryFilters = access?.parts.toLibraryFilters(query, where, filtersOf('index', provider));

  const { sort, order, pageSize } = query;
  const pageOf = (page: number): ListOptions => {
    if (answerer === 'provider') return assetQueries.list(provider, { ...query, page });
    return access === null || libraryFilters === undefined
      ? { queryKey: [...assetKeys.lists(id), 'index'], queryFn: skipToken, placeholderData: within(id) }
      : access.parts.libraryQueries.page(
          access.index,
          { ...libraryFilters, sort, order, pageSize, page },
          view?.state === 'building' || view?.state === 'ready',
        );
  };
  const list = useQueryAtOnce(pageOf(query.page));
  // The next page is read ahead, once this one is there.
  const next = pageOf(query.page + 1);
  useQuery({
    ...next,
    enabled: next.enabled !== false && list.isSuccess && !list.isPlaceholderData && list.data.hasMore,
    notifyOnChangeProps: [],
  });

  const collect: Collect = async (options) => {
    if (answerer === 'provider') {
      const { collectMatching } = await import('@/cleanup/collect');
      return collectMatching(provider, query, options);
    }
    if (access === null || libraryFilters === undefined) throw new Error('The index is not open.');
    const { collectIndexed, questionTime } = access.parts;
    return collectIndexed(access.index.store, libraryFilters, questionTime(), options);
  };

  return {
    ...{ list, where, answerer, collect, indexed, libraryFilters },
    /** Something else stands in the list's place: there is no index, it failed, or it has found nothing so far. */
    blocked:
      answerer === 'index' &&
      (unloadable ||
        view?.state === 'none' ||
        view?.state === 'failed' ||
        list.error !== null ||
        (view?.state === 'building' && list.data?.total === 0)),
  };
}

export type Answers = ReturnType<typeof useAnswers>;
