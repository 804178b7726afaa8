import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Suspense, useMemo, useRef, useState } from 'react';

import { isAsset, type Asset, type AssetRow } from '@/domain/asset';
import type { AssetQuery } from '@/domain/asset-query';
import { UnauthorizedError } from '@/domain/errors';
import { countOutside, refreshed } from '@/domain/selection';
import { needsKey } from '@/domain/connection';
import { activeFilters } from '@/features/asset-filters/active-filters';
import { FilterBar } from '@/features/asset-filters/filter-bar';
import { FilterChips } from '@/features/asset-filters/filter-chips';
import { SelectionToolbar } from '@/features/asset-selection/selection-toolbar';
import { AssetTable, VirtualRows } from '@/features/asset-table/asset-table';
import { Pagination } from '@/features/asset-table/pagination';
import { focusRow } from '@/features/asset-table/row-keys';
import { ROW_HEIGHTS, useTableView } from '@/features/asset-table/use-table-view';
import { ViewOptions } from '@/features/asset-table/view-options';
import { KeyForm } from '@/features/connect/key-form';
import { preloadable } from '@/lib/preloadable';
import { useHandler } from '@/lib/use-handler';
import { useMediaQuery } from '@/lib/use-media-query';
import { canRemoveTags, type AssetProvider } from '@/providers/provider';
import { assetQueries } from '@/queries/asset-queries';
import { projectQueries } from '@/queries/project-queries';
import type { AssetSearch } from '@/search/use-asset-search';

import { Freshness, LibraryList } from './library-list';
import { TagRemovals } from './tag-removals';
import { useSelection } from './use-selection';
import { useFetchedAhead, useFocusAfterBack, useStepBack } from './use-upkeep';

const AssetDrawer = preloadable(() => import('@/features/asset-drawer/asset-drawer'));
const DeleteDialog = preloadable(() => import('@/features/asset-deletion/delete-dialog'));

const NO_ROWS: readonly AssetRow[] = [];
const NO_IDS: ReadonlySet<string> = new Set();

/** One connection's library: what is asked for comes from the URL, what is ticked is kept here. */
export function LibraryScreen({ provider, search }: { provider: AssetProvider; search: AssetSearch }) {
  const { connection } = provider;
  const client = useQueryClient();
  const { maxPageSize } = provider;
  // The same object from one render to the next, or the table would be drawn again for each.
  const query: AssetQuery = useMemo(
    () => ({ ...search.query, pageSize: Math.min(search.query.pageSize, maxPageSize) }),
    [search.query, maxPageSize],
  );
  const list = useQuery(assetQueries.list(provider, query));
  // The next page is read ahead, once this one is there.
  useQuery({
    ...assetQueries.list(provider, { ...query, page: query.page + 1 }),
    enabled: list.isSuccess && !list.isPlaceholderData && list.data.hasMore,
    notifyOnChangeProps: [],
  });
  const projects = useQuery({ ...projectQueries.all(provider), enabled: query.project !== null });
  const [view, setView] = useTableView(connection.kind);
  const phone = useMediaQuery('(max-width: 767px)');
  const wide = useMediaQuery('(min-width: 1024px)');
  const rowHeight = phone ? ROW_HEIGHTS.phone : ROW_HEIGHTS[view.density];

  const rows = list.data?.rows ?? NO_ROWS;
  const ticks = useSelection(rows);
  /** `from` is the place of the row that it started from: the focus goes there afterwards. */
  const [deleting, setDeleting] = useState<{ assets: readonly Asset[]; from: number } | null>(null);
  /** Text that has not settled yet goes with the filters: the box starts anew. */
  const [clears, setClears] = useState(0);
  const [busyIds, setBusyIds] = useState(NO_IDS);
  const [taggingSelection, setTaggingSelection] = useState(false);
  const removeTags = useRef<((asset: Asset, tags: readonly string[]) => void) | null>(null);
  const scroller = useRef<HTMLDivElement>(null);

  const projectName = projects.data?.find((project) => project.id === query.project)?.name ?? null;
  const filters = activeFilters(query, projectName);
  const openId = search.openAssetId;
  const openIndex = rows.findIndex((row) => isAsset(row) && row.id === openId);
  const editsTags = canRemoveTags(provider);

  const { goToPage, openAsset, connectionId } = search;
  const total = list.data?.total ?? 0;
  useStepBack(list, query, goToPage);
  useFetchedAhead(list.isSuccess, () => {
    // Offline it fails, and whoever needs the part asks again.
    Promise.all([AssetDrawer.preload(), VirtualRows.preload(), DeleteDialog.preload()]).catch(
      () => undefined,
    );
  });

  function clearFilters() {
    setClears(clears + 1);
    search.clearFilters();
  }

  const askToDelete = useHandler((assets: readonly Asset[]) => {
    const asked = new Set(assets.map((asset) => asset.id));
    const first = rows.findIndex((row) => isAsset(row) && asked.has(row.id));
    setDeleting({ assets, from: Math.max(0, first) });
  });

  const context = useMemo(
    () => ({
      provider,
      onOpen: (id: string) => openAsset(id),
      onDelete: (asset: Asset) => askToDelete([asset]),
      onRemoveTag: editsTags ? (asset: Asset, tag: string) => removeTags.current?.(asset, [tag]) : null,
      // Without the filters: with them, every row would be drawn again for each.
      hrefFor: (id: string) =>
        `?${new URLSearchParams({ ...(connectionId !== null && { connection: connectionId }), asset: id }).toString()}`,
    }),
    [provider, editsTags, openAsset, askToDelete, connectionId],
  );

  const focusAround = useHandler((index: number) => {
    if (scroller.current !== null && rows.length > 0) {
      focusRow(scroller.current, Math.min(index, rows.length - 1), rowHeight);
    } else {
      document.querySelector<HTMLElement>('[data-filter-start] :is(input, select), [type=password]')?.focus();
    }
  });

  useFocusAfterBack(openId, rows, focusAround);

  const refused = list.error instanceof UnauthorizedError && needsKey(connection) ? list.error : null;
  const browser = (
    <div className="flex min-w-0 flex-1 flex-col">
      <FilterBar
        clears={clears}
        provider={provider}
        query={query}
        refine={search.refine}
        activeCount={filters.length}
      />
      <div className="flex min-h-12 items-center gap-2 px-4 py-1 max-md:px-2">
        <FilterChips filters={filters} onRefine={search.refine} onClear={clearFilters} />
        <Freshness list={list} />
        <ViewOptions kind={connection.kind} view={view} onChange={setView} />
      </div>
      <div className="flex min-h-0 flex-1 flex-col border-t border-line">
        <LibraryList list={list} rowHeight={rowHeight} filters={filters} onClearFilters={clearFilters}>
          {(page) => (
            <AssetTable
              context={context}
              rows={page.rows}
              total={page.total}
              query={query}
              view={view}
              selection={ticks.selection}
              busyIds={busyIds}
              openAssetId={openId}
              stale={list.isPlaceholderData}
              scroller={scroller}
              onSort={search.sortBy}
              onTick={ticks.tick}
              onTickPage={ticks.tickPage}
            />
          )}
        </LibraryList>
      </div>
      <footer className="flex min-h-12 shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-t border-line bg-canvas px-4 py-1.5 max-md:px-2">
        {ticks.selection.size > 0 && (
          <SelectionToolbar
            count={ticks.selection.size}
            outside={countOutside(ticks.selection, rows)}
            onRemoveTags={editsTags ? () => setTaggingSelection(true) : null}
            onDelete={() => askToDelete(refreshed(ticks.selection, rows))}
            onClear={() => {
              ticks.clear();
              focusAround(0);
            }}
          />
        )}
        {list.data !== undefined && (
          <Pagination
            page={query.page}
            pageSize={query.pageSize}
            total={total}
            shown={rows.length}
            maxPageSize={provider.maxPageSize}
            onPage={search.goToPage}
            onPageSize={(size) => search.resizePage(size, query.pageSize)}
          />
        )}
      </footer>
    </div>
  );

  return (
    <main className="flex min-h-0 flex-1">
      {refused === null ? (
        browser
      ) : (
        <div className="min-w-0 flex-1 overflow-auto bg-surface">
          <KeyForm
            connection={connection}
            refused={refused}
            onSaved={() => {
              // What is ticked stays: it is the queue that a refused key left behind.
              void client.resetQueries({ predicate: ({ queryKey }) => queryKey[1] === connection.id });
            }}
          />
        </div>
      )}
      <Suspense>
        {openId !== null && refused === null && (
          <AssetDrawer
            provider={provider}
            assetId={openId}
            previousId={neighbour(rows, openIndex, -1)}
            nextId={neighbour(rows, openIndex, 1)}
            busy={busyIds.has(openId)}
            onStep={(id) => openAsset(id, 'replace')}
            onClose={() => {
              openAsset(null);
              focusAround(Math.max(0, openIndex));
            }}
            onDelete={(asset) => askToDelete([asset])}
            onRemoveTags={editsTags ? (asset, tags) => removeTags.current?.(asset, tags) : null}
            hrefForMetadata={(key, value) => search.hrefFor({ metadata: [{ key, value }] })}
            onFilterMetadata={(key, value) => {
              // On a narrow screen the drawer covers the list that was asked for.
              if (!wide) openAsset(null, 'replace');
              search.refine({ metadata: [{ key, value }] });
            }}
          />
        )}
      </Suspense>
      {/* A boundary of its own: while it loads, the drawer behind it must stay. And kept when the key is refused: a
          deletion that met the refusal still has to tell how it ended. */}
      <Suspense>
        {deleting !== null && (
          <DeleteDialog
            provider={provider}
            assets={deleting.assets}
            onBusy={setBusyIds}
            onGone={(ids) => {
              ticks.drop(ids);
              if (openId !== null && ids.has(openId)) openAsset(null, 'replace');
            }}
            onClose={(left) => {
              ticks.add(left);
              setDeleting(null);
            }}
            focusNext={() => focusAround(deleting.from)}
          />
        )}
      </Suspense>
      {editsTags && (
        <TagRemovals
          provider={provider}
          removeTags={removeTags}
          selected={taggingSelection ? refreshed(ticks.selection, rows) : null}
          onSelectionDone={() => setTaggingSelection(false)}
        />
      )}
    </main>
  );
}

/** The nearest readable asset before or after a place in the list. */
function neighbour(rows: readonly AssetRow[], index: number, step: 1 | -1): string | null {
  if (index < 0) return null;
  for (let at = index + step; at >= 0 && at < rows.length; at += step) {
    const row = rows[at];
    if (row !== undefined && isAsset(row)) return row.id;
  }
  return null;
}
