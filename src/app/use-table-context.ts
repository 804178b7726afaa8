import { useMemo } from 'react';

import type { Asset } from '@/domain/asset';
import type { TableContext } from '@/features/asset-table/table-context';
import type { AssetProvider } from '@/providers/provider';
import { usePlace } from '@/search/search-provider';

import type { Acts } from './use-acts';
import type { Keeping } from './use-keeping';

/** What the rows of a table need beyond their assets; the same object as long as the connection is. */
export function useTableContext(
  provider: AssetProvider,
  { askToDelete, removeTags }: Acts,
  withMarking: Keeping['withMarking'],
): TableContext {
  const { openAsset, connectionId } = usePlace();
  return useMemo(
    () => ({
      provider,
      onOpen: (id: string) => openAsset(id),
      onDelete: (asset: Asset) => askToDelete([asset], { unseen: false }),
      onMark: (asset: Asset) => withMarking((marking) => marking.toggleMark(asset)),
      onRemoveTag: removeTags === null ? null : (asset: Asset, tag: string) => removeTags(asset, [tag]),
      // Without the filters: with them, every row would be drawn again for each.
      hrefFor: (id: string) =>
        `?${new URLSearchParams({ ...(connectionId !== null && { connection: connectionId }), asset: id }).toString()}`,
    }),
    [provider, askToDelete, removeTags, withMarking, openAsset, connectionId],
  );
}
