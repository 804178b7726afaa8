import { createLoader, createSerializer, useQueryStates, type inferParserType } from 'nuqs';
import { useMemo } from 'react';

import type { AssetQuery, SortField, SortOrder } from '@/domain/asset-query';

import { searchParsers, type View } from './parsers';

const serialize = createSerializer(searchParsers);
const load = createLoader(searchParsers);
type Search = inferParserType<typeof searchParsers>;

/** What a query string asks for, outside React. */
export function readSearch(queryString: string) {
  const search = load(queryString);
  return { query: toQuery(search), where: search.where, connectionId: search.connection };
}

const toQuery = (search: Omit<Search, 'connection' | 'where' | 'asset' | 'view' | 'job'>): AssetQuery => ({
  text: search.q.trim(),
  includeTags: search.include,
  excludeTags: search.exclude,
  metadata: search.meta,
  includePublic: search.public,
  state: search.state,
  project: search.project,
  sort: search.sort,
  order: search.order,
  page: search.page,
  pageSize: search.size,
});

/** The filters of a query: everything that can empty a list. */
export type Filters = Pick<
  AssetQuery,
  'text' | 'includeTags' | 'excludeTags' | 'metadata' | 'includePublic' | 'state' | 'project'
> & {
  /** Those that only the library index has, as `writeWhere` writes them; empty when none is in force. */
  readonly where: string;
};

type Sort = Pick<AssetQuery, 'sort' | 'order'>;

export type History = 'push' | 'replace';

/**
 * The URL as state: what it asks for, and the ways to change it. Every way stays the same function, and both parts
 * the same object until something in it changes.
 */
export function useAssetSearch() {
  const [params, setSearch] = useQueryStates(searchParsers);

  const actions = useMemo(
    () => ({
      /** A page number means nothing across filters, so every refinement starts at page one. */
      refine: (filters: Partial<Filters & Sort>, history: History = 'push') =>
        void setSearch({ ...toParams(filters), page: null }, { history }),

      clearFilters: () => void setSearch({ ...NO_FILTERS, page: null }, { history: 'push' }),

      sortBy: (sort: SortField, order: SortOrder) =>
        void setSearch({ sort, order, page: null }, { history: 'push' }),

      goToPage: (page: number, history: History = 'push') => void setSearch({ page }, { history }),

      /**
       * Keeps the first row of the page in view.
       * @param shown rows per page until now: a provider may allow fewer than the URL asks for
       */
      resizePage: (size: number, shown: number) =>
        void setSearch(
          (now) => ({
            size: searchParsers.size.parse(String(size)),
            page: Math.floor(((now.page - 1) * shown) / size) + 1,
          }),
          { history: 'push' },
        ),

      /** Opening is a step of its own, so that Back closes the drawer; stepping through assets is not. */
      openAsset: (asset: string | null, history: History = 'push') => void setSearch({ asset }, { history }),

      /** Filters of one provider mean nothing to another; jobs are those of all connections. */
      switchConnection: (connection: string) =>
        void setSearch(
          ({ view }) => ({
            ...EVERYTHING_CLEARED,
            connection,
            view: view === 'jobs' || view === 'connections' ? null : view,
          }),
          { history: 'push' },
        ),

      /** The connection of the URL is gone: another takes its place, and the view stays. */
      replaceConnection: (connection: string | null) =>
        void setSearch({ ...EVERYTHING_CLEARED, connection }, { history: 'replace' }),

      /** From a view of the index: the table with these filters and no others. */
      showAssets: (filters: Partial<Filters & Sort>) =>
        void setSearch(
          { ...NO_FILTERS, ...toParams(filters), view: null, job: null, asset: null, page: null },
          { history: 'push' },
        ),

      /** Null is the library itself, with the filters it had. */
      goToView: (view: View | null) => void setSearch({ view, job: null, asset: null }, { history: 'push' }),

      /** The table with these filters, and no others. */
      showFiltered: (filters: Partial<Filters & Sort>) =>
        void setSearch({ ...EVERYTHING_CLEARED, ...toParams(filters), view: null }, { history: 'push' }),

      openJob: (job: string) => void setSearch({ view: 'jobs', job, asset: null }, { history: 'push' }),
    }),
    [setSearch],
  );

  const { connection, view, job, where } = params;
  const place = useMemo(
    () => ({
      connectionId: connection,
      view,
      jobId: job,
      /** A link to another view, for a tab of its own. */
      hrefForView: (other: View | null): string => serialize({ connection, view: other }) || '?',
      /** A link to these filters alone, for a tab of its own. */
      hrefFor: (filters: Partial<Filters & Sort>): string => serialize({ connection, ...toParams(filters) }),
      ...actions,
    }),
    [connection, view, job, actions],
  );

  const { q, include, exclude, meta, state, project, sort, order, page, size } = params;
  const query = useMemo(
    () =>
      toQuery({ q, include, exclude, meta, public: params.public, state, project, sort, order, page, size }),
    [q, include, exclude, meta, params.public, state, project, sort, order, page, size],
  );
  const search = useMemo(() => ({ ...place, query, where }), [place, query, where]);

  return { place, search };
}

type Parts = ReturnType<typeof useAssetSearch>;
/** Which connection, view and job are looked at, and the ways to anywhere else. */
export type Place = Parts['place'];
/** The same, with what the table is asked. */
export type AssetSearch = Parts['search'];

const NO_FILTERS = {
  q: null,
  include: null,
  exclude: null,
  meta: null,
  public: null,
  state: null,
  project: null,
  where: null,
};
const EVERYTHING_CLEARED = {
  ...NO_FILTERS,
  ...{ sort: null, order: null, page: null, asset: null, job: null },
};

function toParams(filters: Partial<Filters & Sort>) {
  return {
    ...(filters.text !== undefined && { q: filters.text === '' ? null : filters.text }),
    ...(filters.includeTags && { include: [...filters.includeTags] }),
    ...(filters.excludeTags && { exclude: [...filters.excludeTags] }),
    ...(filters.metadata && { meta: [...filters.metadata] }),
    ...(filters.includePublic !== undefined && { public: filters.includePublic }),
    ...(filters.state !== undefined && { state: filters.state }),
    ...(filters.project !== undefined && { project: filters.project }),
    ...(filters.where !== undefined && { where: filters.where }),
    ...(filters.sort !== undefined && { sort: filters.sort }),
    ...(filters.order !== undefined && { order: filters.order }),
  };
}
