import { useState, type ReactNode } from 'react';

import type { AssetRow } from '@/domain/asset';
import { DEFAULT_QUERY, type AssetQuery } from '@/domain/asset-query';
import { FilterBar } from '@/features/asset-filters/filter-bar';
import type { TableContext } from '@/features/asset-table/table-context';
import type { TableView } from '@/features/asset-table/use-table-view';
import { useHandler } from '@/lib/use-handler';
import { useSearch } from '@/search/search-provider';

import { LibraryList, Unloadable } from './library-list';
import { ListFoot } from './list-foot';
import { ListLine } from './list-line';
import { OpenedTable } from './opened-table';
import type { AllMatching } from './use-all-matching';
import type { Answers } from './use-answers';
import type { Keeping } from './use-keeping';
import type { useRowFocus } from './use-row-focus';
import type { useSelection } from './use-selection';
import { useShownFilters } from './use-shown-filters';
import { focusMoreFilters } from './use-upkeep';

const DEFAULT_SORT = { sort: DEFAULT_QUERY.sort, order: DEFAULT_QUERY.order };

export interface BrowsePaneProps {
  readonly context: TableContext;
  readonly query: AssetQuery;
  readonly answers: Answers;
  readonly rows: readonly AssetRow[];
  /** Whether the filters that only the library index has are open. */
  readonly filtering: boolean;
  readonly onFiltering: () => void;
  readonly ticks: ReturnType<typeof useSelection>;
  readonly allMatching: AllMatching;
  readonly keeping: Keeping;
  readonly busyIds: ReadonlySet<string>;
  readonly view: TableView;
  readonly onView: (view: TableView) => void;
  readonly rowFocus: ReturnType<typeof useRowFocus>;
  readonly toolbar: ReactNode;
}

/** The library itself: filters, table and pages. Its parts are drawn again only for what they show. */
export function BrowsePane({
  context,
  query,
  answers,
  rows,
  filtering,
  onFiltering,
  ticks,
  allMatching,
  keeping,
  busyIds,
  view,
  onView,
  rowFocus,
  toolbar,
}: BrowsePaneProps) {
  const { provider } = context;
  const search = useSearch();
  const { list, where, answerer, indexed, libraryFilters, blocked } = answers;
  const { access, view: standing } = indexed;
  const filters = useShownFilters(provider, query, answers);
  /** Text that has not settled yet goes with the filters: the box starts anew. */
  const [clears, setClears] = useState(0);

  const clearFilters = useHandler(() => {
    setClears(clears + 1);
    search.clearFilters();
  });

  /** What the provider can be asked of this, and nothing else. */
  function goLive() {
    setClears(clears + 1);
    search.refine({
      where: '',
      ...(!provider.filters.has('text') && { text: '' }),
      ...(!provider.sortableBy.includes(query.sort) && DEFAULT_SORT),
    });
  }

  const refresh = useHandler(() => void list.refetch());

  return (
    <div className="flex min-w-0 flex-1 flex-col">
      <FilterBar
        clears={clears}
        provider={provider}
        query={query}
        refine={search.refine}
        activeCount={filters.length}
        onMore={onFiltering}
        moreOpen={filtering}
      />
      <ListLine
        {...{ provider, query, where, filters, answerer, access, standing, view, onView }}
        page={list.data}
        updatedAt={list.dataUpdatedAt}
        fetching={list.isFetching}
        onRefresh={refresh}
        onRefine={search.refine}
        onClear={clearFilters}
      />
      {answerer === 'index' && access !== null && standing !== null && (
        <access.parts.IndexNews index={access.index} view={standing} />
      )}
      <div className="flex min-h-0 flex-1 border-t border-line">
        {filtering && access !== null && standing !== null && libraryFilters !== undefined && (
          <access.parts.FilterPanel
            provider={provider}
            index={access.index}
            view={standing}
            filters={libraryFilters}
            onRefine={search.refine}
            onClose={onFiltering}
            returnFocus={focusMoreFilters}
          />
        )}
        <div className="flex min-w-0 flex-1 flex-col">
          {!blocked ? (
            <LibraryList
              list={list}
              rowHeight={rowFocus.rowHeight}
              filters={filters}
              onClearFilters={clearFilters}
            >
              {(page) => (
                <OpenedTable
                  context={context}
                  rows={page.rows}
                  total={page.total}
                  query={query}
                  view={view}
                  selection={ticks.selection}
                  busyIds={busyIds}
                  marked={keeping.marks}
                  pinned={keeping.pins}
                  stale={list.isPlaceholderData}
                  scroller={rowFocus.scroller}
                  onSort={search.sortBy}
                  onTick={ticks.tick}
                  onTickPage={ticks.tickPage}
                />
              )}
            </LibraryList>
          ) : access === null || standing === null ? (
            <Unloadable onRetry={indexed.retry} />
          ) : (
            <access.parts.IndexPlace
              {...{ provider, query, where }}
              index={access.index}
              view={standing}
              error={list.error}
              onRetry={refresh}
              onLive={goLive}
            />
          )}
        </div>
      </div>
      <ListFoot
        {...{ query, answers, rows, allMatching, toolbar }}
        maxPageSize={provider.maxPageSize}
        selection={ticks.selection}
      />
    </div>
  );
}
