import type { QueryClient } from '@tanstack/react-query';

import { openLedger } from '@/cleanup/idb-ledger';
import { createJobCenter, type JobCenter } from '@/cleanup/job-center';
import { createKeptAssets, type KeptAssets } from '@/cleanup/kept-assets';
import type { Ledger } from '@/cleanup/ledger';
import { connectionsOf } from '@/connections/arrange';
import type { SiteConfig } from '@/connections/config';
import { hasKey } from '@/connections/keyring';
import { needsKey, type Connection } from '@/domain/connection';
import { isOver } from '@/domain/job';
import { createMarking, type Marking } from '@/features/marks/marking';
import type { AssetProvider } from '@/providers/provider';

import { demoReady } from './demo';
import { tellCaches } from './tell-caches';
import { tellIndexes } from './tell-indexes';
import { providerFor } from './provider-cache';

/** What this browser keeps: jobs and their record, marks and pins. */
export interface LocalData {
  readonly center: JobCenter;
  readonly ledger: Ledger;
  readonly marks: KeptAssets;
  readonly pins: KeptAssets;
  readonly markingOf: (connectionId: string) => Marking;
  /**
   * Ends the jobs of a made-up library and takes its marks and pins off; the history of its jobs stays.
   * @throws LedgerError when that cannot be written down
   */
  readonly startAfresh: (connectionId: string) => Promise<void>;
  /** A connection was removed: its jobs are paused, since nothing more is sent there, and its index is forgotten. */
  readonly leaveConnection: (connectionId: string) => Promise<void>;
}

/** Once per page: it holds locks and channels. */
export function openLocalData(client: QueryClient, site: SiteConfig): LocalData {
  // Looked up each time: connections come and go while the page is open.
  const connectionOf = (id: string) =>
    connectionsOf(site).all.find(({ connection }) => connection.id === id)?.connection ?? null;
  const ledger = openLedger();
  const marks = createKeptAssets('marks');
  const pins = createKeptAssets('pins');
  const caches = tellCaches(client);
  const indexes = tellIndexes(client, ledger, connectionOf);
  const center = createJobCenter({
    ledger,
    connectionOf,
    providerOf: (id) => usableProvider(connectionOf(id)),
    hasKey: (id) => {
      const connection = connectionOf(id);
      return connection !== null && (!needsKey(connection) || hasKey(connection.id));
    },
    pinsOf: async (connectionId) => {
      await pins.of(connectionId);
      // Asked for each asset, so that what is pinned while a job runs counts, in whichever tab that happens.
      return (id) => pins.view().all?.get(connectionId)?.has(id) === true;
    },
    onGone: (connectionId, ids) => {
      caches.gone(connectionId, ids);
      indexes.gone(connectionId, ids);
      // What is gone is neither marked nor pinned; a list that cannot be written now is put right at the next visit.
      for (const list of [marks, pins]) list.remove(connectionId, ids).catch(() => undefined);
    },
    onEdited: (connectionId) => {
      caches.edited(connectionId);
      indexes.edited(connectionId);
    },
  });
  const openJobsOf = (connectionId: string) =>
    center.view().jobs?.filter((job) => job.connectionId === connectionId && !isOver(job.phase)) ?? [];
  return {
    ...{ center, ledger, marks, pins },
    markingOf: (connectionId) => createMarking(marks, pins, connectionId),
    async startAfresh(connectionId) {
      await Promise.all(openJobsOf(connectionId).map(({ id }) => center.cancel(id)));
      for (const list of [marks, pins]) {
        await list.remove(connectionId, (await list.of(connectionId)).keys());
      }
    },
    async leaveConnection(connectionId) {
      await Promise.all([
        ...openJobsOf(connectionId).map(({ id }) => center.pause(id)),
        indexes.forget(connectionId),
      ]);
    },
  };
}

/** A made-up library answers only once its worker runs. */
async function usableProvider(connection: Connection | null): Promise<AssetProvider | null> {
  if (connection === null) return null;
  if (connection.demo && !(await demoReady(connection))) return null;
  return providerFor(connection);
}
