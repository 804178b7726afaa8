import { isAsset, type AssetPage } from '@/domain/asset';
import type { AssetQuery } from '@/domain/asset-query';
import { isRetryable, retryDelayMs } from '@/domain/retry';
import type { AssetProvider } from '@/providers/provider';
import { readPages, type Place } from '@/providers/read-pages';

import { pause } from './pause';

const TRIES = 4;
const MOST_FRUITLESS_PAGES = 3;

/**
 * One walk over all pages of a query, one after the other, at the provider's largest page size.
 * @throws ProviderError when a page cannot be had; the signal's reason when it is aborted
 */
export async function* walkPages(
  provider: AssetProvider,
  query: AssetQuery,
  signal: AbortSignal,
): AsyncGenerator<AssetPage, void> {
  const seen = new Set<string>();
  let fruitless = 0;
  const read = ({ page, pageSize, after }: Place) =>
    // Times of creation never move, so no asset changes places while it is being walked past.
    readPage(provider, { ...query, sort: 'created_at', order: 'desc', page, pageSize }, after, signal);
  const start = { page: 1, pageSize: provider.maxPageSize, after: null };
  for await (const { page } of readPages(read, start, 1)) {
    yield page;
    // This stops only servers that go round in circles: a moving library may repeat a page or two.
    const before = seen.size;
    const ids = page.rows.filter(isAsset).map(({ id }) => id);
    for (const id of ids) seen.add(id);
    fruitless = ids.length > 0 && seen.size === before ? fruitless + 1 : 0;
    if (fruitless >= MOST_FRUITLESS_PAGES) return;
  }
}

async function readPage(
  provider: AssetProvider,
  query: AssetQuery,
  after: string | null,
  signal: AbortSignal,
): Promise<AssetPage> {
  for (let failed = 0; ; failed += 1) {
    signal.throwIfAborted();
    try {
      return await provider.listAssets(query, { after, signal });
    } catch (error) {
      if (failed + 1 >= TRIES || !isRetryable(error)) throw error;
      await pause(retryDelayMs(failed, error), signal);
    }
  }
}
