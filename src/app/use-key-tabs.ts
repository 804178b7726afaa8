import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

import { lockKeys, onKeyForgotten, unlockedIds } from '@/connections/keyring';
import { onTold, tellTabs } from '@/connections/tabs';
import { useHandler } from '@/lib/use-handler';
import { announce } from '@/ui/toaster';

import type { LocalData } from './local-data';
import { closeIndexes } from './open-indexes';
import type { LocalDataAccess } from './use-local-data';

/** What locks and forgets keys in all tabs, and what this tab does when another one says so. */
export function useKeyTabs({ local, load }: LocalDataAccess, onForgotten: (afterwards: () => void) => void) {
  const client = useQueryClient();

  async function lockHere() {
    const ids = new Set(unlockedIds());
    if (ids.size === 0) return;
    if (local !== null) {
      const { pauseJobs } = await import('@/cleanup/stop-jobs');
      await pauseJobs(local.center, (id) => ids.has(id));
    }
    lockKeys();
    announce('The keys on this device are locked');
  }

  function leave(open: LocalData | null, afterwards: () => void) {
    // Whatever is open would write down again what is to be forgotten.
    open?.center.close();
    open?.marks.close();
    open?.pins.close();
    closeIndexes();
    onForgotten(afterwards);
  }

  const hearLock = useHandler(() => void lockHere());
  const hearForget = useHandler(() => leave(local, () => undefined));
  useEffect(() => {
    const stops = [
      onTold('lock', hearLock),
      onTold('forget', hearForget),
      // What was read with a key goes with it.
      onKeyForgotten((id) => client.removeQueries({ predicate: ({ queryKey }) => queryKey[1] === id })),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [client, hearLock, hearForget]);

  return {
    lock: () => {
      tellTabs('lock');
      void lockHere();
    },
    /** @throws Error when a job does not stop: then nothing is forgotten */
    forgetEverything: async () => {
      const open = local ?? (await load());
      const { stopJobs } = await import('@/cleanup/stop-jobs');
      await stopJobs(open.center);
      // Afterwards, so that it is this tab that finds everything and says what there was.
      leave(open, () => tellTabs('forget'));
    },
  };
}
