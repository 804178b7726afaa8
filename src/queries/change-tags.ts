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
const removalKey = (connectionId: string) => [...tagEditKey(connectionId), 'remove'] as const;

/**
 * Tags as the provider reported them after a change, wherever the asset is cached; without those that a removal
 * beside it is still taking off, which the provider may not have heard of when it answered.
 */
function settle(client: QueryClient, connectionId: string, edit: TagEdit, change: TagChange) {
  const leaving = new Set(
    client
      .getMutationCache()
      .findAll({ mutationKey: removalKey(connectionId), status: 'pending' })
      .map((removal) => removal.state.variables)
      .filter(isTagEdit)
      .filter((other) => other !== edit && other.asset.id === edit.asset.id)
      .flatMap((other) => other.tags),
  );
  const tags = change.totalTags.filter((tag) => !leaving.has(tag));
  patchAsset(client, connectionId, edit.asset.id, (now) => ({ ...now, tags }));
}

const isTagEdit = (variables: unknown): variables is TagEdit =>
  typeof variables === 'object' && variables !== null && 'asset' in variables && 'tags' in variables;

/** The last edit still running is the one that refetches, so no answer overtakes a later click. */
function refreshAfter(client: QueryClient, connectionId: string) {
  if (client.isMutating({ mutationKey: tagEditKey(connectionId) }) > 1) return;
  // Details as well: reading one may have been interrupted by the edit.
  void client.invalidateQueries({ queryKey: assetKeys.all(connectionId) });
  void client.invalidateQueries({ queryKey: tagQueries.all(connectionId) });
}

/** Takes tags off at once and puts back exactly those if the provider refuses. */
export const removeTagsMutation = (provider: TagEditor) => {
  const connectionId = provider.connection.id;
  return mutationOptions({
    mutationKey: removalKey(connectionId),
    mutationFn: ({ asset, tags }: TagEdit) => provider.removeTags(asset.id, tags),
    onMutate: async ({ asset, tags }, { client }) => {
      await client.cancelQueries({ queryKey: assetKeys.all(connectionId) });
      patchAsset(client, connectionId, asset.id, (now) => ({
        ...now,
        tags: now.tags.filter((tag) => !tags.includes(tag)),
      }));
    },
    onSuccess: (change, edit, _context, { client }) => settle(client, connectionId, edit, change),
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
    onSuccess: (change, edit, _context, { client }) => settle(client, connectionId, edit, change),
    onSettled: (_change, _error, _edit, _context, { client }) => refreshAfter(client, connectionId),
  });
};
