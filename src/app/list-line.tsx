import { memo, Suspense } from 'react';

import type { AssetPage } from '@/domain/asset';
import type { AssetQuery } from '@/domain/asset-query';
import { ignoredFilters, type ActiveFilter } from '@/features/asset-filters/active-filters';
import { FilterChips } from '@/features/asset-filters/filter-chips';
import type { TableView } from '@/features/asset-table/use-table-view';
import { ViewOptions } from '@/features/asset-table/view-options';
import type { AssetProvider } from '@/providers/provider';
import type { AssetSearch } from '@/search/use-asset-search';
import { preloadable } from '@/ui/preloadable';

import { Freshness } from './library-list';
import type { Answers } from './use-answers';

const SaveViewButton = preloadable(() => import('@/features/library-index/saved/save-view-button'), {
  isOptional: true,
});

export const preloadSaveView = SaveViewButton.preload;

/** Between the filters and the table: which are in force, who answered and when, and how the table looks. */
export const ListLine = memo(function ListLine({
  provider,
  query,
  where,
  filters,
  answerer,
  access,
  standing,
  page,
  updatedAt,
  fetching,
  onRefresh,
  onRefine,
  onClear,
  view,
  onView,
}: Pick<Answers, 'where' | 'answerer'> & {
  provider: AssetProvider;
  query: AssetQuery;
  filters: readonly ActiveFilter[];
  access: Answers['indexed']['access'];
  /** How the index stands. */
  standing: Answers['indexed']['view'];
  /** What is on screen; undefined until it is there. */
  page: AssetPage | undefined;
  updatedAt: number;
  fetching: boolean;
  onRefresh: () => void;
  onRefine: AssetSearch['refine'];
  onClear: () => void;
  view: TableView;
  onView: (view: TableView) => void;
}) {
  const { kind } = provider.connection;
  return (
    <div className="flex min-h-12 items-center gap-2 px-4 py-1 max-md:min-h-10 max-md:px-2">
      {/* With the button, which comes and goes, so that nothing beside them moves for it. */}
      <div className="flex min-h-7 min-w-0 flex-1 items-center gap-2">
        <FilterChips
          filters={filters}
          ignored={ignoredFilters(query, provider.filters, answerer)}
          onRefine={onRefine}
          onClear={onClear}
        />
        {filters.length > 0 && (
          <Suspense>
            <SaveViewButton kind={kind} query={query} where={where} />
          </Suspense>
        )}
      </div>
      {answerer === 'provider' ? (
        <Freshness updatedAt={updatedAt} fetching={fetching} onRefresh={onRefresh} />
      ) : (
        access !== null &&
        standing !== null && <access.parts.IndexLabel index={access.index} view={standing} page={page} />
      )}
      <ViewOptions kind={kind} view={view} onChange={onView} />
    </div>
  );
});
