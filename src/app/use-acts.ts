import { useMemo, useRef, type RefObject } from 'react';

import { isAsset, type Asset, type AssetRow } from '@/domain/asset';
import type { SeenAsset } from '@/domain/plan';
import type { PlanOptions, TagOptions } from '@/features/library-index/parts/index-view-props';
import { useHandler } from '@/lib/use-handler';
import { canRemoveTags, type AssetProvider } from '@/providers/provider';
import { announceProblem, announceWhile } from '@/ui/toaster';

import { copiesBeside } from './copies-beside';
import type { DialogAsks } from './library-dialogs';
import type { OpenLibrary } from './use-index';

/**
 * What can be done with assets from anywhere on the screen: each asks its dialog, and none does anything by itself but
 * take off a tag, which can be undone. They stay the same functions.
 */
export function useActs(
  provider: AssetProvider,
  asks: RefObject<DialogAsks | null>,
  {
    rows,
    busyIds,
    openLibrary,
  }: {
    readonly rows: readonly AssetRow[];
    readonly busyIds: ReadonlySet<string>;
    readonly openLibrary: OpenLibrary;
  },
) {
  const isLooking = useRef(false);
  const askToDelete = useHandler((assets: readonly SeenAsset[], options: PlanOptions) => {
    const open = (otherCopies?: readonly SeenAsset[]) => {
      const ids = new Set(assets.map(({ id }) => id));
      const first = rows.findIndex((row) => isAsset(row) && ids.has(row.id));
      asks.current?.toDelete({ assets, ...options, otherCopies, from: Math.max(0, first) });
    };
    const required = options.copies === true;
    if (assets.length < 2 && !required) {
      open();
      return;
    }
    // Pressed again meanwhile: the plan asked for first is still to come.
    if (isLooking.current) return;
    isLooking.current = true;
    announceWhile(
      'Looking for other copies of what is selected…',
      copiesBeside(provider, assets, { openLibrary, required }),
    )
      .then(
        // What another job is deleting does not stay.
        (others) => open(others?.filter(({ id }) => !busyIds.has(id))),
        (error: unknown) => announceProblem(error instanceof Error ? error.message : String(error)),
      )
      .finally(() => (isLooking.current = false));
  });

  const askToRemoveTags = useHandler((assets: readonly SeenAsset[], options: TagOptions) =>
    asks.current?.toRemoveTags({ assets, ...options }),
  );
  const removeTags = useHandler((asset: Asset, tags: readonly string[]) =>
    asks.current?.removeTags(asset, tags),
  );

  const editsTags = canRemoveTags(provider);
  return useMemo(
    () => ({
      askToDelete,
      // Null where the provider has no tags to remove.
      askToRemoveTags: editsTags ? askToRemoveTags : null,
      removeTags: editsTags ? removeTags : null,
    }),
    [editsTags, askToDelete, askToRemoveTags, removeTags],
  );
}

export type Acts = ReturnType<typeof useActs>;
