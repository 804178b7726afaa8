import { isAsset, type AssetPage } from '@/domain/asset';
import type { AssetQuery } from '@/domain/asset-query';
import { mayMatch } from '@/domain/matches-filters';
import type { SeenAsset } from '@/domain/plan';
import type { AssetProvider } from '@/providers/provider';

import { createCompactor } from './compact';
import { walkPages } from './walk-pages';

const MOST_PASSES = 3;
/** As many as a confirm dialog may show. */
const PREVIEWS_KEPT = 24;

export interface CollectProgress {
  readonly found: number;
  /** Matches as the provider counts them at this moment. */
  readonly total: number;
  /** Counts from 1. */
  readonly pass: number;
}

export interface Collected {
  /** Every match by its own id, protected ones included; few have a preview. */
  readonly assets: readonly SeenAsset[];
  /** Matches as the provider counted them at first and at last: if they differ, the library moved meanwhile. */
  readonly totalBefore: number;
  readonly totalAfter: number;
  /** Rows that broke the contract: nobody can say what they are, so they are in no plan. */
  readonly unreadable: number;
  /** Assets that the server listed although they do not match the filters: not among `assets`. */
  readonly mismatched: number;
  readonly passes: number;
}

/**
 * Freezes "all matching": the ids of every asset that matches a query, whatever its page and sort.
 * An offset skips rows when earlier ones go meanwhile, so such a walk is repeated until it finds nothing new.
 * @throws ProviderError when a page cannot be had; the signal's reason when it is aborted
 */
export async function collectMatching(
  provider: AssetProvider,
  query: AssetQuery,
  options: { readonly signal: AbortSignal; readonly onProgress: (progress: CollectProgress) => void },
): Promise<Collected> {
  const { signal, onProgress } = options;
  const found = new Map<string, SeenAsset>();
  const compact = createCompactor();
  let totalBefore: number | null = null;
  let totalAfter = 0;
  let unreadable = 0;
  const mismatched = new Set<string>();

  function take({ rows }: AssetPage): number {
    for (const row of rows) {
      if (!isAsset(row)) continue;
      if (!mayMatch(row, query, provider.filters)) {
        mismatched.add(row.id);
        found.delete(row.id);
        continue;
      }
      mismatched.delete(row.id);
      const keepsPreview = found.has(row.id)
        ? found.get(row.id)?.preview != null
        : found.size < PREVIEWS_KEPT;
      const seen = compact(row, keepsPreview);
      found.set(seen.id, seen);
    }
    return rows.filter((row) => !isAsset(row)).length;
  }

  for (let pass = 1; ; pass += 1) {
    const before = found.size + mismatched.size;
    let pages = 0;
    let byCursor = false;
    let unreadableNow = 0;
    for await (const page of walkPages(provider, query, signal)) {
      pages += 1;
      byCursor ||= page.nextCursor !== null;
      totalBefore ??= page.total;
      totalAfter = page.total;
      unreadableNow += take(page);
      onProgress({ found: found.size, total: page.total, pass });
    }
    unreadable = Math.max(unreadable, unreadableNow);
    // Nothing can move within one page.
    const isComplete = byCursor || pages === 1 || (pass > 1 && found.size + mismatched.size === before);
    if (isComplete || pass === MOST_PASSES) {
      return {
        assets: [...found.values()],
        totalBefore: totalBefore ?? 0,
        totalAfter,
        unreadable,
        mismatched: mismatched.size,
        passes: pass,
      };
    }
  }
}
