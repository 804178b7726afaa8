import type { QueryClient } from '@tanstack/react-query';

import { isAsset, type AssetPage } from '@/domain/asset';

/** For so long a server may still list what it has deleted. */
const REMEMBERED_MS = 10 * 60_000;

type Graves = Map<string, Map<string, number>>;

/** Per cache: what one knows to be gone is gone from that one's lists. */
const graves = new WeakMap<QueryClient, Graves>();

/** Remembers ids that the provider confirmed to be gone, so that a stale page cannot bring them back. */
export function bury(client: QueryClient, connectionId: string, ids: Iterable<string>): void {
  const all: Graves = graves.get(client) ?? new Map<string, Map<string, number>>();
  graves.set(client, all);
  const now = Date.now();
  const known = all.get(connectionId) ?? new Map<string, number>();
  all.set(connectionId, known);
  // In the order of time: the oldest come first.
  for (const [id, until] of known) {
    if (until > now) break;
    known.delete(id);
  }
  for (const id of ids) {
    known.delete(id);
    known.set(id, now + REMEMBERED_MS);
  }
}

/** Everything in a made-up library is there again after its reset. */
export function forgetBuried(client: QueryClient, connectionId: string): void {
  graves.get(client)?.delete(connectionId);
}

/** A page as it came, without what is known to be gone; its total is corrected by that much. */
export function withoutBuried(client: QueryClient, connectionId: string, page: AssetPage): AssetPage {
  const known = graves.get(client)?.get(connectionId);
  if (known === undefined) return page;
  const now = Date.now();
  const rows = page.rows.filter((row) => !isAsset(row) || (known.get(row.id) ?? 0) <= now);
  const stale = page.rows.length - rows.length;
  return stale === 0 ? page : { ...page, rows, total: Math.max(0, page.total - stale) };
}
