import { CircleAlert, Inbox, RefreshCw, SearchX } from 'lucide-react';
import { Suspense, useEffect, type ReactNode } from 'react';

import type { AssetPage } from '@/domain/asset';
import type { ActiveFilter } from '@/features/asset-filters/active-filters';
import { TableSkeleton } from '@/features/asset-table/table-skeleton';
import { formatRelative } from '@/lib/format';
import { useNow } from '@/lib/use-now';
import { Button, IconButton } from '@/ui/button';
import { Notice } from '@/ui/notice';
import { preloadable } from '@/ui/preloadable';

import type { ListTroubleProps } from './list-trouble';
import { useLastFailure, type ListQuery } from './use-last-failure';
import { useFocusAfterTable } from './use-upkeep';

/** With all the words for errors, which the first page hardly ever needs. */
const ListTrouble = preloadable<ListTroubleProps>(() =>
  import('./list-trouble').catch(() => ({
    // Offline, before it was fetched ahead.
    default: ({ list }) => <Unloadable onRetry={() => void list.refetch()} />,
  })),
);

export const preloadListTrouble = ListTrouble.preload;

/** The four states of a list, in this order: no data and an error, no data yet, empty, data. */
export function LibraryList({
  list,
  rowHeight,
  filters,
  onClearFilters,
  children,
}: {
  list: ListQuery;
  rowHeight: number;
  filters: readonly ActiveFilter[];
  onClearFilters: () => void;
  /** The table: shown when there are rows. */
  children: (page: AssetPage) => ReactNode;
}) {
  const failure = useLastFailure(list);
  const settled = !list.isPending;
  // At once, and not when the page is idle: the network may be gone by then, and these are the words for that.
  useEffect(() => {
    if (settled) void ListTrouble.preload();
  }, [settled]);
  const waits = list.isFetching && list.failureReason !== null && list.error === null;
  // Rows of the page before do not stand in for one that could not be read.
  if (list.data === undefined || (list.isPlaceholderData && failure !== null)) {
    return (
      <>
        <Suspense>
          {(failure !== null || waits) && <ListTrouble list={list} error={failure} above={false} />}
        </Suspense>
        {failure === null && <TableSkeleton rowHeight={rowHeight} />}
      </>
    );
  }
  const empty = list.data.rows.length === 0 && !list.isPlaceholderData;
  // A page that was deleted whole is being read anew: not an empty library.
  const renewing = empty && list.data.total > 0 && list.error === null;
  return (
    <>
      <Suspense>
        {(list.error !== null || waits) && <ListTrouble list={list} error={list.error} above />}
      </Suspense>
      {renewing ? (
        <TableSkeleton rowHeight={rowHeight} />
      ) : empty ? (
        <div className="min-h-0 flex-1 overflow-auto bg-surface">
          <Empty filters={filters} onClearFilters={onClearFilters} />
        </div>
      ) : (
        <Rows>{children(list.data)}</Rows>
      )}
    </>
  );
}

function Rows({ children }: { children: ReactNode }) {
  useFocusAfterTable();
  return children;
}

function Empty({
  filters,
  onClearFilters,
}: {
  filters: readonly ActiveFilter[];
  onClearFilters: () => void;
}) {
  if (filters.length === 0) {
    return (
      <Notice role="status" icon={<Inbox />} title="This library is empty">
        Nothing is stored here yet.
      </Notice>
    );
  }
  return (
    <Notice
      role="status"
      icon={<SearchX />}
      title="No asset matches"
      actions={<Button onClick={onClearFilters}>Clear all filters</Button>}
    >
      {filters.length === 1 ? 'The filter that emptied the list: ' : 'No asset meets all of these: '}
      {filters.map((filter) => filter.text).join(' · ')}
    </Notice>
  );
}

/** In place of a list whose part of the page could not be fetched. */
export function Unloadable({ onRetry }: { onRetry: () => void }) {
  return (
    <div className="min-h-0 flex-1 overflow-auto bg-surface">
      <Notice
        role="alert"
        icon={<CircleAlert />}
        title="A part of this page could not be loaded"
        actions={<Button onClick={onRetry}>Try again</Button>}
      >
        Check that you are online, and try again.
      </Notice>
    </div>
  );
}

/** That the list is the provider's own, how old it is, and the way to renew it. */
export function Freshness({
  updatedAt,
  fetching,
  onRefresh,
}: {
  /** In ms; 0 until there is a list. */
  updatedAt: number;
  fetching: boolean;
  onRefresh: () => void;
}) {
  const now = useNow();
  const age = updatedAt === 0 ? null : Math.min(0, updatedAt - now);
  return (
    <span className="flex items-center gap-1 text-muted">
      <IconButton label="Refresh" onClick={onRefresh}>
        <RefreshCw aria-hidden className={fetching ? 'size-4 animate-spin' : 'size-4'} />
      </IconButton>
      {/* As wide as it will ever be: its words change every few seconds, and nothing may move for that. */}
      <span className="w-48 whitespace-nowrap max-sm:hidden">
        {age !== null && `Live, updated ${formatRelative(new Date(now + age).toISOString(), now)}`}
      </span>
      <span className="sm:hidden">Live</span>
    </span>
  );
}
