import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';

import type { IndexView, LibraryIndex } from '@/library/library-index';
import type { AssetProvider } from '@/providers/provider';

import type * as Parts from './index-parts';

/** The index of a connection, and what the page needs to ask it: no part of the first page. */
interface IndexAccess {
  readonly index: LibraryIndex;
  readonly parts: typeof Parts;
}

interface IndexState {
  /** Null until it is loaded. */
  readonly access: IndexAccess | null;
  /** Null until it is loaded. */
  readonly view: IndexView | null;
  /** Its part of the page could not be loaded. */
  readonly unloadable: boolean;
  readonly retry: () => void;
}

export type OpenLibrary = (provider: AssetProvider) => Promise<LibraryIndex>;

const NEVER = () => () => undefined;

/**
 * Opens the index of a connection when it is first wanted, and has what was read from it read anew when it changes.
 * Opening builds nothing: that is up to the person.
 */
export function useIndex(provider: AssetProvider, wanted: boolean, openLibrary: OpenLibrary): IndexState {
  const client = useQueryClient();
  const [access, setAccess] = useState<IndexAccess | null>(null);
  const [unloadable, setUnloadable] = useState(false);

  useEffect(() => {
    if (!wanted || access !== null || unloadable) return;
    let current = true;
    Promise.all([import('./index-parts'), openLibrary(provider)]).then(
      ([parts, index]) => {
        if (current) setAccess({ parts, index });
      },
      () => {
        if (current) setUnloadable(true);
      },
    );
    return () => {
      current = false;
    };
  }, [wanted, access, unloadable, openLibrary, provider]);

  useEffect(() => access?.parts.watchLibrary(client, access.index), [client, access]);

  const view = useSyncExternalStore(
    access?.index.subscribe ?? NEVER,
    useCallback(() => access?.index.view() ?? null, [access]),
  );

  return { access, view, unloadable, retry: () => setUnloadable(false) };
}
