import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Suspense, useMemo, useRef, useState } from 'react';

import { isAsset, type Asset, type AssetRow } from '@/domain/asset';
import type { AssetQuery } from '@/domain/asset-query';
import { UnauthorizedError } from '@/domain/errors';
import { needsKey } from '@/domain/connection';
import type { SeenAsset } from '@/domain/plan';
import { countOutside, isSelectable, refreshed } from '@/domain/selection';
import { activeFilters, ignoredFilters } from '@/features/asset-filters/active-filters';
import { FilterBar } from '@/features/asset-filters/filter-bar';
import { FilterChips } from '@/features/asset-filters/filter-chips';
import { SelectionToolbar } from '@/features/asset-selection/selection-toolbar';
import { AssetTable } from '@/features/asset-table/asset-table';
import { Pagination } from '@/features/asset-table/pagination';
import { focusRow } from '@/features/asset-table/row-keys';
import { ROW_HEIGHTS, useTableView } from '@/features/asset-table/use-table-view';
import { ViewOptions } from '@/features/asset-table/view-options';
import { KeyForm } from '@/features/connect/key-form';
import { useJobSettings } from '@/features/jobs/job-settings';
import type { Marking } from '@/features/marks/marking';
import { SelectAllBanner } from '@/features/select-all/select-all-banner';
import { preloadable } from '@/lib/preloadable';
import { useHandler } from '@/lib/use-handler';
import { useMediaQuery } from '@/lib/use-media-query';
import { canRemoveTags, type AssetProvider } from '@/providers/provider';
import { listedAssets } from '@/queries/asset-cache';
import { assetQueries } from '@/queries/asset-queries';
import { projectQueries } from '@/queries/project-queries';
import type { AssetSearch } from '@/search/use-asset-search';
import { announceProblem } from '@/ui/toaster';

import { Freshness, LibraryList } from './library-list';
import type { LocalData } from './local-data';
import { TagRemovals } from './tag-removals';
import { useAllMatching } from './use-all-matching';
import { useIsRead, useKeptAssets } from './use-kept-assets';
import { useSelection } from './use-selection';
import { useStartedJobs } from './use-started-jobs';
import { focusStart, useAssetsGone, useFetchedAhead, useFocusAfterBack, useStepBack } from './use-upkeep';

const AssetDrawer = preloadable(() => import('@/features/asset-drawer/asset-drawer'));
const DeleteDialog = preloadable(() => import('@/features/asset-deletion/delete-dialog'));
const CollectDialog = preloadable(() => import('@/features/select-all/collect-dialog'));
const MarkedView = preloadable(() => import('@/features/marks/marked-view'));

const NO_ROWS: readonly AssetRow[] = [];
const NO_IDS: ReadonlySet<string> = new Set();

export interface LibraryScreenProps {
  readonly provider: AssetProvider;
  readonly search: AssetSearch;
  /** Null until it is loaded, which begins some time after `onSettled`. */
  readonly local: LocalData | null;
  /** Has it loaded at once. */
  readonly loadLocal: () => Promise<LocalData>;
  /** The first page is there, or why it is not. */
  readonly onSettled: () => void;
}

interface Deleting {
  readonly assets: readonly SeenAsset[];
  /** Some of them were never on screen. */
  readonly unseen: boolean;
  /** The place of the first among the rows: the focus goes there afterwards. */
  readonly from: number;
}

/** One connection's library: what is asked for comes from the URL, what is ticked is kept here. */
export function LibraryScreen({ provider, search, local, loadLocal, onSettled }: LibraryScreenProps) {
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
  const [deleting, setDeleting] = useState<Deleting | null>(null);
  /** Text that has not settled yet goes with the filters: the box starts anew. */
  const [clears, setClears] = useState(0);
  const [busyInDialog, setBusyInDialog] = useState(NO_IDS);
  const started = useStartedJobs(local?.center ?? null);
  const busyIds = useMemo(
    () => (busyInDialog.size === 0 ? started.ids : new Set([...busyInDialog, ...started.ids])),
    [busyInDialog, started.ids],
  );
  const jobSettings = useJobSettings();
  const marks = useKeptAssets(local?.marks ?? null, connection.id);
  const pins = useKeptAssets(local?.pins ?? null, connection.id);
  // No plan is made before it is known what the person has pinned.
  const pinsAreRead = useIsRead(local?.pins ?? null);
  const allMatching = useAllMatching(provider, query, ticks);
  const [taggingSelection, setTaggingSelection] = useState(false);
  const removeTags = useRef<((asset: Asset, tags: readonly string[]) => void) | null>(null);
  const scroller = useRef<HTMLDivElement>(null);

  const projectName = projects.data?.find((project) => project.id === query.project)?.name ?? null;
  const filters = activeFilters(query, projectName, provider.filters);
  const openId = search.openAssetId;
  const openIndex = rows.findIndex((row) => isAsset(row) && row.id === openId);
  const editsTags = canRemoveTags(provider);

  const { goToPage, openAsset, connectionId, view: shown } = search;
  const total = list.data?.total ?? 0;
  useStepBack(list, query, goToPage);
  useFetchedAhead(!list.isPending, () => {
    onSettled();
    // Offline it fails, and whoever needs the part asks again.
    Promise.all([AssetDrawer.preload(), DeleteDialog.preload()]).catch(() => undefined);
  });

  function clearFilters() {
    setClears(clears + 1);
    search.clearFilters();
  }

  const askToDelete = useHandler((assets: readonly SeenAsset[], unseen: boolean) => {
    const asked = new Set(assets.map((asset) => asset.id));
    const first = rows.findIndex((row) => isAsset(row) && asked.has(row.id));
    setDeleting({ assets, unseen, from: Math.max(0, first) });
    void needLocal();
  });

  useAssetsGone(connection.id, (ids) => {
    ticks.drop(ids);
    if (openId !== null && ids.has(openId)) openAsset(null, 'replace');
  });

  /** Null when it cannot be had, which is said. */
  async function needLocal(): Promise<LocalData | null> {
    try {
      return local ?? (await loadLocal());
    } catch {
      announceProblem('A part of this page could not be loaded. Check that you are online, and try again.');
      setDeleting(null);
      setTaggingSelection(false);
      return null;
    }
  }

  const withMarking = useHandler((act: (marking: Marking) => Promise<void>) => {
    void needLocal().then((loaded) => {
      if (loaded !== null) void act(loaded.markingOf(connection.id));
    });
  });
  const toggle = (list: 'mark' | 'pin', assets: readonly SeenAsset[], on: boolean) => {
    const ids = assets.map(({ id }) => id);
    withMarking((marking) => {
      if (list === 'mark') return on ? marking.mark(assets) : marking.unmark(ids);
      return on ? marking.pin(assets) : marking.unpin(ids);
    });
  };

  /** A large job goes on by itself: what is in it is no longer waiting to be chosen. */
  function handOver(jobId: string, ids: ReadonlySet<string>) {
    started.add(jobId, ids);
    ticks.drop(ids);
  }

  const context = useMemo(
    () => ({
      provider,
      onOpen: (id: string) => openAsset(id),
      onDelete: (asset: Asset) => askToDelete([asset], false),
      onMark: (asset: Asset) => {
        withMarking((marking) => marking.toggleMark(asset));
      },
      onRemoveTag: editsTags ? (asset: Asset, tag: string) => removeTags.current?.(asset, [tag]) : null,
      // Without the filters: with them, every row would be drawn again for each.
      hrefFor: (id: string) =>
        `?${new URLSearchParams({ ...(connectionId !== null && { connection: connectionId }), asset: id }).toString()}`,
    }),
    [provider, editsTags, openAsset, askToDelete, withMarking, connectionId],
  );

  const focusAround = useHandler((index: number) => {
    if (scroller.current !== null && rows.length > 0) {
      focusRow(scroller.current, Math.min(index, rows.length - 1), rowHeight);
    } else {
      focusStart();
    }
  });

  useFocusAfterBack(openId, rows, focusAround);

  function clearSelection() {
    ticks.clear();
    focusAround(0);
  }

  const selectable = rows.filter(isSelectable);
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
      <div className="flex min-h-12 items-center gap-2 px-4 py-1 max-md:min-h-10 max-md:px-2">
        <FilterChips
          filters={filters}
          ignored={ignoredFilters(query, provider.filters)}
          onRefine={search.refine}
          onClear={clearFilters}
        />
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
              marked={marks}
              pinned={pins}
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
      {ticks.selection.size > 0 && (
        <SelectAllBanner
          pageSelected={selectable.filter(({ id }) => ticks.selection.has(id)).length}
          pageCount={selectable.length}
          total={total}
          selectedCount={ticks.selection.size}
          allSelected={allMatching.complete}
          untickable={allMatching.untickable.length}
          onSelectAll={allMatching.start}
        />
      )}
      <footer className="group/foot @container flex min-h-12 shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-t border-line bg-canvas px-4 py-1.5 max-md:px-2">
        {ticks.selection.size > 0 && (
          <SelectionToolbar
            count={ticks.selection.size}
            outside={countOutside(ticks.selection, rows)}
            onRemoveTags={
              editsTags
                ? () => {
                    setTaggingSelection(true);
                    void needLocal();
                  }
                : null
            }
            onDelete={() =>
              askToDelete(
                [...refreshed(ticks.selection, rows), ...allMatching.untickable],
                allMatching.unseen,
              )
            }
            allMarked={isEvery(ticks.selection, marks)}
            allPinned={isEvery(ticks.selection, pins)}
            onMark={(on) => toggle('mark', refreshed(ticks.selection, rows), on)}
            onPin={(on) => toggle('pin', refreshed(ticks.selection, rows), on)}
            onClear={clearSelection}
          />
        )}
        {list.data !== undefined && (
          <Pagination
            page={query.page}
            pageSize={query.pageSize}
            total={total}
            shown={rows.length}
            stale={list.isPlaceholderData}
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
      {refused === null && shown === 'marked' ? (
        <Suspense>
          <MarkedView
            provider={provider}
            marks={marks}
            onUnmark={(ids) => {
              withMarking((marking) => marking.unmark(ids));
            }}
            onDelete={(assets) => askToDelete(assets, assets.length > 1)}
            onOpen={(id) => openAsset(id)}
            hrefFor={context.hrefFor}
          />
        </Suspense>
      ) : refused === null ? (
        browser
      ) : (
        <div className="min-w-0 flex-1 overflow-auto bg-surface">
          <KeyForm
            connection={connection}
            refused={refused}
            onAddConnection={() => search.goToView('connections')}
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
            marked={marks.has(openId)}
            pinned={pins.has(openId)}
            onMark={(asset, on) => toggle('mark', [asset], on)}
            onPin={(asset, on) => toggle('pin', [asset], on)}
            onStep={(id) => openAsset(id, 'replace')}
            onClose={() => {
              openAsset(null);
              focusAround(Math.max(0, openIndex));
            }}
            onDelete={(asset) => askToDelete([asset], false)}
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
        {deleting !== null && local !== null && pinsAreRead && (
          <DeleteDialog
            provider={provider}
            asked={deleting.assets}
            allMatching={deleting.unseen}
            known={() => [...ticks.selection.values(), ...listedAssets(client, connection.id)]}
            pinned={new Set(pins.keys())}
            center={local.center}
            items={local.ledger.items}
            graceSeconds={jobSettings.graceSeconds}
            checksChanges={jobSettings.checksChanges}
            seenNow={shown !== 'marked'}
            onBusy={setBusyInDialog}
            onStarted={handOver}
            onClose={(left) => {
              ticks.add(left);
              setDeleting(null);
            }}
            focusNext={() => focusAround(deleting.from)}
          />
        )}
      </Suspense>
      <Suspense>
        {allMatching.collect.state.step !== 'idle' && (
          <CollectDialog
            state={allMatching.collect.state}
            total={total}
            onAccept={allMatching.collect.accept}
            onRetry={allMatching.collect.retry}
            onCancel={allMatching.collect.cancel}
          />
        )}
      </Suspense>
      {editsTags && (
        <TagRemovals
          provider={provider}
          removeTags={removeTags}
          selected={taggingSelection ? refreshed(ticks.selection, rows) : null}
          unseen={allMatching.unseen}
          local={local}
          graceSeconds={jobSettings.graceSeconds}
          onStarted={handOver}
          onSelectionDone={() => setTaggingSelection(false)}
        />
      )}
    </main>
  );
}

const isEvery = (selection: ReadonlyMap<string, unknown>, kept: ReadonlyMap<string, unknown>): boolean =>
  kept.size >= selection.size && [...selection.keys()].every((id) => kept.has(id));

/** The nearest readable asset before or after a place in the list. */
function neighbour(rows: readonly AssetRow[], index: number, step: 1 | -1): string | null {
  if (index < 0) return null;
  for (let at = index + step; at >= 0 && at < rows.length; at += step) {
    const row = rows[at];
    if (row !== undefined && isAsset(row)) return row.id;
  }
  return null;
}
