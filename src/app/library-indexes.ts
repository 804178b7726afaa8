import { openLedger } from '@/cleanup/idb-ledger';
import { createLibraryIndex } from '@/library/create-library-index';
import type { LibraryIndex } from '@/library/library-index';
import { createLibraryStore } from '@/library/library-store';
import { openWorker } from '@/library/open-worker';
import type { AssetProvider } from '@/providers/provider';

import { catchUpWithJobs } from './index-catch-up';
import { indexExistence } from './index-existence';
import { openIndexes } from './open-indexes';
import { providerFor } from './provider-cache';

/** The index of a connection: one for this page, from when it is first asked for. */
export function libraryIndexOf({ connection }: Pick<AssetProvider, 'connection'>): LibraryIndex {
  const known = openIndexes.get(connection.id);
  if (known !== undefined) return known;
  const existence = indexExistence(connection.id);
  const made = createLibraryIndex({
    connectionId: connection.id,
    // A client goes with its key, and another takes its place.
    provider: () => providerFor(connection),
    openStore: () => createLibraryStore(connection.id, openWorker()),
    existence,
  });
  openIndexes.set(connection.id, made);
  if (existence.get()) {
    // What it does not hear of now it hears of at the next visit, or finds by its counts.
    catchUpWithJobs(made, openLedger()).catch(() => undefined);
  }
  return made;
}

/** The same for a screen: those of other connections are closed, unless they are being built. */
export function showLibraryIndex(provider: AssetProvider): LibraryIndex {
  for (const [id, index] of openIndexes) {
    if (id === provider.connection.id || index.view().walk !== null) continue;
    index.close();
    openIndexes.delete(id);
  }
  return libraryIndexOf(provider);
}

/** Deletes the index of a connection that is not there any more. @throws LibraryError when some tab holds it */
export async function forgetIndexOf(connectionId: string): Promise<void> {
  const open = openIndexes.get(connectionId);
  openIndexes.delete(connectionId);
  const index =
    open ??
    createLibraryIndex({
      connectionId,
      provider: () => {
        throw new Error('This connection is not offered here any more.');
      },
      openStore: () => createLibraryStore(connectionId, openWorker()),
      existence: indexExistence(connectionId),
    });
  try {
    await index.forget();
  } finally {
    index.close();
  }
}
