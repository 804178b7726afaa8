import { mutationOptions, type QueryClient } from '@tanstack/react-query';

import type { Asset } from '@/domain/asset';
import type { TagChange, TagEditor } from '@/providers/provider';

import { patchAsset } from './asset-cache';
import { assetKeys } from './asset-queries';
import { tagQueries } from './tag-queries';

export interface TagEdit {
  readonly asset: Asset;
  readonly tags: readonly string[];
}

const tagEditKey = (connectionId: string) => ['tag-edit', connectionId] as const;

/** Tags as the provider reported them after a change, wherever the asset is cached. */
const settle = (client: QueryClient, connectionId: string, id: string, change: TagChange) =>
  patchAsset(client, connectionId, id, (now) => ({ ...now, tags: change.totalTags }));

/** The last edit still running is the one that refetches, so no answer overtakes a later click. */
function refreshAfter(client: QueryClient, connectionId: string) {
  if (client.isMutating({ mutationKey: tagEditKey(connectionId) }) > 1) return;
  void client.invalidateQueries({ queryKey: assetKeys.lists(connectionId) });
  void client.invalidateQueries({ queryKey: tagQueries.all(connectionId) });
}

/** Takes tags off at once and puts back exactly those if the provider refuses. */
export const removeTagsMutation = (provider: TagEditor) => {
  const connectionId = provider.connection.id;
  return mutationOptions({
    mutationKey: tagEditKey(connectionId),
    mutationFn: ({ asset, tags }: TagEdit) => provider.removeTags(asset.id, tags),
    onMutate: async ({ asset, tags }, { client }) => {
      await client.cancelQueries({ queryKey: assetKeys.all(connectionId) });
      patchAsset(client, connectionId, asset.id, (now) => ({
        ...now,
        tags: now.tags.filter((tag) => !tags.includes(tag)),
      }));
    },
    onSuccess: (change, { asset }, _context, { client }) => settle(client, connectionId, asset.id, change),
    // Undo this removal only: one running beside it keeps its own outcome.
    onError: (_error, { asset, tags }, _context, { client }) =>
      patchAsset(client, connectionId, asset.id, (now) => ({
        ...now,
        tags: [
          ...asset.tags.filter((tag) => now.tags.includes(tag) || tags.includes(tag)),
          ...now.tags.filter((tag) => !asset.tags.includes(tag)),
        ],
      })),
    onSettled: (_change, _error, _edit, _context, { client }) => refreshAfter(client, connectionId),
  });
};

/** Puts tags on an asset: the undo of a removal. */
export const addTagsMutation = (provider: TagEditor) => {
  const connectionId = provider.connection.id;
  return mutationOptions({
    mutationKey: tagEditKey(connectionId),
    mutationFn: ({ asset, tags }: TagEdit) => {
      if (provider.addTags === undefined) throw new Error('This provider cannot add tags');
      return provider.addTags(asset.id, tags);
    },
    onSuccess: (change, { asset }, _context, { client }) => settle(client, connectionId, asset.id, change),
    onSettled: (_change, _error, _edit, _context, { client }) => refreshAfter(client, connectionId),
  });
};
