import type { QueryClient } from '@tanstack/react-query';

import { calmed, type Calm } from '@/lib/calmed';
import { dropAssets } from '@/queries/asset-cache';
import { assetKeys } from '@/queries/asset-queries';
import { tagQueries } from '@/queries/tag-queries';
import { bury } from '@/queries/tombstones';

type Listener = (connectionId: string, ids: ReadonlySet<string>) => void;

const listeners = new Set<Listener>();

/** Ids that the provider confirmed to be gone: for what is ticked and what is open. */
export function onAssetsGone(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * A job confirms hundreds of assets in a second. Lists that were drawn anew as often would load the pictures of rows that
 * are gone in the next moment, over the few connections that a browser has to one host, and the job needs them.
 */
const DROPS: Calm = { firstGapMs: 400, longestGapMs: 4_000, quietMs: 1_000 };
/** Pages that were thinned out are filled from the server right then, but not after each asset of a slow job. */
const RENEWALS: Calm = { ...DROPS, quietMs: 1_500 };

/** Tells everything on screen what a job has done, without a reload and without a request for each asset. */
export function tellCaches(client: QueryClient) {
  const waiting = new Map<string, Set<string>>();
  const stale = new Set<string>();

  const dropSoon = calmed(DROPS, () => {
    for (const [connectionId, ids] of waiting) {
      dropAssets(client, connectionId, ids);
      for (const listener of listeners) listener(connectionId, ids);
      renew(connectionId);
    }
    waiting.clear();
  });

  const renewSoon = calmed(RENEWALS, () => {
    for (const connectionId of stale) {
      void client.invalidateQueries({ queryKey: assetKeys.all(connectionId) });
      void client.invalidateQueries({ queryKey: tagQueries.all(connectionId) });
    }
    stale.clear();
  });

  function renew(connectionId: string) {
    stale.add(connectionId);
    renewSoon();
  }

  return {
    gone: (connectionId: string, ids: readonly string[]) => {
      // At once: a page that arrives in the next moment may still list them.
      bury(client, connectionId, ids);
      const gathered = waiting.get(connectionId) ?? new Set();
      waiting.set(connectionId, gathered);
      for (const id of ids) gathered.add(id);
      dropSoon();
    },
    edited: renew,
  };
}
