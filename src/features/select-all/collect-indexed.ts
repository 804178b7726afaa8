import type { Collected, CollectProgress } from '@/cleanup/collect';
import { createCompactor } from '@/cleanup/compact';
import { DEFAULT_QUERY } from '@/domain/asset-query';
import type { LibraryFilters } from '@/domain/library-query';
import type { SeenAsset } from '@/domain/plan';
import type { LibraryStore } from '@/library/library-store';

const AT_A_TIME = 2_000;
/** As many as a confirm dialog may show. */
const PREVIEWS_KEPT = 24;

/**
 * Freezes "all matching" of what the index holds: each asset once, however the index is written meanwhile.
 * @param now for what was "not used for n days"
 * @throws LibraryError; the signal's reason when it is aborted
 */
export async function collectIndexed(
  store: LibraryStore,
  filters: LibraryFilters,
  now: number,
  { signal, onProgress }: { signal: AbortSignal; onProgress: (progress: CollectProgress) => void },
): Promise<Collected> {
  const count = async () => {
    const one = { ...DEFAULT_QUERY, ...filters, pageSize: 1 };
    return (await store.call('page', { query: one, now }, { signal })).total;
  };
  const compact = createCompactor();
  const assets: SeenAsset[] = [];
  const totalBefore = await count();
  let after: number | null = null;
  do {
    const chunk: { readonly assets: readonly SeenAsset[]; readonly next: number | null } = await store.call(
      'matching',
      { filters, now, after, limit: AT_A_TIME },
      { signal },
    );
    for (const asset of chunk.assets) assets.push(compact(asset, assets.length < PREVIEWS_KEPT));
    after = chunk.next;
    onProgress({ found: assets.length, total: totalBefore, pass: 1 });
  } while (after !== null);
  // Rows that nobody could read are in no index, and nothing is in it that does not match.
  return { assets, totalBefore, totalAfter: await count(), unreadable: 0, mismatched: 0, passes: 1 };
}
