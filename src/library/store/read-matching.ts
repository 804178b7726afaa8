import type { LibraryFilters } from '@/domain/library-query';
import type { SeenAsset } from '@/domain/plan';

import { SEEN_COLUMNS, seenFromRow } from './asset-row';
import { countMatching, indexedBy } from './count-matching';
import { asNumber, type Sql } from './sql';

/**
 * All that match, a chunk at a time and in no order of meaning: each asset once, however the index is written meanwhile.
 * @param params.after where the chunk before ended; null for the first
 * @returns `next`: where the next chunk goes on; null after the last
 */
export function readMatching(
  sql: Sql,
  {
    filters,
    now,
    after,
    limit,
  }: {
    readonly filters: LibraryFilters;
    readonly now: number;
    readonly after: number | null;
    readonly limit: number;
  },
): { readonly assets: readonly SeenAsset[]; readonly next: number | null } {
  const { condition, driver, total } = countMatching(sql, filters, now);
  // By their number, unless they are so few that to go through all for them would take longer.
  const by = total <= FEW && driver?.isSelective !== false ? indexedBy(driver) : 'NOT INDEXED';
  const seqs = sql.all(
    `SELECT seq FROM assets ${by} WHERE seq > ? AND ${condition.where} ORDER BY seq LIMIT ?`,
    [after ?? 0, ...condition.bound, limit],
  );
  const last = seqs.length < limit ? undefined : seqs.at(-1);
  return {
    assets: seqs.flatMap(({ seq = null }) => {
      const row = sql.first(`SELECT ${SEEN_COLUMNS} FROM library WHERE seq = ?`, [seq]);
      return row === null ? [] : [seenFromRow(row)];
    }),
    next: last === undefined ? null : asNumber(last['seq']),
  };
}

/** So many are found and sorted sooner than come upon. */
const FEW = 5_000;
