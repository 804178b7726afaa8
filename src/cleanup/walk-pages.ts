import { isAsset, type AssetPage } from '@/domain/asset';
import type { AssetQuery } from '@/domain/asset-query';
import { isRetryable, retryDelayMs } from '@/domain/retry';
import type { AssetProvider } from '@/providers/provider';

import { pause } from './pause';

const TRIES = 4;
const MOST_FRUITLESS_PAGES = 3;
const SLACK_PAGES = 20;

/**
 * One walk over all pages of a query, at the provider's largest page size: by cursor where the server offers one, else
 * by offset. It ends for certain, whatever the server says about there being more.
 * @throws ProviderError when a page cannot be had; the signal's reason when it is aborted
 */
export async function* walkPages(
  provider: AssetProvider,
  query: AssetQuery,
  signal: AbortSignal,
): AsyncGenerator<AssetPage, void> {
  const seen = new Set<string>();
  const cursors = new Set<string>();
  let { maxPageSize: pageSize } = provider;
  let after: string | null = null;
  let rowsRead = 0;
  let fruitless = 0;
  let largestTotal = 0;
  for (let page = 1; ; page += 1) {
    // Times of creation never move, so no asset changes places while it is being walked past.
    const asked: AssetQuery = { ...query, sort: 'created_at', order: 'desc', page, pageSize };
    const answer = await readPage(provider, asked, after, signal);
    yield answer;

    const { rows, total, hasMore, nextCursor } = answer;
    if (rows.length === 0) return;
    if (nextCursor === null ? after !== null || !hasMore : cursors.has(nextCursor)) return;
    // A server whose pages are smaller than asked would leave holes between offsets.
    if (page === 1) pageSize = Math.min(pageSize, rows.length);
    after = nextCursor;
    if (nextCursor !== null) cursors.add(nextCursor);

    // What follows stops only servers that go round in circles: a moving library may repeat a page or two.
    const before = seen.size;
    const ids = rows.filter(isAsset).map(({ id }) => id);
    for (const id of ids) seen.add(id);
    fruitless = ids.length > 0 && seen.size === before ? fruitless + 1 : 0;
    rowsRead += rows.length;
    largestTotal = Math.max(largestTotal, total);
    if (fruitless >= MOST_FRUITLESS_PAGES || rowsRead > 2 * largestTotal + SLACK_PAGES * pageSize) return;
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
