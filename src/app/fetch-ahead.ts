import type { QueryClient } from '@tanstack/react-query';

import { connectionsOf } from '@/connections/arrange';
import type { SiteConfig } from '@/connections/config';
import { hasKey } from '@/connections/keyring';
import { needsKey } from '@/domain/connection';
import { whoAnswers } from '@/domain/who-answers';
import { assetQueries } from '@/queries/asset-queries';
import { readSearch } from '@/search/use-asset-search';

import { currentConnection } from './current-connection';
import { providerFor } from './provider-cache';

/**
 * Asks for the first page before there is anything to draw it with.
 * @returns once it is there, or known not to come; at once when nothing is to be asked for
 */
export async function fetchAhead(client: QueryClient, site: SiteConfig): Promise<void> {
  const search = readSearch(window.location.search);
  const connection = currentConnection(connectionsOf(site).shown, search.connectionId);
  if (connection === null || connection.demo || (needsKey(connection) && !hasKey(connection.id))) return;
  const provider = providerFor(connection);
  if (whoAnswers(search.query, search.where, provider) === 'index') return;
  const pageSize = Math.min(search.query.pageSize, provider.maxPageSize);
  await client.query(assetQueries.list(provider, { ...search.query, pageSize })).catch(() => {
    // The list asks for the same and shows what went wrong.
  });
}
