import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';

import type { SiteConfig } from '@/connections/config';
import { whenIdle } from '@/lib/when-idle';

import type { LocalData } from './local-data';

const opened = new WeakMap<QueryClient, Promise<LocalData>>();

/** Not part of the first page: nobody can need it before there are rows to tick. */
function open(client: QueryClient, site: SiteConfig): Promise<LocalData> {
  const known = opened.get(client);
  if (known !== undefined) return known;
  const opening = import('./local-data').then(({ openLocalData }) => openLocalData(client, site));
  opened.set(client, opening);
  // Offline, say: whoever asks next tries again.
  opening.catch(() => opened.delete(client));
  return opening;
}

/** Jobs, marks and pins of this browser, and the way to have them at once. */
export interface LocalDataAccess {
  /** Null until they are loaded. */
  readonly local: LocalData | null;
  /** Begins at once, for somebody who waits. @throws Error when they cannot be loaded */
  readonly load: () => Promise<LocalData>;
}

/** @param wanted whether loading may begin by itself, as soon as the page has nothing better to do */
export function useLocalData(site: SiteConfig, wanted: boolean): LocalDataAccess {
  const client = useQueryClient();
  const [local, setLocal] = useState<LocalData | null>(null);
  const load = useCallback(async () => {
    const loaded = await open(client, site);
    setLocal(loaded);
    return loaded;
  }, [client, site]);
  useEffect(() => {
    if (!wanted) return;
    let current = true;
    whenIdle(() => {
      // Offline, say: whoever needs them asks again.
      if (current) load().catch(() => undefined);
    });
    return () => {
      current = false;
    };
  }, [load, wanted]);
  return { local, load };
}
