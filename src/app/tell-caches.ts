import type { QueryClient } from '@tanstack/react-query';

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

/** A job confirms hundreds of assets in a second: lists are drawn anew a few times in it, not hundreds. */
const GATHER_MS = 400;
/** Pages that were thinned out are filled from the server so often while a job runs. */
const RENEW_MS = 1_500;

/** Tells everything on screen what a job has done, without a reload and without a request for each asset. */
export function tellCaches(client: QueryClient) {
  const waiting = new Map<string, Set<string>>();
  const renewing = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | null = null;

  function flush() {
    timer = waiting.size === 0 ? null : setTimeout(flush, GATHER_MS);
    for (const [connectionId, ids] of waiting) {
      dropAssets(client, connectionId, ids);
      for (const listener of listeners) listener(connectionId, ids);
      renewSoon(connectionId);
    }
    waiting.clear();
  }

  /** The first time at once, so that a page that was deleted whole is filled without delay. */
  function renewSoon(connectionId: string) {
    if (renewing.has(connectionId)) return;
    renewing.add(connectionId);
    renew(connectionId);
    setTimeout(() => {
      renewing.delete(connectionId);
      renew(connectionId);
    }, RENEW_MS);
  }

  function renew(connectionId: string) {
    void client.invalidateQueries({ queryKey: assetKeys.all(connectionId) });
    void client.invalidateQueries({ queryKey: tagQueries.all(connectionId) });
  }

  return {
    gone: (connectionId: string, ids: readonly string[]) => {
      // At once: a page that arrives in the next moment may still list them.
      bury(client, connectionId, ids);
      const gathered = waiting.get(connectionId) ?? new Set();
      waiting.set(connectionId, gathered);
      for (const id of ids) gathered.add(id);
      // The first at once: who deletes one asset waits for that one.
      if (timer === null) flush();
    },
    edited: renewSoon,
  };
}
