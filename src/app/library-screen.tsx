import { Suspense, useMemo, useRef, useState } from 'react';

import type { AssetRow } from '@/domain/asset';
import { needsKey } from '@/domain/connection';
import { UnauthorizedError } from '@/domain/errors';
import { useTableView } from '@/features/asset-table/use-table-view';
import { useHandler } from '@/lib/use-handler';
import type { AssetProvider } from '@/providers/provider';
import { isIndexView } from '@/search/parsers';
import { useSearch } from '@/search/search-provider';
import { preloadable } from '@/ui/preloadable';

import { BrowsePane } from './browse-pane';
import { DrawerPane, preloadDrawer } from './drawer-pane';
import { IndexPane } from './index-pane';
import { LibraryDialogs, preloadDeleteDialog, type DialogAsks } from './library-dialogs';
import { preloadSaveView } from './list-line';
import type { LocalData } from './local-data';
import { RefusedKey } from './refused-key';
import { SelectionBar } from './selection-bar';
import { useActs } from './use-acts';
import { useAllMatching } from './use-all-matching';
import { useAnswers } from './use-answers';
import { useBusyIds } from './use-busy-ids';
import type { OpenLibrary } from './use-index';
import { useKeeping } from './use-keeping';
import { useNeededLocal } from './use-needed-local';
import { useRowFocus } from './use-row-focus';
import { useSelection } from './use-selection';
import { useTableContext } from './use-table-context';
import { useAssetsGone, useFetchedAhead, useStepBack } from './use-upkeep';

const CollectDialog = preloadable(() => import('@/features/select-all/collect-dialog'));
const MarkedView = preloadable(() => import('@/features/marks/marked-view'));

const NO_ROWS: readonly AssetRow[] = [];

export interface LibraryScreenProps {
  readonly provider: AssetProvider;
  /** Null until it is loaded, which begins some time after `onSettled`. */
  readonly local: LocalData | null;
  /** Has it loaded at once. */
  readonly loadLocal: () => Promise<LocalData>;
  /** The first page is there, or why it is not. */
  readonly onSettled: () => void;
  readonly openLibrary: OpenLibrary;
}

/**
 * One connection's library: what is asked for comes from the URL, what is ticked is kept here. What is open, the URL
 * and the dialogs know, and nothing here is drawn again for it.
 */
export function LibraryScreen({ provider, local, loadLocal, onSettled, openLibrary }: LibraryScreenProps) {
  const { connection, maxPageSize } = provider;
  const search = useSearch();
  const { view: shown, goToPage } = search;
  // The same object from one render to the next, or the table would be drawn again for each.
  const query = useMemo(
    () => ({ ...search.query, pageSize: Math.min(search.query.pageSize, maxPageSize) }),
    [search.query, maxPageSize],
  );
  const [filtering, setFiltering] = useState(false);
  const toggleFiltering = useHandler(() => setFiltering(!filtering));
  const answers = useAnswers(provider, query, search.where, openLibrary, filtering || isIndexView(shown));
  const { list, blocked } = answers;
  const rows = list.data?.rows ?? NO_ROWS;

  const ticks = useSelection(rows);
  const { selection, drop } = ticks;
  const allMatching = useAllMatching(query, answers.where, answers.collect, ticks);
  const { collect } = allMatching;
  const needLocal = useNeededLocal(local, loadLocal);
  const keeping = useKeeping(connection.id, local, needLocal);
  const busy = useBusyIds(local?.center ?? null);
  const asks = useRef<DialogAsks>(null);
  const acts = useActs(provider, asks, { rows, busyIds: busy.ids, openLibrary });
  const context = useTableContext(provider, acts, keeping.withMarking);
  const [view, setView] = useTableView(connection.kind);
  const rowFocus = useRowFocus(rows, view.density);
  const { focusAround } = rowFocus;

  useStepBack(list, query, goToPage);
  useAssetsGone(connection.id, drop);
  useFetchedAhead(!list.isPending || blocked, () => {
    onSettled();
    // Offline it fails, and whoever needs the part asks again.
    Promise.all([preloadDrawer(), preloadDeleteDialog(), preloadSaveView()]).catch(() => undefined);
  });

  /** A large job goes on by itself: what is in it is no longer waiting to be chosen. */
  const handOver = useHandler((jobId: string, ids: ReadonlySet<string>) => {
    busy.addJob(jobId, ids);
    drop(ids);
  });
  const ticked = useHandler(() => selection.values());

  function clearSelection() {
    ticks.clear();
    focusAround(0);
  }

  const refused = list.error instanceof UnauthorizedError && needsKey(connection) ? list.error : null;
  const toolbar = selection.size > 0 && (
    <SelectionBar
      {...{ selection, rows, allMatching, keeping, acts }}
      view={shown}
      onClear={clearSelection}
    />
  );

  return (
    <main className="flex min-h-0 flex-1">
      {refused !== null ? (
        <RefusedKey connection={connection} refused={refused} />
      ) : shown === 'marked' ? (
        <Suspense>
          <MarkedView
            provider={provider}
            marks={keeping.marks}
            onUnmark={(ids) => keeping.withMarking((marking) => marking.unmark(ids))}
            onDelete={(assets) => acts.askToDelete(assets, { unseen: assets.length > 1 })}
            onOpen={context.onOpen}
            hrefFor={context.hrefFor}
          />
        </Suspense>
      ) : isIndexView(shown) ? (
        <IndexPane view={shown} {...{ context, query, answers, ticks, keeping, acts, toolbar }} />
      ) : (
        <BrowsePane
          {...{
            context,
            query,
            answers,
            rows,
            filtering,
            ticks,
            allMatching,
            keeping,
            view,
            rowFocus,
            toolbar,
          }}
          onFiltering={toggleFiltering}
          busyIds={busy.ids}
          onView={setView}
        />
      )}
      <DrawerPane
        {...{ provider, rows, acts, focusAround }}
        hidden={refused !== null}
        busyIds={busy.ids}
        marks={keeping.marks}
        pins={keeping.pins}
        onToggle={keeping.toggle}
      />
      <LibraryDialogs
        {...{ asks, provider, local, needLocal, ticked, focusAround }}
        pins={keeping.pins}
        pinsAreRead={keeping.pinsAreRead}
        seenNow={shown === null}
        onBusy={busy.setInDialog}
        onStarted={handOver}
        onLeft={ticks.add}
      />
      <Suspense>
        {collect.state.step !== 'idle' && (
          <CollectDialog
            state={collect.state}
            total={list.data?.total ?? 0}
            onAccept={collect.accept}
            onRetry={collect.retry}
            onCancel={collect.cancel}
          />
        )}
      </Suspense>
    </main>
  );
}
