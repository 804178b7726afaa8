import type { Asset } from '@/domain/asset';

import { ASSET_COLUMNS, assetFromRow } from './asset-row';
import type { Sql } from './sql';

/** These assets as the index has them, in this order; those that it does not have are not in the answer. */
export function readAssets(sql: Sql, { ids }: { readonly ids: readonly string[] }): readonly Asset[] {
  return ids.flatMap((id) => {
    const row = sql.first(`SELECT ${ASSET_COLUMNS} FROM library WHERE id = ?`, [id]);
    return row === null ? [] : [assetFromRow(row)];
  });
}

/** In this order. */
export const assetsBySeq = (sql: Sql, seqs: readonly number[]): readonly Asset[] =>
  seqs.flatMap((seq) => {
    const row = sql.first(`SELECT ${ASSET_COLUMNS} FROM library WHERE seq = ?`, [seq]);
    return row === null ? [] : [assetFromRow(row)];
  });
