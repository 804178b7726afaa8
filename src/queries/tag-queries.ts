import { keepPreviousData, queryOptions } from '@tanstack/react-query';

import type { AssetProvider } from '@/providers/provider';

/** Tags with their counts, for suggestions; empty where the provider has no tags. */
export const tagQueries = {
  all: (connectionId: string) => ['tags', connectionId] as const,
  suggestions: (provider: AssetProvider, prefix: string) =>
    queryOptions({
      queryKey: [...tagQueries.all(provider.connection.id), prefix],
      queryFn: ({ signal }) => provider.listTags?.({ prefix }, { signal }) ?? [],
      placeholderData: keepPreviousData,
      staleTime: 60_000,
    }),
};
