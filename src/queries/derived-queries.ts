import { queryOptions } from '@tanstack/react-query';

import type { AssetProvider, Derived } from '@/providers/provider';

const NOTHING: ReadonlyMap<string, Derived> = new Map();

/** Cuts and renders that hang on assets: always read anew, since a decision to delete rests on it. */
export const derivedQueries = {
  of: (provider: AssetProvider, assetIds: readonly string[]) =>
    queryOptions({
      queryKey: ['derived', provider.connection.id, assetIds],
      queryFn: ({ signal }) => provider.listDerived?.(assetIds, { signal }) ?? NOTHING,
      staleTime: 0,
      gcTime: 0,
      structuralSharing: false, // a Map
    }),
};
