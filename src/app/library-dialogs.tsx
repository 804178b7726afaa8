import { useQueryClient } from '@tanstack/react-query';
import { memo, Suspense, useImperativeHandle, useRef, useState, type Ref } from 'react';

import type { KeptById } from '@/cleanup/kept-assets';
import type { Asset } from '@/domain/asset';
import type { SeenAsset } from '@/domain/plan';
import { useJobSettings } from '@/features/jobs/job-settings';
import type { PlanOptions, TagOptions } from '@/features/library-index/parts/index-view-props';
import { canRemoveTags, type AssetProvider } from '@/providers/provider';
import { listedAssets } from '@/queries/asset-cache';
import { preloadable } from '@/ui/preloadable';

import { centerFor } from './center-for';
import type { LocalData } from './local-data';
import { TagRemovals } from './tag-removals';
import type { NeedLocal } from './use-needed-local';

const DeleteDialog = preloadable(() => import('@/features/asset-deletion/delete-dialog'));

export const preloadDeleteDialog = DeleteDialog.preload;

interface Asked extends PlanOptions {
  readonly assets: readonly SeenAsset[];
}

interface Deleting extends Asked {
  /** Copies that nobody asked for, where an index knows of them. */
  readonly otherCopies?: readonly SeenAsset[] | undefined;
  /** The place of the first among the rows: the focus goes there afterwards. */
  readonly from: number;
}

interface Tagging extends Asked, TagOptions {}

/** How the rest of the screen has them opened: what they are asked is theirs, so that nothing else is drawn for it. */
export interface DialogAsks {
  readonly toDelete: (asked: Deleting) => void;
  readonly toRemoveTags: (asked: Tagging) => void;
  /** At once, with undo, unless it is a root tag. */
  readonly removeTags: (asset: Asset, tags: readonly string[]) => void;
}

/** The plans: what is asked before anything is deleted or tags are taken off, and how that ends. */
export const LibraryDialogs = memo(function LibraryDialogs({
  asks,
  provider,
  local,
  needLocal,
  pins,
  pinsAreRead,
  ticked,
  seenNow,
  onBusy,
  onStarted,
  onLeft,
  focusAround,
}: {
  asks: Ref<DialogAsks>;
  provider: AssetProvider;
  local: LocalData | null;
  needLocal: NeedLocal;
  pins: KeptById;
  pinsAreRead: boolean;
  ticked: () => Iterable<SeenAsset>;
  /** The rows are on screen. */
  seenNow: boolean;
  onBusy: (ids: ReadonlySet<string>) => void;
  onStarted: (jobId: string, ids: ReadonlySet<string>) => void;
  /** What could not be deleted. */
  onLeft: (assets: readonly SeenAsset[]) => void;
  focusAround: (index: number) => void;
}) {
  const client = useQueryClient();
  const { graceSeconds, checksChanges } = useJobSettings();
  const [deleting, setDeleting] = useState<Deleting | null>(null);
  /** Assets to pick tags for; null when nobody asked. */
  const [tagging, setTagging] = useState<Tagging | null>(null);
  const removeTags = useRef<DialogAsks['removeTags']>(null);

  useImperativeHandle(asks, () => {
    async function begin() {
      if ((await needLocal()) !== null) return;
      setDeleting(null);
      setTagging(null);
    }
    return {
      toDelete: (asked) => {
        setDeleting(asked);
        void begin();
      },
      toRemoveTags: (asked) => {
        setTagging(asked);
        void begin();
      },
      removeTags: (asset, tags) => removeTags.current?.(asset, tags),
    };
  }, [needLocal]);

  return (
    <>
      {/* A boundary of its own: while it loads, the drawer behind it must stay. And kept when the key is refused: a
          deletion that met the refusal still has to tell how it ended. */}
      <Suspense>
        {deleting !== null && local !== null && pinsAreRead && (
          <DeleteDialog
            provider={provider}
            asked={deleting.assets}
            allMatching={deleting.unseen}
            known={() => [...ticked(), ...listedAssets(client, provider.connection.id)]}
            pinned={new Set(pins.keys())}
            otherCopies={deleting.otherCopies}
            onlyDuplicates={deleting.copies}
            center={centerFor(local.center, deleting)}
            items={local.ledger.items}
            graceSeconds={graceSeconds}
            checksChanges={checksChanges}
            seenNow={seenNow}
            onBusy={onBusy}
            onStarted={onStarted}
            onClose={(left) => {
              onLeft(left);
              setDeleting(null);
            }}
            focusNext={() => focusAround(deleting.from)}
          />
        )}
      </Suspense>
      {canRemoveTags(provider) && (
        <TagRemovals
          provider={provider}
          removeTags={removeTags}
          selected={tagging?.assets ?? null}
          picked={tagging?.picked ?? NO_TAGS}
          unseen={tagging?.unseen ?? false}
          local={local}
          onConfirmed={tagging?.onConfirmed}
          graceSeconds={graceSeconds}
          onStarted={onStarted}
          onSelectionDone={() => setTagging(null)}
        />
      )}
    </>
  );
});

const NO_TAGS: readonly string[] = [];
