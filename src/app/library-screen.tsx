import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Suspense, useMemo, useRef, useState } from 'react';

import { isAsset, type Asset, type AssetRow } from '@/domain/asset';
import { DEFAULT_QUERY, type AssetQuery } from '@/domain/asset-query';
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
import { useJobSettings } from '@/features/jobs/job-settings';
import type { PlanOptions, TagOptions } from '@/features/library-index/parts/index-view-props';
import type { Marking } from '@/features/marks/marking';
import { SelectAllBanner } from '@/features/select-all/select-all-banner';
import { preloadable } from '@/lib/preloadable';
import { useHandler } from '@/lib/use-handler';
import { useMediaQuery } from '@/lib/use-media-query';
import { canRemoveTags, type AssetProvider } from '@/providers/provider';
import { listedAssets } from '@/queries/asset-cache';
import { projectQueries } from '@/queries/project-queries';
import { isIndexView } from '@/search/parsers';
import type { AssetSearch } from '@/search/use-asset-search';
import { announceProblem } from '@/ui/toaster';

import { Freshness, LibraryList, Unloadable } from './library-list';
import type { LocalData } from './local-data';
import { centerFor } from './center-for';
import { TagRemovals } from './tag-removals';
import { useAllMatching } from './use-all-matching';
import { useAnswers } from './use-answers';
import { useIsRead, useKeptAssets } from './use-kept-assets';
import type { OpenLibrary } from './use-index';
import { useSelection } from './use-selection';
import { useStartedJobs } from './use-started-jobs';
import {
  focusMoreFilters,
  focusStart,
  useAssetsGone,
  useFetchedAhead,
  useFocusAfterBack,
  useStepBack,
} from './use-upkeep';

const KeyForm = preloadable(() => import('@/features/connect/key-form'));
const AssetDrawer = preloadable(() => import('@/features/asset-drawer/asset-drawer'));
const DeleteDialog = preloadable(() => import('@/features/asset-deletion/delete-dialog'));
const CollectDialog = preloadable(() => import('@/features/select-all/collect-dialog'));
const MarkedView = preloadable(() => import('@/features/marks/marked-view'));
const SaveViewButton = preloadable(() => import('@/features/library-index/saved/save-view-button'));
const IndexViews = preloadable(() => import('./index-views'));

const NO_ROWS: readonly AssetRow[] = [];
const SEEN: PlanOptions = { unseen: false };
const NO_IDS: ReadonlySet<string> = new Set();
const DEFAULT_SORT = { sort: DEFAULT_QUERY.sort, order: DEFAULT_QUERY.order };

export interface LibraryScreenProps {
  readonly provider: AssetProvider;
  readonly search: AssetSearch;
  /** Null until it is loaded, which begins some time after `onSettled`. */
  readonly local: LocalData | null;
  /** Has it loaded at once. */
  readonly loadLocal: () => Promise<LocalData>;
  /** The first page is there, or why it is not. */
  readonly onSettled: () => void;
  readonly openLibrary: OpenLibrary;
}

interface Asked extends PlanOptions {
  readonly assets: readonly SeenAsset[];
}

interface Tagging extends Asked, TagOptions {}

interface Deleting extends Asked {
  /** Of duplicates: the copies that nobody asked for. */
  readonly otherCopies?: readonly SeenAsset[] | undefined;
  /** The place of the first among the rows: the focus goes there afterwards. */
  readonly from: number;
}

/** One connection's library: what is asked for comes from the URL, what is ticked is kept here. */
export function LibraryScreen({
  provider,
  search,
  local,
  loadLocal,
  onSettled,
  openLibrary,
}: LibraryScreenProps) {
  const { connection } = provider;
  const client = useQueryClient();
  const { maxPageSize } = provider;
  // The same object from one render to the next, or the table would be drawn again for each.
  const query: AssetQuery = useMemo(
    () => ({ ...search.query, pageSize: Math.min(search.query.pageSize, maxPageSize) }),
    [search.query, maxPageSize],
  );
  const [filtering, setFiltering] = useState(false);
  const { list, where, answerer, supported, collect, indexed, libraryFilters, blocked } = useAnswers(
    provider,
    query,
    search.where,
    openLibrary,
    filtering || isIndexView(search.view),
  );
  const { access } = indexed;
  const projects = useQuery({
    ...projectQueries.all(provider),
    enabled: query.project !== null || where !== '',
  });
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
  const allMatching = useAllMatching(query, where, collect, ticks);
  /** Assets to pick tags for; null when nobody asked. */
  const [tagging, setTagging] = useState<Tagging | null>(null);
  const removeTags = useRef<((asset: Asset, tags: readonly string[]) => void) | null>(null);
  const scroller = useRef<HTMLDivElement>(null);

  const projectNames = useMemo(
    () => new Map(projects.data?.map((project) => [project.id, project.name])),
    [projects.data],
  );
  const projectName = projectNames.get(query.project ?? '') ?? null;
  const filters = [
    ...activeFilters(query, projectName, supported),
    ...(access?.parts.whereFilters(where, projectNames) ?? []),
  ];
  const openId = search.openAssetId;
  const openIndex = rows.findIndex((row) => isAsset(row) && row.id === openId);
  const editsTags = canRemoveTags(provider);

  const { goToPage, openAsset, connectionId, view: shown } = search;
  const total = list.data?.total ?? 0;
  useStepBack(list, query, goToPage);
  useFetchedAhead(!list.isPending || blocked, () => {
    onSettled();
    // Offline it fails, and whoever needs the part asks again.
    Promise.all([AssetDrawer.preload(), DeleteDialog.preload()]).catch(() => undefined);
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

  function clearFilters() {
    setClears(clears + 1);
    search.clearFilters();
  }

  const toggleFiltering = useHandler(() => setFiltering(!filtering));

  const askToDelete = useHandler((assets: readonly SeenAsset[], asked: Omit<Deleting, 'assets' | 'from'>) => {
    const ids = new Set(assets.map((asset) => asset.id));
    const first = rows.findIndex((row) => isAsset(row) && ids.has(row.id));
    setDeleting({ assets, ...asked, from: Math.max(0, first) });
    void needLocal();
  });

  /** What is ticked among duplicates is there only because another copy is: the index says which. */
  function askToDeleteCopies(assets: readonly SeenAsset[], options: PlanOptions) {
    if (access === null) return;
    access.parts.otherCopiesOf(access.index, assets).then(
      (others) => {
        // What another job is deleting does not stay.
        const otherCopies = others.filter(({ id }) => !busyIds.has(id));
        askToDelete(assets, { ...options, otherCopies });
      },
      (error: unknown) => announceProblem(error instanceof Error ? error.message : String(error)),
    );
  }

  function askToRemoveTags(asked: Tagging) {
    setTagging(asked);
    void needLocal();
  }

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
      setTagging(null);
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
      onDelete: (asset: Asset) => askToDelete([asset], SEEN),
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
  const toolbar = ticks.selection.size > 0 && (
    <SelectionToolbar
      count={ticks.selection.size}
      outside={countOutside(ticks.selection, rows)}
      onRemoveTags={
        editsTags
          ? () => askToRemoveTags({ assets: refreshed(ticks.selection, rows), unseen: allMatching.unseen })
          : null
      }
      onDelete={() =>
        (shown === 'duplicates' ? askToDeleteCopies : askToDelete)(
          [...refreshed(ticks.selection, rows), ...allMatching.untickable],
          { unseen: allMatching.unseen },
        )
      }
      allMarked={isEvery(ticks.selection, marks)}
      allPinned={isEvery(ticks.selection, pins)}
      onMark={(on) => toggle('mark', refreshed(ticks.selection, rows), on)}
      onPin={(on) => toggle('pin', refreshed(ticks.selection, rows), on)}
      onClear={clearSelection}
    />
  );
  const browser = (
    <div className="flex min-w-0 flex-1 flex-col">
      <FilterBar
        clears={clears}
        provider={provider}
        query={query}
        refine={search.refine}
        activeCount={filters.length}
        onMore={toggleFiltering}
        moreOpen={filtering}
      />
      <div className="flex min-h-12 items-center gap-2 px-4 py-1 max-md:min-h-10 max-md:px-2">
        <FilterChips
          filters={filters}
          ignored={ignoredFilters(query, provider.filters, answerer)}
          onRefine={search.refine}
          onClear={clearFilters}
        />
        {answerer === 'provider' ? (
          <Freshness list={list} />
        ) : (
          access !== null &&
          indexed.view !== null && (
            <access.parts.IndexLabel index={access.index} view={indexed.view} page={list.data} />
          )
        )}
        {filters.length > 0 && (
          <Suspense>
            <SaveViewButton kind={connection.kind} query={query} where={where} />
          </Suspense>
        )}
        <ViewOptions kind={connection.kind} view={view} onChange={setView} />
      </div>
      {answerer === 'index' && access !== null && indexed.view !== null && (
        <access.parts.IndexNews index={access.index} view={indexed.view} />
      )}
      <div className="flex min-h-0 flex-1 border-t border-line">
        {filtering && access !== null && indexed.view !== null && libraryFilters !== undefined && (
          <access.parts.FilterPanel
            provider={provider}
            index={access.index}
            view={indexed.view}
            filters={libraryFilters}
            onRefine={search.refine}
            onClose={toggleFiltering}
            returnFocus={focusMoreFilters}
          />
        )}
        <div className="flex min-w-0 flex-1 flex-col">
          {!blocked ? (
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
          ) : access === null || indexed.view === null ? (
            <Unloadable onRetry={indexed.retry} />
          ) : (
            <access.parts.IndexPlace
              {...{ provider, query, where }}
              index={access.index}
              view={indexed.view}
              error={list.error}
              onRetry={() => void list.refetch()}
              onLive={goLive}
            />
          )}
        </div>
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
        {toolbar}
        {list.data !== undefined && !blocked && (
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
      {refused !== null ? (
        <div className="min-w-0 flex-1 overflow-auto bg-surface">
          <Suspense>
            <KeyForm
              connection={connection}
              refused={refused}
              onAddConnection={() => search.goToView('connections')}
              onSaved={() => {
                // What is ticked stays: it is the queue that a refused key left behind.
                void client.resetQueries({ predicate: ({ queryKey }) => queryKey[1] === connection.id });
              }}
            />
          </Suspense>
        </div>
      ) : shown === 'marked' ? (
        <Suspense>
          <MarkedView
            provider={provider}
            marks={marks}
            onUnmark={(ids) => {
              withMarking((marking) => marking.unmark(ids));
            }}
            onDelete={(assets) => askToDelete(assets, { unseen: assets.length > 1 })}
            onOpen={(id) => openAsset(id)}
            hrefFor={context.hrefFor}
          />
        </Suspense>
      ) : isIndexView(shown) ? (
        <Suspense>
          {indexed.unloadable && <Unloadable onRetry={indexed.retry} />}
          {access !== null && indexed.view !== null && libraryFilters !== undefined && (
            <IndexViews
              view={shown}
              provider={provider}
              index={access.index}
              standing={indexed.view}
              total={answerer === 'provider' ? (list.data?.total ?? null) : null}
              // Refused once more, the list asks for another key in its place.
              onNeedKey={() => void list.refetch()}
              search={search}
              selection={ticks.selection}
              marked={marks}
              pinned={pins}
              onTick={(assets, selected) =>
                selected ? ticks.add(assets) : ticks.drop(new Set(assets.map(({ id }) => id)))
              }
              query={{
                ...libraryFilters,
                includePublic: query.includePublic,
                sort: query.sort,
                order: query.order,
              }}
              onDelete={(assets, { copies = false, ...options }) =>
                (copies ? askToDeleteCopies : askToDelete)(assets, options)
              }
              onRemoveTags={editsTags ? (assets, options) => askToRemoveTags({ assets, ...options }) : null}
              onOpen={(id) => openAsset(id)}
              hrefFor={context.hrefFor}
              toolbar={toolbar}
            />
          )}
        </Suspense>
      ) : (
        browser
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
            onDelete={(asset) => askToDelete([asset], SEEN)}
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
            otherCopies={deleting.otherCopies}
            center={centerFor(local.center, deleting)}
            items={local.ledger.items}
            graceSeconds={jobSettings.graceSeconds}
            checksChanges={jobSettings.checksChanges}
            seenNow={shown === null}
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
          selected={tagging?.assets ?? null}
          picked={tagging?.picked ?? []}
          unseen={tagging?.unseen ?? false}
          local={local}
          onConfirmed={tagging?.onConfirmed}
          graceSeconds={jobSettings.graceSeconds}
          onStarted={handOver}
          onSelectionDone={() => setTagging(null)}
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
