import { Suspense, useImperativeHandle, type Ref } from 'react';

import type { Asset } from '@/domain/asset';
import { useTagRemoval } from '@/features/tag-removal/use-tag-removal';
import { preloadable } from '@/lib/preloadable';
import type { TagEditor } from '@/providers/provider';

const RootTagDialog = preloadable(() => import('@/features/tag-removal/root-tag-dialog'));
const BulkTagDialog = preloadable(() => import('@/features/tag-removal/bulk-tag-dialog'));

/** Everything that takes tags off, for providers that can. */
export function TagRemovals({
  provider,
  removeTags,
  selected,
  onSelectionDone,
}: {
  provider: TagEditor;
  /** Given the function that the table and the drawer call. */
  removeTags: Ref<(asset: Asset, tags: readonly string[]) => void>;
  /** Assets to pick tags for; null when nobody asked. */
  selected: readonly Asset[] | null;
  onSelectionDone: () => void;
}) {
  const removal = useTagRemoval(provider);
  useImperativeHandle(removeTags, () => removal.remove);
  return (
    <Suspense>
      {removal.question !== null && (
        <RootTagDialog edit={removal.question} onConfirm={removal.confirm} onClose={removal.dismiss} />
      )}
      {selected !== null && <BulkTagDialog provider={provider} assets={selected} onClose={onSelectionDone} />}
    </Suspense>
  );
}
