import { queryOptions } from '@tanstack/react-query';

import type { AssetProvider } from '@/providers/provider';

/** Active and archived projects; empty where the provider has none. */
export const projectQueries = {
  all: (provider: AssetProvider) =>
    queryOptions({
      queryKey: ['projects', provider.connection.id],
      queryFn: ({ signal }) => provider.listProjects?.({ signal }) ?? [],
      staleTime: 60_000,
    }),
};
