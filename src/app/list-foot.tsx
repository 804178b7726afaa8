import type { ReactNode } from 'react';

import type { AssetRow } from '@/domain/asset';
import type { AssetQuery } from '@/domain/asset-query';
import { isSelectable, type Selection } from '@/domain/selection';
import { Pagination } from '@/features/asset-table/pagination';
import { SelectAllBanner } from '@/features/select-all/select-all-banner';
import { useHandler } from '@/lib/use-handler';
import { useSearch } from '@/search/search-provider';

import type { AllMatching } from './use-all-matching';
import type { Answers } from './use-answers';

/** Below the table: what is ticked and what can be done with it, and the ways to other pages. */
export function ListFoot({
  query,
  answers: { list, blocked },
  rows,
  maxPageSize,
  selection,
  allMatching,
  toolbar,
}: {
  query: AssetQuery;
  answers: Answers;
  rows: readonly AssetRow[];
  maxPageSize: number;
  selection: Selection;
  allMatching: AllMatching;
  toolbar: ReactNode;
}) {
  const { goToPage, resizePage } = useSearch();
  const total = list.data?.total ?? 0;
  const resize = useHandler((size: number) => resizePage(size, query.pageSize));
  return (
    <>
      {selection.size > 0 && (
        <SelectAllBanner
          {...countTicked(rows, selection)}
          total={total}
          selectedCount={selection.size}
          allSelected={allMatching.complete}
          untickable={allMatching.untickable.length}
          onSelectAll={allMatching.start}
        />
      )}
      <footer className="group/foot @container flex min-h-12 shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-t border-line bg-canvas px-4 py-1.5 max-md:px-2">
        {toolbar}
        {list.data !== undefined && !blocked && (
          <Pagination
            page={query.page}
            pageSize={query.pageSize}
            total={total}
            shown={rows.length}
            stale={list.isPlaceholderData}
            maxPageSize={maxPageSize}
            onPage={goToPage}
            onPageSize={resize}
          />
        )}
      </footer>
    </>
  );
}

function countTicked(rows: readonly AssetRow[], selection: Selection) {
  const selectable = rows.filter(isSelectable);
  return {
    pageCount: selectable.length,
    pageSelected: selectable.filter(({ id }) => selection.has(id)).length,
  };
}
