import type { Asset } from '@/domain/asset';
import type { IndexView, LibraryIndex } from '@/library/library-index';
import { createLibraryStore } from '@/library/library-store';

import { libraryWorker } from './library';

const READY: IndexView = {
  ...{ state: 'ready', walk: null, paused: false, walkError: null, count: 0, syncedAt: null },
  ...{ unreadable: 0, unlisted: 0, lastSync: null, notKept: null, rebuilt: null, error: null },
};

/** An index over a real store that holds these assets, and says of itself what a test wants; it calls no provider. */
export async function pretendIndex(
  connectionId: string,
  assets: readonly Asset[],
  first: Partial<IndexView> = {},
) {
  const store = createLibraryStore(connectionId, libraryWorker());
  await store.call('write', { assets, pass: 1 });
  const listeners = new Set<() => void>();
  /** What it was asked to do. */
  const asked: string[] = [];
  let view: IndexView = { ...READY, count: assets.length, syncedAt: Date.now(), ...first };
  const note = (what: string) => () => {
    asked.push(what);
    return Promise.resolve();
  };
  const index: LibraryIndex = {
    ...{ connectionId, store },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    view: () => view,
    ...{ build: note('build'), sync: note('sync'), rescan: note('rescan'), forget: note('forget') },
    ...{ pause: () => void note('pause')(), cancel: () => void note('cancel')() },
    reopen: () => void note('reopen')(),
    applyGone: async (ids) => {
      await store.call('remove', { ids });
    },
    applyTags: async (tags) => {
      await store.call('retag', { tags: Object.fromEntries(tags) });
    },
    close: () => store.close(),
  };
  return {
    ...{ index, store, asked },
    become: (next: Partial<IndexView>) => {
      view = { ...view, ...next };
      for (const listener of listeners) listener();
    },
  };
}

/** The same where a test only asks, and never makes news. */
export const indexOf = async (
  assets: readonly Asset[],
  about: Partial<IndexView> = {},
): Promise<LibraryIndex> => (await pretendIndex('pretend', assets, about)).index;
