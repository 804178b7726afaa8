import { Suspense, useImperativeHandle, type Ref } from 'react';

import type { Asset } from '@/domain/asset';
import type { PlanOptions } from '@/features/library-index/parts/index-view-props';
import { useTagRemoval } from '@/features/tag-removal/use-tag-removal';
import type { SeenAsset } from '@/domain/plan';
import type { TagEditor } from '@/providers/provider';
import { preloadable } from '@/ui/preloadable';

import { centerFor } from './center-for';
import type { LocalData } from './local-data';

const RootTagDialog = preloadable(() => import('@/features/tag-removal/root-tag-dialog'));
const BulkTagDialog = preloadable(() => import('@/features/tag-removal/bulk-tag-dialog'));

/** Everything that takes tags off, for providers that can. */
export function TagRemovals({
  provider,
  removeTags,
  selected,
  picked,
  unseen,
  local,
  onConfirmed,
  graceSeconds,
  onStarted,
  onSelectionDone,
}: {
  provider: TagEditor;
  /** Given the function that the table and the drawer call. */
  removeTags: Ref<(asset: Asset, tags: readonly string[]) => void>;
  /** Assets to pick tags for; null when nobody asked. */
  selected: readonly SeenAsset[] | null;
  /** Tags that are ticked from the start. */
  picked: readonly string[];
  /** Some of them were never on screen. */
  unseen: boolean;
  local: LocalData | null;
  onConfirmed: PlanOptions['onConfirmed'];
  graceSeconds: number;
  onStarted: (jobId: string, ids: ReadonlySet<string>) => void;
  onSelectionDone: () => void;
}) {
  const removal = useTagRemoval(provider);
  useImperativeHandle(removeTags, () => removal.remove);
  return (
    <Suspense>
      {removal.question !== null && (
        <RootTagDialog edit={removal.question} onConfirm={removal.confirm} onClose={removal.dismiss} />
      )}
      {selected !== null && local !== null && (
        <BulkTagDialog
          provider={provider}
          asked={selected}
          picked={picked}
          allMatching={unseen}
          center={centerFor(local.center, { onConfirmed })}
          items={local.ledger.items}
          graceSeconds={graceSeconds}
          onStarted={onStarted}
          onClose={onSelectionDone}
        />
      )}
    </Suspense>
  );
}
