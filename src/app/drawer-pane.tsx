import clsx from 'clsx';
import { memo, Suspense, useDeferredValue } from 'react';

import type { KeptById } from '@/cleanup/kept-assets';
import { isAsset, type AssetRow } from '@/domain/asset';
import { useMediaQuery } from '@/lib/use-media-query';
import type { AssetProvider } from '@/providers/provider';
import { useOpenAssetId, usePlace, useSearch } from '@/search/search-provider';
import { preloadable } from '@/ui/preloadable';

import type { Acts } from './use-acts';
import type { Keeping } from './use-keeping';
import { useAssetsGone, useFocusAfterBack } from './use-upkeep';

const AssetDrawer = preloadable(() => import('@/features/asset-drawer/asset-drawer'));

export const preloadDrawer = AssetDrawer.preload;

/**
 * The open asset, beside or above the library: opening it draws nothing else again. Beside the library it appears above
 * its edge, and the library makes room a moment later: laying all of it out anew takes longer than the drawer itself.
 */
export const DrawerPane = memo(function DrawerPane({
  provider,
  rows,
  hidden,
  busyIds,
  marks,
  pins,
  acts,
  onToggle,
  focusAround,
}: {
  provider: AssetProvider;
  /** The list as shown, through which it steps. */
  rows: readonly AssetRow[];
  /** The key is asked for first. */
  hidden: boolean;
  busyIds: ReadonlySet<string>;
  marks: KeptById;
  pins: KeptById;
  acts: Acts;
  onToggle: Keeping['toggle'];
  focusAround: (index: number) => void;
}) {
  const openId = useOpenAssetId();
  const { openAsset, hrefFor } = usePlace();
  const { refine } = useSearch();
  const wide = useMediaQuery('(min-width: 1024px)');
  const isOpen = openId !== null && !hidden;
  // At once when it opens with the page.
  const hasRoom = useDeferredValue(isOpen);
  const openIndex = openId === null ? -1 : rows.findIndex((row) => isAsset(row) && row.id === openId);

  useFocusAfterBack(openId, rows, focusAround);
  useAssetsGone(provider.connection.id, (ids) => {
    if (openId !== null && ids.has(openId)) openAsset(null, 'replace');
  });

  if (!isOpen) return null;
  return (
    <div className={clsx('relative shrink-0 max-lg:contents', hasRoom ? 'w-104' : 'w-0')}>
      <Suspense>
        <AssetDrawer
          provider={provider}
          assetId={openId}
          previousId={neighbour(rows, openIndex, -1)}
          nextId={neighbour(rows, openIndex, 1)}
          busy={busyIds.has(openId)}
          marked={marks.has(openId)}
          pinned={pins.has(openId)}
          onMark={(asset, on) => onToggle('mark', [asset], on)}
          onPin={(asset, on) => onToggle('pin', [asset], on)}
          onStep={(id) => openAsset(id, 'replace')}
          onClose={() => {
            openAsset(null);
            focusAround(Math.max(0, openIndex));
          }}
          onDelete={(asset) => acts.askToDelete([asset], { unseen: false })}
          onRemoveTags={acts.removeTags}
          hrefForMetadata={(key, value) => hrefFor({ metadata: [{ key, value }] })}
          onFilterMetadata={(key, value) => {
            // On a narrow screen the drawer covers the list that was asked for.
            if (!wide) openAsset(null, 'replace');
            refine({ metadata: [{ key, value }] });
          }}
        />
      </Suspense>
    </div>
  );
});

/** The nearest readable asset before or after a place in the list. */
function neighbour(rows: readonly AssetRow[], index: number, step: 1 | -1): string | null {
  if (index < 0) return null;
  for (let at = index + step; at >= 0 && at < rows.length; at += step) {
    const row = rows[at];
    if (row !== undefined && isAsset(row)) return row.id;
  }
  return null;
}
